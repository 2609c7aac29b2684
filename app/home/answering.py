"""An auditor's assignments, and where to carry on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import Action, Actor, scope
from app.assignments.models import Assignment
from app.assignments.naming import kind_words
from app.assignments.queries import CHOSEN, assignments_within
from app.assignments.rules import Answerers
from app.assignments.shared_sections import shared_sections
from app.identity.models import Agency
from app.library.numbers import numbers_of
from app.library.queries import pinned_tool
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.responses.skeleton import skeleton_of
from app.responses.stored import answers_of
from app.rounds.due import how_far
from app.rounds.models import Round, Strand
from app.rounds.rules import ALLOWED, Doing, Stage
from app.samples.models import Subject
from app.tools import AgencyKind, QuestionSet, fill


class Progress(StrEnum):
    """Where an assignment has got to, as its auditor speaks of it."""

    RETURNED = "Returned with queries"
    HANDED_BACK = "Handed back to you"
    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    WITH_AGENCY_LEAD = "With your agency lead"
    SENT = "Sent"
    YOURS_COMPLETE = "Your sections are complete"
    CLOSED = "Not open for answers now"


@dataclass(frozen=True)
class Work:
    """One assignment of the person's."""

    ref: str
    subject: str
    """The subject as people speak of it: Referral R-7F3K."""
    round_ref: str
    round_title: str
    due: date
    progress: Progress
    answered: int
    asked: int
    saved_at: datetime | None
    response_id: int | None
    was_sent: bool
    """Whether it was sent once: what came back is not late."""
    answerers: Answerers = field(default_factory=lambda: Answerers(None, ""))
    sections: tuple[str, ...] = ()
    """The titles of the sections, of a response that is shared with the person."""
    shared: bool = False
    """Whether they were given no more than these sections."""

    @property
    def open(self) -> bool:
        """Whether the auditor can still do something about it."""
        return self.progress in OPEN


CAME_BACK = {Progress.RETURNED, Progress.HANDED_BACK}
OPEN = CAME_BACK | {Progress.NOT_STARTED, Progress.IN_PROGRESS}


@dataclass(frozen=True)
class ToAnswer:
    """What somebody has still to answer in one round."""

    title: str
    due: date
    how_far: str
    """How far off the day is; empty once it is over and all that is left had been sent in time."""
    overdue: bool
    work: Sequence[Work]
    finished: int
    """How many of their subjects in the round are done."""


def to_answer(work: Sequence[Work], today: date) -> list[ToAnswer]:
    """Group what is open by round: what is due first, and what came back, before the rest."""
    mine = [each for each in work if each.open]
    rounds = {each.round_ref: each for each in reversed(mine)}
    return [_in_one_round(work, first, today) for first in rounds.values()][::-1]


def _in_one_round(work: Sequence[Work], first: Work, today: date) -> ToAnswer:
    here = [each for each in work if each.round_ref == first.round_ref]
    left = [each for each in here if each.open]
    over, late = first.due < today, any(not each.was_sent for each in left)
    return ToAnswer(
        title=first.round_title,
        due=first.due,
        how_far=how_far(first.due, today) if late or not over else "",
        overdue=over and late,
        work=sorted(left, key=lambda each: each.progress not in CAME_BACK),
        finished=len(here) - len(left),
    )


def assignments_of(session: Session, actor: Actor) -> list[Work]:
    """List a person's assignments: what is open first, by due date, then what is done."""
    within = scope(actor, Action.RESPONSE_ANSWER)
    if not within:
        return []
    query = (
        columns(Assignment, Subject, Strand, Round, Response)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .join(Response, col(Response.assignment_id) == col(Assignment.id), isouter=True)
        .where(assignments_within(within), col(Subject.state) == CHOSEN)
        .order_by(col(Round.returns_due), col(Subject.position))
    )
    rows = session.execute(query).all()
    given = [assignment.id for assignment, *_ in rows]
    shared = shared_sections(session, actor.partnership_id, given) if given else {}
    found = []
    for assignment, subject, strand, round_, response in rows:
        work = as_work(session, assignment, subject, strand, round_, response)
        answerers = Answerers(assignment.auditor_id, "", shared.get(assignment.id, {}))
        tool = pinned_tool(session, round_.tool_version_id)
        found.append(
            _own_part(work, answerers, actor.person_id, tool.question_set[strand.question_set])
        )
    return sorted(found, key=lambda work: not work.open)


