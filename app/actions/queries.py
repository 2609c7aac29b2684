"""Reading actions, each within the reach of whoever asks.

Until findings are agreed, an action tells of other agencies' answers: those who reach it through
their agency, as its owner or through a subgroup meet it only from the stage that allows them to.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import TABLE, Action, Reach, Scope
from app.actions.models import ActionRevision, ActionUpdate, LearningAction
from app.findings.models import Finding, FindingSubgroup
from app.identity.models import Agency, Membership, PartnershipAgency, Person
from app.rounds.models import Round
from app.rounds.rules import ALLOWED, Doing, Stage

_STAGES = tuple(Stage)
FROM_FINDINGS_AGREED = frozenset(_STAGES[_STAGES.index(Stage.FINDINGS_AGREED) :])
"""When owners and their agencies see actions: not while the panel still compares answers."""


class ActionIn(NamedTuple):
    """An action with the finding and the round it comes from, and who owns it."""

    action: LearningAction
    finding: Finding
    round: Round
    agency: str
    owner: str


class Owner(NamedTuple):
    """Somebody who may own an action, with the agencies that they hold a role for."""

    person: Person
    agencies: Mapping[int, str]

    @property
    def words(self) -> str:
        """The person as a choice names them."""
        return ", ".join((self.person.name, *self.agencies.values()))


class Entry(NamedTuple):
    """One line of an action's history."""

    update: ActionUpdate
    by: str


def actions_within(scope: Scope) -> ColumnElement[bool]:
    """Say which actions a scope covers; the query joins `Finding` and `Round`."""
    return _within(scope, or_(owned(scope), _received(scope)))


def actions_to_update_within(scope: Scope) -> ColumnElement[bool]:
    """Say which actions a scope covers for somebody who changes them: receiving is not owning."""
    return _within(scope, owned(scope))


