"""What the comparison pages are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.comparisons.looking import Choices, Looking
from app.rounds.models import Round
from app.web.pages import Page
from app.web.paging import Paged

Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class QueueItem:
    """One subject in the queue, with how far its comparison has come."""

    subject: int
    name: str
    href: str
    strand: str
    sent: int
    agencies: int
    differ: int
    agreed: int
    left: int
    judged: str
    """What the panel judged of it as a whole; empty where nothing is judged as a whole."""
    missing: tuple[str, ...] = ()
    """Which agencies have not sent, and how far they are for who may know."""


@dataclass(frozen=True)
class QueuePage(Page):
    """The subjects of a round, for comparing one after another."""

    template: ClassVar[str] = "comparisons/queue.html"

    round: Round
    at: str
    items: Paged[QueueItem]
    show: str
    """"left", "ready", "waiting", or empty for every subject."""
    shows: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    """What can be shown, and in which order: its name, its address, and whether it is so now."""
    time_left: tuple[str, ...]
    """What the round works towards before its panel, and how long there is."""
    everything: bool
    """Whether this person sees every subject, or only those that their own agency opened."""


@dataclass(frozen=True)
class PairShown:
    """Two agencies, and how often they said the same."""

    agencies: str
    said: str


@dataclass(frozen=True)
class QuestionShown:
    """One question, and how often all who answered it about a case said the same."""

    text: str
    href: str
    section: str
    said: str
    differ: int


@dataclass(frozen=True)
class RatersShown:
    """One question as two auditors of the same file answered it."""

    text: str
    pairs: int
    percent: str
    ac: str
    alpha: str


@dataclass(frozen=True)
class StrandShown:
    """One strand: where its agencies part, and how far two auditors of one file agree."""

    ref: str
    title: str
    cases: int
    """Cases about which two agencies or more have answered something that can be compared."""
    pairs: tuple[PairShown, ...]
    questions: tuple[QuestionShown, ...]
    raters: tuple[RatersShown, ...]


@dataclass(frozen=True)
class AgreementPage(Page):
    """Where the agencies of a round part, and how far second auditors agree with the first."""

    template: ClassVar[str] = "comparisons/agreement.html"

    round: Round
    at: str
    strands: tuple[StrandShown, ...]
    sorts: tuple[Choice, ...]
    fewest: int
    """Pairs of auditors from which coefficients are shown."""


@dataclass(frozen=True)
class ComparisonPage(Page):
    """One subject's responses side by side."""

    template: ClassVar[str] = "comparisons/comparison.html"

    round: Round
    at: str
    queue: str
    name: str
    table: Markup
    summary: tuple[str, ...]
    sent: int
    agencies: int
    looking: Looking
    choices: Mapping[str, Choices]
    """What the questions can be narrowed to and ordered by, by the name of the field."""
    shown: int
    """How many questions are shown, of `questions`."""
    questions: int
    names: str | None
    """Where the auditors are named, or named no more; None for who may not see them."""
    reasons: str
    """Where every reason stands open, or closed again."""
    same_left: int
    """How many questions all agencies answered alike that somebody may agree at once."""
    may_agree: bool
    judges: bool
    """Whether a case of this question set is judged as a whole."""
    judgement: str
    """What the panel judged, in words; empty before it has."""
    next_step: tuple[str, str] | None
    """What the lead does next about this subject, and where; None for who decides nothing."""
    previous: tuple[str, str] | None
    next: tuple[str, str] | None
    by_left: tuple[str, str]
    """Where the subjects before and after are found by how many differences are left."""
