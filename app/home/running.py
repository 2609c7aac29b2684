"""The rounds that a person coordinates, leads, sits on or scrutinises."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.access import Actor, Role
from app.meetings.queries import chairs_now, meeting_now
from app.responses.returns import waited_for
from app.rounds.models import Round, RoundPerson
from app.rounds.rules import OVER, Doing, Stage, allows
from app.web.filters import plural


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
    waiting: str = ""
    """What agencies have still to send, in words, for whoever asks them for it."""


_NEXT: dict[Stage, tuple[str, str]] = {
    Stage.DRAFT: ("Finish the plan and have it approved", ""),
    Stage.APPROVED: ("Start sampling", "/stage"),
    Stage.SAMPLING: ("Draw the sample and give the subjects out", ""),
    Stage.OPEN: ("Chase what is not sent", "/returns"),
    Stage.RETURNS_CLOSED: ("Start moderation", "/stage"),
    Stage.MODERATION: ("Compare answers and agree them", "/comparisons"),
    Stage.FINDINGS_AGREED: ("Look the packs over and report", ""),
    Stage.REPORTED: ("Follow the actions", "/findings"),
    Stage.ACTIONS_LIVE: ("Follow the actions", "/findings"),
}
_GO_ON = ("Go on with the meeting", "/meetings")
_WATCHED = ("See how far the panel has come", "/comparisons")
_ASKED = {Stage.OPEN, Stage.RETURNS_CLOSED, Stage.MODERATION}
"""The stages at which somebody asks agencies for what they have not sent."""
_COORDINATOR_ONLY = {Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING}


def rounds_run_by(session: Session, actor: Actor) -> list[RunRound]:
    """List the unfinished rounds in which a person has a part beyond their agency's."""
    parts = select(RoundPerson.round_id).where(RoundPerson.person_id == actor.person_id)
    query = (
        select(Round)
        .where(
            Round.partnership_id == actor.partnership_id,
            col(Round.stage).not_in(OVER),
        )
        .order_by(col(Round.id).desc())
    )
    if not actor.exempt:
        query = query.where(col(Round.id).in_(parts))
    rounds = list(session.exec(query))
    asked = [r.id for r in rounds if r.id is not None and Stage(r.stage) in _ASKED]
    left = waited_for(session, asked) if asked else {}
    meeting = meeting_now(session, [r.id for r in rounds if r.id in actor.leads])
    meeting |= chairs_now(session, actor.person_id)
    return [
        _run(actor, round_, left.get(round_.id or 0), meets=round_.id in meeting)
        for round_ in rounds
    ]


def _run(actor: Actor, round_: Round, left: tuple[int, int] | None, *, meets: bool) -> RunRound:
    stage = Stage(round_.stage)
    held = {h.role for h in actor.held}
    part = Role.SCRUTINEER
    if round_.id in actor.leads:
        part = Role.LEAD
    elif round_.id in actor.panels:
        part = Role.PANEL_MEMBER
    elif Role.COORDINATOR in held:
        part = Role.COORDINATOR
    waiting = ""
    if left and part in {Role.COORDINATOR, Role.LEAD}:
        responses, agencies = left
        from_whom = plural(agencies, "agency", "agencies")
        waiting = f"Waiting for {plural(responses, 'response')} from {from_whom}"
    # A meeting that nobody ended stays open in a round that has moved on: nothing is agreed there.
    goes_on = meets and allows(stage, Doing.AGREE)
    following = _GO_ON if goes_on else _next_thing(part, stage)
    return RunRound(round_.ref, round_.title, part.words, stage, following, waiting)


def _next_thing(part: Role, stage: Stage) -> tuple[str, str] | None:
    if part is Role.COORDINATOR and stage is Stage.MODERATION:
        return _WATCHED
    if part is Role.COORDINATOR or (part is Role.LEAD and stage not in _COORDINATOR_ONLY):
        return _NEXT.get(stage)
    if part is Role.PANEL_MEMBER and stage is Stage.MODERATION:
        return ("Compare your agency's answers with the others'", "/comparisons")
    return None
