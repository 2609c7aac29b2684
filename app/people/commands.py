"""Letting people in, giving and taking roles, making links, and seeing people off.

An e-mail address is one person wherever they work, so adding somebody who is known elsewhere gives
them a membership here and changes nothing else: not their name, not their password. Every change
here holds the partnership's row first, so that two at once cannot remove the last two coordinators.
"""

from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app.access import Actor, NotAllowed, NotNow, Role, Unfit
from app.db import now
from app.events import Happened, record
from app.identity.calendar_links import end_calendar_links
from app.identity.links import NewLink, Purpose, make_link, withdraw_links
from app.identity.models import Agency, Membership, Person, Subgroup, SubgroupPerson
from app.identity.sign_ins import end_all_sign_ins
from app.people.memberships import (
    check_giving,
    check_taking,
    give_membership,
    held_partnership,
    key_of,
    may_link,
    memberships_of,
    not_oneself,
)
from app.people.names import EmailAddress, Name
from app.web.forms import Input

NOT_YOURS_TO_LINK = (
    "You cannot make a link for this person. Ask a system administrator, or whoever runs this "
    "installation."
)


class NewRole(Input):
    """A role and the agency it is held for, if any (by its reference)."""

    role: Role = Field(json_schema_extra={"missing": "Choose a role"})
    agency: str = ""


class NewPerson(Input):
    """Somebody to be let in, with their first role; errors are listed in this order."""

    name: Name = Field(json_schema_extra={"missing": "Enter their name"})
    email: EmailAddress = Field(
        title="E-mail address", json_schema_extra={"missing": "Enter their e-mail address"}
    )
    role: Role = Field(json_schema_extra={"missing": "Choose a role"})
    agency: str = ""


def add_person(session: Session, actor: Actor, given: NewPerson) -> Person:
    """Let somebody in with their first role here."""
    place = held_partnership(session, actor)
    agency = check_giving(session, actor, given.role, given.agency)
    person = session.exec(select(Person).where(Person.email == given.email)).one_or_none()
    if person is not None and memberships_of(session, person, actor.partnership_id):
        raise Unfit({"email": "Somebody with this address is here already: find them in the list"})
    person = enter(session, actor, person, given, agency)
    record(
        session,
        actor,
        Happened.PERSON_ADDED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
        role=given.role,
        agency=agency.ref if agency else None,
    )
    return person


def enter(
    session: Session, actor: Actor, person: Person | None, given: NewPerson, agency: Agency | None
) -> Person:
    """Store a person, unless they are known, and their membership."""
    if person is None:
        person = Person(name=given.name, email=given.email)
        try:
            with session.begin_nested():
                session.add(person)
        except IntegrityError as error:
            raise NotNow("Somebody has just added this address. Load the page again.") from error
    give_membership(session, actor, person, given.role, agency)
    return person


def give_role(session: Session, actor: Actor, person: Person, given: NewRole) -> None:
    """Give somebody who is here, or was, another role."""
    place = held_partnership(session, actor)
    not_oneself(actor, person)
    agency = check_giving(session, actor, given.role, given.agency)
    same = [
        held
        for held in memberships_of(session, person, actor.partnership_id)
        if (held.role, held.agency_id) == (given.role, agency.id if agency else None)
    ]
    if same:
        raise Unfit({"role": f"{person.name} has this role already"})
    give_membership(session, actor, person, given.role, agency)
    record(
        session,
        actor,
        Happened.ROLE_GIVEN,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
        role=given.role,
        agency=agency.ref if agency else None,
    )


def take_role(session: Session, actor: Actor, person: Person, held: Membership) -> None:
    """Take one of several roles away."""
    place = held_partnership(session, actor)
    check_taking(session, actor, person, [Role(held.role)])
    if len(memberships_of(session, person, actor.partnership_id)) == 1:
        raise NotNow("This is their only role here. Record instead that they have left.")
    session.delete(held)
    session.flush()
    end_all_sign_ins(session, key_of(person))
    agency = session.get(Agency, held.agency_id) if held.agency_id else None
    record(
        session,
        actor,
        Happened.ROLE_TAKEN,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
        role=held.role,
        agency=agency.ref if agency else None,
    )


def record_departure(session: Session, actor: Actor, person: Person) -> None:
    """See somebody off: their roles, seats and calendar here end, and they are signed out.

    Somebody with no role left anywhere cannot sign in again, and would need a new invitation.
    """
    place = held_partnership(session, actor)
    held = memberships_of(session, person, actor.partnership_id)
    if not held:
        raise NotNow(f"{person.name} has left already.")
    roles = [Role(membership.role) for membership in held]
    check_taking(session, actor, person, roles)
    for membership in held:
        session.delete(membership)
    _vacate_seats(session, person, actor.partnership_id)
    end_calendar_links(session, key_of(person), actor.partnership_id)
    session.flush()
    withdraw_links(session, key_of(person))
    end_all_sign_ins(session, key_of(person))
    elsewhere = select(Membership.id).where(Membership.person_id == person.id).limit(1)
    if session.exec(elsewhere).first() is None:
        person.left_at, person.password_hash = now(session), None
        session.add(person)
    record(
        session,
        actor,
        Happened.PERSON_LEFT,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
        roles=[str(role) for role in roles],
    )


def invite(session: Session, actor: Actor, person: Person) -> NewLink:
    """Make the link by which a person sets a password, in place of any they had."""
    place = held_partnership(session, actor)
    if not may_link(session, actor, person):
        raise NotAllowed(NOT_YOURS_TO_LINK)
    link = make_link(session, person, actor.partnership_id)
    invited = link.purpose is Purpose.INVITATION
    record(
        session,
        actor,
        Happened.PERSON_INVITED if invited else Happened.PERSON_RESET,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
    )
    return link


def _vacate_seats(session: Session, person: Person, partnership_id: int) -> None:
    here = select(Subgroup.id).where(Subgroup.partnership_id == partnership_id)
    session.connection().execute(
        delete(SubgroupPerson).where(
            col(SubgroupPerson.person_id) == person.id,
            col(SubgroupPerson.subgroup_id).in_(here),
        )
    )
