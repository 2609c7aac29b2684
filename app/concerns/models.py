"""Immediate concerns as stored, and what a partnership tells people to do."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Concern(SQLModel, table=True):
    """That somebody raised an immediate concern about a subject. Nothing is said of the child."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    subject_id: int = Field(foreign_key="subject.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    role: str = Field(max_length=24)
    """The `app.access.Role` in which they raised it."""
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    """The agency for which they see the subject; nobody's for who acts for the whole round."""
    raised_at: datetime = Field(sa_type=Instant)
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    outcome: str | None = Field(default=None, max_length=24)
    """A `concerns.rules.Outcome`: what was done, once it is acknowledged."""


class ConcernAdvice(SQLModel, table=True):
    """What a partnership tells people to do now. Without a row the default is told."""

    __tablename__ = "concern_advice"

    partnership_id: int = Field(foreign_key="partnership.id", primary_key=True)
    words: str
    """Steps or paragraphs, each on a line of its own."""
    version: int
    """Raised by every change, so that two people changing it do not undo each other."""
    person_id: int = Field(foreign_key="person.id")
    changed_at: datetime = Field(sa_type=Instant)
