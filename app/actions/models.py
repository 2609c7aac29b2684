"""Learning actions as stored, every update to them, and every date that was moved."""

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
    impact_on: date | None = None
    """When somebody looks whether it made a difference; by then its evidence is verified."""
    state: str = Field(max_length=20)
    """An `actions.rules.ActionState`."""
    claimed_by: int | None = Field(default=None, foreign_key="person.id")
    """Who last said that it is done: somebody else verifies it."""
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


class ActionRevision(SQLModel, table=True):
    """Dates that an action had until somebody moved them, and why.

    A table of its own and not events: the reason is words about practice, which the trail never
    holds, and an action's page must still tell it when the trail's details have been erased.
    """

    __tablename__ = "action_revision"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    due_before: date
    due_after: date
    impact_before: date | None = None
    impact_after: date | None = None
    why: str = Field(max_length=1000)
