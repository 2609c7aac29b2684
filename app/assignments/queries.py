"""Finding assignments, each within the reach of whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from sqlalchemy import ColumnElement, CompoundSelect, and_, false, or_, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from app.access import Reach, Role, Scope
from app.assignments.models import Assignment, LocalRecord, SharedSection
from app.identity.models import Agency, Membership, Person
from app.rounds.models import Round, RoundAgency, Strand
from app.rounds.rules import IN_VIEW_OF_AGENCIES
from app.samples.models import Subject

CHOSEN, REPLACED = "chosen", "replaced"


def assignments_within(scope: Scope) -> ColumnElement[bool]:
    """Say which assignments a scope covers; the query joins Assignment to its round.

    An agency meets its assignments once the round is open. Whoever may not answer in a round
    reaches none of its assignments for answering.
    """
    return and_(
        col(Round.partnership_id) == scope.partnership_id,
        col(Round.id).not_in(scope.barred) if scope.barred else true(),
        or_(false(), *(_reached(scope, reach) for reach in scope.reaches)),
    )


def _reached(scope: Scope, reach: Reach) -> ColumnElement[bool]:
    in_view = col(Round.stage).in_(IN_VIEW_OF_AGENCIES)
    match reach:
        case Reach.PARTNERSHIP:
            return true()
        case Reach.ROUND:
            return col(Round.id).in_(scope.rounds)
        case Reach.AGENCY:
            return and_(col(Assignment.agency_id).in_(scope.agencies), in_view)
        case Reach.OWN:
            return and_(
                col(Assignment.id).in_(given_to(scope.person_id)), _audits_there(scope), in_view
            )
        case Reach.NONE:
            return false()
        case _:
            assert_never(reach)


def given_to(person_id: int) -> CompoundSelect[int | None]:
    """Return what somebody was given to answer: whole, or some of its sections."""
    whole = columns(col(Assignment.id)).where(col(Assignment.auditor_id) == person_id)
    some = columns(col(SharedSection.assignment_id)).where(
        col(SharedSection.person_id) == person_id
    )
    return whole.union(some)


def _audits_there(scope: Scope) -> ColumnElement[bool]:
    # An auditor whose role at the agency was taken away keeps nothing of it.
    return (
        select(Membership.id)
        .where(
            Membership.person_id == scope.person_id,
            Membership.partnership_id == scope.partnership_id,
            Membership.agency_id == Assignment.agency_id,
            Membership.role == Role.AUDITOR,
        )
        .exists()
    )


def find_assignment(session: Session, scope: Scope, refs: Mapping[str, str]) -> Assignment | None:
    """Find the assignment that an address names."""
    query = (
        select(Assignment)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Assignment.ref == refs["assignment"], assignments_within(scope))
    )
    return session.exec(query).one_or_none()


def agencies_of_round(session: Session, scope: Scope, round_: Round) -> list[Agency]:
    """List the agencies of a round that a scope covers, by name."""
    query = (
        select(Agency)
        .join(RoundAgency, col(RoundAgency.agency_id) == col(Agency.id))
        .where(RoundAgency.round_id == round_.id)
        .order_by(Agency.name)
    )
    everything = Reach.PARTNERSHIP in scope.reaches or (
        Reach.ROUND in scope.reaches and round_.id in scope.rounds
    )
    if not everything:
        query = query.where(col(Agency.id).in_(scope.agencies))
    return list(session.exec(query))


def subjects_of_round(session: Session, round_: Round) -> list[Subject]:
    """List what is audited in a round, in the order of the draw; and what was replaced, last."""
    query = (
        select(Subject)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == round_.id, col(Subject.state).in_([CHOSEN, REPLACED]))
        .order_by(col(Subject.state), col(Subject.strand_id), col(Subject.position))
    )
    return list(session.exec(query))


def without_auditor() -> ColumnElement[bool]:
    """Say that an assignment has no auditor, or one who left or is no auditor there any more.

    The query joins Round, and Person as the auditor if there is one.
    """
    audits = (
        select(Membership.id)
        .where(
            Membership.person_id == Assignment.auditor_id,
            Membership.partnership_id == Round.partnership_id,
            Membership.agency_id == Assignment.agency_id,
            Membership.role == Role.AUDITOR,
        )
        .exists()
    )
    return or_(col(Assignment.auditor_id).is_(None), col(Person.left_at).is_not(None), ~audits)


class Given(NamedTuple):
    """A subject given to an agency, and who has it there."""

    assignment: Assignment
    auditor: str | None
    waits: bool
    """Whether nobody who may audit there has it: nobody ever had, or whoever had it left."""


def assignments_of_round(
    session: Session, round_: Round, agencies: Sequence[Agency], place: int = 1
) -> dict[tuple[int, int], Given]:
    """Return a round's assignments with who has each, by subject and agency.

    `place` 2 asks for those of the second auditors.
    """
    query = (
        columns(Assignment, col(Person.name), without_auditor())
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .join(Person, col(Person.id) == col(Assignment.auditor_id), isouter=True)
        .where(
            col(Round.id) == round_.id,
            col(Assignment.place) == place,
            col(Assignment.agency_id).in_([agency.id for agency in agencies]),
        )
    )
    found = (Given(*row) for row in session.execute(query))
    return {(each.assignment.subject_id, each.assignment.agency_id): each for each in found}


@dataclass(frozen=True)
class Auditor:
    """Somebody who could be given subjects for an agency, and what they have to do already."""

    ref: str
    """The reference of their membership: the person at that agency."""
    person_id: int
    person_ref: str
    name: str
    agency_id: int
    open_here: int
    """Their assignments in this round that are not sent."""
    open_overall: int


def auditors_of(session: Session, round_: Round, agencies: Sequence[Agency]) -> list[Auditor]:
    """List the auditors of some agencies with their workload, by name; who is barred included."""
    query = (
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            Membership.partnership_id == round_.partnership_id,
            Membership.role == Role.AUDITOR,
            col(Membership.agency_id).in_([agency.id for agency in agencies]),
            col(Person.left_at).is_(None),
        )
        .order_by(Person.name, Person.ref)
    )
    here = _open_by_auditor(session, round_.partnership_id, round_.id)
    overall = _open_by_auditor(session, round_.partnership_id)
    return [
        Auditor(
            ref=membership.ref,
            person_id=membership.person_id,
            person_ref=person.ref,
            name=person.name,
            agency_id=membership.agency_id or 0,
            open_here=here.get(membership.person_id, 0),
            open_overall=overall.get(membership.person_id, 0),
        )
        for membership, person in session.exec(query)
    ]


def _open_by_auditor(
    session: Session, partnership_id: int, round_id: int | None = None
) -> dict[int, int]:
    query = (
        select(Assignment.auditor_id, func.count())
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(
            Round.partnership_id == partnership_id,
            col(Assignment.auditor_id).is_not(None),
            col(Assignment.sent_at).is_(None),
            Subject.state == CHOSEN,
        )
        .group_by(col(Assignment.auditor_id))
    )
    if round_id is not None:
        query = query.where(Round.id == round_id)
    return {person: count for person, count in session.exec(query) if person is not None}


def roles_of(session: Session, partnership_id: int, people: Sequence[int]) -> dict[int, set[Role]]:
    """Return every role that some people hold in a partnership."""
    query = select(Membership.person_id, Membership.role).where(
        Membership.partnership_id == partnership_id, col(Membership.person_id).in_(people)
    )
    found: dict[int, set[Role]] = {}
    for person, role in session.exec(query):
        found.setdefault(person, set()).add(Role(role))
    return found


def local_record_of(session: Session, assignment: Assignment) -> str:
    """Return the agency's own number for the child behind an assignment, for that agency's eyes."""
    found = session.get(LocalRecord, (assignment.subject_id, assignment.agency_id))
    return found.number if found else ""
