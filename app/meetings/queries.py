"""Reading the panel's meetings: who was there, and what was said about subjects in sight."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from app.comparisons.blindness import Sight
from app.comparisons.models import AgreedAnswer, Dissent
from app.identity.models import Agency, Person
from app.meetings.models import (
    LearningPoint,
    Meeting,
    MeetingEntry,
    MeetingPerson,
    MeetingSubject,
    PutOff,
)
from app.rounds.models import Round, Strand
from app.samples.models import Subject


class Open(NamedTuple):
    """A meeting that has begun and not ended, and the subjects it is about."""

    meeting: Meeting
    own: frozenset[int]
    """The subjects it took as its own; empty where it is about all that no other meeting took."""
    taken: frozenset[int]
    """The subjects that the round's other open meetings took."""

    def is_about(self, subject: int) -> bool:
        """Say whether what is decided about a subject goes into this meeting's record."""
        return subject in self.own if self.own else subject not in self.taken


def open_meetings(session: Session, of: Round) -> list[Open]:
    """List the meetings of a round that have begun and not ended, in the order they began."""
    query = (
        select(Meeting, MeetingSubject.subject_id)
        .outerjoin(MeetingSubject, col(MeetingSubject.meeting_id) == col(Meeting.id))
        .where(Meeting.round_id == of.id, col(Meeting.ended_at).is_(None))
        .order_by(col(Meeting.id))
    )
    own: dict[int, tuple[Meeting, set[int]]] = {}
    for meeting, subject in session.exec(query):
        took = own.setdefault(meeting.id or 0, (meeting, set()))[1]
        took |= {subject} if subject is not None else set()
    every = frozenset(subject for _, took in own.values() for subject in took)
    return [Open(meeting, frozenset(took), every - took) for meeting, took in own.values()]


def meeting_about(session: Session, of: Round, subject: int) -> Meeting | None:
    """Return the open meeting into whose record a decision about a subject goes, if any."""
    opened = open_meetings(session, of)
    return next((each.meeting for each in opened if each.is_about(subject)), None)


def subjects_taken(session: Session, meeting: Meeting) -> list[Subject]:
    """List the subjects that a meeting took as its own, in the round's order."""
    query = (
        select(Subject)
        .join(MeetingSubject, col(MeetingSubject.subject_id) == col(Subject.id))
        .where(MeetingSubject.meeting_id == meeting.id)
        .order_by(col(Subject.strand_id), col(Subject.position), col(Subject.id))
    )
    return list(session.exec(query))


def meeting_now(session: Session, rounds: Sequence[int]) -> set[int]:
    """Say in which of some rounds a meeting has begun and not ended."""
    query = select(Meeting.round_id).where(
        col(Meeting.round_id).in_(rounds), col(Meeting.ended_at).is_(None)
    )
    return set(session.exec(query))


def chairs_now(session: Session, person: int) -> set[int]:
    """Say in which rounds somebody chairs a panel that sits now."""
    query = select(Meeting.round_id).where(
        Meeting.chair_id == person, col(Meeting.ended_at).is_(None)
    )
    return set(session.exec(query))


def meetings_of(session: Session, of: Round) -> list[tuple[Meeting, int]]:
    """List a round's meetings, the last one first, each with how many were in the room.

    While one is open, those who left are not counted.
    """
    there = or_(col(MeetingPerson.left_at).is_(None), col(Meeting.ended_at).is_not(None))
    query = (
        select(Meeting, func.count(col(MeetingPerson.person_id)))
        .outerjoin(MeetingPerson, and_(col(MeetingPerson.meeting_id) == col(Meeting.id), there))
        .where(Meeting.round_id == of.id)
        .group_by(*Meeting.__table__.columns)  # type: ignore[attr-defined]
        .order_by(col(Meeting.id).desc())
    )
    return [
        (meeting, people + len(meeting.others.splitlines()))
        for meeting, people in session.exec(query)
    ]


def find_meeting(session: Session, of: Round, ref: str) -> Meeting | None:
    """Find the meeting of a round that an address names."""
    query = select(Meeting).where(Meeting.round_id == of.id, Meeting.ref == ref)
    return session.exec(query).one_or_none()


class Present(NamedTuple):
    """Somebody who was in the room, and what the meeting keeps of that."""

    person: Person
    seat: MeetingPerson


