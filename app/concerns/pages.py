"""What the pages about concerns are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.concerns.queries import Advice, Raised
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class ConcernPage(Page):
    """What to do now, and the button that records a concern."""

    template: ClassVar[str] = "concerns/concern.html"

    at: str
    back: str
    """The page of the subject that they came from."""
    subject: str
    advice: Advice
    own: Sequence[Raised]
    """What this person has raised about the subject, the newest first."""
    waits: bool
    """Whether one of them waits to be acknowledged."""
    settings: str
    """Where the advice is changed, for who may."""


@dataclass(frozen=True)
class ConcernsPage(Page):
    """The concerns of a round."""

    template: ClassVar[str] = "concerns/concerns.html"

    at: str
    title: str
    listed: Paged[Raised]
    page: int
    """Which page of the list this is: acknowledging leads back to it."""
    waiting: int
    may_acknowledge: bool
    outcomes: Sequence[tuple[str, str]]
    wrong: str
    """The reference of the concern whose form was sent without an outcome."""
    errors: Mapping[str, str]


@dataclass(frozen=True)
class AdvicePage(Page):
    """What people are told to do if a child may be in danger."""

    template: ClassVar[str] = "concerns/advice.html"

    at: str
    home: str
    advice: Advice
    line: str
    words: str
    version: str
    """The one that the texts were written from: a form sent back keeps its own."""
    errors: Mapping[str, str]
