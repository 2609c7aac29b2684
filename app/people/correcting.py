"""Putting right what somebody is called, or the address they sign in with."""

from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.access import Actor, NotAllowed, Unfit
from app.events import Happened, record
from app.identity.links import withdraw_links
from app.identity.models import Person
from app.identity.sign_ins import end_all_sign_ins
from app.people.memberships import held_partnership, key_of, may_link
from app.people.names import EmailAddress, Name
from app.web.forms import Input

NOT_YOURS_TO_CORRECT = (
    "You cannot change this person's name or address. Ask a system administrator, or whoever runs "
    "this installation."
)


class Details(Input):
    """What somebody is called, and the address they sign in with."""

    name: Name = Field(json_schema_extra={"missing": "Enter their name"})
    email: EmailAddress = Field(
        title="E-mail address", json_schema_extra={"missing": "Enter their e-mail address"}
    )


def correct_person(session: Session, actor: Actor, person: Person, given: Details) -> None:
    """Change a person's name or address, everywhere, as somebody may who could make their link.

    Whoever sets the address could have links sent to it. A new address ends what the old one
    opened: invitations that were made for it, and every sign-in.
    """
    place = held_partnership(session, actor)
    if not may_link(session, actor, person):
        raise NotAllowed(NOT_YOURS_TO_CORRECT)
    changed = [
        what
        for what, before, after in (
            ("name", person.name, given.name),
            ("address", person.email, given.email),
        )
        if before != after
    ]
    if not changed:
        raise Unfit({"name": "Change the name or the address"})
    person.name, person.email = given.name, given.email
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        session.expire(person)
        raise Unfit({"email": "This address cannot be used: choose another"}) from error
    if "address" in changed:
        withdraw_links(session, key_of(person))
        end_all_sign_ins(session, key_of(person))
    record(
        session,
        actor,
        Happened.PERSON_CORRECTED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=person.ref,
        changed=changed,
    )
