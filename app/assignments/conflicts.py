"""Conflicts of interest: an auditor who should not judge a subject says so, and others do.

Only what sort of conflict it is is kept, never anything about the child.
"""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.assignments.models import Assignment, ConflictOfInterest
from app.assignments.rules import Conflict
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Person
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing


def declare_conflict(
    session: Session, actor: Actor, round_: Round, assignment: Assignment, kind: Conflict
) -> None:
    """Give an assignment back to the agency lead; the auditor is not given it again.

    What has been answered stays for whoever takes over.
    """
    hold(session, round_, Doing.ANSWER)
    statement = (
        update(Assignment)
        .where(
            col(Assignment.id) == assignment.id,
            col(Assignment.auditor_id) == actor.person_id,
            col(Assignment.sent_at).is_(None),
        )
        .values(auditor_id=None)
    )
    if session.connection().execute(statement).rowcount != 1:
        raise NotNow("This assignment was sent or given to somebody else a moment ago.")
    session.expire(assignment)
    session.add(
        ConflictOfInterest(
            assignment_id=key_of(assignment),
            person_id=actor.person_id,
            kind=kind.value,
            at=now(session),
        )
    )
    record(
        session, actor, Happened.CONFLICT_DECLARED,
        partnership_id=round_.partnership_id, scope=round_.ref, about=assignment.ref,
        conflict=kind.value,
    )  # fmt: skip
    session.flush()


def conflicts_on(session: Session, assignments: Sequence[int]) -> dict[int, dict[int, str]]:
    """Return who declared a conflict over some assignments: their key, and the words for it."""
    query = (
        select(ConflictOfInterest, Person.name)
        .join(Person, col(Person.id) == col(ConflictOfInterest.person_id))
        .where(col(ConflictOfInterest.assignment_id).in_(assignments))
        .order_by(col(ConflictOfInterest.at))
    )
    found: dict[int, dict[int, str]] = {}
    for declared, name in session.exec(query):
        words = f"{name}: conflict of interest ({Conflict(declared.kind).words.lower()})"
        found.setdefault(declared.assignment_id, {})[declared.person_id] = words
    return found
