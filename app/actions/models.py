"""Learning actions as stored, and every update to them."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class LearningAction(SQLModel, table=True):
    """What will be done about a finding, by whom, by when, and how we will know."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    finding_id: int = Field(foreign_key="finding.id", index=True)
    what: str = Field(max_length=500)
    how_we_will_know: str = Field(max_length=1000)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    owner_id: int = Field(foreign_key="person.id", index=True)
    due: date
    state: str = Field(max_length=20)
    """An `actions.rules.ActionState`."""
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)


class ActionUpdate(SQLModel, table=True):
    """One entry in an action's history: a note, a change of state, or both."""

    __tablename__ = "action_update"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    state: str = Field(max_length=20)
    words: str = Field(default="")
