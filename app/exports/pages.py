"""What the pages on packs and exports are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.exports.models import RequestedDocument
from app.exports.paper import Paper, Section
from app.exports.rules import DocumentState
from app.rounds.models import Round
from app.web.pages import Page


@dataclass(frozen=True)
class PacksPage(Page):
    """The packs that somebody may read now, and the letters to their own agencies."""

    template: ClassVar[str] = "exports/packs.html"

    packs: tuple[tuple[str, str, str, str], ...]
    """Address, subgroup, round and stage of each."""
    letters: tuple[tuple[str, str, str, str], ...]
    """Address, agency, round and stage of each."""
    reads_packs: bool
    receives_letters: bool


@dataclass(frozen=True)
class LettersPage(Page):
    """The letters to the agencies of a round."""

    template: ClassVar[str] = "exports/letters.html"

    round: Round
    at: str
    letters: tuple[tuple[str, str, int], ...]
    """Address, agency, and how many of its sections somebody wrote."""
    received: bool
    """Whether the agencies can read them."""


@dataclass(frozen=True)
class PaperPage(Page):
    """One paper, which says the same as its documents."""

    template: ClassVar[str] = "exports/paper.html"

    paper: Paper
    above: tuple[str, str]
    """The page above it: what it is called, and its address."""
    document: str
    wording: str
    """Where its sections are written; empty for who may not."""


@dataclass(frozen=True)
class DocumentPage(Page):
    """How far a requested document is."""

    template: ClassVar[str] = "exports/document.html"
    fragments: ClassVar[frozenset[str]] = frozenset({"progress"})

    document: RequestedDocument
    round: Round
    state: DocumentState
    ahead: int
    """How many documents are made before it."""
    shown: str
    """What the page says, in a word: while it stays the same there is nothing new to show."""
    until: datetime
    """How long it can be taken."""
    here: str
    paper: str
    """The address of the paper that it is made of."""


@dataclass(frozen=True)
class WordingPage(Page):
    """The sections of a paper that may be written, each with a form of its own."""

    template: ClassVar[str] = "exports/wording.html"

    paper: Paper
    here: str
    back: str
    versions: Mapping[str, int]
    wrong: str
    """The section that came back, with what was typed into it."""
    typed: str
    errors: Mapping[str, str]
    counts: Mapping[str, tuple[str, ...]]
    """What looks like a count of cases in the section that was just saved."""


@dataclass(frozen=True)
class AgainPage(Page):
    """What would be lost if sections were drafted from the data again."""

    template: ClassVar[str] = "exports/again.html"

    paper: Paper
    here: str
    section: str
    version: int
    """How often the words of the paper were changed."""
    lost: tuple[Section, ...]


@dataclass(frozen=True)
class ActionsFilePage(Page):
    """The actions that would leave as a file, before they leave."""

    template: ClassVar[str] = "exports/actions.html"

    back: str
    """The tracker as it was narrowed."""
    here: str
    marking: str
    total: int
    narrowed: tuple[str, ...]
    """What is asked for, in words."""
    asked: tuple[tuple[str, str], ...]
    """The same as the form carries it: name and value."""
    columns: Mapping[str, str]
    left_out: str


@dataclass(frozen=True)
class CalendarPage(Page):
    """Somebody's link to their calendar: whether there is one, and what it carries."""

    template: ClassVar[str] = "exports/calendar.html"

    here: str
    actions: str
    made_at: datetime | None
    """When the link was made; None where there is none."""
    used_at: datetime | None
    """When a calendar last read it."""


@dataclass(frozen=True)
class CalendarLinkPage(Page):
    """A link to a calendar just made: shown this once."""

    template: ClassVar[str] = "exports/calendar_link.html"

    back: str
    link: str


@dataclass(frozen=True)
class ExportsPage(Page):
    """What leaves a round as a file, before it leaves."""

    template: ClassVar[str] = "exports/exports.html"

    round: Round
    at: str
    marking: str
    columns: tuple[str, ...]
    subjects: int
    gone: str
    """The day on which the answers were purged; empty while they are there."""
