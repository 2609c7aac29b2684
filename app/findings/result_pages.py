"""What the pages of a round's results are given."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from app.findings.results import Gathered, HeatRow, Result
from app.rounds.models import Round
from app.web.pages import Page
from app.web.paging import Paged

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
    looked_at: str
    """How many responses are looked at, and about how much, in words."""
    agencies: tuple[Choice, ...]
    strata: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    heads: tuple[str, ...]
    """The agencies of the heatmap; empty for who sees no other agency's results."""
    heat: tuple[HeatRow, ...]
    scales: tuple[str, ...]
    """The scales of the gathered grades, as columns."""
    gathered: tuple[tuple[str, str, tuple[Gathered, ...]], ...]
    """Tables of grades taken together: what each is called, the filter it leads to, its rows."""
    show: str
    """Which view is looked at: each question, "agencies" (the heatmap), or "themes"."""
    views: tuple[tuple[str, str, bool], ...]
    drills: bool
    """Whether each question leads on to the comparisons behind it."""
    may_write: bool


@dataclass(frozen=True)
class Behind:
    """One response behind a result: of which agency, about what, and what it says."""

    agency: str
    name: str
    href: str


class Group(NamedTuple):
    """One answer in words, how many responses gave it, and those of them that a page shows."""

    words: str
    responses: int
    rows: tuple[Behind, ...]


@dataclass(frozen=True)
class BehindPage(Page):
    """The responses behind one question's result, under what they said."""

    template: ClassVar[str] = "findings/behind.html"

    round: Round
    at: str
    place: int
    text: str
    only: tuple[str, ...]
    """The agency and the stratum that are looked at alone, in words."""
    everything: str
    """Where the responses of all agencies and strata are."""
    responses: int
    several: bool
    """Whether one response may be in several groups."""
    groups: Paged[Group]
    """The answers in the order of their list, as far as they are on this page."""
    finding: str
    """Where a finding is written from this result; empty for those who write none."""
