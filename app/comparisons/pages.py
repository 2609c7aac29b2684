"""What the comparison pages are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.comparisons.decisions import Choices
from app.rounds.models import Round
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class QueueItem:
    """One subject in the queue, with how far its comparison has come."""

    name: str
    href: str
    strand: str
    sent: int
    agencies: int
    differ: int
    agreed: int
    left: int


@dataclass(frozen=True)
class QueuePage(Page):
    """The subjects of a round, for comparing one after another."""

    template: ClassVar[str] = "comparisons/queue.html"

    round: Round
    at: str
    items: Paged[QueueItem]
    only_left: bool
    everything: bool
    """Whether this person sees every subject, or only those that their own agency opened."""


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
    order: str
    only: bool
    empty: bool
    previous: tuple[str, str] | None
    next: tuple[str, str] | None


@dataclass(frozen=True)
class Voice:
    """One agency's answer and reason, as the panel reads them."""

    agency: str
    words: str
    colour: str
    tagged: bool
    reason: str


@dataclass(frozen=True)
class MeetingPage(Page):
    """One question before the panel: every agency's answer and reason, the agreed answer beside."""

    template: ClassVar[str] = "comparisons/meeting.html"

    here: str
    name: str
    caption: str
    title: str
    guidance: str
    question: str
    differs: bool
    verdict: str
    voices: tuple[Voice, ...]
    agreed: tuple[str, str] | None
    """The recorded decision in words, and its reason; None when there is none yet."""
    choices: Choices | None
    """What may be decided; None when this person does not, or the stage does not allow it."""
    shape: str
    """How the answer is given beside its radio: "", "text", "words", "date" or "boxes"."""
    options: tuple[tuple[str, str, str], ...]
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]
    more: bool
    """Whether another difference is left to decide after this one."""
    previous: str | None
    next: str | None
    finding: str | None
    """Where a finding is written from this question; None for those who write none."""
