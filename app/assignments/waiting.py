"""What waits for an auditor: before a round opens, when somebody leaves, and ever since.

Earlier steps ask these questions without knowing assignments: the application hands them in.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, case, join
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from app.access import Scope
from app.assignments.models import Assignment, ConflictOfInterest, SharedSection
from app.assignments.queries import CHOSEN, assignments_within, given_to, without_auditor
from app.identity.models import Agency, Person
from app.rounds.models import Round, Strand
from app.rounds.rules import ALLOWED, Doing, Stage
from app.samples.models import Subject
from app.web.filters import plural

_PLACED = join(
    join(
        join(Assignment, Subject, col(Subject.id) == col(Assignment.subject_id)),
        Strand,
        col(Strand.id) == col(Subject.strand_id),
    ),
    Round,
    col(Round.id) == col(Strand.round_id),
)


def missing_before(session: Session, round_: Round, to: Stage) -> list[str]:
    """Say what assignment still lacks before a round moves to a stage."""
    if to is not Stage.OPEN:
        return []
    given = (
        select(Assignment.id).where(Assignment.subject_id == Subject.id).correlate(Subject).exists()
    )
    query = (
        select(func.count())
        .select_from(Subject)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == round_.id, Subject.state == CHOSEN, ~given)
    )
    count = session.exec(query).one()
    if not count:
        return []
    verb = "has" if count == 1 else "have"
    return [f"{plural(count, 'subject')} {verb} not been given to any agency."]


def work_left(session: Session, person_id: int, partnership_id: int) -> list[str]:
    """Say what somebody who leaves would leave unfinished, a sentence for each round."""
    query = (
        columns(col(Round.title), func.count())
        .select_from(_PLACED)
        .where(*_unsent(partnership_id), col(Assignment.auditor_id) == person_id)
        .group_by(col(Round.id), col(Round.title))
        .order_by(col(Round.title))
    )
    whole = [
        f"{plural(count, 'assignment')} in “{title}” will wait for another auditor: "
        "what has been answered stays."
        for title, count in session.connection().execute(query)
    ]
    return whole + _sections_left(session, person_id, partnership_id)


def _sections_left(session: Session, person_id: int, partnership_id: int) -> list[str]:
    query = (
        columns(col(Round.title), func.count())
        .select_from(_PLACED)
        .join(SharedSection, col(SharedSection.assignment_id) == col(Assignment.id))
        .where(
            *_unsent(partnership_id),
            col(SharedSection.person_id) == person_id,
            col(Assignment.auditor_id).is_distinct_from(person_id),
        )
        .group_by(col(Round.id), col(Round.title))
        .order_by(col(Round.title))
    )
    return [
        f"{plural(count, 'section')} shared with them in “{title}” will go back to the "
        "assignment's auditor: what has been answered stays."
        for title, count in session.connection().execute(query)
    ]


def lead_conflicts(session: Session, round_id: int, person_id: int) -> list[str]:
    """Say why somebody may not lead a round: they have been given subjects in it to audit."""
    query = (
        select(func.count())
        .select_from(Assignment)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == round_id, col(Assignment.id).in_(given_to(person_id)))
    )
    count = session.exec(query).one()
    if not count:
        return []
    return [
        (
            f"They are the auditor of {plural(count, 'subject')} in this round, or of some "
            "sections, and whoever "
            "leads a round audits nothing in it: give those to somebody else first."
        )
    ]


@dataclass(frozen=True)
class Waiting:
    """An assignment that nobody is working on."""

    ref: str
    label: str
    agency: str
    round_ref: str
    round_title: str
    returns_due: date
    left: str | None
    """Who had it and can no longer audit, if anybody did."""
    conflict: str | None
    """Who gave it back last with a conflict of interest, if anybody did."""


def waiting_for_an_auditor(session: Session, scope: Scope) -> list[Waiting]:
    """List the assignments within reach that have no auditor, or one who can no longer audit."""
    query = (
        columns(
            col(Assignment.ref),
            col(Subject.label) + case((col(Assignment.place) > 1, ", second auditor"), else_=""),
            col(Agency.name),
            col(Round.ref),
            col(Round.title),
            col(Round.returns_due),
            col(Person.name),
            _gave_back(),
        )
        .select_from(_PLACED)
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .outerjoin(Person, col(Person.id) == col(Assignment.auditor_id))
        .where(
            *_unsent(scope.partnership_id),
            assignments_within(scope),
            col(Round.stage).in_(ALLOWED[Doing.ASSIGN]),
            without_auditor(),
        )
        .order_by(col(Round.returns_due), col(Round.title), col(Agency.name), col(Subject.position))
    )
    return [Waiting(*row) for row in session.connection().execute(query)]


def _gave_back() -> ScalarSelect[str]:
    who = aliased(Person)
    return (
        columns(col(who.name))
        .join(ConflictOfInterest, col(ConflictOfInterest.person_id) == col(who.id))
        .where(col(ConflictOfInterest.assignment_id) == col(Assignment.id))
        .order_by(col(ConflictOfInterest.at).desc())
        .limit(1)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _unsent(partnership_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Round.partnership_id) == partnership_id,
        col(Assignment.sent_at).is_(None),
        col(Subject.state) == CHOSEN,
    )
