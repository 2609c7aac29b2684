"""Agreed answers as stored. The agencies' own answers are never touched."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.db import Instant


class AgreedAnswer(SQLModel, table=True):
    """What the panel decided on one question of one subject, or that it was not agreed."""

    __tablename__ = "agreed_answer"

    subject_id: int = Field(foreign_key="subject.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    agreed: bool
    """False: not agreed, both views stand."""
    state: int | None = None
    code: int | None = None
    text: str = Field(default="")
    reason: str = Field(default="")
    """Required where it departs from the majority, where there is none, and when not agreed."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    version: int = 1
    """Raised by every change, so that a decision made on an older page is refused."""
