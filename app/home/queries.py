"""What waits for a person besides answers and rounds: actions and packs."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.access import Action, Actor, scope
from app.actions.models import LearningAction
from app.actions.queries import actions_within
from app.actions.rules import OPEN
from app.findings.models import Finding
from app.identity.models import Subgroup
from app.rounds.models import Round


@dataclass(frozen=True)
class OwnedAction:
    """A learning action that the person owns."""

    ref: str
    what: str
    due: date


def open_actions_of(session: Session, actor: Actor) -> list[OwnedAction]:
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
    return [OwnedAction(each.ref, each.what, each.due) for each in session.exec(query)]


def subgroups_sat_on(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """List the subgroups of the partnership that a person sits on: reference and name."""
    query = (
        select(Subgroup.ref, Subgroup.name)
        .where(
            Subgroup.partnership_id == actor.partnership_id,
            col(Subgroup.id).in_(actor.subgroups),
        )
        .order_by(Subgroup.name)
    )
    return [(ref, name) for ref, name in session.exec(query)]
