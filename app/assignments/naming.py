"""What an assignment is called, and the round that it belongs to."""

from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.library.queries import pinned_tool
from app.rounds.models import Round, Strand
from app.samples.models import Subject
from app.tools import QuestionSet, SubjectKind


def kind_words(question_set: QuestionSet) -> str:
    """Return what pages call one subject of a question set: Referral, Referral pair, Case."""
    return question_set.subject.words


def round_of(session: Session, assignment: Assignment) -> Round:
    """Return the round that an assignment belongs to."""
    query = (
        select(Round)
        .join(Strand, col(Strand.round_id) == col(Round.id))
        .join(Subject, col(Subject.strand_id) == col(Strand.id))
        .where(Subject.id == assignment.subject_id)
    )
    return session.exec(query).one()


def subject_called(session: Session, assignment: Assignment) -> str:
    """Return an assignment's subject as people speak of it: Referral R-7F3K."""
    label, kind = _label_and_kind(session, assignment)
    return f"{kind.words} {label}"


def kind_of_subject(session: Session, assignment: Assignment) -> SubjectKind:
    """Return what an assignment's subject is: a referral, a setting."""
    return _label_and_kind(session, assignment)[1]


def _label_and_kind(session: Session, assignment: Assignment) -> tuple[str, SubjectKind]:
    query = (
        select(Subject.label, Strand.question_set, Round.tool_version_id)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Subject.id == assignment.subject_id)
    )
    label, question_set, version = session.exec(query).one()
    return label, pinned_tool(session, version).question_set[question_set].subject
