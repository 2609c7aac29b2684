"""Importing a list of people: all of it in one transaction, or none of it.

The list is judged again where it is stored, so what the preview promised is checked once more.
Importing invites nobody: links are made one by one, from each person's page.
"""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.events import Happened, record
from app.identity.models import Membership, Person
from app.people.csv_import import Listed
from app.people.memberships import give_membership, held_partnership, key_of
from app.people.planning import Plan, Planned, plan_import


def import_people(session: Session, actor: Actor, rows: tuple[Listed, ...]) -> Plan:
    """Let in everybody on a list; nothing happens when a row has a problem or all are here."""
    place = held_partnership(session, actor)
    plan = plan_import(session, actor, rows)
    if plan.problems or not plan.to_do:
        return plan
    known = _known(session, plan.to_do)
    new = _strangers(session, plan.to_do, known)
    for each in plan.to_do:
        if each.email in known:
            give_membership(session, actor, known[each.email], each.role, each.agency)
        else:
            session.add(_membership(actor, new[each.email], each))
    session.flush()
    people = sorted({(known | new)[each.email].ref for each in plan.to_do})
    record(
        session,
        actor,
        Happened.PEOPLE_IMPORTED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        people=people,
        roles=len(plan.to_do),
    )
    return plan


def _known(session: Session, rows: list[Planned]) -> dict[str, Person]:
    emails = {each.email for each in rows}
    found = session.exec(select(Person).where(col(Person.email).in_(emails)))
    return {person.email: person for person in found}


def _strangers(
    session: Session, rows: list[Planned], known: dict[str, Person]
) -> dict[str, Person]:
    """Store everybody on the list whom nobody has met, each once."""
    new: dict[str, Person] = {}
    for each in rows:
        if each.email not in known and each.email not in new:
            new[each.email] = Person(name=each.row.name, email=each.email)
    try:
        with session.begin_nested():
            session.add_all(new.values())
    except IntegrityError as error:
        raise NotNow(
            "Somebody has just added one of these people. Nothing was imported: import the list "
            "again."
        ) from error
    return new


def _membership(actor: Actor, person: Person, row: Planned) -> Membership:
    return Membership(
        person_id=key_of(person),
        partnership_id=actor.partnership_id,
        agency_id=row.agency.id if row.agency else None,
        role=row.role,
    )
