"""What belongs to each class of data, and how it goes.

What stays is what was learnt: the round and its plan, subjects by their random labels, who answered
for which agency and when, the statement of the sample, tallies, findings, actions, and that each
event happened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col

from app.assignments.models import Assignment, ConflictOfInterest, LocalRecord, SharedSection
from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.concerns.models import Concern
from app.events.models import Event
from app.exports.models import RequestedDocument
from app.meetings.models import LearningPoint, Meeting, MeetingEntry, MeetingSubject, PutOff
from app.responses.models import (
    Answer,
    AnswerChange,
    AnswerText,
    NilReturn,
    Query,
    Response,
    SavedPage,
    SentVersion,
)
from app.rounds.models import Round, RoundMove, Strand
from app.rounds.retention import Kept
from app.samples.models import Frame, FrameRow, Subject, UploadedList

AT_ONCE = 200
"""Parents whose rows go in one statement: a statement stays short, whatever the round's size."""

Keys = Sequence[int | None]
Found = Select[int | None]


class Part:
    """Rows of one table that go with a class: deleted, or emptied where others rest on them."""

    def __init__(
        self,
        table: type[SQLModel],
        parent: Any,  # noqa: ANN401 - a mapped column
        parents: Callable[[Round], Found],
        *,
        empties: Mapping[Any, object] | None = None,
    ) -> None:
        self.table = table
        self.parent = parent
        self.parents = parents
        self.empties = empties

    def count(self, session: Session, of: Round) -> int:
        """Count the rows that would go."""
        where = col(self.parent).in_(self.parents(of).scalar_subquery())
        query = columns(func.count()).select_from(self.table).where(where, *self._not_empty())
        return session.connection().execute(query).scalar_one()

    def go(self, session: Session, of: Round) -> int:
        """Delete or empty the rows, a bounded number at a time; return how many."""
        connection = session.connection()
        keys = list(connection.execute(self.parents(of)).scalars())
        gone = 0
        for these in _some_at_once(keys):
            where = (col(self.parent).in_(these), *self._not_empty())
            if self.empties is None:
                statement = delete(self.table).where(*where)
            else:
                values = {column.key: value for column, value in self.empties.items()}
                statement = update(self.table).where(*where).values(**values)  # type: ignore[assignment]
            gone += connection.execute(statement).rowcount
        return gone

    def _not_empty(self) -> list[ColumnElement[bool]]:
        if self.empties is None:
            return []
        return [or_(*(col(column).is_distinct_from(e) for column, e in self.empties.items()))]


def _some_at_once(keys: Keys) -> Iterator[Keys]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def _strands(of: Round) -> Found:
    return columns(col(Strand.id)).where(col(Strand.round_id) == of.id)


def _frames(of: Round) -> Found:
    return columns(col(Frame.id)).where(col(Frame.strand_id).in_(_strands(of)))


def _subjects(of: Round) -> Found:
    return columns(col(Subject.id)).where(col(Subject.strand_id).in_(_strands(of)))


def _assignments(of: Round) -> Found:
    return columns(col(Assignment.id)).where(col(Assignment.subject_id).in_(_subjects(of)))


def _responses(of: Round) -> Found:
    return columns(col(Response.id)).where(col(Response.assignment_id).in_(_assignments(of)))


def _attachments(of: Round) -> Found:
    return columns(col(Attachment.id)).where(col(Attachment.assignment_id).in_(_assignments(of)))


def _round(of: Round) -> Found:
    return columns(col(Round.id)).where(col(Round.id) == of.id)


def _meetings(of: Round) -> Found:
    return columns(col(Meeting.id)).where(col(Meeting.round_id) == of.id)


def _events(of: Round) -> Found:
    return columns(col(Event.id)).where(col(Event.scope) == of.ref)


CLASSES: Mapping[Kept, tuple[Part, ...]] = MappingProxyType(
    {
        Kept.LISTS: (
            Part(Subject, Subject.id, _subjects, empties={Subject.frame_row_id: None}),
            Part(FrameRow, FrameRow.frame_id, _frames),
            Part(UploadedList, UploadedList.strand_id, _strands),
        ),
        Kept.LOCAL_RECORDS: (Part(LocalRecord, LocalRecord.subject_id, _subjects),),
        Kept.ANSWERS: (
            Part(AttachmentContent, AttachmentContent.attachment_id, _attachments),
            Part(Attachment, Attachment.assignment_id, _assignments),
            Part(Answer, Answer.response_id, _responses),
            Part(AnswerText, AnswerText.response_id, _responses),
            Part(AnswerChange, AnswerChange.response_id, _responses),
            Part(SavedPage, SavedPage.response_id, _responses),
            Part(SentVersion, SentVersion.response_id, _responses),
            Part(Query, Query.response_id, _responses),
            # That it was a nil return is counted; what was searched is not kept.
            Part(
                NilReturn,
                NilReturn.response_id,
                _responses,
                empties={NilReturn.searched: "", NilReturn.note: ""},
            ),
            Part(Response, Response.id, _responses, empties={Response.handed_back_words: ""}),
            Part(ConflictOfInterest, ConflictOfInterest.assignment_id, _assignments),
            Part(SharedSection, SharedSection.assignment_id, _assignments),
            Part(Subject, Subject.id, _subjects, empties={Subject.reason: None}),
        ),
        Kept.AGREED_ANSWERS: (
            Part(AgreedAnswer, AgreedAnswer.subject_id, _subjects),
            Part(Dissent, Dissent.subject_id, _subjects),
            Part(PutOff, PutOff.subject_id, _subjects),
            Part(Judgement, Judgement.subject_id, _subjects),
            Part(LearningPoint, LearningPoint.subject_id, _subjects),
            Part(MeetingEntry, MeetingEntry.subject_id, _subjects),
            Part(MeetingSubject, MeetingSubject.subject_id, _subjects),
            Part(Meeting, Meeting.id, _meetings, empties={Meeting.others: "", Meeting.name: ""}),
        ),
        Kept.TRAIL: (
            Part(Event, Event.id, _events, empties={Event.details: "", Event.salt: b""}),
            Part(Concern, Concern.subject_id, _subjects),
            Part(RoundMove, RoundMove.round_id, _round, empties={RoundMove.reason: ""}),
        ),
    }
)
"""In each class, the parts in the order in which they go: what points before what is pointed at."""

ALWAYS = (Part(RequestedDocument, RequestedDocument.round_id, _round),)
"""What goes with whichever class goes first: documents may hold something of every class. They are
no class of their own, since none is kept for more than a day."""


def count_of(session: Session, of: Round, kind: Kept) -> int:
    """Count what would go with a class."""
    return sum(part.count(session, of) for part in CLASSES[kind])


def let_go(session: Session, of: Round, kind: Kept) -> int:
    """Let a class go for good; return how many rows went or were emptied."""
    for part in ALWAYS:
        part.go(session, of)
    return sum(part.go(session, of) for part in CLASSES[kind])
