"""Finding people, memberships, agencies and subgroups, each within the reach of whoever asks.

Nothing here says anything about a person's other partnerships.
"""

from collections.abc import Mapping
from typing import assert_never

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from app.access import Reach, Scope
from app.events import Happened
from app.events.models import Event
from app.identity.models import (
    Agency,
    Membership,
    PartnershipAgency,
    Person,
    Subgroup,
    SubgroupPerson,
)


def reached(scope: Scope, rows: ColumnElement[bool]) -> ColumnElement[bool]:
    """Let rows of the partnership through when some reach carries over all of it."""
    return or_(false(), *(rows for reach in scope.reaches if _whole(reach)))


def _whole(reach: Reach) -> bool:
    match reach:
        case Reach.PARTNERSHIP:
            return True
        case Reach.ROUND | Reach.AGENCY | Reach.OWN | Reach.NONE:
            return False
        case _:
            assert_never(reach)


def members(scope: Scope) -> ColumnElement[bool]:
    """Say who is here."""
    here = select(Membership.person_id).where(Membership.partnership_id == scope.partnership_id)
    return col(Person.id).in_(here)


def leavers(scope: Scope) -> ColumnElement[bool]:
    """Say who was here and left, as the trail has it."""
    left = select(Event.about).where(
        Event.partnership_id == scope.partnership_id, Event.kind == Happened.PERSON_LEFT
    )
    return and_(col(Person.ref).in_(left), ~members(scope))


def find_person(session: Session, scope: Scope, refs: Mapping[str, str]) -> Person | None:
    """Find the person that an address names, among those who are here or have left."""
    known = reached(scope, or_(members(scope), leavers(scope)))
    return session.exec(select(Person).where(Person.ref == refs["person"], known)).one_or_none()


def find_member(session: Session, scope: Scope, refs: Mapping[str, str]) -> Person | None:
    """Find the person that an address names, among those who are here."""
    known = reached(scope, members(scope))
    return session.exec(select(Person).where(Person.ref == refs["person"], known)).one_or_none()


def find_membership(session: Session, scope: Scope, refs: Mapping[str, str]) -> Membership | None:
    """Find a membership in this partnership, of the person that the address names."""
    query = (
        select(Membership)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            Membership.ref == refs["membership"],
            Person.ref == refs["person"],
            reached(scope, col(Membership.partnership_id) == scope.partnership_id),
        )
    )
    return session.exec(query).one_or_none()


def agencies_of(session: Session, partnership_id: int) -> list[Agency]:
    """List the agencies of a partnership by name."""
    query = (
        select(Agency)
        .join(PartnershipAgency, col(PartnershipAgency.agency_id) == col(Agency.id))
        .where(PartnershipAgency.partnership_id == partnership_id)
        .order_by(func.lower(Agency.name), col(Agency.id))
    )
    return list(session.exec(query))


def find_agency(session: Session, scope: Scope, refs: Mapping[str, str]) -> Agency | None:
    """Find the agency that an address names, among the partnership's."""
    query = (
        select(Agency)
        .join(PartnershipAgency, col(PartnershipAgency.agency_id) == col(Agency.id))
        .where(
            Agency.ref == refs["agency"],
            reached(scope, col(PartnershipAgency.partnership_id) == scope.partnership_id),
        )
    )
    return session.exec(query).one_or_none()


def find_subgroup(session: Session, scope: Scope, refs: Mapping[str, str]) -> Subgroup | None:
    """Find the subgroup that an address names."""
    here = reached(scope, col(Subgroup.partnership_id) == scope.partnership_id)
    return session.exec(
        select(Subgroup).where(Subgroup.ref == refs["subgroup"], here)
    ).one_or_none()


def seats_of(session: Session, person_id: int, partnership_id: int) -> list[str]:
    """List the subgroups of a partnership that a person sits on."""
    query = (
        select(Subgroup.name)
        .join(SubgroupPerson, col(SubgroupPerson.subgroup_id) == col(Subgroup.id))
        .where(SubgroupPerson.person_id == person_id, Subgroup.partnership_id == partnership_id)
        .order_by(Subgroup.name)
    )
    return list(session.exec(query))
