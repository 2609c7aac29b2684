"""Finding responses, each within the reach of whoever asks, with all that a page needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from app.access import Reach, Scope
from app.assignments.models import Assignment
from app.assignments.naming import kind_words
from app.assignments.queries import assignments_within
from app.assignments.rules import Answerers
from app.assignments.shared_sections import shared_sections
from app.identity.models import Agency, Person
from app.library.numbers import numbers_of
from app.library.queries import pinned_tool
from app.responses.models import NilReturn, Response
from app.responses.rules import ResponseState
from app.responses.saving_statements import FIND_ANSWERING
from app.responses.stored import answers_of
from app.rounds.models import Round, Strand
from app.samples.models import Subject
from app.tools import AgencyKind, Answer, Filled, QuestionSet, Tool, fill

OF_ONE_AGENCY = frozenset({Reach.AGENCY, Reach.OWN})
NOBODYS = Answerers(None, "")


@dataclass(frozen=True)
class Work:
    """One assignment with its subject, round and response: what every page of it is about."""

    assignment: Assignment
    subject: Subject
    strand: Strand
    round: Round
    agency: Agency
    response: Response | None
    auditor: Person | None
    tool: Tool
    answers: Mapping[str, Answer]
    nil: NilReturn | None = None
    """That the child is not known to the agency, where it says no more than that."""
    answerers: Answerers = NOBODYS
    """Who answers which section."""

    @property
    def question_set(self) -> QuestionSet:
        """What is asked about the subject."""
        return self.tool.question_set[self.strand.question_set]

    @property
    def tool_version_id(self) -> int:
        """The version that it is asked under: the round's, unless it was sent before a move."""
        return tool_version_of(self.round, self.response)

    @property
    def kind(self) -> AgencyKind:
        """What sort of agency answers."""
        return AgencyKind(self.agency.kind)

    @property
    def name(self) -> str:
        """The subject as people speak of it: Referral R-7F3K."""
        second = ", second auditor" if self.assignment.place > 1 else ""
        return f"{kind_words(self.question_set)} {self.subject.label}{second}"

    @property
    def state(self) -> ResponseState:
        """Where the response has got to; what was never saved is a draft."""
        return ResponseState(self.response.state) if self.response else ResponseState.DRAFT

    @property
    def version(self) -> int:
        """How many saves have changed something."""
        return self.response.version if self.response else 0

    @cached_property
    def filled(self) -> Filled:
        """The question set with the answers given so far."""
        return fill(self.question_set, self.kind, self.answers)


def responses_within(scope: Scope) -> ColumnElement[bool]:
    """Say which responses a scope covers; the query joins Assignment and its round.

    An agency meets its own at any time. Whoever sees more than one agency's sees only what was
    sent: a draft is its agency's alone.
    """
    own = replace(scope, reaches=scope.reaches & OF_ONE_AGENCY)
    everybodys = replace(scope, reaches=scope.reaches - OF_ONE_AGENCY)
    sent = (
        select(Response.id)
        .where(Response.assignment_id == Assignment.id, Response.state == ResponseState.SENT)
        .correlate(Assignment)
        .exists()
    )
    return or_(assignments_within(own), and_(assignments_within(everybodys), sent))


def find_work(session: Session, scope: Scope, refs: Mapping[str, str]) -> Work | None:
    """Find the assignment that an address names, with its response, within a scope."""
    query = (
        select(Assignment, Subject, Strand, Round)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Assignment.ref == refs["assignment"], responses_within(scope))
    )
    found = session.exec(query).one_or_none()
    return _gather(session, *found) if found else None


def _gather(
    session: Session, assignment: Assignment, subject: Subject, strand: Strand, round_: Round
) -> Work:
    response = response_of(session, assignment)
    nil = session.get(NilReturn, response.id) if response else None
    tool = pinned_tool(session, tool_version_of(round_, response))
    auditor = session.get(Person, assignment.auditor_id) if assignment.auditor_id else None
    return Work(
        assignment=assignment,
        subject=subject,
        strand=strand,
        round=round_,
        agency=session.get_one(Agency, assignment.agency_id),
        response=response,
        auditor=auditor,
        tool=tool,
        # What was typed before it was declared unknown is kept, and nobody's to read.
        answers={}
        if nil
        else _answers(session, tool, tool.question_set[strand.question_set], response),
        answerers=answerers_of(session, round_.partnership_id, assignment, auditor),
        nil=nil,
    )


