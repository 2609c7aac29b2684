"""Whether somebody may do something in one round now: by who they are, and by its stage."""

from app.access import Action, Actor, Reach, scope
from app.rounds.models import Round
from app.rounds.rules import Doing, allows


def may(actor: Actor, action: Action, doing: Doing, of: Round) -> bool:
    """Say whether a button for this belongs on the page; the command asks again."""
    return reaches(actor, action, of) and allows(of.stage, doing)


def reaches(actor: Actor, action: Action, of: Round) -> bool:
    """Say whether a person's part in the round, or in the partnership, carries an action there."""
    within = scope(actor, action)
    return Reach.PARTNERSHIP in within.reaches or of.id in within.rounds
