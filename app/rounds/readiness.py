"""What a round still lacks before it may move on."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from app.db import today
from app.rounds.due import Days
from app.rounds.models import Round
from app.rounds.rules import Stage, next_stage
from app.rounds.taking_part import Party, party_of
from app.web.filters import day

Readiness = Callable[[Session, Round, Stage], list[str]]
"""What a later step finds missing before a round moves to a stage, in sentences. The application
hands these in (`app.state.round_readiness`): rounds come before those steps in the journey."""

FEWEST_AGENCIES = 2
"""A multi-agency audit compares at least two."""

_UNTIL_MODERATION = frozenset(
    {Stage.APPROVED, Stage.SAMPLING, Stage.OPEN, Stage.RETURNS_CLOSED, Stage.MODERATION}
)
_BEFORE_RETURNS = frozenset({Stage.APPROVED, Stage.SAMPLING, Stage.OPEN})


def days_of(seen: Round) -> Days:
    """Return a round's three days."""
    return Days(seen.returns_due, seen.panel_due, seen.report_due)


def missing_for(
    session: Session, seen: Round, to: Stage, asked: Sequence[Readiness] = ()
) -> list[str]:
    """List, in sentences, what must be mended before a round may move on to a stage.

    Going back needs nothing but a reason.
    """
    if to is not next_stage(Stage(seen.stage)):
        return []
    lacking = []
    if to in _UNTIL_MODERATION:
        lacking += _people_lacking(party_of(session, seen))
    if to is Stage.APPROVED:
        lacking += _terms_lacking(seen)
    if to in _BEFORE_RETURNS and seen.returns_due < today(session):
        lacking.append(
            f"Returns were due on {day(seen.returns_due)}, which has passed: change the due dates."
        )
    return lacking + [words for find in asked for words in find(session, seen, to)]


def _terms_lacking(seen: Round) -> list[str]:
    rule = [] if seen.judgement_rule else ["How judgements are made is not chosen."]
    return rule + ([] if seen.retention else ["How long things are kept is not chosen."])


def _people_lacking(party: Party) -> list[str]:
    lacking = []
    if len(party.agencies) < FEWEST_AGENCIES:
        lacking.append("At least two agencies must take part.")
    if party.lead is None:
        lacking.append("Nobody is chosen to lead.")
    elif party.lead.left:
        lacking.append(f"{party.lead.name} leads this round and has left: choose another lead.")
    if not party.panel:
        lacking.append("Nobody is chosen for the panel.")
    taking_part = {agency.id for agency in party.agencies}
    lacking += [
        f"{who.name} is on the panel and has left: choose the panel again."
        for who in party.panel
        if who.left
    ]
    return lacking + [
        f"{who.name} is on the panel, and no agency of theirs takes part: choose the panel again."
        for who in party.panel
        if not who.left and taking_part.isdisjoint(who.agencies)
    ]