def in_the_room(session: Session, meeting: Meeting) -> list[Present]:
    """List those of the lead and panel who were in the room, by name, also who left."""
    query = (
        select(Person, MeetingPerson)
        .join(MeetingPerson, col(MeetingPerson.person_id) == col(Person.id))
        .where(MeetingPerson.meeting_id == meeting.id)
        .order_by(col(Person.name), col(Person.id))
    )
    return [Present(*row) for row in session.exec(query)]


class EntryOn(NamedTuple):
    """One entry of a record, with the subject it is about."""

    entry: MeetingEntry
    subject: Subject
    strand: Strand


def entries_of(session: Session, sight: Sight, meeting: Meeting) -> list[EntryOn]:
    """List what a meeting said about the subjects in sight, subject by subject, as it was said."""
    query = (
        select(MeetingEntry, Subject, Strand)
        .join(Subject, col(Subject.id) == col(MeetingEntry.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(MeetingEntry.meeting_id == meeting.id, sight.subjects())
        .order_by(col(Strand.id), col(Subject.position), col(Subject.id), col(MeetingEntry.id))
    )
    return [EntryOn(*row) for row in session.exec(query)]


class Changed(NamedTuple):
    """Who recorded something, and when."""

    name: str
    at: datetime


def takes_minutes(session: Session, meeting: Meeting | None, person: int) -> bool:
    """Say whether somebody takes the minutes of a meeting that is open."""
    if meeting is None:
        return False
    query = select(MeetingPerson.person_id).where(
        MeetingPerson.meeting_id == meeting.id,
        MeetingPerson.person_id == person,
        col(MeetingPerson.minutes),
        col(MeetingPerson.left_at).is_(None),
    )
    return session.exec(query).first() is not None


def last_changed(session: Session, subject: int, question: int) -> Changed | None:
    """Say who recorded what stands on a question, agreed or put off, and when."""
    for table in (AgreedAnswer, PutOff):
        query = (
            select(Person.name, table.at)
            .join(table, col(table.person_id) == col(Person.id))
            .where(table.subject_id == subject, table.question_id == question)
        )
        if row := session.exec(query).first():
            return Changed(*row)
    return None


def put_off_in(session: Session, subjects: list[int]) -> dict[int, dict[int, PutOff]]:
    """Return what the panel put off, by subject and question."""
    found: dict[int, dict[int, PutOff]] = {}
    for row in session.exec(select(PutOff).where(col(PutOff.subject_id).in_(subjects))):
        found.setdefault(row.subject_id, {})[row.question_id] = row
    return found


class Dissenting(NamedTuple):
    """An agency that does not agree, and what it says instead."""

    ref: str
    agency: str
    words: str


def dissents_on(session: Session, subject: int, question: int | None) -> list[Dissenting]:
    """List the agencies that do not agree with a decision, by name; None for the judgement."""
    about = (
        col(Dissent.question_id).is_(None)
        if question is None
        else col(Dissent.question_id) == question
    )
    query = (
        select(Agency.ref, Agency.name, Dissent.words)
        .join(Agency, col(Agency.id) == col(Dissent.agency_id))
        .where(Dissent.subject_id == subject, about)
        .order_by(col(Agency.name), col(Agency.id))
    )
    return [Dissenting(*row) for row in session.exec(query)]


def learning_points_on(session: Session, subject: int, question: int) -> list[str]:
    """List what was noted to be learnt from one question of one subject, in order."""
    query = (
        select(LearningPoint.words)
        .where(LearningPoint.subject_id == subject, LearningPoint.question_id == question)
        .order_by(col(LearningPoint.id))
    )
    return list(session.exec(query))


class Noted(NamedTuple):
    """A learning point with the subject it was noted on."""

    point: LearningPoint
    subject: Subject
    strand: Strand


def learning_points_in(session: Session, sight: Sight) -> list[Noted]:
    """List the learning points of a round, as far as their subjects are in sight."""
    query = (
        select(LearningPoint, Subject, Strand)
        .join(Subject, col(Subject.id) == col(LearningPoint.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == sight.round.id, sight.subjects())
        .order_by(col(LearningPoint.id))
    )
    return [Noted(*row) for row in session.exec(query)]
