"""What waits for a person besides answers and rounds: actions, packs, and keeping house."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from app.access import Action, Actor, Reach, holds, scope
from app.actions.models import LearningAction
from app.actions.queries import actions_within
from app.actions.rules import OPEN, ActionState, due_in_words, is_overdue
from app.actions.tracker import Wanted, count_actions
from app.assignments.waiting import waiting_for_an_auditor
from app.exports.queries import packs_in_view
from app.findings.models import Finding
from app.identity.models import Subgroup
from app.people.listing import count_waiting
from app.retention.commands import due_classes
from app.rounds.kept import hold_on
from app.rounds.models import Round
from app.rounds.queries import rounds_within, whole
from app.rounds.rules import Stage
from app.web.filters import day


@dataclass(frozen=True)
class OwnedAction:
    """A learning action that the person owns."""

    ref: str
    what: str
    due: str
    stands: str
    """How it stands against its due date, in words."""
    overdue: bool
    state: str


def open_actions_of(session: Session, actor: Actor, today: date) -> list[OwnedAction]:
    """List the open actions that a person owns and may see by now, the most urgent first."""
    query = (
        select(LearningAction)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(
            LearningAction.owner_id == actor.person_id,
            actions_within(scope(actor, Action.ACTION_SEE)),
            col(LearningAction.state).in_(OPEN),
        )
        .order_by(col(LearningAction.due))
    )
    return [_owned(each, today) for each in session.exec(query)]


def _owned(action: LearningAction, today: date) -> OwnedAction:
    state = ActionState(action.state)
    return OwnedAction(
        ref=action.ref,
        what=action.what,
        due=day(action.due),
        stands=due_in_words(state, action.due, today),
        overdue=is_overdue(state, action.due, today),
        state=state.words,
    )


@dataclass(frozen=True)
class AgencyActions:
    """How many actions an agency has open, for who answers for the agency."""

    open: int
    overdue: int


def agency_actions(session: Session, actor: Actor, today: date) -> AgencyActions:
    """Count the open actions of the agencies that somebody leads."""
    within = scope(actor, Action.ACTION_SEE)
    own = replace(within, reaches=within.reaches & {Reach.AGENCY})
    return AgencyActions(
        open=count_actions(session, own, Wanted("open"), today),
        overdue=count_actions(session, own, Wanted("overdue"), today),
    )


@dataclass(frozen=True)
class Seat:
    """A subgroup that somebody sits on, with what it has received."""

    ref: str
    name: str
    packs: list[tuple[str, str]]
    """Of each pack the round's title, and the rest of the pack's address, the newest first."""
    open_actions: int
    overdue_actions: int


def seats_of(session: Session, actor: Actor, today: date) -> list[Seat]:
    """List the subgroups of the partnership that a person sits on, by name."""
    query = (
        select(Subgroup)
        .where(
            Subgroup.partnership_id == actor.partnership_id,
            col(Subgroup.id).in_(actor.subgroups),
        )
        .order_by(Subgroup.name)
    )
    packs = packs_in_view(session, scope(actor, Action.PACK_SEE)) if actor.subgroups else []
    within = scope(actor, Action.ACTION_SEE)
    return [
        Seat(
            ref=group.ref,
            name=group.name,
            packs=[
                (pack.round.title, f"rounds/{pack.round.ref}/packs/{group.ref}")
                for pack in packs
                if pack.name == group.ref
            ],
            open_actions=count_actions(session, within, Wanted("open", subgroup=group.ref), today),
            overdue_actions=count_actions(
                session, within, Wanted("overdue", subgroup=group.ref), today
            ),
        )
        for group in session.exec(query)
    ]


@dataclass(frozen=True)
class House:
    """What waits for somebody who looks after people, or after what rounds keep."""

    uninvited: int
    """How many people have a role and no invitation yet."""
    to_purge: list[str]
    """The closed rounds of which something may go, by title: none that a legal hold protects."""
    without_auditor: int
    """How many assignments nobody who may audit has, in all the rounds that somebody plans."""


def house_of(session: Session, actor: Actor) -> House:
    """Say what is to be done for the people and the closed rounds that somebody looks after."""
    given_out = scope(actor, Action.ASSIGNMENT_MAKE)
    manages, keeps = holds(actor, Action.PEOPLE_MANAGE), holds(actor, Action.RETENTION_KEEP)
    return House(
        uninvited=count_waiting(session, scope(actor, Action.PEOPLE_MANAGE)) if manages else 0,
        to_purge=_to_purge(session, actor) if keeps else [],
        without_auditor=len(waiting_for_an_auditor(session, whole(given_out))),
    )


def _to_purge(session: Session, actor: Actor) -> list[str]:
    within = scope(actor, Action.RETENTION_KEEP)
    query = select(Round).where(rounds_within(within), Round.stage == Stage.CLOSED)
    closed = session.exec(query.order_by(col(Round.title), col(Round.id)))
    return [
        each.title for each in closed if due_classes(session, each) and not hold_on(session, each)
    ]
