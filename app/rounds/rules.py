"""The stages of a round, what each allows, and who may take which part in it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from app.access import EXEMPT, NotNow, Role


class Stage(StrEnum):
    """Where a round has got to."""

    DRAFT = "draft"
    APPROVED = "approved"
    SAMPLING = "sampling"
    OPEN = "open"
    RETURNS_CLOSED = "returns_closed"
    MODERATION = "moderation"
    FINDINGS_AGREED = "findings_agreed"
    REPORTED = "reported"
    ACTIONS_LIVE = "actions_live"
    IMPACT_REVIEWED = "impact_reviewed"
    CLOSED = "closed"
    PURGED = "purged"
    """All that retention let go is gone; findings, actions and counts are what remains."""

    @property
    def words(self) -> str:
        """The stage as pages name it."""
        return self.value.replace("_", " ").capitalize()


class Doing(StrEnum):
    """What a round's stage allows or does not, whoever asks."""

    PLAN = "Change the plan: title, purpose, key lines of enquiry, subgroups"
    STRANDS = "Change the tool version and the strands"
    NEWER_VERSION = "Move to a newer version of the tool, after a preview"
    ADD_AGENCY = "Add an agency (before sampling, also take one away)"
    STAFF = "Change due dates, lead, panel and contacts"
    SET_RULE = "Change the judgement rule and the priorities"
    KEEP = "Change retention and data-protection notes"
    SAMPLE = "Import the list, draw the sample, type subjects in"
    REPLACE = "Replace a subject by the next reserve"
    ASSIGN = "Give subjects to agencies and auditors"
    SECOND = "Give a share to second auditors as well"
    ANSWER = "Answer, declare, sign off and send"
    QUERY = "Query a sent response and return it to its agency (lead)"
    COMPARE = "Compare what has been sent (lead, coordinator, scrutineer)"
    COMPARE_AS_PANEL = "Compare, as a panel member whose own agency has sent"
    READ_RESULTS = "Read the round's results (agencies)"
    AGREE = "Agree answers"
    WRITE_FINDINGS = "Write and agree findings"
    PLAN_ACTIONS = "Plan actions from agreed findings"
    UPDATE_ACTIONS = "Update actions"
    PREPARE_PACK = "Prepare packs, letters and other papers"
    RECEIVE_PACK = "Read the pack (subgroups) and the letter (agencies)"
    HOLD = "Put a legal hold on the round, or lift it"
    PURGE = "Purge what retention lets go"


_S, _D = Stage, Doing

ALLOWED: Mapping[Doing, frozenset[Stage]] = MappingProxyType(
    {
        _D.PLAN: frozenset({_S.DRAFT, _S.APPROVED, _S.SAMPLING}),
        _D.STRANDS: frozenset({_S.DRAFT, _S.APPROVED}),
        # Until findings are agreed: they say what answers to certain questions came to.
        _D.NEWER_VERSION: frozenset(
            {_S.DRAFT, _S.APPROVED, _S.SAMPLING, _S.OPEN, _S.RETURNS_CLOSED, _S.MODERATION}
        ),
        _D.ADD_AGENCY: frozenset({_S.DRAFT, _S.APPROVED, _S.SAMPLING, _S.OPEN}),
        _D.STAFF: frozenset(Stage) - {_S.CLOSED, _S.PURGED},
        _D.SET_RULE: frozenset({_S.DRAFT, _S.APPROVED, _S.SAMPLING, _S.OPEN, _S.RETURNS_CLOSED}),
        _D.KEEP: frozenset(Stage) - {_S.PURGED},
        _D.SAMPLE: frozenset({_S.SAMPLING}),
        _D.REPLACE: frozenset({_S.SAMPLING, _S.OPEN}),
        _D.ASSIGN: frozenset({_S.SAMPLING, _S.OPEN, _S.RETURNS_CLOSED, _S.MODERATION}),
        # Later, a case would vanish from a panel that is comparing it until it is judged again.
        _D.SECOND: frozenset({_S.SAMPLING, _S.OPEN}),
        _D.ANSWER: frozenset({_S.OPEN, _S.MODERATION}),
        # What goes back can be answered and sent again: so at the stages of answering, no other.
        _D.QUERY: frozenset({_S.OPEN, _S.MODERATION}),
        _D.COMPARE: frozenset(Stage) - {_S.DRAFT, _S.APPROVED, _S.SAMPLING, _S.PURGED},
        _D.COMPARE_AS_PANEL: frozenset({_S.MODERATION}),
        _D.AGREE: frozenset({_S.MODERATION}),
        _D.WRITE_FINDINGS: frozenset({_S.MODERATION}),
        _D.PLAN_ACTIONS: frozenset(
            {_S.MODERATION, _S.FINDINGS_AGREED, _S.REPORTED, _S.ACTIONS_LIVE}
        ),
        _D.UPDATE_ACTIONS: frozenset(
            {
                _S.MODERATION,
                _S.FINDINGS_AGREED,
                _S.REPORTED,
                _S.ACTIONS_LIVE,
                _S.IMPACT_REVIEWED,
            }
        ),
        _D.PREPARE_PACK: frozenset(
            {
                _S.MODERATION,
                _S.FINDINGS_AGREED,
                _S.REPORTED,
                _S.ACTIONS_LIVE,
                _S.IMPACT_REVIEWED,
                _S.CLOSED,
                _S.PURGED,
            }
        ),
        _D.READ_RESULTS: frozenset(
            {
                _S.FINDINGS_AGREED,
                _S.REPORTED,
                _S.ACTIONS_LIVE,
                _S.IMPACT_REVIEWED,
                _S.CLOSED,
                _S.PURGED,
            }
        ),
        _D.RECEIVE_PACK: frozenset(
            {_S.REPORTED, _S.ACTIONS_LIVE, _S.IMPACT_REVIEWED, _S.CLOSED, _S.PURGED}
        ),
        _D.HOLD: frozenset(Stage) - {_S.PURGED},
        _D.PURGE: frozenset({_S.CLOSED}),
    }
)
"""What each stage allows: the table that every round's page shows."""

