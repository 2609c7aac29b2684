"""What the pages of a theme, and of a question of a block, are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.library.following import Stands
from app.web.pages import Page


@dataclass(frozen=True)
class InRound:
    """A strand of a round in which what is followed was asked."""

    title: str
    href: str
    """Its results, narrowed to what is followed."""
    tool: str
    stage: str
    returns_due: date
    questions: int


@dataclass(frozen=True)
class ThemePage(Page):
    """A theme, followed through the audit tools and through the rounds."""

    template: ClassVar[str] = "findings/theme.html"

    at: str
    """The list of audit tools."""
    bank: str
    """Where the pages of questions of blocks begin."""
    theme: str
    title: str
    stands: Sequence[Stands]
    rounds: Sequence[InRound]
    reads: bool
    """Whether this person reads any round's results at all."""


@dataclass(frozen=True)
class BankQuestionPage(Page):
    """A question of a block, followed through the audit tools and through the rounds."""

    template: ClassVar[str] = "findings/bank_question.html"

    at: str
    block: str
    key: str
    wordings: Sequence[str]
    """As it is worded in the newest version first."""
    stands: Sequence[Stands]
    rounds: Sequence[InRound]
    reads: bool
