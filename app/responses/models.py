"""Responses as stored: one row an answer, its words beside it, and what was there before."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column

_COMPACT = {"sqlite_with_rowid": False, "postgresql_with": {"fillfactor": 80}}


class Response(SQLModel, table=True):
    """An assignment's completed question set."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    assignment_id: int = Field(foreign_key="assignment.id", unique=True)
    state: str = Field(max_length=20)
    """A `responses.rules.ResponseState`: draft, with_agency_lead, sent."""
    version: int = 0
    """Counts saves: every save that changes something takes the next number."""
    answered: int = 0
    """How many of the questions asked are answered, as of the last save."""
    asked: int = 0
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    saved_at: datetime | None = Field(default=None, sa_type=Instant)
    declared_at: datetime | None = Field(default=None, sa_type=Instant)
    declared_by: int | None = Field(default=None, foreign_key="person.id")
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_by: int | None = Field(default=None, foreign_key="person.id")
    """The agency lead who sent it; the same person may have declared it, and that shows."""
    handed_back_at: datetime | None = Field(default=None, sa_type=Instant)
    handed_back_by: int | None = Field(default=None, foreign_key="person.id")
    handed_back_words: str = Field(default="")
    """Why the agency lead last handed it back to the auditor; both read it, nobody else."""
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the lead of the round returned it with queries; None once it is sent again."""
    first_sent_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was sent for the first time: whether it is late is told by that, not by queries."""
    tool_version_id: int | None = Field(default=None, foreign_key="tool_version.id")
    """What it was asked when it was sent, where its round has moved to a newer version since."""


class Answer(SQLModel, table=True):
    """One item of a response: its state, its code, and the save that last changed it."""

    __table_args__ = (_COMPACT,)

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    state: int = Field(sa_type=SmallInteger)
    """The position of its `app.tools.State`: 0 not answered, 1 answered, 2 not applicable, ..."""
    code: int | None = Field(default=None)
    """The option's number; for multiple choice the sum of 2**(number-1); none for words."""
    version: int
    """The response's version that last changed it."""


class AnswerText(SQLModel, table=True):
    """An answer's words or number as typed, or the reason beside it."""

    __tablename__ = "answer_text"
    __table_args__ = (_COMPACT,)

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    part: int = Field(sa_type=SmallInteger, primary_key=True)
    """1 value, 2 raw (as typed, not readable yet), 3 reason."""
    text: str


class Tally(SQLModel, table=True):
    """How many sent responses gave one answer to one question: what a round's results read.

    Kept as responses are sent and as a subject is replaced; never counted from answers by a page.
    """

    strand_id: int = Field(foreign_key="strand.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
    stratum: str = Field(max_length=24, primary_key=True)
    state: int = Field(sa_type=SmallInteger, primary_key=True)
    """As in `Answer`; 0 where a question was asked and left."""
    code: int = Field(default=0, primary_key=True)
    """As in `Answer`, and 0 where there is none: options are numbered from 1."""
    count: int


class StrandTally(SQLModel, table=True):
    """The tallies of all agencies together: a round's results without a row for each agency.

    Where five hundred schools answer once each, there are nearly as many tallies as answers;
    these rows stay a few for each question. Kept in one transaction with `Tally`, as its sum.
    """

    __tablename__ = "strand_tally"

    strand_id: int = Field(foreign_key="strand.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    stratum: str = Field(max_length=24, primary_key=True)
    state: int = Field(sa_type=SmallInteger, primary_key=True)
    """As in `Tally`."""
    code: int = Field(default=0, primary_key=True)
    """As in `Tally`."""
    count: int


class AnswerChange(SQLModel, table=True):
    """What an answer was before a save changed it: for conflicts, and for its history."""

    __tablename__ = "answer_change"
    __table_args__ = (Index("ix_answer_change_answer", "response_id", "question_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(
        sa_column=Column(Integer, ForeignKey("response.id"), nullable=False),
    )
    question_id: int = Field(
        sa_column=Column(Integer, ForeignKey("question.id"), nullable=False),
    )
    version: int
    page: str = Field(max_length=16)
    """The page (one open browser tab) that wrote it: a page never conflicts with itself."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)
    state: int = Field(sa_type=SmallInteger)
    """The state before; 0 when nothing had been answered."""
    code: int | None = None
    texts: str = Field(default="")
    """The words before, as a JSON object of parts; empty when there were none."""


class SavedPage(SQLModel, table=True):
    """The last save of each open page, by which a repeated save is recognised."""

    __tablename__ = "saved_page"
    __table_args__ = (_COMPACT,)

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    page: str = Field(max_length=16, primary_key=True)
    sequence: int
    version: int
    """The response's version after that save."""


class SentVersion(SQLModel, table=True):
    """A response as it was sent: a frozen copy, kept whatever happens later."""

    __tablename__ = "sent_version"

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    number: int = Field(primary_key=True)
    sent_at: datetime = Field(sa_type=Instant)
    declared_by: int = Field(foreign_key="person.id")
    signed_off_by: int = Field(foreign_key="person.id")
    version: int
    """The response's version that was sent."""
    answers: str
    """Canonical JSON of every answer, closed ones included."""


class Query(SQLModel, table=True):
    """What the lead of the round asks about one answer of a response, as it was sent.

    It is open until the response is sent again: the `SentVersion` after the one it asks about
    closes it.
    """

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    number: int = Field(primary_key=True)
    """The sent version that it asks about."""
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    words: str
    """Why the lead asks: read by the agency, the round's leads, the coordinator and the
    scrutineer."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)


class NilReturn(SQLModel, table=True):
    """A response that says no more than that the child is not known to the agency."""

    __tablename__ = "nil_return"

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    searched: str
    """What the agency searched before it said so."""
    note: str = Field(default="")
