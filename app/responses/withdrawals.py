"""Taking back assignments that were given by mistake: only what nobody has begun to answer.

Where something was typed, it may be all that an agency found out: then the agency says itself that
the child is not known, or answers.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import Session, col, select

from app.access import Actor
from app.assignments.models import Assignment, ConflictOfInterest, LocalRecord, SharedSection
from app.db import key_of
from app.events import Happened, record
from app.identity.models import Agency
from app.responses.models import Response, SavedPage
from app.responses.rules import ResponseState
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.rules import Doing
from app.samples.models import Subject


class Withdrawable(NamedTuple):
    """An assignment that somebody would take back."""

    assignment: Assignment
    subject: Subject
    agency: Agency
    begun: bool
    """Whether anything was answered or sent: then it stays."""


def found_for_withdrawal(
    session: Session, round_: Round, where: ColumnElement[bool], *, held: bool = False
) -> list[Withdrawable]:
    """List some assignments of a round and whether anybody has begun them.

    `held` keeps them as they are until the change is stored: whoever would begin one waits.
    """
    query = (
        select(Assignment, Subject, Agency)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(Strand.round_id == round_.id, where)
        .order_by(col(Subject.position), col(Agency.name))
    )
    rows = session.exec(query.with_for_update(of=Assignment) if held else query).all()
    if held:  # whoever is saving is waited for, so that what they store is seen below
        keys = [assignment.id for assignment, *_ in rows]
        of_those = select(Response.id).where(col(Response.assignment_id).in_(keys))
        session.exec(of_those.with_for_update()).all()
    answered = select(Response.assignment_id).where(
        col(Response.assignment_id).in_([assignment.id for assignment, *_ in rows]),
        or_(
            col(Response.version) > 0,
            col(Response.state) != ResponseState.DRAFT,
            col(Response.first_sent_at).is_not(None),
        ),
    )
    begun = set(session.exec(answered)) | _first_of_a_pair(session, rows)
    return [Withdrawable(*row, row[0].id in begun or row[0].sent_at is not None) for row in rows]


def _first_of_a_pair(
    session: Session, rows: Sequence[tuple[Assignment, Subject, Agency]]
) -> set[int | None]:
    """Say which stay because a second auditor has the same file: that one goes first."""
    query = select(Assignment.subject_id, Assignment.agency_id).where(
        col(Assignment.subject_id).in_([assignment.subject_id for assignment, *_ in rows]),
        Assignment.place > 1,
    )
    paired = set(session.exec(query))
    return {a.id for a, *_ in rows if a.place == 1 and (a.subject_id, a.agency_id) in paired}


def withdraw(session: Session, actor: Actor, round_: Round, refs: Sequence[str]) -> tuple[int, int]:
    """Take assignments back; return how many went, and how many stay since they were begun."""
    hold(session, round_, Doing.ASSIGN)
    found = found_for_withdrawal(session, round_, col(Assignment.ref).in_(refs), held=True)
    going = [each for each in found if not each.begun]
    keys = [key_of(each.assignment) for each in going]
    if keys:
        connection = session.connection()
        empty = select(Response.id).where(col(Response.assignment_id).in_(keys))
        connection.execute(delete(SavedPage).where(col(SavedPage.response_id).in_(empty)))
        connection.execute(delete(Response).where(col(Response.assignment_id).in_(keys)))
        declared = col(ConflictOfInterest.assignment_id).in_(keys)
        connection.execute(delete(ConflictOfInterest).where(declared))
        shared = col(SharedSection.assignment_id).in_(keys)
        connection.execute(delete(SharedSection).where(shared))
        for each in going:
            if each.assignment.place > 1:
                continue
            number = session.get(LocalRecord, (key_of(each.subject), key_of(each.agency)))
            if number is not None:
                session.delete(number)
        connection.execute(delete(Assignment).where(col(Assignment.id).in_(keys)))
        record(
            session, actor, Happened.ASSIGNMENT_TAKEN_BACK,
            partnership_id=round_.partnership_id, scope=round_.ref, about=round_.ref,
            count=len(going),
            subjects=sorted({each.subject.ref for each in going}),
            agencies=sorted({each.agency.ref for each in going}),
        )  # fmt: skip
        session.flush()
    return len(going), len(found) - len(going)
