"""What a finding rests on: questions of subjects' comparisons, and the way back to them."""

from typing import NamedTuple

from sqlmodel import Session, col, select

from app.access import Actor, NotFound
from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, find_subject
from app.comparisons.sheet import Line, sheet_of
from app.findings.models import FindingEvidence
from app.findings.queries import FindingIn, tool_of
from app.rounds.models import Round, Strand
from app.samples.models import Subject
from app.tools import QuestionSet


class Evidence(NamedTuple):
    """A question of a subject's comparison: in words, and where it stands."""

    subject: str
    question: str
    subject_ref: str
    key: str

    @property
    def path(self) -> str:
        """Where the comparison stands, below the round's address."""
        return f"subjects/{self.subject_ref}/comparison/{self.key}"


class Resting(NamedTuple):
    """A question that somebody points at as evidence: they may see its comparison."""

    subject: Subject
    line: Line
    evidence: Evidence


def pointed_at(
    session: Session, actor: Actor, within: Round, subject: str, question: str
) -> Resting | None:
    """Find the question that two references point at; nothing when they are both empty."""
    if not subject and not question:
        return None
    sight = sight_of(actor, within)
    found = find_subject(session, sight, subject)
    comparison = compare(session, sight, found) if found else None
    row = comparison.row(question) if comparison else None
    if found is None or comparison is None or row is None:
        raise NotFound
    told = _evidence(found.subject, comparison.sheet.question_set, row.line)
    return Resting(found.subject, row.line, told)


def evidence_of(session: Session, found: FindingIn) -> list[Evidence]:
    """List what a finding rests on, in the order of the draw and then of the questions."""
    query = (
        select(FindingEvidence, Subject, Strand)
        .join(Subject, col(Subject.id) == col(FindingEvidence.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(FindingEvidence.finding_id == found.finding.id)
        .order_by(col(Strand.id), col(Subject.position), col(FindingEvidence.question_id))
    )
    tool = tool_of(session, found.round)
    listed = []
    for evidence, subject, strand in session.exec(query):
        sheet = sheet_of(session, tool, strand.question_set)
        line = sheet.by_number[evidence.question_id]
        listed.append(_evidence(subject, sheet.question_set, line))
    return listed


def _evidence(subject: Subject, question_set: QuestionSet, line: Line) -> Evidence:
    return Evidence(
        subject=f"{question_set.subject.words} {subject.label}",
        question=f"{line.place}. {line.question.text}",
        subject_ref=subject.ref,
        key=line.question.id,
    )
