"""What the pages on packs and exports are given."""

from dataclasses import dataclass
from typing import ClassVar

from app.exports.pack import Pack
from app.rounds.models import Round
from app.web.pages import Page


@dataclass(frozen=True)
class PacksPage(Page):
    """The packs that somebody may read now."""

    template: ClassVar[str] = "exports/packs.html"

    packs: tuple[tuple[str, str, str, str], ...]
    """Address, subgroup, round and stage of each."""


@dataclass(frozen=True)
class PackPage(Page):
    """One subgroup's pack, which says the same as its document."""

    template: ClassVar[str] = "exports/pack.html"

    pack: Pack
    at: str
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
