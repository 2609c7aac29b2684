"""What the search page is given."""

from dataclasses import dataclass
from typing import ClassVar

from app.search.queries import Hit
from app.web.pages import Page


@dataclass(frozen=True)
class SearchPage(Page):
    """What was found, each with what it is."""

    template: ClassVar[str] = "search/search.html"

    at: str
    """The partnership's address."""
    typed: str
    hits: list[Hit]