def _own_part(work: Work, answerers: Answerers, person_id: int, asked: QuestionSet) -> Work:
    """Describe work that is shared as one of those who share it speaks of it."""
    own = answerers.sections_of(person_id)
    titles = tuple(each.title for each in asked.sections if each.id in own)
    done = bool(own) and all(answerers.shared[key].complete_at for key in own)
    progress = Progress.YOURS_COMPLETE if done and work.open else work.progress
    return replace(
        work,
        answerers=answerers,
        sections=titles,
        shared=bool(own) and answerers.auditor_id != person_id,
        progress=progress,
    )


def as_work(
    session: Session,
    assignment: Assignment,
    subject: Subject,
    strand: Strand,
    round_: Round,
    response: Response | None,
) -> Work:
    """Describe one row of a round's work."""
    tool = pinned_tool(session, round_.tool_version_id)
    return Work(
        ref=assignment.ref,
        subject=f"{kind_words(tool.question_set[strand.question_set])} {subject.label}"
        + (", second auditor" if assignment.place > 1 else ""),
        round_ref=round_.ref,
        round_title=round_.title,
        due=round_.returns_due,
        progress=_progress(response, Stage(round_.stage)),
        answered=response.answered if response else 0,
        asked=response.asked if response else 0,
        saved_at=response.saved_at if response else None,
        response_id=response.id if response else None,
        was_sent=bool(response and response.first_sent_at),
    )


def _progress(response: Response | None, stage: Stage) -> Progress:
    state = ResponseState(response.state) if response else ResponseState.DRAFT
    if state is ResponseState.SENT:
        return Progress.SENT
    if state is ResponseState.WITH_AGENCY_LEAD:
        return Progress.WITH_AGENCY_LEAD
    if stage not in ALLOWED[Doing.ANSWER]:
        return Progress.CLOSED
    if response and response.returned_at and not response.handed_back_at:
        return Progress.RETURNED
    if response and response.handed_back_at:
        return Progress.HANDED_BACK
    return Progress.IN_PROGRESS if response and response.version else Progress.NOT_STARTED


@dataclass(frozen=True)
class CarryOn:
    """Where to go on: a question of the draft saved last, or of the assignment due first."""

    subject: str
    question: int | None
    """The number of the question in the question set as asked of the agency, from 1."""
    where: str
    """The rest of the address, after the partnership."""


def carry_on(session: Session, work: Iterable[Work], person_id: int) -> CarryOn | None:
    """Find what an auditor would want to open next, or None when nothing is open."""
    mine = [each for each in work if each.open]
    if not mine:
        return None
    drafts = [(each.saved_at, each) for each in mine if each.saved_at is not None]
    if not drafts:
        return CarryOn(mine[0].subject, None, f"assignments/{mine[0].ref}")
    _, draft = max(drafts, key=itemgetter(0))
    return _next_question(session, draft, person_id)


def _next_question(session: Session, draft: Work, person_id: int) -> CarryOn:
    query = (
        select(Strand.question_set, Round.tool_version_id, Agency.kind)
        .join(Round, col(Round.id) == col(Strand.round_id))
        .join(Subject, col(Subject.strand_id) == col(Strand.id))
        .join(Assignment, col(Assignment.subject_id) == col(Subject.id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(Assignment.ref == draft.ref)
    )
    name, version, kind = session.exec(query).one()
    tool = pinned_tool(session, version)
    question_set = tool.question_set[name]
    responses = [draft.response_id] if draft.response_id is not None else []
    answers = answers_of(session, question_set, numbers_of(session, tool), responses)
    filled = fill(question_set, AgencyKind(kind), answers[responses[0]] if responses else {})
    met = skeleton_of(session, version, question_set, AgencyKind(kind)).sections
    number = {asked.question.id: asked.number for each in met for asked in each.questions}
    for each in filled.asked:
        own = draft.answerers.answers(person_id, each.section.id)
        if own and (each.wants or each.problem):
            section, question = each.section.id, each.question.id
            where = f"assignments/{draft.ref}/sections/{section}#question-{question}"
            return CarryOn(draft.subject, number[question], where)
    return CarryOn(draft.subject, None, f"assignments/{draft.ref}/check")
