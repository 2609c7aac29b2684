"""Panels that sit at the same time: each with cases of its own, a record of its own, and a chair.

A round's panel may divide its cases between two rooms. The meeting that is open goes on with what
the second panel did not take. In each room the lead of the round decides, or else whoever they
chose to chair it: nobody who audited or signed off in the round, as the lead may not either.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import and_, union
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import EXEMPT, Actor, Unfit
from app.assignments.models import Assignment, SharedSection
from app.comparisons.blindness import Sight
from app.comparisons.queries import Name, names_in_sight
from app.db import now
from app.events import Happened
from app.events.models import Event
from app.meetings.models import Meeting, MeetingSubject
from app.meetings.queries import open_meetings
from app.meetings.room import Room, Seated, open_room, who_may_minute
from app.meetings.rules import Overtaken
from app.responses.models import AnswerChange, Response, SentVersion
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.web.forms import MaybeWords, Words

NOTHING_BESIDE = (
    "The meeting about the other cases has ended. Begin it again, and then divide the cases."
)
NONE_CHOSEN = "Choose at least one case for this panel"


class Panel(Room):
    """A panel that takes cases of its own: what it is called, its cases and who chairs it."""

    name: Words = Field(
        title="What this panel is called",
        max_length=100,
        json_schema_extra={"missing": "Say what this panel is called, such as its room"},
    )
    cases: list[str] = Field(default_factory=list, title="Cases of this panel")
    chair: MaybeWords = Field(default="", title="Who chairs it")
    """By reference; empty where the lead of the round does."""


def begin_beside(session: Session, actor: Actor, within: Round, given: Panel) -> Meeting:
    """Begin a meeting of a panel that takes some cases as its own, beside the one that is open.

    The same panel begun twice is one. A case is before one panel at a time.
    """
    hold(session, within, Doing.AGREE, alone=True)
    opened = open_meetings(session, within)
    if not any(not each.own for each in opened):
        raise Overtaken(NOTHING_BESIDE)
    cases = _cases(session, within, given)
    keys = {case.key or 0 for case in cases}
    for other in opened:
        if other.meeting.name.lower() == given.name.lower():
            if other.own == keys:
                return other.meeting
            raise Unfit({"name": "Another panel that sits now is called that: choose another name"})
    if taken := [case.label for case in cases if any(case.key in each.own for each in opened)]:
        raise Unfit({"cases": f"{taken[0]} is before another panel already: leave it out"})
    chair = _chair(session, within, given, cases)
    meeting = Meeting(
        round_id=within.id or 0,
        began_at=now(session),
        began_by=actor.person_id,
        name=given.name,
        chair_id=chair.member.id if chair else None,
    )
    open_room(session, actor, within, meeting, given, chair)
    session.add_all(MeetingSubject(meeting_id=meeting.id or 0, subject_id=key) for key in keys)
    session.flush()
    return meeting


def cases_to_choose(session: Session, within: Round) -> list[Name]:
    """List the cases that no panel which sits now took as its own, in the round's order."""
    opened = open_meetings(session, within)
    return [
        case
        for case in names_in_sight(session, everything_of(within))
        if not any(case.key in each.own for each in opened)
    ]


def chairs(session: Session, within: Round, meeting: Meeting | None, person: int) -> bool:
    """Say whether somebody is in the chair of an open meeting, and may still be.

    Whoever has answered in the round since, or reads it no longer as they did, decides nothing.
    """
    if meeting is None or meeting.chair_id != person:
        return False
    return any(each.member.id == person for each in who_may_chair(session, within))


def who_may_chair(session: Session, within: Round) -> list[Seated]:
    """List who may chair a panel beside the lead: who reads, and had no part in any response."""
    answering = _had_a_part(session, within)
    return [each for each in who_may_minute(session, within) if each.member.id not in answering]


def _had_a_part(session: Session, within: Round) -> set[int]:
    """Return who audited or signed off in a round, by key, also where somebody else does by now.

    A response that is returned, handed back or given to another auditor forgets who had it: what
    they typed and the versions that were sent do not.
    """
    given = (
        select(Assignment.id)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == within.id)
    )
    made = select(Response.id).where(col(Response.assignment_id).in_(given))
    parts: list[tuple[Any, Any]] = [
        (Assignment.auditor_id, col(Assignment.id).in_(given)),
        (SharedSection.person_id, col(SharedSection.assignment_id).in_(given)),
        (Response.declared_by, col(Response.id).in_(made)),
        (Response.signed_off_by, col(Response.id).in_(made)),
        (Response.handed_back_by, col(Response.id).in_(made)),
        (AnswerChange.person_id, col(AnswerChange.response_id).in_(made)),
        (SentVersion.declared_by, col(SentVersion.response_id).in_(made)),
        (SentVersion.signed_off_by, col(SentVersion.response_id).in_(made)),
        # A nil return that was handed back, or taken back, is told of by the trail alone.
        (
            Event.person_id,
            and_(
                col(Event.scope) == within.ref,
                col(Event.kind) == Happened.NIL_RETURN_DECLARED,
            ),
        ),
    ]
    everybody = union(*(columns(person).where(where) for person, where in parts))
    return {person for (person,) in session.connection().execute(everybody) if person is not None}


def _cases(session: Session, within: Round, given: Panel) -> list[Name]:
    """Return the chosen cases; refuse what is no case of the round, and nothing at all."""
    known = {case.ref: case for case in names_in_sight(session, everything_of(within))}
    if not set(given.cases) <= set(known):
        raise Unfit({"cases": "Choose from the cases of this round"})
    if not given.cases:
        raise Unfit({"cases": NONE_CHOSEN})
    return [case for ref, case in known.items() if ref in given.cases]


def _chair(session: Session, within: Round, given: Panel, cases: Sequence[Name]) -> Seated | None:
    """Return who chairs the panel; refuse somebody who may not, or cannot read all its cases."""
    if not given.chair:
        return None
    able = {each.member.ref: each for each in who_may_chair(session, within)}
    chair = able.get(given.chair)
    if chair is None:
        raise Unfit({"chair": "Choose from those who may chair: nobody who audited or signed off"})
    reads_all = not EXEMPT.isdisjoint(chair.member.roles)
    agencies = frozenset(key for key in chair.member.agencies if key is not None)
    read = names_in_sight(session, Sight(within, everything=reads_all, agencies=agencies))
    if hidden := [case.label for case in cases if case not in read]:
        raise Unfit(
            {
                "chair": f"{chair.member.name} cannot read {hidden[0]} yet: their own agency has "
                "sent no response about it. Choose somebody else, or leave that case out"
            }
        )
    return chair


def everything_of(within: Round) -> Sight:
    """Return the sight of who divides the cases: the lead, who sees them all."""
    return Sight(within, everything=True, agencies=frozenset())
