"""A meeting from its beginning to its end, and who was in the room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Role, Unfit
from app.db import now
from app.events import Happened, record
from app.meetings.models import Meeting, MeetingPerson
from app.meetings.queries import open_meetings
from app.meetings.rules import Overtaken
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.plans import Version
from app.rounds.rules import Doing
from app.rounds.taking_part import Member, members, party_of
from app.web.forms import Input, MaybeWords

CHANGED_MEANWHILE = (
    "Somebody else changed this meeting after you opened the page. Open it again to see it as it "
    "is now, and make your change there."
)
ENDED = "This meeting has ended: who was in the room stays as it was then."
LEAD = "Lead of the round"
CHAIRS = "Who chairs the panel decides already: choose somebody else, or nobody"
NOBODY = "Choose who is in the room, or name the others"


class Room(Input):
    """Who is in the room: of the lead and panel by reference, and others in words."""

    present: list[str] = Field(default_factory=list, title="Who is in the room")
    others: MaybeWords = Field(default="", title="Others in the room")
    minutes: MaybeWords = Field(default="", title="Who takes the minutes here")
    """By reference; empty where nobody does in Casefile."""


class ChangedRoom(Room):
    """The room as it is now; `version` is the one that the page showed."""

    version: Version


class Seen(Input):
    """The version of a meeting that a page showed."""

    version: Version


def begin(session: Session, actor: Actor, within: Round, given: Room) -> Meeting:
    """Begin a meeting of the round's panel, or return the one that is open already.

    A panel that took cases of its own may sit beside it: see `panels`.
    """
    hold(session, within, Doing.AGREE, alone=True)
    for each in open_meetings(session, within):
        if not each.own:
            return each.meeting
    made = Meeting(round_id=_key(within), began_at=now(session), began_by=actor.person_id)
    open_room(session, actor, within, made, given)
    return made


def open_room(
    session: Session,
    actor: Actor,
    within: Round,
    meeting: Meeting,
    given: Room,
    chair: "Seated | None" = None,
) -> None:
    """Keep a meeting that begins now, with who is in the room."""
    people = _people(session, within, given, chair)
    meeting.others = given.others
    session.add(meeting)
    session.flush()
    _seat(session, meeting, people, meeting.began_at)
    _tell(session, actor, Happened.MEETING_BEGUN, within, meeting)


def change_room(
    session: Session, actor: Actor, within: Round, meeting: Meeting, given: ChangedRoom
) -> None:
    """Say anew who is in the room."""
    hold(session, within, Doing.AGREE)
    people = _people(session, within, given, chair_of(session, within, meeting))
    _raise_version(session, meeting, given.version, others=given.others)
    _seat(session, meeting, people, now(session))
    _tell(session, actor, Happened.MEETING_CHANGED, within, meeting)


def end(session: Session, actor: Actor, within: Round, meeting: Meeting, seen: Seen) -> None:
    """End a meeting: its record is what was said until now, and nothing that is said meanwhile."""
    hold(session, within, Doing.AGREE, alone=True)
    _raise_version(session, meeting, seen.version, ended_at=now(session))
    _tell(session, actor, Happened.MEETING_ENDED, within, meeting)


class Seated(NamedTuple):
    """Somebody of the lead and panel, and what they are at the table."""

    member: Member
    part: str


def who_may_sit(session: Session, within: Round) -> list[Seated]:
    """List the lead and the panel of a round, who may be in the room."""
    party = party_of(session, within)
    panel = [
        Seated(who, ", ".join(["Panel member", *sorted(who.agencies.values())]))
        for who in party.panel
    ]
    lead = [Seated(party.lead, LEAD)] if party.lead else []
    return [each for each in (*lead, *panel) if not each.member.left]


def who_may_minute(session: Session, within: Round) -> list[Seated]:
    """List who may take the minutes: the panel, and the partnership's coordinators.

    Both read the comparisons already; the lead decides, and needs no leave to note anything.
    """
    sitting = who_may_sit(session, within)
    known = {each.member.id for each in sitting}
    others = [who for who in members(session, within.partnership_id) if who.id not in known]
    coordinators = [Seated(who, "Coordinator") for who in others if Role.COORDINATOR in who.roles]
    return [*(each for each in sitting if each.part != LEAD), *coordinators]


class _InRoom(NamedTuple):
    """What somebody is at the table."""

    part: str
    minutes: bool = False


def chair_of(session: Session, within: Round, meeting: Meeting) -> Seated | None:
    """Return who chairs a panel beside the lead, if they still take part in the round."""
    able = who_may_minute(session, within) if meeting.chair_id else ()
    return next((each for each in able if each.member.id == meeting.chair_id), None)


def _people(
    session: Session, within: Round, given: Room, chair: Seated | None
) -> dict[int, _InRoom]:
    """Return who is in the room, by key, with what they are at the table; who chairs always is."""
    known = {seated.member.ref: seated for seated in who_may_sit(session, within)}
    minuting = {seated.member.ref: seated for seated in who_may_minute(session, within)}
    if not set(given.present) <= set(known):
        raise Unfit({"present": "Choose from the lead and the panel of the round"})
    if given.minutes and given.minutes not in minuting:
        raise Unfit({"minutes": "Choose from the panel and the coordinators"})
    if not given.present and not given.others and chair is None:
        raise Unfit({"present": NOBODY})
    if chair is not None and given.minutes == chair.member.ref:
        raise Unfit({"minutes": CHAIRS})
    there = {known[ref].member.id: _InRoom(known[ref].part) for ref in given.present}
    if chair is not None:
        there[chair.member.id] = _InRoom(f"{chair.part}, in the chair")
    if given.minutes:
        who = minuting[given.minutes]
        there[who.member.id] = _InRoom(f"{who.part}, taking the minutes", minutes=True)
    return there


def _seat(session: Session, meeting: Meeting, people: Mapping[int, _InRoom], at: datetime) -> None:
    """Seat who came; who is no longer there stays in the record, with when they left."""
    query = select(MeetingPerson).where(MeetingPerson.meeting_id == meeting.id)
    seats = {seat.person_id: seat for seat in session.exec(query)}
    for who, seat in seats.items():
        seat.left_at = None if who in people else seat.left_at or at
        if who in people and people[who].minutes != seat.minutes:
            seat.part, seat.minutes = people[who].part[:300], people[who].minutes
    session.add_all(
        MeetingPerson(
            meeting_id=_key(meeting),
            person_id=who,
            part=there.part[:300],
            minutes=there.minutes,
            came_at=at,
        )
        for who, there in people.items()
        if who not in seats
    )
    session.flush()


def _raise_version(session: Session, meeting: Meeting, seen: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Change an open meeting that is still the one the page showed, in one statement."""
    changed = session.connection().execute(
        update(Meeting)
        .where(
            col(Meeting.id) == meeting.id,
            col(Meeting.version) == seen,
            col(Meeting.ended_at).is_(None),
        )
        .values(**values, version=seen + 1)
    )
    if changed.rowcount != 1:
        session.refresh(meeting)
        raise NotNow(ENDED) if meeting.ended_at else Overtaken(CHANGED_MEANWHILE)


def _tell(session: Session, actor: Actor, kind: Happened, within: Round, meeting: Meeting) -> None:
    record(
        session,
        actor,
        kind,
        partnership_id=actor.partnership_id,
        scope=within.ref,
        about=meeting.ref,
    )


def _key(row: Round | Meeting) -> int:
    if row.id is None:
        raise LookupError("a stored row has a key")
    return row.id
