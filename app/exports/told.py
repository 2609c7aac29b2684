"""What is told of a round in its papers, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.rules import ActionState
from app.rounds.retention import Kept


@dataclass(frozen=True)
class ToldAction:
    """What will be done about a finding, by whom and by when, and how it stands."""

    what: str
    how_we_will_know: str
    owner: str
    due: str
    state: ActionState
    stands: str
    """Overdue, or how soon it is due; empty when nothing is still to be done."""

    @property
    def given_up(self) -> bool:
        """Whether something else was planned in its place, so that nobody does it."""
        return self.state is ActionState.SUPERSEDED

    @property
    def settled(self) -> bool:
        """Whether it was agreed to do it: what is only proposed may still come to nothing."""
        return self.state is not ActionState.PROPOSED and not self.given_up


@dataclass(frozen=True)
class ToldFinding:
    """One agreed finding with its actions."""

    title: str
    words: str
    themes: tuple[str, ...]
    """Their titles, in the order of the tool."""
    actions: tuple[ToldAction, ...]
    theme_ids: frozenset[str] = frozenset()
    rests_on: str = ""
    """What it rests on, in words: for the full report alone."""


@dataclass(frozen=True)
class ToldGroup:
    """The findings of one kind, in the order of the tool's themes."""

    heading: str
    findings: tuple[ToldFinding, ...]


@dataclass(frozen=True)
class Told:
    """What the papers of a round have in common."""

    partnership: str
    round: str
    tool: str
    stage: str
    provisional: bool
    purpose: str
    lines_of_enquiry: tuple[str, ...]
    agencies: tuple[str, ...]
    sample: tuple[str, ...]
    """The statement of the sample, one paragraph each."""
    groups: tuple[ToldGroup, ...]
    made_by: str
    made_at: str


ResultRow = tuple[str, str, str, str]
"""The question, how many answered of those asked, the answers, the absences."""

GradeRow = tuple[str, str, str]
"""An agency, how often it gave each grade, and how often the panel judged higher or lower."""

ComparedRow = tuple[str, str, str, str, str]
"""A section; its answers that could be compared, the same, different, and decided by the panel."""


@dataclass(frozen=True)
class Counted:
    """What the full report says besides: numbers, for those who read every answer anyway."""

    returns: tuple[tuple[str, str, str, str], ...]
    """By agency: its name, responses it was given, those it sent, and how it stands."""
    profile: tuple[str, ...]
    """What was audited: by strand, its outcomes, and how many agencies answered about each."""
    results: tuple[tuple[str, tuple[ResultRow, ...]], ...]
    """By section of the question set."""
    themed: Mapping[str, tuple[ResultRow, ...]]
    """The results of the questions that carry a theme, by its id."""
    grades: tuple[tuple[str, tuple[str, ...], tuple[GradeRow, ...]], ...]
    """By strand whose cases are judged as a whole: its graded questions, and who graded what."""
    compared: tuple[ComparedRow, ...]
    questions: tuple[tuple[str, str], ...]
    """Each question's id and text."""
    gone: Mapping[Kept, str]
    """What of the round was purged, and on which day."""


@dataclass(frozen=True)
class LastTime:
    """What the round before with the same tool found, and what is found of it now."""

    round: str
    areas: tuple[tuple[str, str, str], ...]
    """An area for development of that round; what works now under its themes, what still does not.

    A theme in common is all that is claimed: whether it is the same matter is for people to say.
    """
    grades: tuple[tuple[str, str, str], ...]
    """A graded question that both asked in the same words: how often each grade then, and now."""


@dataclass(frozen=True)
class Own:
    """What a letter says besides: the answers of one agency, to that agency."""

    agency: str
    lead: str
    """Who led the round; empty when nobody does."""
    results: tuple[tuple[str, tuple[ResultRow, ...]], ...]
    """Its grades, then its other answers by section; nothing when it has sent nothing."""
