"""The list of people: who is here, who waits for an invitation, who left, and what each holds.

Memberships, links and departures are read for one partnership only. That somebody has a password
shows once they are a member here, and not before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.access import Role, Scope
from app.db import now
from app.events import Happened
from app.events.models import Event
from app.identity.models import Agency, Link, Membership, Person
from app.people.queries import leavers, members, reached
from app.people.rules import Standing
from app.web.paging import ROWS, Paged, page_number, paged


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds here, and for which agency."""

    ref: str
    role: Role
    agency: str | None

    @property
    def words(self) -> str:
        """The role as pages name it.

        >>> HeldRole("R", Role.AUDITOR, "Alder Vale School").words
        'Auditor, Alder Vale School'
        """
        return f"{self.role.words}, {self.agency}" if self.agency else self.role.words


@dataclass(frozen=True)
class Somebody:
    """A person as the partnership's lists show them."""

    ref: str
    name: str
    email: str
    standing: Standing
    roles: tuple[HeldRole, ...]


class Showing(StrEnum):
    """Which people a list shows."""

    HERE = "here"
    WAITING = "waiting"
    LEFT = "left"

    @property
    def words(self) -> str:
        """The part as pages name it."""
        return {"here": "Everybody here", "waiting": "Not yet invited", "left": "People who left"}[
            self
        ]


@dataclass(frozen=True)
class Looking:
    """What part of the list of people somebody looks at."""

    search: str = ""
    show: Showing = Showing.HERE
    page: str = ""


def people_in_view(
    session: Session, scope: Scope, looking: Looking, address: str
) -> Paged[Somebody]:
    """List one page of the people here, or of those who left, by name."""
    wanted = [reached(scope, _shown(session, scope, looking.show))]
    wanted += [
        or_(
            col(Person.name).icontains(word, autoescape=True),
            col(Person.email).icontains(word, autoescape=True),
        )
        for word in looking.search.split()
    ]
    total = session.exec(select(func.count()).select_from(Person).where(*wanted)).one()
    number = page_number(looking.page, total)
    query = (
        select(Person)
        .where(*wanted)
        .order_by(func.lower(Person.name), col(Person.id))
        .limit(ROWS)
        .offset((number - 1) * ROWS)
    )
    people = described(session, scope.partnership_id, list(session.exec(query)))
    return paged(people, number, total, address)


def count_waiting(session: Session, scope: Scope) -> int:
    """Count the people here who have a role and no invitation that still works."""
    waiting = reached(scope, _shown(session, scope, Showing.WAITING))
    return session.exec(select(func.count()).select_from(Person).where(waiting)).one()


def _shown(session: Session, scope: Scope, show: Showing) -> ColumnElement[bool]:
    match show:
        case Showing.HERE:
            return members(scope)
        case Showing.WAITING:
            invited = _living_links(session, scope.partnership_id)
            waiting = and_(col(Person.password_hash).is_(None), col(Person.id).not_in(invited))
            return and_(members(scope), waiting)
        case Showing.LEFT:
            return leavers(scope)
        case _:
            assert_never(show)


def described(session: Session, partnership_id: int, people: Iterable[Person]) -> list[Somebody]:
    """Say of several people what they are in one partnership, in three statements."""
    found = list(people)
    ids = [person.id for person in found if person.id is not None]
    roles = roles_of(session, partnership_id, ids)
    invited = _invited(session, partnership_id, ids)
    return [
        Somebody(
            ref=person.ref,
            name=person.name,
            email=person.email,
            standing=_standing(person, bool(roles.get(person.id)), person.id in invited),
            roles=tuple(roles.get(person.id, ())),
        )
        for person in found
    ]


def _standing(person: Person, here: bool, invited: bool) -> Standing:  # noqa: FBT001
    if not here:
        return Standing.LEFT
    if person.password_hash:
        return Standing.JOINED
    return Standing.INVITED if invited else Standing.NOT_INVITED


def roles_of(
    session: Session, partnership_id: int, ids: list[int]
) -> dict[int | None, list[HeldRole]]:
    """Return what several people hold in one partnership, by their key."""
    query = (
        select(Membership, Agency.name)
        .join(Agency, col(Agency.id) == col(Membership.agency_id), isouter=True)
        .where(Membership.partnership_id == partnership_id, col(Membership.person_id).in_(ids))
        .order_by(col(Membership.id))
    )
    held: dict[int | None, list[HeldRole]] = {}
    for row, agency in session.exec(query):
        held.setdefault(row.person_id, []).append(HeldRole(row.ref, Role(row.role), agency))
    return held


def _invited(session: Session, partnership_id: int, ids: list[int]) -> frozenset[int]:
    query = _living_links(session, partnership_id).where(col(Link.person_id).in_(ids))
    return frozenset(session.exec(query))


def _living_links(session: Session, partnership_id: int) -> SelectOfScalar[int]:
    """Say whose unused links, made in one partnership, still work."""
    return select(Link.person_id).where(
        Link.partnership_id == partnership_id,
        col(Link.used_at).is_(None),
        Link.expires_at > now(session),
    )


def left_on(session: Session, partnership_id: int, person: Person) -> datetime | None:
    """Return when a person last left this partnership, from the trail."""
    query = select(func.max(Event.at)).where(
        Event.partnership_id == partnership_id,
        Event.kind == Happened.PERSON_LEFT,
        Event.about == person.ref,
    )
    return session.exec(query).one()
