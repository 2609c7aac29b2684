"""A round in a few words: for the list, and at the top of its own page."""

from datetime import date

from app.access import Action, Actor, holds, scope
from app.db import Session
from app.rounds.commands import coordinates
from app.rounds.due import NAMES, how_far, next_due
from app.rounds.judgement import rule_in_words
from app.rounds.models import Round
from app.rounds.pages import DueDay, RoundRow, Terms
from app.rounds.readiness import days_of
from app.rounds.retention import Kept, in_words
from app.rounds.rules import IN_VIEW_OF_AGENCIES, Doing, Stage, allows, next_stage, stage_before
from app.rounds.taking_part import contacts_of
from app.tools import Tool
from app.web.filters import day


def row_of(seen: Round, today: date) -> RoundRow:
    """Say where a round stands, and what is due next."""
    stage = Stage(seen.stage)
    waiting = next_due(stage, days_of(seen))
    due = f"{waiting[0]} {day(waiting[1])} ({how_far(waiting[1], today)})" if waiting else ""
    return RoundRow(seen.ref, seen.title, stage, due, bool(waiting and waiting[1] < today))


def due_days(seen: Round, today: date) -> list[DueDay]:
    """List a round's days; the one that is waited for says how far off it is."""
    waiting = next_due(Stage(seen.stage), days_of(seen))
    return [
        DueDay(
            name=NAMES[name],
            day=day(when),
            how_far=how_far(when, today) if waiting and waiting[0] == NAMES[name] else "",
            overdue=bool(waiting and waiting[0] == NAMES[name] and when < today),
        )
        for name, when in days_of(seen)._asdict().items()
    ]


_OF_THE_PLAN = (
    Doing.PLAN,
    Doing.STRANDS,
    Doing.NEWER_VERSION,
    Doing.ADD_AGENCY,
    Doing.STAFF,
    Doing.SET_RULE,
    Doing.KEEP,
)


def terms_of(session: Session, seen: Round, tool: Tool) -> Terms:
    """Put in words what a round has agreed to."""
    return Terms(
        rule=rule_in_words(seen.judgement_rule, seen.judgement_words),
        priorities=[tool.theme[key].title for key in seen.priorities if key in tool.theme],
        retention=[
            f"{kind.words}: {in_words(seen.retention[kind.value])}"
            for kind in Kept
            if kind.value in seen.retention
        ],
        contacts={agency: who.name for agency, who in contacts_of(session, seen).items()},
    )


def changeable_by(actor: Actor, stage: Stage) -> frozenset[Doing]:
    """Say what of a round's plan somebody may change at a stage."""
    if not holds(actor, Action.ROUND_PLAN):
        return frozenset()
    return frozenset(d for d in _OF_THE_PLAN if allows(stage, d))


def next_steps(actor: Actor, seen: Round) -> tuple[Stage | None, Stage | None]:
    """Return the stages to which somebody may move a round: on, and back."""
    stage = Stage(seen.stage)
    if not coordinates(actor):
        leads = seen.id in scope(actor, Action.ROUND_MOVE).rounds
        if not leads or stage not in IN_VIEW_OF_AGENCIES:
            return None, None
    return next_stage(stage), stage_before(stage)
