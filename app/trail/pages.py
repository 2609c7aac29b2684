"""What the trail's page is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.trail.queries import Entry
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class TrailPage(Page):
    """The history of a round, or of the partnership's own house, newest first."""

    template: ClassVar[str] = "trail/trail.html"

    at: str
    """The round's address, or the partnership's."""
    title: str
    house: bool
    """Whether it is about people, roles, agencies and subgroups, and not about a round."""
    entries: Paged[Entry]
    kinds: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    """The filters as they were typed."""
    filtered: bool
    errors: Mapping[str, str]
