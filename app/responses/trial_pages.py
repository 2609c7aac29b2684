"""What the page is given on which a question set is tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.responses.pages import Link
from app.tools import AgencyKind, QuestionSet, Tool
from app.web.pages import Page


@dataclass(frozen=True)
class TrialSection:
    """A section with its questions, ready to be answered."""

    id: str
    title: str
    guidance: str
    evidence: str
    asked: bool
    """Whether anything of it is asked as the answers stand."""
    questions: Markup


@dataclass(frozen=True)
class TrialPage(Page):
    """A question set to be answered as one kind of agency, by anybody, without being kept."""

    template: ClassVar[str] = "responses/trial.html"

    at: str
    tool: Tool
    question_set: QuestionSet
    kind: AgencyKind
    kinds: Sequence[tuple[str, str]]
    answered: int
    total: int
    asked: int
    """How many questions are asked as the answers stand."""
    closed: int
    """How many were answered here and are not asked now."""
    checked: bool
    """Whether answers were given, so that what is missing is said."""
    wanted: Sequence[Link]
    sections: Sequence[TrialSection]
