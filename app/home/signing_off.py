"""What an agency lead has to do: whom to choose, and what to read and send."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col, or_

from app.access import Action, Actor, scope
from app.assignments.models import Assignment
from app.assignments.queries import CHOSEN, assignments_within
from app.home.answering import as_work
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.models import Round, Strand
from app.rounds.rules import ALLOWED, Doing
from app.samples.models import Subject


@dataclass(frozen=True)
class Queue:
    """What an agency lead has to do in one round."""

    round_ref: str
    round_title: str
    due: date
    unassigned: list[tuple[str, str]]
    """The subjects that nobody audits yet: reference of the assignment, and subject."""
    to_sign_off: list[tuple[str, str]]
    """The responses waiting to be read and sent, likewise."""


def queues_of(session: Session, actor: Actor) -> list[Queue]:
    """List, round by round, what waits for an agency lead: who audits what, and what to send."""
    within = scope(actor, Action.RESPONSE_SIGN_OFF)
    if not within:
        return []
    query = (
        columns(Assignment, Subject, Strand, Round, Response)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .join(Response, col(Response.assignment_id) == col(Assignment.id), isouter=True)
        .where(
            assignments_within(within),
            col(Subject.state) == CHOSEN,
            col(Round.stage).in_(ALLOWED[Doing.ANSWER]),
            or_(
                col(Assignment.auditor_id).is_(None),
                col(Response.state) == ResponseState.WITH_AGENCY_LEAD,
            ),
        )
        .order_by(col(Round.returns_due), col(Subject.position))
    )
    queues: dict[str, Queue] = {}
    for assignment, subject, strand, round_, response in session.execute(query):
        queue = queues.setdefault(
            round_.ref, Queue(round_.ref, round_.title, round_.returns_due, [], [])
        )
        work = as_work(session, assignment, subject, strand, round_, response)
        waits = response is not None and response.state == ResponseState.WITH_AGENCY_LEAD
        (queue.to_sign_off if waits else queue.unassigned).append((work.ref, work.subject))
    return list(queues.values())