OVER = frozenset({_S.CLOSED, _S.PURGED})
"""Stages at which nothing is waited for any more."""

IN_VIEW_OF_AGENCIES: frozenset[Stage] = frozenset(Stage) - {
    Stage.DRAFT,
    Stage.APPROVED,
    Stage.SAMPLING,
}
"""A round shows itself to its agencies once it is open."""

_ORDER = tuple(stage for stage in Stage if stage is not Stage.PURGED)
"""Nobody moves a round to “purged”: it is there when the last of what it kept has gone."""
_BACK: Mapping[Stage, Stage] = {
    _S.APPROVED: _S.DRAFT,
    _S.RETURNS_CLOSED: _S.OPEN,
    _S.FINDINGS_AGREED: _S.MODERATION,
}


def next_stage(stage: Stage) -> Stage | None:
    """Return the stage that follows, or None at the end.

    >>> next_stage(Stage.OPEN)
    <Stage.RETURNS_CLOSED: 'returns_closed'>
    """
    place = _ORDER.index(stage) + 1 if stage in _ORDER else len(_ORDER)
    return _ORDER[place] if place < len(_ORDER) else None


def stage_before(stage: Stage) -> Stage | None:
    """Return the stage that this one may be taken back to, or None."""
    return _BACK.get(stage)


def check_move(stage: Stage, to: Stage) -> None:
    """Refuse a move that is neither the next step nor the way back."""
    if to not in {next_stage(stage), stage_before(stage)}:
        raise NotNow(f"This round is at “{stage.words}”; it cannot go to “{to.words}” from there.")


def allows(stage: Stage | str, doing: Doing) -> bool:
    """Whether a round at this stage allows something."""
    return Stage(stage) in ALLOWED[doing]


def require(stage: Stage | str, doing: Doing) -> None:
    """Refuse, in words, what the round's stage does not allow."""
    if not allows(stage, doing):
        when = [f"“{s.words}”" for s in Stage if s in ALLOWED[doing]]
        at = f"{', '.join(when[:-1])} or {when[-1]}" if when[1:] else when[0]
        raise NotNow(
            f"The round is at “{Stage(stage).words}”. This can be done only at {at}: "
            f"{doing.value[0].lower()}{doing.value[1:]}."
        )


def what_changes(stage: Stage, to: Stage) -> tuple[list[Doing], list[Doing]]:
    """List what a move from stage to stage begins to allow, and what it stops.

    >>> starts, stops = what_changes(Stage.OPEN, Stage.RETURNS_CLOSED)
    >>> starts, Doing.ANSWER in stops
    ([], True)
    """
    starts = [d for d in Doing if to in ALLOWED[d] and stage not in ALLOWED[d]]
    stops = [d for d in Doing if stage in ALLOWED[d] and to not in ALLOWED[d]]
    return starts, stops


def check_mover(stage: Stage, *, coordinates: bool) -> None:
    """Refuse a lead before the round is open: until then it is the coordinator's to prepare."""
    if not coordinates and stage not in IN_VIEW_OF_AGENCIES:
        raise NotNow(
            f"The round is at “{stage.words}”. Until it is open, a coordinator moves it on."
        )


MAY_LEAD = frozenset({Role.COORDINATOR, Role.AGENCY_LEAD, Role.AUDITOR})
"""A lead knows practice or runs the audit. They read every answer in the round and give none."""

MAY_SIT = frozenset({Role.AGENCY_LEAD, Role.AUDITOR})
"""A panel member speaks for an agency, and reads a comparison only once that agency has sent."""


def may_lead(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may lead a round.

    A scrutineer may not, whatever else they are: nobody scrutinises what they led. A coordinator
    may, since they read every answer and give none already. Whether they have been given subjects
    in this round is asked elsewhere (`app.state.lead_conflicts`): a lead may not audit.
    """
    return not MAY_LEAD.isdisjoint(roles) and Role.SCRUTINEER not in roles


def may_sit(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may be a panel member.

    Not a coordinator or scrutineer: they see every agency's answers from the start, and a panel
    member's own agency must have answered first.
    """
    return not MAY_SIT.isdisjoint(roles) and EXEMPT.isdisjoint(roles)
