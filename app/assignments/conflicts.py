"""Conflicts of interest: an auditor who should not judge a subject says so, and others do.

Only what sort of conflict it is is kept, never anything about the child.
"""

from collections.abc import Sequence

from sqlalchemy import and_, delete, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.assignments.models import Assignment, ConflictOfInterest, SharedSection
from app.assignments.rules import Conflict
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Person
from app.library.queries import pinned_tool
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.rules import Doing
from app.samples.models import Subject


def declare_conflict(
    session: Session, actor: Actor, round_: Round, assignment: Assignment, kind: Conflict
) -> None:
    """Give an assignment, or the sections shared of it, back; they are not given it again.

    What has been answered stays for whoever takes over: a shared section goes back to the
    assignment's auditor.
    """
    hold(session, round_, Doing.ANSWER, alone=True)
    unsent = col(Assignment.id) == assignment.id, col(Assignment.sent_at).is_(None)
    whole = (
        update(Assignment)
        .where(*unsent, col(Assignment.auditor_id) == actor.person_id)
        .values(auditor_id=None)
    )
    some = delete(SharedSection).where(
        col(SharedSection.assignment_id).in_(select(Assignment.id).where(*unsent)),
        col(SharedSection.person_id) == actor.person_id,
    )
    if not sum(session.connection().execute(each).rowcount for each in (whole, some)):
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
    """Return who declared a conflict over some assignments: their key, and the words for it.

    A conflict is about the child: it holds for both auditors of a file, whichever place it was
    declared in.
    """
    given, declared_in = aliased(Assignment), aliased(Assignment)
    same = and_(
        col(declared_in.subject_id) == col(given.subject_id),
        col(declared_in.agency_id) == col(given.agency_id),
    )
    query = (
        select(given.id, ConflictOfInterest, Person.name, Strand)
        .join(declared_in, same)
        .join(ConflictOfInterest, col(ConflictOfInterest.assignment_id) == col(declared_in.id))
        .join(Person, col(Person.id) == col(ConflictOfInterest.person_id))
        .join(Subject, col(Subject.id) == col(given.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(col(given.id).in_(assignments))
        .order_by(col(ConflictOfInterest.at))
    )
    found: dict[int, dict[int, str]] = {}
    for assignment, declared, name, strand in session.exec(query).all():
        version = session.get_one(Round, strand.round_id).tool_version_id
        about = pinned_tool(session, version).question_set[strand.question_set].subject
        words = f"{name}: conflict of interest ({Conflict(declared.kind).words(about).lower()})"
        found.setdefault(assignment or 0, {})[declared.person_id] = words
    return found
