"""Events as stored: append-only, numbered within their scope, each with a salted commitment."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant


class Event(SQLModel, table=True):
    """Something that happened.

    `commitment` is the SHA-256 of the salt and the canonical details, so that later the details
    can be erased while the fact that they were recorded still verifies.
    """

    __table_args__ = (UniqueConstraint("scope", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    partnership_id: int = Field(foreign_key="partnership.id", index=True)
    scope: str = Field(max_length=40)
    """The reference of the round it belongs to, or the partnership's slug."""
    sequence: int
    kind: str = Field(max_length=40)
    at: datetime = Field(sa_type=Instant)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who did it; nobody when an operator did it from the command line."""
    about: str = Field(default="", max_length=40)
    """The reference of what it happened to."""
    details: str
    """Canonical JSON, free of case text."""
    salt: bytes = Field(sa_type=LargeBinary)
    commitment: bytes = Field(sa_type=LargeBinary)


class EventHead(SQLModel, table=True):
    """The last number given out in a scope; taking it makes events of one scope queue up."""

    __tablename__ = "event_head"

    scope: str = Field(primary_key=True, max_length=40)
    sequence: int
