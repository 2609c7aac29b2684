"""What the panel decided as stored. The agencies' own answers are never touched."""

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


class Dissent(SQLModel, table=True):
    """An agency that does not agree with what the panel decided, and what it says instead."""

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id")
    """None where it is about the judgement of the case."""
    agency_id: int = Field(foreign_key="agency.id")
    words: str


class Judgement(SQLModel, table=True):
    """What the panel judges of one case as a whole: decided with a reason, never computed."""

    subject_id: int = Field(foreign_key="subject.id", primary_key=True)
    level: str = Field(max_length=60)
    """A level of the scale on which the agencies grade their own part."""
    reason: str
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    version: int = 1
