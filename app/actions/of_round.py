"""The actions of one round as a whole: how many there are, and how many keep it from ending."""

from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.actions.models import LearningAction
from app.actions.rules import OPEN, OVER
from app.db import today
from app.findings.models import Finding
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.web.filters import plural

BEFORE_CLOSING = (
    "Nobody can change an action once its round is closed: close each one, or set it aside and say "
    "what replaces it."
)


def actions_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say how many actions came from a round, and how many of them are open and late."""
    every, still_open = _of_round(of), col(LearningAction.state).in_(OPEN)
    total = session.exec(every).one()
    if not total:
        return {}
    left = session.exec(every.where(still_open)).one()
    late = session.exec(every.where(still_open, col(LearningAction.due) < today(session))).one()
    told = [plural(total, "action"), f"{left} open", *([f"{late} overdue"] if late else [])]
    return {"/actions": ", ".join(told)}


def actions_left(session: Session, of: Round, to: Stage) -> list[str]:
    """Say how many actions are not over, before it is looked at whether they made a difference."""
    left = _not_over(session, of) if to is Stage.IMPACT_REVIEWED else 0
    verb = "is" if left == 1 else "are"
    return [f"{plural(left, 'action')} {verb} neither closed nor superseded."] if left else []


def actions_unfinished(session: Session, of: Round, to: Stage) -> list[str]:
    """Refuse to close a round whose actions still go on: after that nobody could change them."""
    left = _not_over(session, of) if to is Stage.CLOSED else 0
    if not left:
        return []
    verb = "is" if left == 1 else "are"
    standing = f"{plural(left, 'action')} {verb} neither closed nor superseded."
    return [f"{standing} {BEFORE_CLOSING}"]


def _not_over(session: Session, of: Round) -> int:
    return session.exec(_of_round(of).where(col(LearningAction.state).not_in(OVER))).one()


def _of_round(of: Round) -> SelectOfScalar[int]:
    return (
        select(func.count())
        .select_from(LearningAction)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .where(Finding.round_id == of.id)
    )