def _within(scope: Scope, own: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(
        col(Round.partnership_id) == scope.partnership_id,
        or_(false(), *(_reached(scope, reach, own) for reach in scope.reaches)),
    )


def _reached(scope: Scope, reach: Reach, own: ColumnElement[bool]) -> ColumnElement[bool]:
    shown = col(Round.stage).in_(FROM_FINDINGS_AGREED)
    match reach:
        case Reach.PARTNERSHIP:
            return true()
        case Reach.ROUND:
            return col(Round.id).in_(scope.rounds)
        case Reach.AGENCY:
            return and_(shown, col(LearningAction.agency_id).in_(scope.agencies))
        case Reach.OWN:
            return and_(shown, own)
        case Reach.NONE:
            return false()
        case _:
            assert_never(reach)


def owned(scope: Scope) -> ColumnElement[bool]:
    """Say which actions somebody owns."""
    return col(LearningAction.owner_id) == scope.person_id


def _received(scope: Scope) -> ColumnElement[bool]:
    going = select(FindingSubgroup.finding_id).where(
        col(FindingSubgroup.subgroup_id).in_(scope.subgroups)
    )
    received = col(Round.stage).in_(ALLOWED[Doing.RECEIVE_PACK])
    return and_(received, col(LearningAction.finding_id).in_(going))


ALL = (
    columns(LearningAction, Finding, Round, col(Agency.name), col(Person.name))
    .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
    .join(Round, col(Round.id) == col(Finding.round_id))
    .join(Agency, col(Agency.id) == col(LearningAction.agency_id))
    .join(Person, col(Person.id) == col(LearningAction.owner_id))
)
"""Every action with what `ActionIn` holds of it, to be narrowed."""


def find_action(session: Session, scope: Scope, refs: Mapping[str, str]) -> ActionIn | None:
    """Find the action that an address names, for somebody who reads it."""
    return _find(session, refs, actions_within(scope))


def find_action_to_update(
    session: Session, scope: Scope, refs: Mapping[str, str]
) -> ActionIn | None:
    """Find the action that an address names, for somebody who changes it."""
    return _find(session, refs, actions_to_update_within(scope))


def _find(
    session: Session, refs: Mapping[str, str], within: ColumnElement[bool]
) -> ActionIn | None:
    query = ALL.where(col(LearningAction.ref) == refs["action"], within)
    row = session.execute(query).one_or_none()
    return ActionIn(*row) if row else None


def updatable(session: Session, scope: Scope, actions: Sequence[ActionIn]) -> frozenset[int | None]:
    """Return which of some actions somebody may update, by the action's key."""
    query = (
        columns(col(LearningAction.id))
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(
            col(LearningAction.id).in_([each.action.id for each in actions]),
            actions_to_update_within(scope),
        )
    )
    return frozenset(session.execute(query).scalars())


def times_moved(session: Session, actions: Sequence[LearningAction]) -> dict[int, int]:
    """Count how often the due date of each of some actions was moved, by the action's key."""
    query = (
        select(ActionRevision.action_id, func.count())
        .where(
            col(ActionRevision.action_id).in_([action.id for action in actions]),
            col(ActionRevision.due_after) != col(ActionRevision.due_before),
        )
        .group_by(col(ActionRevision.action_id))
    )
    return dict(session.exec(query).all())


def history(session: Session, of: LearningAction) -> list[Entry]:
    """List everything that was said about an action, newest first."""
    query = (
        select(ActionUpdate, Person.name)
        .join(Person, col(Person.id) == col(ActionUpdate.person_id))
        .where(ActionUpdate.action_id == of.id)
        .order_by(col(ActionUpdate.id).desc())
    )
    return [Entry(update, name) for update, name in session.exec(query)]


class Moved(NamedTuple):
    """One time that an action's dates were moved."""

    revision: ActionRevision
    by: str


def revisions(session: Session, action: LearningAction) -> list[Moved]:
    """List every time that an action's dates were moved, the first time first."""
    query = (
        select(ActionRevision, Person.name)
        .join(Person, col(Person.id) == col(ActionRevision.person_id))
        .where(ActionRevision.action_id == action.id)
        .order_by(col(ActionRevision.id))
    )
    return [Moved(*row) for row in session.exec(query)]


def moved_dues(
    session: Session, actions: Sequence[LearningAction]
) -> dict[int, list[ActionRevision]]:
    """List every time that the due date of each of some actions was moved, by the action's key."""
    query = (
        select(ActionRevision)
        .where(
            col(ActionRevision.action_id).in_([action.id for action in actions]),
            col(ActionRevision.due_after) != col(ActionRevision.due_before),
        )
        .order_by(col(ActionRevision.id))
    )
    found: dict[int, list[ActionRevision]] = {}
    for revision in session.exec(query):
        found.setdefault(revision.action_id, []).append(revision)
    return found


def last_entries(session: Session, actions: Sequence[LearningAction]) -> dict[int, Entry]:
    """Return the last that was said about each of some actions, by the action's key."""
    newest = (
        select(func.max(ActionUpdate.id))
        .where(col(ActionUpdate.action_id).in_([action.id for action in actions]))
        .group_by(col(ActionUpdate.action_id))
    )
    query = (
        select(ActionUpdate, Person.name)
        .join(Person, col(Person.id) == col(ActionUpdate.person_id))
        .where(col(ActionUpdate.id).in_(newest))
    )
    return {update.action_id: Entry(update, name) for update, name in session.exec(query)}


def agencies_of(session: Session, partnership_id: int) -> list[Agency]:
    """List the agencies that may own an action, by name."""
    query = (
        select(Agency)
        .join(PartnershipAgency, col(PartnershipAgency.agency_id) == col(Agency.id))
        .where(PartnershipAgency.partnership_id == partnership_id)
        .order_by(col(Agency.name), col(Agency.id))
    )
    return list(session.exec(query))


def owners(session: Session, partnership_id: int) -> list[Owner]:
    """List the people who may own an action: members whose role lets them update it, by name."""
    query = (
        select(Person, Agency)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .outerjoin(Agency, col(Agency.id) == col(Membership.agency_id))
        .where(
            Membership.partnership_id == partnership_id,
            col(Membership.role).in_(_MAY_OWN),
            col(Person.left_at).is_(None),
        )
        .order_by(col(Person.name), col(Person.id), col(Agency.name))
    )
    found: dict[str, tuple[Person, dict[int, str]]] = {}
    for person, agency in session.exec(query):
        _, agencies = found.setdefault(person.ref, (person, {}))
        if agency is not None and agency.id is not None:
            agencies[agency.id] = agency.name
    return [Owner(person, agencies) for person, agencies in found.values()]


_MAY_OWN = [role for role, reach in TABLE[Action.ACTION_UPDATE].items() if reach is not Reach.NONE]
