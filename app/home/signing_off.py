"""What an agency lead has to do: whom to choose, what to read and send, and whom to ask."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case
from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from app.access import Action, Actor, scope
from app.assignments.models import Assignment
from app.assignments.queries import CHOSEN, assignments_within, without_auditor
from app.home.answering import as_work
from app.identity.models import Person
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.due import how_far
from app.rounds.models import Round, Strand
from app.rounds.rules import ALLOWED, Doing
from app.samples.models import Subject


class Left(NamedTuple):
    """A response that is not sent: what it is about, and who has it."""

    assignment: Assignment
    subject: Subject
    strand: Strand
    round: Round
    response: Response | None
    auditor: str | None
    """None where nobody who may audit there has it."""

    @property
    def waits(self) -> bool:
        """Whether it waits to be read and sent."""
        return bool(self.response and self.response.state == ResponseState.WITH_AGENCY_LEAD)


@dataclass(frozen=True)
class Queue:
    """What an agency lead has to do in one round."""

    round_ref: str
    round_title: str
    due: date
    how_far: str
    """How far off the day is; empty once it is over and only what came back is waited for."""
    overdue: bool
    to_sign_off: list[tuple[str, str]]
    """The responses waiting to be read and sent: reference of the assignment, and subject."""
    unassigned: int
    """How many subjects nobody audits yet."""
    with_auditors: list[tuple[str, int, int]]
    """Who is still answering: name, how many they have begun, and how many not."""
    returned: int
    """How many were sent and came back with queries: late is none of those."""
    returned_since: datetime | None

    @property
    def left(self) -> int:
        """How many responses the agency has still to send."""
        answering = sum(begun + not_begun for _, begun, not_begun in self.with_auditors)
        return len(self.to_sign_off) + self.unassigned + answering


def queues_of(session: Session, actor: Actor, today: date) -> list[Queue]:
    """List, round by round, what an agency lead's agency has still to send, and who has it."""
    within = scope(actor, Action.RESPONSE_SIGN_OFF)
    if not within:
        return []
    query = (
        columns(
            Assignment, Subject, Strand, Round, Response, case((~without_auditor(), Person.name))
        )
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .join(Response, col(Response.assignment_id) == col(Assignment.id), isouter=True)
        .join(Person, col(Person.id) == col(Assignment.auditor_id), isouter=True)
        .where(
            assignments_within(within),
            col(Subject.state) == CHOSEN,
            col(Round.stage).in_(ALLOWED[Doing.ANSWER]),
            func.coalesce(col(Response.state), "") != ResponseState.SENT,
        )
        .order_by(col(Round.returns_due), col(Subject.position))
    )
    rounds: dict[str, list[Left]] = {}
    for row in session.execute(query):
        left = Left(*row)
        rounds.setdefault(left.round.ref, []).append(left)
    return [_queue(session, rows, today) for rows in rounds.values()]


def _queue(session: Session, left: list[Left], today: date) -> Queue:
    of = left[0].round
    work = [
        as_work(session, each.assignment, each.subject, each.strand, of, each.response)
        for each in left
        if each.waits
    ]
    others = [each for each in left if not each.waits]
    back = [each.response.returned_at for each in left if each.response]
    returned = [at for at in back if at is not None]
    over, late = of.returns_due < today, len(left) > len(returned)
    return Queue(
        round_ref=of.ref,
        round_title=of.title,
        due=of.returns_due,
        how_far=how_far(of.returns_due, today) if late or not over else "",
        overdue=over and late,
        to_sign_off=[(each.ref, each.subject) for each in work],
        unassigned=sum(each.auditor is None for each in others),
        with_auditors=_answering(others),
        returned=len(returned),
        returned_since=min(returned, default=None),
    )


def _answering(left: Iterable[Left]) -> list[tuple[str, int, int]]:
    """Count what each auditor has begun and not begun, whoever has most left first."""
    has: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for each in left:
        if each.auditor is not None:
            has[each.auditor] += 1
            begun[each.auditor] += bool(each.response and each.response.version)
    return [(name, begun[name], many - begun[name]) for name, many in has.most_common()]
