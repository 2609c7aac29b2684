"""Who sits on the partnership's subgroups, and who could."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.access import TABLE, Action, Reach
from app.identity.models import Membership, Person, Subgroup, SubgroupPerson
from app.people.listing import roles_of

_READING = {role for role, reach in TABLE[Action.PACK_SEE].items() if reach is not Reach.NONE}
"""The roles that read what subgroups receive."""


@dataclass(frozen=True)
class Seated:
    """Somebody on a subgroup, and whether their roles let them read what it receives."""

    ref: str
    name: str
    reads: bool


def subgroups_of(session: Session, partnership_id: int) -> list[tuple[Subgroup, int]]:
    """List the subgroups of a partnership by name, with how many people sit on each."""
    seats = func.count(col(SubgroupPerson.person_id))
    query = (
        select(Subgroup, seats)
        .join(SubgroupPerson, col(SubgroupPerson.subgroup_id) == col(Subgroup.id), isouter=True)
        .where(Subgroup.partnership_id == partnership_id)
        .group_by(col(Subgroup.id))
        .order_by(func.lower(Subgroup.name), col(Subgroup.id))
    )
    return list(session.exec(query))


def seated_on(session: Session, subgroup: Subgroup) -> list[Seated]:
    """List who sits on a subgroup, by name."""
    query = (
        select(Person)
        .join(SubgroupPerson, col(SubgroupPerson.person_id) == col(Person.id))
        .where(SubgroupPerson.subgroup_id == subgroup.id)
        .order_by(func.lower(Person.name), col(Person.id))
    )
    people = list(session.exec(query))
    ids = [person.id for person in people if person.id is not None]
    roles = roles_of(session, subgroup.partnership_id, ids)
    return [
        Seated(
            ref=person.ref,
            name=person.name,
            reads=any(held.role in _READING for held in roles.get(person.id, ())),
        )
        for person in people
    ]


def not_on(session: Session, subgroup: Subgroup) -> list[tuple[str, str]]:
    """List the members of the partnership who could still be seated, as reference and name."""
    members = select(Membership.person_id).where(
        Membership.partnership_id == subgroup.partnership_id
    )
    seated = select(SubgroupPerson.person_id).where(SubgroupPerson.subgroup_id == subgroup.id)
    query = (
        select(Person.ref, Person.name)
        .where(col(Person.id).in_(members), col(Person.id).not_in(seated))
        .order_by(func.lower(Person.name), col(Person.id))
    )
    return list(session.exec(query))
