"""Audit tool versions as pinned by rounds, and the numbers that questions and options keep."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.db import Instant


class ToolVersion(SQLModel, table=True):
    """One locked version of an audit tool, as its canonical snapshot: it never changes."""

    __tablename__ = "tool_version"
    __table_args__ = (
        Index(
            "uq_tool_version_as_written", "slug", "version", unique=True,
            sqlite_where=text("earlier_id IS NULL"), postgresql_where=text("earlier_id IS NULL"),
        ),
        Index("uq_tool_version_moved", "slug", "version", "earlier_id", unique=True),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=40)
    version: int
    digest: str = Field(max_length=64)
    """SHA-256 of the snapshot, as in `audit_tools/versions.lock`."""
    snapshot: str
    """Canonical JSON (`app.tools.canonical`)."""
    first_used_at: datetime = Field(sa_type=Instant)
    earlier_id: int | None = Field(default=None, foreign_key="tool_version.id")
    """For rounds that moved here while they held answers: the version that they came from, whose
    retired questions stay beside this one's (`app.tools.retired`)."""


class QuestionNumber(SQLModel, table=True):
    """The integer that a question keeps for life: per audit tool, or per block it came from."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("owner", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    owner: str = Field(max_length=60)
    """The tool's slug, or `block:` and the block's name."""
    key: str = Field(max_length=80)
    """The question's id in the definition."""


class OptionNumber(SQLModel, table=True):
    """The number (1, 2, ...) that one option or level of a question keeps for life."""

    __tablename__ = "question_option"

    question_id: int = Field(foreign_key="question.id", primary_key=True)
    key: str = Field(primary_key=True, max_length=80)
    number: int
