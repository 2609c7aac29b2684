"""Typed factory functions: each stores one thing, with everything that a test does not care about
filled in."""

from itertools import count

from sqlmodel import Session

from app.access import Role
from app.identity.models import (
    Agency,
    Membership,
    Partnership,
    PartnershipAgency,
    Person,
    Subgroup,
    SubgroupPerson,
)
from app.identity.passwords import hash_password

PASSWORD = "three random words"
_HASH = hash_password(PASSWORD)
_numbers = count(1)


def ident(row: object) -> int:
    """The key of a stored row."""
    key = row.id  # type: ignore[attr-defined]
    assert isinstance(key, int)
    return key


def partnership(session: Session, slug: str = "wexcombe", name: str = "Wexcombe") -> Partnership:
    made = Partnership(
        slug=slug,
        name=f"{name} Safeguarding Children Partnership",
        danger_advice="If a child may be in danger now, call 999, then Wexcombe front door.",
    )
    session.add(made)
    session.flush()
    return made


def agency(session: Session, of: Partnership, name: str, kind: str) -> Agency:
    made = Agency(name=name, kind=kind)
    session.add(made)
    session.flush()
    session.add(PartnershipAgency(partnership_id=ident(of), agency_id=ident(made)))
    session.flush()
    return made


def person(
    session: Session,
    of: Partnership,
    role: Role,
    at: Agency | None = None,
    name: str = "",
) -> Person:
    number = next(_numbers)
    name = name or f"{role.words} {number}"
    email = f"{name.lower().replace(' ', '.')}.{number}@{of.slug}.example"
    made = Person(name=name, email=email, password_hash=_HASH)
    session.add(made)
    session.flush()
    membership(session, made, of, role, at)
    return made


def membership(
    session: Session, who: Person, of: Partnership, role: Role, at: Agency | None = None
) -> Membership:
    made = Membership(
        person_id=ident(who),
        partnership_id=ident(of),
        agency_id=ident(at) if at else None,
        role=role,
    )
    session.add(made)
    session.flush()
    return made


def subgroup(session: Session, of: Partnership, name: str, *members: Person) -> Subgroup:
    made = Subgroup(partnership_id=ident(of), name=name)
    session.add(made)
    session.flush()
    session.add_all(
        SubgroupPerson(subgroup_id=ident(made), person_id=ident(who)) for who in members
    )
    session.flush()
    return made
