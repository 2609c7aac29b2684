"""The permission table: for every action and role, how far the role carries the action."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is in a partnership, or (lead, panel member) in one round."""

    SYSTEM_ADMINISTRATOR = "system_administrator"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    PANEL_MEMBER = "panel_member"
    AGENCY_LEAD = "agency_lead"
    AUDITOR = "auditor"
    SCRUTINEER = "scrutineer"
    SUBGROUP_MEMBER = "subgroup_member"
    ACTION_OWNER = "action_owner"

    @property
    def words(self) -> str:
        """The role as pages name it."""
        return "Audit lead" if self is Role.LEAD else self.value.replace("_", " ").capitalize()

    @property
    def of_an_agency(self) -> bool:
        """Whether a membership in this role must name an agency."""
        return self in {Role.AGENCY_LEAD, Role.AUDITOR}


class Reach(Enum):
    """How far a role carries an action."""

    NONE = "none"
    OWN = "own"
    """What was given to this person: their assignments, actions and subgroups."""
    AGENCY = "agency"
    ROUND = "round"
    """The rounds in which this person is lead or panel member."""
    PARTNERSHIP = "partnership"


class Action(StrEnum):
    """Something a person may do. Every route names one."""

    WORK_SEE = "work:see"
    PEOPLE_MANAGE = "people:manage"
    TOOL_SEE = "tool:see"
    ROUND_SEE = "round:see"
    ROUND_PLAN = "round:plan"
    ROUND_MOVE = "round:move"
    ROUND_MOVE_VERSION = "round:move-version"
    SAMPLE_SEE = "sample:see"
    SAMPLE_DRAW = "sample:draw"
    ASSIGNMENT_SEE = "assignment:see"
    ASSIGNMENT_MAKE = "assignment:make"
    ASSIGNMENT_TAKE_BACK = "assignment:take-back"
    SECOND_AUDITORS_DRAW = "second-auditors:draw"
    SECTIONS_SHARE = "sections:share"
    CONFLICT_DECLARE = "conflict:declare"
    LOCAL_RECORD_KEEP = "local-record:keep"
    RESPONSE_SEE = "response:see"
    RESPONSE_ANSWER = "response:answer"
    RESPONSE_SIGN_OFF = "response:sign-off"
    CONCERN_RAISE = "concern:raise"
    CONCERN_SEE = "concern:see"
    CONCERN_ACKNOWLEDGE = "concern:acknowledge"
    CONCERN_ADVISE = "concern:advise"
    RESPONSE_QUERY = "response:query"
    NIL_RETURN_DECLARE = "nil-return:declare"
    COMPARISON_SEE = "comparison:see"
    COMPARISON_AGREE = "comparison:agree"
    AGREEMENT_SEE = "agreement:see"
    FINDING_SEE = "finding:see"
    FINDING_WRITE = "finding:write"
    ACTION_SEE = "action:see"
    ACTION_PLAN = "action:plan"
    ACTION_UPDATE = "action:update"
    ACTIONS_EXPORT = "actions:export"
    PACK_SEE = "pack:see"
    LETTER_SEE = "letter:see"
    PAPER_SEE = "paper:see"
    PAPER_WRITE = "paper:write"
    RESULT_SEE = "result:see"
    ANSWERS_EXPORT = "answers:export"
    TRAIL_SEE = "trail:see"
    RETENTION_KEEP = "retention:keep"
    CALENDAR_KEEP = "calendar:keep"


NO, OWN, AGENCY, ROUND, ALL = (
    Reach.NONE,
    Reach.OWN,
    Reach.AGENCY,
    Reach.ROUND,
    Reach.PARTNERSHIP,
)

_COLUMNS = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.COORDINATOR,
    Role.LEAD,
    Role.PANEL_MEMBER,
    Role.AGENCY_LEAD,
    Role.AUDITOR,
    Role.SCRUTINEER,
    Role.SUBGROUP_MEMBER,
    Role.ACTION_OWNER,
)

