"""What My work is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.home.answering import CarryOn, ToAnswer, Work
from app.home.chasing import Chase
from app.home.queries import AgencyActions, House, OwnedAction, Seat
from app.home.running import RunRound
from app.home.signing_off import Queue
from app.web.pages import Page


@dataclass(frozen=True)
class MyWorkPage(Page):
    """What waits for one person, the most urgent first."""

    template: ClassVar[str] = "home/my_work.html"

    at: str
    """The partnership's address."""
    carry_on: CarryOn | None
    to_answer: Sequence[ToAnswer]
    done: Sequence[Work]
    """What somebody was given and can do nothing about: sent, or not open for answers."""
    queues: Sequence[Queue]
    rounds: Sequence[RunRound]
    chase: Chase | None
    actions: Sequence[OwnedAction]
    of_agency: AgencyActions
    seats: Sequence[Seat]
    house: House
    calendar: str
    """Where the reader's own calendar is; empty for who has none."""
    manages_people: bool
    may_plan: bool
    advice: str
    """Where what to do about a child in danger is written, for who writes it."""
    advice_is_default: bool
    not_configured: tuple[str, ...]
    """What the privacy notice and the accessibility statement want, for who can see to it."""
