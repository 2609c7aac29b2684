"""Memberships: who may give and take which, and what follows for links and sessions."""

from sqlmodel import Session, col, select

from app.access import Actor, NotAllowed, NotNow, Role, Unfit
from app.identity.links import withdraw_links
from app.identity.models import (
    Agency,
    Membership,
    Partnership,
    PartnershipAgency,
    Person,
    Subgroup,
)
from app.identity.sign_ins import end_all_sign_ins
from app.people.rules import (
    NEVER_WITHOUT,
    ROLES_IN_ROUNDS,
    Holder,
    agency_problem,
    may_give,
    role_left_to_nobody,
)

NOT_YOURS_TO_GIVE = "Only a system administrator gives that role or takes it away"
OWN_ROLES = "Nobody changes their own roles: ask another coordinator or system administrator."


def key_of(row: Person | Agency | Subgroup) -> int:
    """Return the key of a stored row."""
    if row.id is None:
        raise LookupError("a stored row has a key")
    return row.id


def held_partnership(session: Session, actor: Actor) -> Partnership:
    """Return the actor's partnership, held so that changes to its people queue up."""
    query = select(Partnership).where(Partnership.id == actor.partnership_id).with_for_update()
    return session.exec(query).one()


def memberships_of(session: Session, person: Person, partnership_id: int) -> list[Membership]:
    """List what a person holds in one partnership."""
    query = (
        select(Membership)
        .where(Membership.person_id == person.id, Membership.partnership_id == partnership_id)
        .order_by(col(Membership.id))
    )
    return list(session.exec(query))


def agency_here(session: Session, partnership_id: int, ref: str) -> Agency | None:
    """Find an agency of the partnership by its reference."""
    query = (
        select(Agency)
        .join(PartnershipAgency, col(PartnershipAgency.agency_id) == col(Agency.id))
        .where(Agency.ref == ref, PartnershipAgency.partnership_id == partnership_id)
    )
    return session.exec(query).one_or_none()


def check_giving(session: Session, actor: Actor, role: Role, agency_ref: str) -> Agency | None:
    """Return the agency that a role is to be held for, or say why it cannot be given so."""
    if role in ROLES_IN_ROUNDS:
        raise Unfit({"role": f"{role.words} is a role in one round: give it on the round's page"})
    if not may_give(actor.roles, role):
        raise Unfit({"role": NOT_YOURS_TO_GIVE})
    if problem := agency_problem(role, named=bool(agency_ref)):
        raise Unfit({"agency": problem})
    agency = agency_here(session, actor.partnership_id, agency_ref) if agency_ref else None
    if agency_ref and agency is None:
        raise Unfit({"agency": "Choose one of the agencies listed"})
    return agency


def give_membership(
    session: Session, actor: Actor, person: Person, role: Role, agency: Agency | None
) -> None:
    """Store a membership, and let nobody profit from it who holds an old link or session.

    Whoever made an outstanding link could become this person: a link made in another partnership,
    or before the person became a system administrator, was not made by somebody trusted with that.
    """
    session.add(
        Membership(
            person_id=key_of(person),
            partnership_id=actor.partnership_id,
            agency_id=agency.id if agency else None,
            role=role,
        )
    )
    person.left_at = None
    session.add(person)
    session.flush()
    raised = role is Role.SYSTEM_ADMINISTRATOR
    withdraw_links(session, key_of(person), except_of=None if raised else actor.partnership_id)
    end_all_sign_ins(session, key_of(person))


def not_oneself(actor: Actor, person: Person) -> None:
    """Refuse to change one's own roles."""
    if person.id == actor.person_id:
        raise NotAllowed(OWN_ROLES)


def check_taking(session: Session, actor: Actor, person: Person, roles: list[Role]) -> None:
    """Refuse to take roles that are not the actor's to take, or that nobody else could fill."""
    not_oneself(actor, person)
    for role in roles:
        if not may_give(actor.roles, role):
            raise NotAllowed(f"{NOT_YOURS_TO_GIVE}.")
        holders = _holders(session, actor.partnership_id, role) if role in NEVER_WITHOUT else []
        if problem := role_left_to_nobody(role, holders, key_of(person)):
            raise NotNow(problem)


def _holders(session: Session, partnership_id: int, role: Role) -> list[Holder]:
    query = (
        select(Person.id, col(Person.password_hash).is_not(None))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.partnership_id == partnership_id, Membership.role == role)
    )
    return [Holder(id_, joined) for id_, joined in session.exec(query) if id_ is not None]


def may_link(session: Session, actor: Actor, person: Person) -> bool:
    """Whether somebody may make the link by which this person sets a password.

    Whoever holds the link can become the person, everywhere. So they must be able to give every
    role that the person holds, in each partnership where it is held; and the refusal does not say
    which role, or where.
    """
    if person.id == actor.person_id:
        return False
    held = session.exec(select(Membership).where(Membership.person_id == person.id)).all()
    mine = session.exec(select(Membership).where(Membership.person_id == actor.person_id)).all()
    roles: dict[int, set[Role]] = {}
    for membership in mine:
        roles.setdefault(membership.partnership_id, set()).add(Role(membership.role))
    return bool(held) and all(
        may_give(roles.get(membership.partnership_id, ()), Role(membership.role))
        for membership in held
    )