# fmt: off
_ROWS: Mapping[Action, tuple[Reach, ...]] = {
    #                          admin coord lead   panel  agency  auditor scrut subgrp owner
    Action.WORK_SEE:          (OWN,  OWN,  OWN,   OWN,   OWN,    OWN,    OWN,  OWN,   OWN),
    Action.PEOPLE_MANAGE:     (ALL,  ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.TOOL_SEE:          (ALL,  ALL,  ALL,   ALL,   ALL,    ALL,    ALL,  NO,    NO),
    Action.ROUND_SEE:         (NO,   ALL,  ROUND, ROUND, AGENCY, AGENCY, ALL,  NO,    NO),
    Action.ROUND_PLAN:        (NO,   ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.ROUND_MOVE:        (NO,   ALL,  ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.ROUND_MOVE_VERSION: (NO,  ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.SAMPLE_SEE:        (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  NO,    NO),
    Action.SAMPLE_DRAW:       (NO,   ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.ASSIGNMENT_SEE:    (NO,   ALL,  ROUND, NO,    AGENCY, OWN,    ALL,  NO,    NO),
    Action.ASSIGNMENT_MAKE:   (NO,   ALL,  NO,    NO,    AGENCY, NO,     NO,   NO,    NO),
    Action.ASSIGNMENT_TAKE_BACK: (NO, ALL, NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.SECOND_AUDITORS_DRAW: (NO, ALL, NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.SECTIONS_SHARE:    (NO,   NO,   NO,    NO,    AGENCY, NO,     NO,   NO,    NO),
    Action.CONFLICT_DECLARE:  (NO,   NO,   NO,    NO,    NO,     OWN,    NO,   NO,    NO),
    Action.LOCAL_RECORD_KEEP: (NO,   NO,   NO,    NO,    AGENCY, OWN,    NO,   NO,    NO),
    Action.RESPONSE_SEE:      (NO,   ALL,  ROUND, NO,    AGENCY, OWN,    ALL,  NO,    NO),
    Action.RESPONSE_ANSWER:   (NO,   NO,   NO,    NO,    NO,     OWN,    NO,   NO,    NO),
    Action.RESPONSE_SIGN_OFF: (NO,   NO,   NO,    NO,    AGENCY, NO,     NO,   NO,    NO),
    Action.CONCERN_RAISE:     (NO,   ALL,  ROUND, ROUND, AGENCY, OWN,    ALL,  NO,    NO),
    Action.CONCERN_SEE:       (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  NO,    NO),
    Action.CONCERN_ACKNOWLEDGE: (NO, ALL,  ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.CONCERN_ADVISE:    (NO,   ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.RESPONSE_QUERY:    (NO,   NO,   ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.NIL_RETURN_DECLARE:(NO,   NO,   NO,    NO,    AGENCY, OWN,    NO,   NO,    NO),
    Action.COMPARISON_SEE:    (NO,   ALL,  ROUND, ROUND, NO,     NO,     ALL,  NO,    NO),
    Action.COMPARISON_AGREE:  (NO,   NO,   ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.AGREEMENT_SEE:     (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  NO,    NO),
    Action.FINDING_SEE:       (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  NO,    NO),
    Action.FINDING_WRITE:     (NO,   NO,   ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.ACTION_SEE:        (NO,   ALL,  ROUND, OWN,   AGENCY, OWN,    ALL,  OWN,   OWN),
    Action.ACTION_PLAN:       (NO,   ALL,  ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.ACTION_UPDATE:     (NO,   ALL,  ROUND, OWN,   AGENCY, OWN,    NO,   NO,    OWN),
    Action.ACTIONS_EXPORT:    (NO,   ALL,  ROUND, OWN,   AGENCY, OWN,    ALL,  OWN,   OWN),
    Action.PACK_SEE:          (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  OWN,   NO),
    Action.LETTER_SEE:        (NO,   ALL,  ROUND, NO,    AGENCY, NO,     ALL,  NO,    NO),
    Action.PAPER_SEE:         (NO,   ALL,  ROUND, NO,    AGENCY, NO,     ALL,  OWN,   NO),
    Action.PAPER_WRITE:       (NO,   ALL,  ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.RESULT_SEE:        (NO,   ALL,  ROUND, NO,    AGENCY, NO,     ALL,  NO,    NO),
    Action.ANSWERS_EXPORT:    (NO,   ALL,  ROUND, NO,    NO,     NO,     NO,   NO,    NO),
    Action.TRAIL_SEE:         (NO,   ALL,  ROUND, NO,    NO,     NO,     ALL,  NO,    NO),
    Action.RETENTION_KEEP:    (NO,   ALL,  NO,    NO,    NO,     NO,     NO,   NO,    NO),
    Action.CALENDAR_KEEP:     (NO,   OWN,  OWN,   OWN,   OWN,    OWN,    OWN,  NO,    OWN),
}
# fmt: on

TABLE: Mapping[Action, Mapping[Role, Reach]] = MappingProxyType(
    {
        action: MappingProxyType(dict(zip(_COLUMNS, row, strict=True)))
        for action, row in _ROWS.items()
    }
)

EXEMPT = frozenset({Role.COORDINATOR, Role.LEAD, Role.SCRUTINEER})
"""Roles that read other agencies' answers before the panel does, and so may give none."""

ANSWERING = frozenset({Action.RESPONSE_ANSWER, Action.RESPONSE_SIGN_OFF, Action.NIL_RETURN_DECLARE})
"""What the exempt may not do: answer, or sign an agency's answers off."""
