"""Attachments as stored: what each file is, and apart from that its bytes."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Attachment(SQLModel, table=True):
    """A file attached to one question of a response, as evidence of its answer."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    question_id: int = Field(foreign_key="question.id")
    name: str = Field(max_length=120)
    """Its file name as pages show it: cleaned, and never a path."""
    ending: str = Field(max_length=4)
    """An `attachments.rules.ENDINGS`; the file is what it says."""
    size: int
    """Bytes as stored."""
    digest: str = Field(max_length=64)
    """SHA-256 of the bytes as stored, in hexadecimal."""
    suspected: str = Field(default="", max_length=120)
    """The `identifiers.Kind`s that its name or its words seem to hold, with spaces between."""
    attached_by: int = Field(foreign_key="person.id")
    attached_at: datetime = Field(sa_type=Instant)
    removed_by: int | None = Field(default=None, foreign_key="person.id")
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was taken away again, and its bytes with it: the digest stays in the records."""


class AttachmentContent(SQLModel, table=True):
    """The bytes of an attachment, which no list of attachments reads."""

    __tablename__ = "attachment_content"

    attachment_id: int = Field(foreign_key="attachment.id", primary_key=True)
    content: bytes
