"""What My work is given."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.home.answering import CarryOn, Work
from app.home.queries import OwnedAction
from app.home.running import RunRound
from app.home.signing_off import Queue
from app.web.pages import Page


@dataclass(frozen=True)
class MyWorkPage(Page):
    """What waits for one person, the most urgent first."""

    template: ClassVar[str] = "home/my_work.html"

    at: str
    """The partnership's address."""
    today: date
    carry_on: CarryOn | None
    work: list[Work]
    queues: list[Queue]
    rounds: list[RunRound]
    actions: list[OwnedAction]
    subgroups: list[tuple[str, str]]
    """Reference and name of each that the person sits on."""
    manages_people: bool
    may_plan: bool
    not_configured: tuple[str, ...]
    """What the privacy notice and the accessibility statement want, for who can see to it."""
