"""The panel's meetings as stored: who was in the room, and what was said.

What the panel decided stands in `comparisons.models` and changes when it decides again. What was
said in a meeting does not change: a record tells what was decided then.
"""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Meeting(SQLModel, table=True):
    """One sitting of a round's panel, or of a part of it that took cases of its own.

    Of the meetings that are open, at most one has no cases of its own: it is about all the others.
    """

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    round_id: int = Field(foreign_key="round.id", index=True)
    began_at: datetime = Field(sa_type=Instant)
    began_by: int = Field(foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    others: str = Field(default="")
    """Who else was in the room, one a line: by role and agency."""
    name: str = Field(default="", max_length=100)
    """What a panel that took cases of its own is called; empty where there is the one panel."""
    chair_id: int | None = Field(default=None, foreign_key="person.id")
    """Who records what this panel decides beside the lead of the round; None for the lead alone."""
    version: int = 1


class MeetingSubject(SQLModel, table=True):
    """A subject that one panel took as its own, while another sits at the same time."""

    __tablename__ = "meeting_subject"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", primary_key=True)


class MeetingPerson(SQLModel, table=True):
    """Somebody of the round's lead and panel who was in the room, if only for a part of it."""

    __tablename__ = "meeting_person"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    part: str = Field(default="", max_length=300)
    """What they were there, in the words of that day: lead, or panel member of which agency."""
    minutes: bool = False
    """Whether they take the minutes: they note learning points and reasons, and decide nothing."""
    came_at: datetime = Field(sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)


class MeetingEntry(SQLModel, table=True):
    """One thing that a meeting decided or noted, in the words of that moment."""

    __tablename__ = "meeting_entry"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id")
    """None for the judgement of the case as a whole."""
    kind: str = Field(max_length=16)
    """A `meetings.rules.Said`."""
    words: str = Field(default="")
    """What was agreed, or what was noted, as the page showed it."""
    reason: str = Field(default="")
    dissent: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    """Agency and what it said, for each that did not agree."""
    at: datetime = Field(sa_type=Instant)
    person_id: int = Field(foreign_key="person.id")


class PutOff(SQLModel, table=True):
    """A question that the panel will come back to, and what it waits for."""

    __tablename__ = "put_off"

    subject_id: int = Field(foreign_key="subject.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    reason: str
    at: datetime = Field(sa_type=Instant)
    person_id: int = Field(foreign_key="person.id")
    version: int = 1
    """Counted on from the decision before it, as that counts on from here: see `AgreedAnswer`."""


class LearningPoint(SQLModel, table=True):
    """Something to learn that was noted on the spot: a finding may be written from it later."""

    __tablename__ = "learning_point"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    subject_id: int = Field(foreign_key="subject.id", index=True)
    question_id: int = Field(foreign_key="question.id")
    words: str
    at: datetime = Field(sa_type=Instant)
    person_id: int = Field(foreign_key="person.id")
