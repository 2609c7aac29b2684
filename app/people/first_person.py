"""The first person of a partnership: made by an operator, since nobody could yet invite them."""

from sqlmodel import Session, select

from app.access import NotFound, Role, Unfit
from app.events import Happened, record
from app.identity.links import NewLink, make_link
from app.identity.models import Membership, Partnership, Person
from app.people.memberships import key_of
from app.people.rules import email_address

DANGER_ADVICE = (
    "If a child may be in danger now, stop and act outside this service: call 999, then your "
    "agency's safeguarding lead and the local authority's front door."
)
RESERVED = frozenset(
    {"account", "assets", "calendar", "healthz", "links", "readyz", "sign-in", "sign-out"}
)


def invite_administrator(
    session: Session, *, slug: str, full_name: str, email: str, name: str
) -> NewLink:
    """Make somebody a system administrator, creating the partnership when it is named in full.

    The first coordinator is then invited on the People page. Raises Unfit with a sentence when the
    partnership does not exist and is not named, or the address is not one.
    """
    partnership = session.exec(select(Partnership).where(Partnership.slug == slug)).one_or_none()
    if partnership is None:
        partnership = _create(session, slug, full_name)
    address = email_address(email)
    person = session.exec(select(Person).where(Person.email == address)).one_or_none()
    if person is None:
        person = Person(email=address, name=name)
        session.add(person)
        session.flush()
    person.left_at = None
    if partnership.id is None:
        raise NotFound
    role = Role.SYSTEM_ADMINISTRATOR
    held = select(Membership).where(
        Membership.person_id == key_of(person),
        Membership.partnership_id == partnership.id,
        Membership.role == role,
    )
    if session.exec(held).one_or_none() is None:
        session.add(Membership(person_id=key_of(person), partnership_id=partnership.id, role=role))
    record(
        session,
        None,
        Happened.PERSON_INVITED,
        partnership_id=partnership.id,
        scope=slug,
        about=person.ref,
        role=role,
    )
    return make_link(session, person, partnership.id)


def _create(session: Session, slug: str, full_name: str) -> Partnership:
    if not full_name:
        raise Unfit(
            f"There is no partnership “{slug}”. To create it, give its name: --partnership-name"
        )
    plain = slug.replace("-", "")
    if not (plain.isascii() and plain.isalnum() and plain.islower()) or slug in RESERVED:
        raise Unfit("A partnership's name in addresses is made of a to z, 0 to 9 and hyphens")
    partnership = Partnership(slug=slug, name=full_name, danger_advice=DANGER_ADVICE)
    session.add(partnership)
    session.flush()
    if partnership.id is not None:
        record(
            session,
            None,
            Happened.PARTNERSHIP_CREATED,
            partnership_id=partnership.id,
            scope=slug,
            about=slug,
        )
    return partnership
