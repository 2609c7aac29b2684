"""What the pages on packs and exports are given."""

from dataclasses import dataclass
from typing import ClassVar

from app.exports.paper import Paper
from app.rounds.models import Round
from app.web.pages import Page


@dataclass(frozen=True)
class PacksPage(Page):
    """The packs that somebody may read now."""

    template: ClassVar[str] = "exports/packs.html"

    packs: tuple[tuple[str, str, str, str], ...]
    """Address, subgroup, round and stage of each."""


@dataclass(frozen=True)
class PaperPage(Page):
    """One paper, which says the same as its documents."""

    template: ClassVar[str] = "exports/paper.html"

    paper: Paper
    above: tuple[str, str]
    """The page above it: what it is called, and its address."""
    document: str


@dataclass(frozen=True)
class ExportsPage(Page):
    """What leaves a round as a file, before it leaves."""

    template: ClassVar[str] = "exports/exports.html"

    round: Round
    at: str
    marking: str
    columns: tuple[str, ...]
    subjects: int
