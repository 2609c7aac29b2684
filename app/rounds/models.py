"""Rounds as stored: their strands, agencies, lead and panel."""

from datetime import date, datetime

from sqlmodel import JSON, Field, SQLModel

from app.db import Instant, reference_column


class Round(SQLModel, table=True):
    """One run of one version of an audit tool."""

    __tablename__ = "round"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    partnership_id: int = Field(foreign_key="partnership.id", index=True)
    tool_version_id: int = Field(foreign_key="tool_version.id")
    title: str = Field(max_length=200)
    purpose: str
    lines_of_enquiry: str = Field(default="")
    """Key lines of enquiry, one a line."""
    stage: str = Field(max_length=24)
    """A `rounds.rules.Stage`."""
    returns_due: date
    """The day by which agencies send their responses; it ends at 23:59 in London."""
    panel_due: date
    report_due: date
    judgement_rule: str = Field(default="", max_length=24)
    """A `rounds.judgement.JudgementRule`; empty until it is chosen."""
    judgement_words: str = Field(default="")
    priorities: list[str] = Field(default_factory=list, sa_type=JSON)
    """The themes of the tool that this round looks at most."""
    retention: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Months after closing, by `rounds.retention.Kept`; empty until it is chosen."""
    dpia: str = Field(default="", max_length=200)
    """The reference of the data protection impact assessment."""
    lawful_basis: str = Field(default="")
    created_at: datetime = Field(sa_type=Instant)
    version: int = Field(default=1)
    """Raised by every change, so that two people changing one plan do not undo each other."""


class RoundMove(SQLModel, table=True):
    """One step of a round from stage to stage, with the reason given when it went back."""

    __tablename__ = "round_move"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    came_from: str = Field(max_length=24)
    went_to: str = Field(max_length=24)
    reason: str = Field(default="")
    """Kept here, not in the event: it is written by hand, and is deleted with the round."""
    at: datetime = Field(sa_type=Instant)
    person_id: int = Field(foreign_key="person.id")


class LegalHold(SQLModel, table=True):
    """A reason for which nothing of a round may be purged, until it is lifted."""

    __tablename__ = "legal_hold"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    reason: str = Field(max_length=500)
    placed_by: int = Field(foreign_key="person.id")
    placed_at: datetime = Field(sa_type=Instant)
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
    lifted_at: datetime | None = Field(default=None, sa_type=Instant)


class Purge(SQLModel, table=True):
    """A class of data of a round that is gone for good."""

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    kind: str = Field(max_length=24, primary_key=True)
    """A `rounds.retention.Kept`."""
    rows: int
    """How many rows were deleted or emptied."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)


class Strand(SQLModel, table=True):
    """One question set in use in a round."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    round_id: int = Field(foreign_key="round.id", index=True)
    question_set: str = Field(max_length=60)
    """The id of the question set in the tool version."""
    title: str = Field(max_length=200)


class RoundAgency(SQLModel, table=True):
    """An agency that takes part in a round."""

    __tablename__ = "round_agency"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True, index=True)
    contact_id: int | None = Field(default=None, foreign_key="person.id")
    """The one of its agency leads to ask about this round, if somebody was chosen."""


class RoundPerson(SQLModel, table=True):
    """A person's part in a round: its lead, or on its panel."""

    __tablename__ = "round_person"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    role: str = Field(max_length=24)
    """lead or panel_member; nobody is both."""


class RoundSubgroup(SQLModel, table=True):
    """A subgroup that will receive a round's findings."""

    __tablename__ = "round_subgroup"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    subgroup_id: int = Field(foreign_key="subgroup.id", primary_key=True)
