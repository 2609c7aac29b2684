"""What the pages of a round's results are given."""

from dataclasses import dataclass
from typing import ClassVar

from app.findings.results import HeatRow, Result
from app.rounds.models import Round
from app.web.pages import Page

Choice = tuple[str, str]


@dataclass(frozen=True)
class Looking:
    """Which part of the results is looked at: each empty for all of it."""

    strand: str = ""
    agency: str = ""
    stratum: str = ""
    theme: str = ""
    section: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.agency, self.stratum, self.theme, self.section))


@dataclass(frozen=True)
class ResultsPage(Page):
    """How often each answer was given."""

    template: ClassVar[str] = "findings/results.html"

    round: Round
    at: str
    looking: Looking
    results: tuple[Result, ...]
    strands: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    strata: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    heads: tuple[str, ...]
    """The agencies of the heatmap; empty for who sees no other agency's results."""
    heat: tuple[HeatRow, ...]
    by_agency: bool
    """Whether the heatmap is looked at, rather than the questions one by one."""
    query: str
    drills: bool
    """Whether each question leads on to the comparisons behind it."""
    may_write: bool


@dataclass(frozen=True)
class Behind:
    """One response behind a result: of which agency, about what, and what it says."""

    agency: str
    name: str
    href: str
    words: str


@dataclass(frozen=True)
class BehindPage(Page):
    """The responses behind one question's result."""

    template: ClassVar[str] = "findings/behind.html"

    round: Round
    at: str
    place: int
    text: str
    rows: tuple[Behind, ...]
    may_write: bool
