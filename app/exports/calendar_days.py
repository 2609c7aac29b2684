"""The days that a person's calendar carries: of their actions, their agency's, and their rounds.

Nothing here is what anybody typed: a day, what sort of day it is, a reference, and where the rest
can be read behind sign-in. What is in reach is asked of the permission table at every reading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, func, or_, select

from app.access import Action, Actor, scope
from app.actions.models import ActionRevision, LearningAction
from app.actions.queries import ALL, FROM_FINDINGS_AGREED, actions_within, owned
from app.actions.rules import IMPACT_AHEAD, ActionState
from app.events import Happened
from app.events.models import Event
from app.rounds.due import NAMES, Days, days_ahead
from app.rounds.models import Round
from app.rounds.queries import rounds_within
from app.rounds.rules import Stage


@dataclass(frozen=True)
class CalendarDay:
    """One day of a calendar."""

    key: str
    """What sort of day it is and of what, the same for ever."""
    on: date
    what: str
    where: str
    """The rest of the address at which it can be read, after the partnership's."""
    moved: int
    """How often it may have been moved."""
    settled_at: datetime
    """When it was last settled on."""


def calendar_days(session: Session, actor: Actor) -> list[CalendarDay]:
    """List every day in a person's calendar as of now, the first one first."""
    found = [*_of_actions(session, actor), *_of_rounds(session, actor)]
    return sorted(found, key=lambda each: (each.on, each.key))


def _of_actions(session: Session, actor: Actor) -> Iterator[CalendarDay]:
    """List the days of actions that a person owns, or that are of an agency they lead.

    Not before the findings are agreed, whoever they are: calendars are shown to others, and an
    entry would tell them that the panel has found something.
    """
    within = scope(actor, Action.ACTION_SEE)
    query = (
        ALL.with_only_columns(LearningAction)
        .where(
            actions_within(within),
            or_(owned(within), col(LearningAction.agency_id).in_(within.agencies)),
            col(Round.stage).in_(FROM_FINDINGS_AGREED),
            col(LearningAction.state).in_(IMPACT_AHEAD),
        )
        .order_by(col(LearningAction.id))
    )
    actions = list(session.execute(query).scalars())
    moves = _moves(session, actions)
    for action in actions:
        mine = moves.get(action.id or 0, [])
        if ActionState(action.state).open:
            due = [each for each in mine if each.due_after != each.due_before]
            yield _of(action, "due", "Learning action due", action.due, due)
        if action.impact_on:
            impact = [each for each in mine if each.impact_after != each.impact_before]
            yield _of(action, "impact", "Impact review of an action", action.impact_on, impact)


def _of(
    action: LearningAction, sort: str, words: str, on: date, moves: Sequence[ActionRevision]
) -> CalendarDay:
    return CalendarDay(
        key=f"{action.ref}-{sort}",
        on=on,
        what=f"{words}: {action.ref}",
        where=f"actions/{action.ref}",
        moved=len(moves),
        settled_at=moves[-1].at if moves else action.created_at,
    )


def _moves(session: Session, actions: Sequence[LearningAction]) -> dict[int, list[ActionRevision]]:
    query = (
        select(ActionRevision)
        .where(col(ActionRevision.action_id).in_([action.id for action in actions]))
        .order_by(col(ActionRevision.action_id), col(ActionRevision.id))
    )
    by_action = groupby(session.exec(query), key=lambda each: each.action_id)
    return {key: list(moves) for key, moves in by_action}


def _of_rounds(session: Session, actor: Actor) -> Iterator[CalendarDay]:
    """List the days that are still ahead of the rounds in a person's view, drafts left out."""
    query = select(Round).where(
        rounds_within(scope(actor, Action.ROUND_SEE)), col(Round.stage) != Stage.DRAFT
    )
    rounds = list(session.exec(query.order_by(col(Round.id))))
    changed = _changed(session, rounds)
    for each in rounds:
        days = Days(each.returns_due, each.panel_due, each.report_due)
        for name, on in days_ahead(Stage(each.stage), days):
            yield CalendarDay(
                key=f"{each.ref}-{name.replace('_', '-')}",
                on=on,
                what=f"{NAMES[name]}: round {each.ref}",
                where=f"rounds/{each.ref}",
                moved=each.version - 1,
                settled_at=changed.get(each.ref, each.created_at),
            )


def _changed(session: Session, rounds: Sequence[Round]) -> dict[str, datetime]:
    """Say when the plan of each of some rounds last changed: a round does not keep it by day."""
    query = (
        select(Event.scope, func.max(Event.at))
        .where(
            col(Event.scope).in_([each.ref for each in rounds]),
            Event.kind == Happened.ROUND_CHANGED,
        )
        .group_by(Event.scope)
    )
    return dict(session.exec(query).all())
