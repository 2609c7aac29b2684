"""What a finding rests on: questions of comparisons and of results, and the way back to them."""

from typing import NamedTuple

from sqlmodel import Session, col, select

from app.access import Actor, NotFound
from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, find_subject
from app.comparisons.sheet import Line, sheet_of
from app.findings.models import FindingEvidence, FindingResult
from app.findings.queries import FindingIn, tool_of
from app.rounds.models import Round, Strand
from app.rounds.queries import strands_of
from app.samples.models import Subject

RESULT = "Result of the round"


class Pointer(NamedTuple):
    """What somebody points at as evidence, by references: a subject's question, or a result."""

    subject: str = ""
    strand: str = ""
    """Of the result; empty where a subject is pointed at."""
    question: str = ""


class Evidence(NamedTuple):
    """A question of a subject's comparison or of a result: in words, and where it stands."""

    about: str
    """The subject, or that it is a result."""
    question: str
    pointer: Pointer

    @property
    def path(self) -> str:
        """Where it stands, below the round's address."""
        if self.pointer.subject:
            return f"subjects/{self.pointer.subject}/comparison/{self.pointer.question}"
        return f"results/{self.pointer.question}?strand={self.pointer.strand}"


class Resting(NamedTuple):
    """Something that somebody points at as evidence: they may see it."""

    of: Subject | Strand
    """The subject of the comparison, or the strand of the result."""
    line: Line
    evidence: Evidence


def pointed_at(session: Session, actor: Actor, within: Round, pointer: Pointer) -> Resting | None:
    """Find what references point at; nothing when they are all empty."""
    if not any(pointer):
        return None
    if pointer.strand:
        return _result_at(session, actor, within, pointer)
    sight = sight_of(actor, within)
    found = find_subject(session, sight, pointer.subject)
    comparison = compare(session, sight, found) if found else None
    row = comparison.row(pointer.question) if comparison else None
    if found is None or comparison is None or row is None:
        raise NotFound
    about = found.name(comparison.sheet.question_set)
    return Resting(found.subject, row.line, _evidence(about, row.line, pointer))


def _result_at(session: Session, actor: Actor, within: Round, pointer: Pointer) -> Resting:
    """Find a question's result: only those who see every response of the round read it whole."""
    strand = next((s for s in strands_of(session, within) if s.ref == pointer.strand), None)
    if strand is None or pointer.subject or not sight_of(actor, within).everything:
        raise NotFound
    sheet = sheet_of(session, tool_of(session, within), strand.question_set)
    line = sheet.by_key.get(pointer.question)
    if line is None:
        raise NotFound
    return Resting(strand, line, _evidence(RESULT, line, pointer))


def evidence_of(session: Session, found: FindingIn) -> list[Evidence]:
    """List what a finding rests on: results, then comparisons in the order of the draw."""
    return [*_results(session, found), *_comparisons(session, found)]


def _comparisons(session: Session, found: FindingIn) -> list[Evidence]:
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
        about = f"{sheet.question_set.subject.words} {subject.label}"
        pointer = Pointer(subject=subject.ref, question=line.question.id)
        listed.append(_evidence(about, line, pointer))
    return listed


def _results(session: Session, found: FindingIn) -> list[Evidence]:
    query = (
        select(FindingResult, Strand)
        .join(Strand, col(Strand.id) == col(FindingResult.strand_id))
        .where(FindingResult.finding_id == found.finding.id)
        .order_by(col(Strand.id), col(FindingResult.question_id))
    )
    tool = tool_of(session, found.round)
    listed = []
    for evidence, strand in session.exec(query):
        sheet = sheet_of(session, tool, strand.question_set)
        line = sheet.by_number[evidence.question_id]
        pointer = Pointer(strand=strand.ref, question=line.question.id)
        listed.append(_evidence(RESULT, line, pointer))
    return listed


def _evidence(about: str, line: Line, pointer: Pointer) -> Evidence:
    return Evidence(about, f"{line.place}. {line.question.text}", pointer)
