"""Assignments as stored, and each agency's own local record numbers."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Assignment(SQLModel, table=True):
    """A subject given to an agency, and there to an auditor."""

    __table_args__ = (UniqueConstraint("subject_id", "agency_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    subject_id: int = Field(foreign_key="subject.id", index=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    place: int = 1
    """2 for a second auditor, who judges the same file without seeing what the first one said:
    nothing of it is counted or compared with other agencies'."""
    auditor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    given_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its response was sent: from then on it is nobody's work, and its auditor stays."""


class LocalRecord(SQLModel, table=True):
    """An agency's own number for the child behind a subject: seen by that agency alone."""

    __tablename__ = "local_record"

    subject_id: int = Field(foreign_key="subject.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
    number: str = Field(max_length=60)


class SharedSection(SQLModel, table=True):
    """A section of one assignment that another auditor of the agency answers.

    What is not shared is the assignment's auditor's, and so is what was shared with somebody who
    no longer audits there.
    """

    __tablename__ = "shared_section"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    section: str = Field(max_length=64, primary_key=True)
    """The section's id in the question set."""
    person_id: int = Field(foreign_key="person.id", index=True)
    given_at: datetime = Field(sa_type=Instant)
    complete_at: datetime | None = Field(default=None, sa_type=Instant)
    """When whoever answers it said that it is complete; None until then, and again when the
    response comes back for it."""


class ConflictOfInterest(SQLModel, table=True):
    """That somebody should not audit a subject for an agency, as they declared themselves."""

    __tablename__ = "conflict_of_interest"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(max_length=20)
    """An `assignments.rules.Conflict`."""
    at: datetime = Field(sa_type=Instant)