def answerers_of(
    session: Session, partnership_id: int, assignment: Assignment, auditor: Person | None
) -> Answerers:
    """Return who answers which section of an assignment, as it is stored now."""
    shared = shared_sections(session, partnership_id, [assignment.id]).get(assignment.id or 0, {})
    return Answerers(assignment.auditor_id, auditor.name if auditor else "", shared)


def answerers_now(session: Session, work: Work) -> Answerers:
    """Return who answers which section of some work, and is done with it, as it is stored now."""
    return answerers_of(session, work.round.partnership_id, work.assignment, work.auditor)


def find_whole(session: Session, scope: Scope, refs: Mapping[str, str]) -> Work | None:
    """Find what an address names for its auditor, or their agency lead, alone.

    Whoever answers no more than some of its sections says nothing about the whole of it.
    """
    work = find_work(session, scope, refs)
    if work is None:
        return None
    own = work.assignment.auditor_id == scope.person_id or work.agency.id in scope.agencies
    return work if own else None


def tool_version_of(round_: Round, response: Response | None) -> int:
    """Return the version that a response is asked under.

    What was sent before its round moved to a newer version stays as it was asked and answered;
    everything else follows the round.
    """
    sent_under = response.tool_version_id if response else None
    return round_.tool_version_id if sent_under is None else sent_under


def response_of(session: Session, assignment: Assignment) -> Response | None:
    """Return an assignment's response as it is stored now, or None where none was begun."""
    query = select(Response).where(Response.assignment_id == assignment.id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def as_asked_now(session: Session, work: Work) -> Work:
    """Return work as its round asks it at present, with every answer that is stored of it.

    That is what a response which was sent before a move, or says no more than that the child is not
    known, is asked once it is with its agency again.
    """
    tool = pinned_tool(session, work.round.tool_version_id)
    response = work.response
    answers = _answers(session, tool, tool.question_set[work.strand.question_set], response)
    return replace(work, tool=tool, answers=answers, nil=None)


def says_not_known() -> ColumnElement[bool]:
    """Say that a response is a nil return; the query joins Response."""
    return (
        select(NilReturn.response_id)
        .where(NilReturn.response_id == Response.id)
        .correlate(Response)
        .exists()
    )


def _answers(
    session: Session, tool: Tool, question_set: QuestionSet, response: Response | None
) -> Mapping[str, Answer]:
    if response is None or response.id is None:
        return {}
    found = answers_of(session, question_set, numbers_of(session, tool), [response.id])
    return found[response.id]


class Answering(NamedTuple):
    """An assignment that somebody may answer, as one statement finds it for a save."""

    assignment_id: int
    assignment_ref: str
    round_id: int
    stage: str
    tool_version_id: int
    question_set: str
    kind: str
    subject_state: str
    answerers: Answerers = NOBODYS
    """Who answers which section; as good as nobody where none is shared."""


def find_answering(session: Session, scope: Scope, refs: Mapping[str, str]) -> Answering | None:
    """Find what somebody was given to answer, for a save: the reach of answering is nobody else's.

    The same rows as `assignments_within`, by one prebuilt statement; who answers which section is
    asked only where some are shared.
    """
    if scope.reaches != {Reach.OWN}:
        return None
    given = {
        "assignment": refs["assignment"],
        "partnership": scope.partnership_id,
        "person": scope.person_id,
    }
    row = FIND_ANSWERING.one(session.connection(), given)
    if row is None:
        return None
    *found_by, shared = row
    whole = Answerers(scope.person_id, "")
    answerers = _answerers(session, scope, row[0]) if shared else whole
    found = Answering._make((*found_by, answerers))
    return None if found.round_id in scope.barred else found


def _answerers(session: Session, scope: Scope, assignment_id: int) -> Answerers:
    assignment = session.get_one(Assignment, assignment_id)
    auditor = session.get(Person, assignment.auditor_id) if assignment.auditor_id else None
    return answerers_of(session, scope.partnership_id, assignment, auditor)


def name_of(session: Session, person_id: int | None) -> str:
    """Return the name of somebody who acted on a response."""
    found = session.get(Person, person_id) if person_id else None
    return found.name if found else ""
