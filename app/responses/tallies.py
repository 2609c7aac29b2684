"""Tallies: how often each answer was given in what has been sent, kept as it is sent.

Counting every answer whenever somebody looks would read the whole round; these rows are a few for
each question. `recount` says what they must be, and rebuilds them where they are not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, insert, text
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.identity.models import Agency
from app.library.numbers import Numbers, numbers_of
from app.library.queries import pinned_tool
from app.responses.models import Response, StrandTally, Tally
from app.responses.queries import Work, says_not_known
from app.responses.rules import ResponseState
from app.responses.stored import answers_of
from app.rounds.models import Round, Strand
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.tools import AgencyKind, Answer, QuestionSet, State, fill


class Cell(NamedTuple):
    """One row of the tallies, without its count."""

    strand_id: int
    question_id: int
    agency_id: int
    stratum: str
    state: int
    code: int
    """0 where the answer has none."""


class Counted(NamedTuple):
    """A sent response as far as tallies look at it."""

    strand_id: int
    agency_id: int
    kind: AgencyKind
    stratum: str
    answers: Mapping[str, Answer]


class _Sent(NamedTuple):
    """A sent response by its key, with its agency, that agency's kind, and the stratum."""

    response: int
    agency: int
    kind: str
    stratum: str


def cells_of(question_set: QuestionSet, numbers: Numbers, counted: Counted) -> Iterator[Cell]:
    """Yield one cell for every question that was asked: what a condition closed is not counted.

    Of what an older version of the tool asked, and this one no longer does, what was answered.
    """
    filled = fill(question_set, counted.kind, counted.answers)
    kept = (each for each in filled.retired if each.answer.state is not State.NOT_ANSWERED)
    for asked in (*filled.asked, *kept):
        state, code = numbers.encode(asked.question, asked.answer)
        number = numbers.number[asked.question.id]
        place = (counted.strand_id, number, counted.agency_id, counted.stratum)
        yield Cell(*place, state, code or 0)


def tally_sent(session: Session, work: Work) -> None:
    """Count a response that has just been sent."""
    _add(session, _cells_of_one(session, work), 1)


def untally_returned(session: Session, work: Work) -> None:
    """Take a response out of the tallies that goes back to its agency, as it was counted."""
    _add(session, _cells_of_one(session, work), -1)


def _cells_of_one(session: Session, work: Work) -> Iterable[Cell]:
    if work.nil is not None or work.assignment.place > 1:
        return ()
    strand, agency = work.strand.id or 0, work.agency.id or 0
    counted = Counted(strand, agency, work.kind, work.subject.stratum, work.answers)
    return cells_of(work.question_set, numbers_of(session, work.tool), counted)


def untally_subject(session: Session, subject: Subject) -> None:
    """Take what was sent about a subject out of the tallies: another took its place."""
    strand = session.get_one(Strand, subject.strand_id)
    found = _cells_sent(session, strand, [subject.id or 0])
    _add(session, found, -1)


_COUNT = text(
    "INSERT INTO tally (strand_id, question_id, agency_id, stratum, state, code, count) "
    "VALUES (:strand_id, :question_id, :agency_id, :stratum, :state, :code, :count) "
    "ON CONFLICT (strand_id, question_id, agency_id, stratum, state, code) "
    "DO UPDATE SET count = tally.count + excluded.count"
)
_COUNT_TOGETHER = text(
    "INSERT INTO strand_tally (strand_id, question_id, stratum, state, code, count) "
    "VALUES (:strand_id, :question_id, :stratum, :state, :code, :count) "
    "ON CONFLICT (strand_id, question_id, stratum, state, code) "
    "DO UPDATE SET count = strand_tally.count + excluded.count"
)


def _add(session: Session, cells: Iterable[Cell], by: int) -> None:
    # In one order always: of two that are sent at once, one waits for the other and neither fails.
    rows = [{**cell._asdict(), "count": by} for cell in sorted(cells)]
    if rows:
        session.connection().execute(_COUNT, rows)
        session.connection().execute(_COUNT_TOGETHER, rows)


def _cells_sent(session: Session, strand: Strand, subjects: Iterable[int]) -> list[Cell]:
    """Work out the cells of every sent response about some subjects of a strand."""
    version = select(Round.tool_version_id).where(Round.id == strand.round_id)
    moved_to = session.exec(version).one()
    query = (
        columns(
            col(Response.id),
            col(Agency.id),
            col(Agency.kind),
            col(Subject.stratum),
            func.coalesce(col(Response.tool_version_id), moved_to),
        )
        .join(Assignment, col(Assignment.id) == col(Response.assignment_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .where(col(Subject.id).in_(list(subjects)), col(Response.state) == ResponseState.SENT)
        .where(~says_not_known(), col(Assignment.place) == 1)
    )
    # Each as it was asked: what was sent before the round moved was not asked what is new since.
    sent: dict[int, list[_Sent]] = {}
    for response, agency, kind, stratum, under in session.connection().execute(query):
        each = _Sent(response or 0, agency or 0, kind, stratum)
        sent.setdefault(under, []).append(each)
    return [
        cell for under in sorted(sent) for cell in _cells_under(session, strand, under, sent[under])
    ]


def _cells_under(
    session: Session,
    strand: Strand,
    tool_version_id: int,
    sent: Sequence[_Sent],
) -> list[Cell]:
    tool = pinned_tool(session, tool_version_id)
    question_set, numbers = tool.question_set[strand.question_set], numbers_of(session, tool)
    answers = answers_of(session, question_set, numbers, [key for key, *_ in sent])
    return [
        cell
        for response, agency, kind, stratum in sent
        for cell in cells_of(
            question_set,
            numbers,
            Counted(strand.id or 0, agency, AgencyKind(kind), stratum, answers[response]),
        )
    ]


def recount(session: Session, strand: Strand) -> Counter[Cell]:
    """Count a strand's sent responses from their answers: what its tallies must say."""
    chosen = select(Subject.id).where(
        Subject.strand_id == strand.id, Subject.state == SubjectState.CHOSEN
    )
    subjects = [key or 0 for key in session.exec(chosen)]
    return Counter(_cells_sent(session, strand, subjects))


def rebuild(session: Session, strand: Strand) -> None:
    """Write a strand's tallies anew from its answers."""
    for kept in (Tally, StrandTally):
        session.connection().execute(delete(kept).where(col(kept.strand_id) == strand.id))
    rows = [{**cell._asdict(), "count": count} for cell, count in recount(session, strand).items()]
    if rows:
        session.connection().execute(insert(Tally), rows)
        session.connection().execute(_COUNT_TOGETHER, rows)


def tallied(session: Session, strand: Strand) -> Counter[Cell]:
    """Return a strand's tallies; a cell that came back to nothing is not among them."""
    rows = session.exec(select(Tally).where(Tally.strand_id == strand.id, Tally.count != 0))
    return Counter(
        {Cell(*(getattr(row, name) for name in Cell._fields)): row.count for row in rows}
    )


def tallied_together(session: Session, strand: Strand) -> Counter[Cell]:
    """Return the tallies of all agencies together, as cells of no agency (0)."""
    rows = session.exec(
        select(StrandTally).where(StrandTally.strand_id == strand.id, StrandTally.count != 0)
    )
    return Counter(
        {
            Cell(row.strand_id, row.question_id, 0, row.stratum, row.state, row.code): row.count
            for row in rows
        }
    )
