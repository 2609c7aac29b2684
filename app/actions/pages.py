"""What the action pages are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.actions.models import LearningAction
from app.findings.models import Finding
from app.rounds.models import Round
from app.web.pages import Page
from app.web.paging import Paged

Choice = tuple[str, str]


@dataclass(frozen=True)
class Step:
    """Where an action may go next, as a button of the board says it."""

    to: str
    words: str
    explained: bool
    """Whether it must be explained, which is done on the action's own page."""


@dataclass(frozen=True)
class Listed:
    """One action in the list."""

    what: str
    href: str
    owner: str
    due: str
    stands: str
    overdue: bool
    state: str
    round: str
    moved: int
    """How often its due date was moved."""
    version: int
    steps: tuple[Step, ...]
    """What this person may do with it from the board; empty in the table."""


@dataclass(frozen=True)
class Narrowing:
    """One list that narrows the actions: its field, what it is called, what is chosen of it."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True)
class ActionsPage(Page):
    """The actions within somebody's reach."""

    template: ClassVar[str] = "actions/actions.html"

    at: str
    items: Paged[Listed]
    show: str
    finding: str
    filters: tuple[tuple[str, str, bool], ...]
    narrowings: tuple[Narrowing, ...]
    query: str
    """What the page was asked for, so that a button of the board leads back to the same board."""
    columns: tuple[tuple[str, tuple[Listed, ...]], ...]
    """The same actions by state, in the order of their life; empty where a table is shown."""
    views: tuple[tuple[str, str, bool], ...]
    board: bool
    take: str
    """Where the same are taken as a file; empty for who may not, and where there are none."""
    calendar: str
    """Where the reader's own calendar is; empty for who has none."""


@dataclass(frozen=True)
class PlanPage(Page):
    """Planning an action from a finding."""

    template: ClassVar[str] = "actions/plan.html"

    round: Round
    finding: Finding
    back: str
    agencies: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """One line of an action's history in words."""

    state: str
    by: str
    when: str
    moment: str
    words: str


@dataclass(frozen=True)
class ActionPage(Page):
    """One action, how it stands, and everything that was said about it."""

    template: ClassVar[str] = "actions/action.html"

    action: LearningAction
    at: str
    round_title: str
    finding_title: str
    finding: str | None
    """Where the finding stands, for those who may read it."""
    agency: str
    owner: str
    due: str
    earlier_dues: tuple[str, ...]
    """The due dates that it had before, the first one first."""
    impact_on: str
    impact_stands: str
    evidence: str
    """What was said to show that it is done, when that was last claimed."""
    impact: str
    stands: str
    overdue: bool
    state: str
    history: tuple[Told, ...]
    steps: tuple[Choice, ...]
    """What may be said and changed; empty for those who only read, or when it is too late."""
    may_move_dates: bool
    may_hand_over: bool
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class DatesPage(Page):
    """Moving an action's dates."""

    template: ClassVar[str] = "actions/dates.html"

    action: LearningAction
    back: str
    due: str
    open: bool
    """Whether the due date can still move; later only the impact review can."""
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class HandOverPage(Page):
    """Giving an action to another owner."""

    template: ClassVar[str] = "actions/hand_over.html"

    action: LearningAction
    back: str
    owner: str
    owners: tuple[Choice, ...]
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]
