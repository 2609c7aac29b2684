"""The chase list: who is late with what, since when, and whom to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.access import Action, Actor, Role, Scope, scope
from app.actions.models import LearningAction
from app.actions.queries import actions_within
from app.actions.rules import OPEN
from app.findings.models import Finding
from app.identity.models import Agency, Person
from app.responses.returns import Contact, returns_of
from app.rounds.due import how_far
from app.rounds.models import Round
from app.rounds.queries import rounds_within, whole
from app.rounds.rules import ALLOWED, Doing
from app.web.filters import plural

MOST = 20
"""Actions on the list; the rest are on the tracker's own page of what is overdue."""


@dataclass(frozen=True)
class Late:
    """Somebody who is late with something."""

    who: str
    what: str
    where: str
    """The rest of the address of what is late, after the partnership."""
    round_title: str
    since: date
    how_long: str
    """How long it has been overdue, in words."""
    contacts: Sequence[Contact]


@dataclass(frozen=True)
class Chase:
    """The chase list, whoever has been late longest first."""

    late: Sequence[Late]
    more: bool
    """Whether more actions are overdue than stand on the list."""


def chase_list(session: Session, actor: Actor, today: date) -> Chase | None:
    """List what is late in the rounds that somebody coordinates or leads; None for anybody else."""
    if not actor.leads and not any(held.role is Role.COORDINATOR for held in actor.held):
        return None
    # Whole rounds only: what somebody reaches through their agency they are asked for themselves.
    returns = list(_responses(session, whole(scope(actor, Action.ASSIGNMENT_SEE)), today))
    actions = list(_actions(session, whole(scope(actor, Action.ACTION_PLAN)), today))
    late = sorted([*returns, *actions[:MOST]], key=lambda each: (each.since, each.who))
    return Chase(late, more=len(actions) > MOST)


def _responses(session: Session, within: Scope, today: date) -> Iterable[Late]:
    query = (
        select(Round)
        .where(
            rounds_within(within),
            col(Round.stage).in_(ALLOWED[Doing.ANSWER]),
            col(Round.returns_due) < today,
        )
        .order_by(col(Round.returns_due), col(Round.id))
    )
    for of in session.exec(query):
        for each in returns_of(session, of, today):
            if each.overdue:
                yield Late(
                    who=each.agency,
                    what=plural(each.never_sent, "response"),
                    where=f"rounds/{of.ref}/returns",
                    round_title=of.title,
                    since=of.returns_due,
                    how_long=each.overdue,
                    contacts=_chosen(each.contacts),
                )


def _chosen(contacts: Sequence[Contact]) -> Sequence[Contact]:
    """Name the contact chosen for the round, or everybody who could be asked."""
    return [each for each in contacts if each.chosen] or contacts


def _actions(session: Session, within: Scope, today: date) -> Iterable[Late]:
    query = (
        select(LearningAction, Round.title, Agency.name, Person)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .join(Agency, col(Agency.id) == col(LearningAction.agency_id))
        .join(Person, col(Person.id) == col(LearningAction.owner_id))
        .where(
            actions_within(within),
            col(LearningAction.state).in_(OPEN),
            col(LearningAction.due) < today,
        )
        .order_by(col(LearningAction.due), col(LearningAction.id))
        .limit(MOST + 1)
    )
    for action, title, agency, owner in session.exec(query):
        yield Late(
            who=agency,
            what=action.what,
            where=f"actions/{action.ref}",
            round_title=title,
            since=action.due,
            how_long=how_far(action.due, today),
            contacts=[Contact(owner.name, owner.email)],
        )
