"""What people wrote in papers in place of what was drafted."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant


class PaperSection(SQLModel, table=True):
    """The words that somebody wrote for one section of a round's paper."""

    __tablename__ = "paper_section"
    __table_args__ = (UniqueConstraint("round_id", "paper", "section"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    paper: str = Field(max_length=26)
    """briefing, report, or the reference of the subgroup or agency that it goes to."""
    section: str = Field(max_length=24)
    words: str
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    version: int = 1
