"""The rounds that a person coordinates, leads, sits on or scrutinises."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.access import Actor, Role
from app.rounds.models import Round, RoundPerson
from app.rounds.rules import Stage


@dataclass(frozen=True)
class RunRound:
    """A round that a person coordinates, leads, sits on or scrutinises."""

    ref: str
    title: str
    part: str
    """Their part in it, in words."""
    stage: Stage
    next_thing: tuple[str, str] | None
    """What to do next, and the rest of its address after the round's."""


_NEXT: dict[Stage, tuple[str, str]] = {
    Stage.DRAFT: ("Finish the plan and have it approved", ""),
    Stage.APPROVED: ("Start sampling", "/stage"),
    Stage.SAMPLING: ("Draw the sample and give the subjects out", ""),
    Stage.OPEN: ("See who still has subjects to answer", "/assignments"),
    Stage.RETURNS_CLOSED: ("Start moderation", "/stage"),
    Stage.MODERATION: ("Compare answers and agree them", "/comparisons"),
    Stage.FINDINGS_AGREED: ("Look the packs over and report", ""),
    Stage.REPORTED: ("Follow the actions", "/findings"),
    Stage.ACTIONS_LIVE: ("Follow the actions", "/findings"),
}
_WATCHED = ("See how far the panel has come", "/comparisons")
_COORDINATOR_ONLY = {Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING}


def rounds_run_by(session: Session, actor: Actor) -> list[RunRound]:
    """List the unfinished rounds in which a person has a part beyond their agency's."""
    parts = select(RoundPerson.round_id).where(RoundPerson.person_id == actor.person_id)
    query = (
        select(Round)
        .where(Round.partnership_id == actor.partnership_id, Round.stage != Stage.CLOSED)
        .order_by(col(Round.id).desc())
    )
    if not actor.exempt:
        query = query.where(col(Round.id).in_(parts))
    return [_run(actor, round_) for round_ in session.exec(query)]


def _run(actor: Actor, round_: Round) -> RunRound:
    stage = Stage(round_.stage)
    held = {h.role for h in actor.held}
    part = Role.SCRUTINEER
    if round_.id in actor.leads:
        part = Role.LEAD
    elif round_.id in actor.panels:
        part = Role.PANEL_MEMBER
    elif Role.COORDINATOR in held:
        part = Role.COORDINATOR
    return RunRound(round_.ref, round_.title, part.words, stage, _next_thing(part, stage))


def _next_thing(part: Role, stage: Stage) -> tuple[str, str] | None:
    if part is Role.COORDINATOR and stage is Stage.MODERATION:
        return _WATCHED
    if part is Role.COORDINATOR or (part is Role.LEAD and stage not in _COORDINATOR_ONLY):
        return _NEXT.get(stage)
    if part is Role.PANEL_MEMBER and stage is Stage.MODERATION:
        return ("Read what your agency's answers stand beside", "/comparisons")
    return None
