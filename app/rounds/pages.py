"""What the rounds' pages are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from app.identity.models import Agency, Subgroup
from app.library.rules import Standing
from app.rounds.copying import Copying
from app.rounds.judgement import JudgementRule
from app.rounds.kept import Gone, Held
from app.rounds.models import Round, Strand
from app.rounds.onward import Link
from app.rounds.planning import Part
from app.rounds.retention import Kept
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
    retention: str
    """Where retention is looked after, for those who do."""


@dataclass(frozen=True)
class ChooseToolPage(Page):
    """Which audit tool version a new round will use."""

    template: ClassVar[str] = "rounds/choose_tool.html"

    at: str
    tools: Sequence[tuple[str, Tool, Standing]]
    """What the form posts, the tool, and whether it is locked."""
    older: frozenset[str]
    """The versions, as the form posts them, that have a newer one."""
    earlier: Sequence[tuple[str, str]]
    """Rounds that a new one could start from: reference and title, newest first."""
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
class Terms:
    """What the round has agreed to, in words; empty where nothing was chosen."""

    rule: str
    priorities: Sequence[str]
    retention: Sequence[str]
    contacts: Mapping[str, str]
    """By the agency's reference, the name of whom to ask."""


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
    steps: Sequence[tuple[str, Sequence[Link]]]
    """The pages of the later steps, by the part of the journey they belong to."""
    terms: Terms
    held: Held | None
    says_why: bool
    """Whether this person reads why it is held."""
    gone: Sequence[Gone]
    may_keep: bool
    """Whether this person looks after retention."""
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
    planning: bool = False
    """Whether the round is still being planned: then the list of its parts is a step back."""


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
    spans: Sequence[str]
    """How many working days each part of the round has, as the dates are stored."""
    warnings: Sequence[str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanningPage(Page):
    """The parts of a round's plan, each with how far it is."""

    template: ClassVar[str] = "rounds/planning.html"

    of: Head
    parts: Sequence[tuple[str, Sequence[Part]]]
    done: int
    needed: int
    stage: Stage
    next_stage: Stage | None
    missing: Sequence[str]


@dataclass(frozen=True)
class CopyPage(Page):
    """What of an earlier round a new one would begin with."""

    template: ClassVar[str] = "rounds/copy.html"

    of: Head
    copying: Copying | None
    """None where no locked version of the tool would do."""
    ref: str
    values: Posted
    errors: Mapping[str, str]


@dataclass(frozen=True)
class PreviewLink:
    """A question set as one kind of agency meets it."""

    question_set: str
    kind: str
    address: str


@dataclass(frozen=True)
class VersionPage(Page):
    """Which version of its tool a round uses, and how each agency meets it."""

    template: ClassVar[str] = "rounds/version.html"

    of: Head
    tool: Tool
    tool_address: str
    previews: Sequence[PreviewLink]
    versions: Sequence[tuple[str, Tool, Standing]]
    """What the form posts, the version, and whether it is locked; empty when there is one."""
    chosen: str
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StrandsPage(Page):
    """The question sets of the tool, those in use ticked."""

    template: ClassVar[str] = "rounds/strands.html"

    of: Head
    tool: Tool
    chosen: Sequence[str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AgencyContacts:
    """An agency, and whom of it one could ask."""

    ref: str
    name: str
    people: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class ContactsPage(Page):
    """Whom to ask in each agency about this round."""

    template: ClassVar[str] = "rounds/contacts.html"

    of: Head
    agencies: Sequence[AgencyContacts]
    people: str
    """Where agency leads are added."""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RulePage(Page):
    """How the multi-agency judgement of each case is made."""

    template: ClassVar[str] = "rounds/judgement_rule.html"

    of: Head
    rules: Sequence[JudgementRule]
    chosen: str
    words: str
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PrioritiesPage(Page):
    """The themes of the tool, the round's priorities ticked."""

    template: ClassVar[str] = "rounds/priorities.html"

    of: Head
    tool: Tool
    chosen: Sequence[str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RetentionPage(Page):
    """How long each class of data is kept after the round is closed."""

    template: ClassVar[str] = "rounds/retention.html"

    of: Head
    kinds: Sequence[Kept]
    values: Posted
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NotesPage(Page):
    """The data protection impact assessment, and the lawful basis."""

    template: ClassVar[str] = "rounds/data_protection.html"

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
    means: str
    """What begins with that stage."""
    missing: Sequence[str]
    notes: Sequence[str]
    """What is worth knowing before it moves."""
    moves: Sequence[MoveRow]
    errors: Mapping[str, str] = field(default_factory=dict)
