"""Lists of referrals, draws and subjects as stored."""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class UploadedList(SQLModel, table=True):
    """A list that was read and waits for its columns to be confirmed.

    Identifying columns were dropped before it was stored; it goes when it is imported or discarded.
    """

    __tablename__ = "uploaded_list"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    strand_id: int = Field(foreign_key="strand.id", index=True)
    file_name: str = Field(max_length=200)
    content: dict[str, object] = Field(sa_type=JSON)
    """The `ReadList` as plain values: kept columns with their cells, dropped ones with reasons."""
    person_id: int = Field(foreign_key="person.id")
    read_at: datetime = Field(sa_type=Instant)


class Frame(SQLModel, table=True):
    """An imported list: what the sample of a strand is drawn from."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    strand_id: int = Field(foreign_key="strand.id", unique=True)
    file_name: str = Field(max_length=200)
    window_months: int
    """A referral counts as re-referred within this many months of the one before."""
    dropped: list[dict[str, str]] = Field(sa_type=JSON)
    """The columns dropped as identifying or not needed, with the reason for each."""
    person_id: int = Field(foreign_key="person.id")
    imported_at: datetime = Field(sa_type=Instant)


class FrameRow(SQLModel, table=True):
    """One referral of the list."""

    __tablename__ = "frame_row"
    __table_args__ = (UniqueConstraint("frame_id", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    frame_id: int = Field(foreign_key="frame.id", index=True)
    reference: str = Field(max_length=100)
    """The list's own pseudonymous number: seen by the business unit alone."""
    outcome: str = Field(max_length=24)
    received: date
    previous: date | None = None
    re_referred: bool
    excluded: str | None = Field(default=None, max_length=500)
    """Why it was left out before the draw."""


class DrawRecord(SQLModel, table=True):
    """How the sample was drawn, so that anybody with the list can draw it again."""

    __tablename__ = "draw"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    strand_id: int = Field(foreign_key="strand.id", unique=True)
    frame_id: int = Field(foreign_key="frame.id")
    method: str = Field(max_length=40)
    seed: str = Field(max_length=64)
    digest: str = Field(max_length=64)
    """SHA-256 of the canonical kept rows."""
    design: dict[str, object] = Field(sa_type=JSON)
    cells: list[dict[str, object]] = Field(sa_type=JSON)
    """Per cell: stratum, re-referred, size, drawn, reserves."""
    seed_made: bool
    """Whether Casefile made the seed; otherwise it was typed in, as from dice in a meeting."""
    background: dict[str, object] = Field(sa_type=JSON)
    """What the statement says of the list, so that it can be made when the list is deleted."""
    statement: str
    """The statement of the sample in words, as it was when drawn (it states counts)."""
    person_id: int = Field(foreign_key="person.id")
    drawn_at: datetime = Field(sa_type=Instant)


class Subject(SQLModel, table=True):
    """One thing audited in a strand: a referral, known by a random label."""

    __table_args__ = (UniqueConstraint("strand_id", "label"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    strand_id: int = Field(foreign_key="strand.id", index=True)
    label: str = Field(max_length=12)
    """What pages call it: R-7F3K."""
    position: int
    """Its place in the order of the draw (or of typing in)."""
    state: str = Field(max_length=12)
    """chosen, reserve or replaced."""
    frame_row_id: int | None = Field(default=None, foreign_key="frame_row.id")
    """None when typed in, or when the list has been deleted."""
    stratum: str = Field(max_length=24)
    re_referred: bool | None = None
    ticket: str | None = Field(default=None, max_length=64)
    probability_of: int | None = None
    """Chosen with probability `probability_of` / `probability_in`: n of the cell's N."""
    probability_in: int | None = None
    replaces_id: int | None = Field(default=None, foreign_key="subject.id")
    reason: str | None = Field(default=None, max_length=500)
    """Why it was replaced, or why it was typed in."""
