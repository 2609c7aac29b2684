"""What the rounds' pages are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from app.identity.models import Agency, Subgroup
from app.library.rules import Standing
from app.rounds.models import Round, Strand
from app.rounds.onward import Link
from app.rounds.rules import Doing, Stage
from app.rounds.stage_table import StageRow
from app.rounds.taking_part import Member, Party
from app.tools import Tool
from app.web.forms import Posted
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class RoundRow:
    """A round as the list shows it."""

    ref: str
    title: str
    stage: Stage
    due: str
    """What is due next and how far off it is, in words; empty once it is reported."""
    overdue: bool


@dataclass(frozen=True)
class RoundsPage(Page):
    """The rounds in view, newest first."""

    template: ClassVar[str] = "rounds/rounds.html"

    at: str
    listed: Paged[RoundRow]
    may_plan: bool


@dataclass(frozen=True)
class ChooseToolPage(Page):
    """Which audit tool version a new round will use."""

    template: ClassVar[str] = "rounds/choose_tool.html"

    at: str
    tools: Sequence[tuple[str, Tool, Standing]]
    """What the form posts, the tool, and whether it is locked."""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewRoundPage(Page):
    """A round about to be created on a tool version."""

    template: ClassVar[str] = "rounds/new.html"

    at: str
    tool: Tool
    standing: Standing
    chosen: str
    """The tool version as the form posts it."""
    ref: str
    values: Posted
    errors: Mapping[str, str]


@dataclass(frozen=True)
class DueDay:
    """One of a round's days, with how far off it is while it is waited for."""

    name: str
    day: str
    how_far: str
    overdue: bool


@dataclass(frozen=True)
class StageTable:
    """What each stage allows, with the present stage marked."""

    stages: Sequence[Stage]
    rows: Sequence[StageRow]
    now: Stage


@dataclass(frozen=True)
class RoundPage(Page):
    """One round: its plan, who takes part, and what its stage allows."""

    template: ClassVar[str] = "rounds/round.html"

    at: str
    rounds: str
    seen: Round
    tool: Tool
    tool_address: str
    strands: Sequence[Strand]
    party: Party
    days: Sequence[DueDay]
    table: StageTable
    links: Sequence[Link]
    changeable: frozenset[Doing]
    """What of the plan this person may change at this stage."""
    next_stage: Stage | None
    """Where this person may move the round on to."""
    stage_before: Stage | None
    missing: Sequence[str]
    """What stands in the way of moving on, for those who may move it."""


@dataclass(frozen=True)
class Head:
    """Which round a form is about, and the version of it that the form shows."""

    at: str
    title: str
    version: int


@dataclass(frozen=True)
class PlanPage(Page):
    """A round's words, to be changed."""

    template: ClassVar[str] = "rounds/plan.html"

    of: Head
    values: Posted
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DaysPage(Page):
    """A round's due dates, to be changed."""

    template: ClassVar[str] = "rounds/days.html"

    of: Head
    values: Posted
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AgenciesPage(Page):
    """The agencies of the partnership, those that take part ticked."""

    template: ClassVar[str] = "rounds/agencies.html"

    of: Head
    agencies: Sequence[Agency]
    chosen: Sequence[str]
    fixed: Sequence[Agency]
    """Those that take part and can no longer be removed."""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PeoplePage(Page):
    """Who could lead a round and sit on its panel."""

    template: ClassVar[str] = "rounds/people.html"

    of: Head
    leads: Sequence[Member]
    panel: Sequence[Member]
    lead: str
    on_panel: Sequence[str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SubgroupsPage(Page):
    """The subgroups of the partnership, those that will receive the findings ticked."""

    template: ClassVar[str] = "rounds/subgroups.html"

    of: Head
    subgroups: Sequence[Subgroup]
    chosen: Sequence[str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MoveRow:
    """A step the round has taken."""

    came_from: Stage
    went_to: Stage
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class StagePage(Page):
    """What a move to another stage would do, and what still stands in its way."""

    template: ClassVar[str] = "rounds/stage.html"

    of: Head
    stage: Stage
    to: Stage | None
    """None at the end of the journey."""
    back: bool
    returns: bool
    """Whether the way back from there leads here again."""
    starts: Sequence[Doing]
    stops: Sequence[Doing]
    to_agencies: bool
    """Whether the move shows the round to its agencies for the first time."""
    missing: Sequence[str]
    moves: Sequence[MoveRow]
    errors: Mapping[str, str] = field(default_factory=dict)
