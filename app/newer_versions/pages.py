"""What the page of a newer version is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.rounds.pages import Head
from app.tools import QuestionSet
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class EffectShown:
    """One thing that becomes of answers of a response, with the questions in words."""

    name: str
    words: str
    count: int
    questions: Sequence[str]
    """Empty for what stays as it is."""


@dataclass(frozen=True)
class AffectedRow:
    """One response, and what becomes of its answers."""

    subject: str
    agency: str
    state: str
    goes_back: bool
    effects: Sequence[EffectShown]


@dataclass(frozen=True)
class Chosen:
    """The newer version that is looked at: how it differs, and what a move to it would do."""

    tool: str
    """As `slug.version`."""
    version: int
    address: str
    """Where its own page is."""
    changes: Sequence[str]
    refused: Sequence[str]
    totals: Sequence[tuple[str, int]]
    """How many answers each thing becomes of, the ones to look at first."""
    responses: int
    go_back: int
    rows: Paged[AffectedRow]
    agency: str
    effect: str
    """What the list is narrowed to; empty for everything."""
    agencies: Sequence[tuple[str, str]]
    effects: Sequence[tuple[str, str]]
    added: Sequence[QuestionSet]
    """New question sets that may be strands."""
    too_late: Sequence[str]
    """New question sets for which no subject could be found any more."""
    ended: Sequence[str]
    """Strands whose question set is asked no more."""
    unshared: Sequence[str]
    """Sections that somebody was given to answer and of which nothing is asked any more."""
    digest: str


@dataclass(frozen=True)
class NewerVersionPage(Page):
    """The newer versions of a round's tool, and what moving to one of them would do."""

    template: ClassVar[str] = "newer_versions/newer_version.html"

    of: Head
    title: str
    """The tool's."""
    version: int
    """The version that the round asks now."""
    newer: Sequence[tuple[str, str]]
    """The newer versions on file, as forms name them and in words."""
    chosen: Chosen | None
    wanted: Sequence[str]
    """New question sets that are ticked."""
    errors: dict[str, str]
