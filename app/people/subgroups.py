"""The partnership's subgroups: formed, and who sits on them."""

from pydantic import Field
from sqlmodel import Session, select

from app.access import Actor, NotNow, Unfit
from app.events import Happened, record
from app.identity.models import Person, Subgroup, SubgroupPerson
from app.people.memberships import held_partnership, key_of, memberships_of
from app.people.names import Name, folded_name
from app.web.forms import Input


class NewSubgroup(Input):
    """What a standing group of the partnership is called."""

    name: Name = Field(json_schema_extra={"missing": "Enter the name of the subgroup"})


class Seat(Input):
    """Who is to sit on a subgroup, by their reference."""

    person: str = Field(json_schema_extra={"missing": "Choose a person"})


def form_subgroup(session: Session, actor: Actor, given: NewSubgroup) -> Subgroup:
    """Form a subgroup."""
    place = held_partnership(session, actor)
    _check_name(session, actor, given.name)
    subgroup = Subgroup(partnership_id=actor.partnership_id, name=given.name)
    session.add(subgroup)
    session.flush()
    _record(session, actor, Happened.SUBGROUP_FORMED, place.slug, subgroup)
    return subgroup


def rename_subgroup(session: Session, actor: Actor, subgroup: Subgroup, given: NewSubgroup) -> None:
    """Call a subgroup something else, in every round whose findings it ever received."""
    place = held_partnership(session, actor)
    _check_name(session, actor, given.name, but=subgroup)
    subgroup.name = given.name
    session.add(subgroup)
    _record(session, actor, Happened.SUBGROUP_RENAMED, place.slug, subgroup)


def _check_name(session: Session, actor: Actor, name: str, but: Subgroup | None = None) -> None:
    """Refuse two subgroups that a person could not tell apart."""
    others = select(Subgroup).where(Subgroup.partnership_id == actor.partnership_id)
    known = [each for each in session.exec(others) if but is None or each.id != but.id]
    if folded_name(name) in (folded_name(each.name) for each in known):
        raise Unfit({"name": "There is a subgroup of this name already"})


def seat(session: Session, actor: Actor, subgroup: Subgroup, given: Seat) -> Person:
    """Give a member of the partnership a seat."""
    place = held_partnership(session, actor)
    person = session.exec(select(Person).where(Person.ref == given.person)).one_or_none()
    if person is None or not memberships_of(session, person, actor.partnership_id):
        raise Unfit({"person": "Choose one of the people listed"})
    if session.get(SubgroupPerson, (subgroup.id, person.id)):
        raise Unfit({"person": f"{person.name} sits on this subgroup already"})
    session.add(SubgroupPerson(subgroup_id=key_of(subgroup), person_id=key_of(person)))
    _record(session, actor, Happened.SUBGROUP_SEATED, place.slug, subgroup, person)
    return person


def unseat(session: Session, actor: Actor, subgroup: Subgroup, person: Person) -> None:
    """Take a person's seat away."""
    place = held_partnership(session, actor)
    taken = session.get(SubgroupPerson, (subgroup.id, person.id))
    if taken is None:
        raise NotNow(f"{person.name} does not sit on this subgroup any more.")
    session.delete(taken)
    _record(session, actor, Happened.SUBGROUP_UNSEATED, place.slug, subgroup, person)


def _record(
    session: Session,
    actor: Actor,
    kind: Happened,
    scope: str,
    subgroup: Subgroup,
    person: Person | None = None,
) -> None:
    record(
        session,
        actor,
        kind,
        partnership_id=actor.partnership_id,
        scope=scope,
        about=subgroup.ref,
        **({"person": person.ref} if person else {}),
    )
