"""Acting as somebody of the demo, with exactly the rights that the guard would give them."""

from sqlmodel import Session

from app.access import Actor
from app.db import key_of
from app.demo.people import Cast
from app.identity.models import Person
from app.identity.sign_ins import find_place
from app.rounds.queries import roles_in_rounds


def acting(session: Session, cast: Cast, person: Person) -> Actor:
    """Return a person as the permission table meets them."""
    partnership = key_of(cast.partnership)
    place = find_place(session, key_of(person), cast.partnership.slug)
    if place is None:
        raise LookupError(f"{person.email} is not a member")
    leads, panels = roles_in_rounds(session, partnership, key_of(person))
    return Actor(
        person_id=key_of(person),
        partnership_id=partnership,
        name=person.name,
        held=place.held,
        leads=leads,
        panels=panels,
        subgroups=place.subgroups,
    )
