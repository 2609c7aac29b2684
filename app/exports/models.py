"""What people wrote in papers in place of what was drafted, and documents made of papers."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class PaperSection(SQLModel, table=True):
    """The words that somebody wrote for one section of a round's paper."""

    __tablename__ = "paper_section"
    __table_args__ = (UniqueConstraint("round_id", "paper", "section"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    paper: str = Field(max_length=26)
    """briefing, report, or the reference of the subgroup or agency that it goes to."""
    section: str = Field(max_length=24)
    words: str
    """Empty once the section is drafted from the data again: the version never counts down."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    version: int = 1


class RequestedDocument(SQLModel, table=True):
    """A document that took longer than somebody could wait: for them alone, and for a day."""

    __tablename__ = "requested_document"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    person_id: int = Field(foreign_key="person.id", index=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    kind: str = Field(max_length=12)
    """The kind of its paper: pack, letter, briefing, report or record."""
    name: str = Field(max_length=26)
    """What tells its paper from others of the round."""
    called: str = Field(max_length=300)
    """What pages call it."""
    format: str = Field(max_length=4)
    state: str = Field(max_length=12)
    """A `rules.DocumentState`, as the process that makes it last said."""
    maker: str = Field(max_length=10)
    """The serving process that makes it: what waits there waits in one line."""
    asked_at: datetime = Field(sa_type=Instant, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    digest: bytes | None = None
    """SHA-256 of the content."""
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
