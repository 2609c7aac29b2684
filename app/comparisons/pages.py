"""What the comparison pages are given."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

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
    judged: str
    """What the panel judged of it as a whole; empty where nothing is judged as a whole."""


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
