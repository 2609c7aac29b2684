"""Whom to ask for help in a partnership."""

from sqlmodel import Session, col, select

from app.access import Role
from app.identity.models import Membership, Person


def coordinators_of(session: Session, partnership_id: int) -> list[tuple[str, str]]:
    """List the coordinators who have joined, by name, each with their e-mail address."""
    query = (
        select(Person.name, Person.email)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.partnership_id == partnership_id,
            Membership.role == Role.COORDINATOR,
            col(Person.password_hash).is_not(None),
        )
        .order_by(col(Person.name), col(Person.id))
    )
    return list(session.exec(query))
