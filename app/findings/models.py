"""Findings as stored, with the evidence each rests on."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Finding(SQLModel, table=True):
    """A strength, an area for development, or good practice."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    round_id: int = Field(foreign_key="round.id", index=True)
    kind: str = Field(max_length=24)
    """A `findings.rules.FindingKind`."""
    state: str = Field(max_length=12)
    """draft or agreed."""
    title: str = Field(max_length=200)
    words: str
    themes: list[str] = Field(sa_type=JSON)
    written_by: int = Field(foreign_key="person.id")
    written_at: datetime = Field(sa_type=Instant)
    agreed_by: int | None = Field(default=None, foreign_key="person.id")
    agreed_at: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1


class FindingEvidence(SQLModel, table=True):
    """A question of a subject's comparison that a finding rests on."""

    __tablename__ = "finding_evidence"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)


class FindingResult(SQLModel, table=True):
    """A question's result over a whole strand that a finding rests on."""

    __tablename__ = "finding_result"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    strand_id: int = Field(foreign_key="strand.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)


class FindingSubgroup(SQLModel, table=True):
    """A subgroup that receives a finding."""

    __tablename__ = "finding_subgroup"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    subgroup_id: int = Field(foreign_key="subgroup.id", primary_key=True, index=True)
