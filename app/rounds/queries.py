"""Finding rounds, each within the reach of whoever asks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import Reach, Role, Scope
from app.db.prepared import Prepared
from app.identity.models import Person
from app.rounds.models import Round, RoundAgency, RoundMove, RoundPerson, Strand
from app.rounds.rules import IN_VIEW_OF_AGENCIES, OVER

_ROLES = Prepared(
    columns(col(RoundPerson.round_id), col(RoundPerson.role))
    .join(Round, col(Round.id) == col(RoundPerson.round_id))
    .where(
        col(RoundPerson.person_id) == bindparam("person"),
        col(Round.partnership_id) == bindparam("partnership"),
    )
)


def roles_in_rounds(
    session: Session, partnership_id: int, person_id: int
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rounds that a person leads, and those whose panel they are on."""
    given = {"person": person_id, "partnership": partnership_id}
    found = _ROLES.rows(session.connection(), given)
    return (
        frozenset(id_ for id_, role in found if role == Role.LEAD),
        frozenset(id_ for id_, role in found if role == Role.PANEL_MEMBER),
    )


def parts_held(session: Session, person_id: int, partnership_id: int) -> list[str]:
    """Say of which rounds somebody who leaves stops being the lead, or on the panel."""
    query = (
        select(Round.title, Round.stage, RoundPerson.role)
        .join(RoundPerson, col(RoundPerson.round_id) == col(Round.id))
        .where(
            Round.partnership_id == partnership_id,
            RoundPerson.person_id == person_id,
        )
        .order_by(col(Round.title), col(Round.id))
    )
    return [
        (
            f"They lead “{title}” and stop being its lead"
            if role == Role.LEAD
            else f"They sit on the panel of “{title}” and stop being on it"
        )
        + ("." if stage in OVER else ": others can be chosen.")
        for title, stage, role in session.exec(query)
    ]


def rounds_within(scope: Scope) -> ColumnElement[bool]:
    """Say which rounds a scope covers: any of its reaches, in its own partnership."""
    return and_(
        col(Round.partnership_id) == scope.partnership_id,
        or_(false(), *(_reached(scope, reach) for reach in scope.reaches)),
    )


def _reached(scope: Scope, reach: Reach) -> ColumnElement[bool]:
    match reach:
        case Reach.PARTNERSHIP:
            return true()
        case Reach.ROUND:
            return col(Round.id).in_(scope.rounds)
        case Reach.AGENCY:
            taking_part = select(RoundAgency.round_id).where(
                col(RoundAgency.agency_id).in_(scope.agencies)
            )
            return and_(col(Round.id).in_(taking_part), col(Round.stage).in_(IN_VIEW_OF_AGENCIES))
        case Reach.OWN | Reach.NONE:
            return false()
        case _:
            assert_never(reach)


def find_round(session: Session, scope: Scope, refs: Mapping[str, str]) -> Round | None:
    """Find the round that an address names."""
    query = select(Round).where(Round.ref == refs["round"], rounds_within(scope))
    return session.exec(query).one_or_none()


def find_whole_round(session: Session, scope: Scope, refs: Mapping[str, str]) -> Round | None:
    """Find a round for somebody who reaches all of it, not their own agency's part alone."""
    return find_round(session, whole(scope), refs)


def whole(scope: Scope) -> Scope:
    """Return what a scope covers entirely: the partnership, or the rounds somebody leads."""
    return replace(scope, reaches=scope.reaches & {Reach.PARTNERSHIP, Reach.ROUND})


def find_strand(session: Session, scope: Scope, refs: Mapping[str, str]) -> Strand | None:
    """Find the strand that an address names, in the round that it names."""
    query = (
        select(Strand)
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Strand.ref == refs["strand"], Round.ref == refs["round"], rounds_within(scope))
    )
    return session.exec(query).one_or_none()


def count_rounds(session: Session, scope: Scope) -> int:
    """Count the rounds in view."""
    query = select(func.count()).select_from(Round).where(rounds_within(scope))
    return session.exec(query).one()


def rounds_in_view(
    session: Session, scope: Scope, skip: int = 0, most: int | None = None
) -> list[Round]:
    """List the rounds in view, newest first."""
    query = select(Round).where(rounds_within(scope)).order_by(col(Round.id).desc())
    return list(session.exec(query.offset(skip).limit(most)))


def strands_of(session: Session, seen: Round) -> list[Strand]:
    """List a round's strands, in the order of the tool."""
    query = select(Strand).where(Strand.round_id == seen.id).order_by(col(Strand.id))
    return list(session.exec(query))


def moves_of(session: Session, seen: Round) -> list[tuple[RoundMove, str]]:
    """List the steps a round has taken, newest first, each with the name of who took it."""
    query = (
        select(RoundMove, Person.name)
        .join(Person, col(Person.id) == col(RoundMove.person_id))
        .where(RoundMove.round_id == seen.id)
        .order_by(col(RoundMove.id).desc())
    )
    return list(session.exec(query))
