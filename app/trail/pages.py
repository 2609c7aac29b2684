"""What the trail's page is given."""

from dataclasses import dataclass
from typing import ClassVar

from app.trail.queries import Entry
from app.web.pages import Page


@dataclass(frozen=True)
class TrailPage(Page):
    """A round's history, newest first."""

    template: ClassVar[str] = "trail/trail.html"

    at: str
    """The round's address."""
    title: str
    entries: list[Entry]
    total: int
    previous: str | None
    next: str | None
