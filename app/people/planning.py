"""What importing a list of people would do: judged row by row before anything is stored.

A row is a membership. One that is here already is nothing to do, so the same list again changes
nothing. Whether somebody is known outside this partnership does not show in what is planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, select

from app.access import Actor, Role
from app.identity.models import Agency, Membership, Person
from app.people.csv_import import Listed
from app.people.memberships import NOT_YOURS_TO_GIVE, OWN_ROLES, key_of
from app.people.names import LONGEST, folded_name
from app.people.queries import agencies_of
from app.people.rules import (
    ROLES_IN_ROUNDS,
    agency_problem,
    email_address,
    roles_given_by,
)


@dataclass(frozen=True)
class Planned:
    """One row that can be imported, and what it would do."""

    row: Listed
    email: str
    role: Role
    agency: Agency | None
    new_person: bool
    new_role: bool

    @property
    def words(self) -> str:
        """What the row would do, as the page says it."""
        if self.new_person:
            return "Added"
        return "Given this role" if self.new_role else "Nothing: here already"


@dataclass
class Plan:
    """What importing a list would do, or why it cannot be imported."""

    planned: list[Planned] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Row number and what to write there instead."""
    notes: list[str] = field(default_factory=list)

    @property
    def to_do(self) -> list[Planned]:
        """The rows that change something."""
        return [each for each in self.planned if each.new_role]


@dataclass(frozen=True)
class _Here:
    """What rows are judged against: the partnership as it is."""

    given: tuple[Role, ...]
    agencies: Mapping[str, Agency]
    people: Mapping[str, Person]
    held: frozenset[tuple[int | None, str, int | None]]
    own: str


def plan_import(session: Session, actor: Actor, rows: tuple[Listed, ...]) -> Plan:
    """Judge every row of a list against the partnership and the rows before it."""
    here = _here(session, actor)
    plan = Plan()
    first: dict[tuple[str, Role, int | None], int] = {}
    names: dict[str, Listed] = {}
    for row in rows:
        try:
            judged = _judged(here, row)
        except ValueError as wrong:
            plan.problems.append((row.number, str(wrong)))
            continue
        same = (judged.email, judged.role, judged.agency.id if judged.agency else None)
        earlier = names.setdefault(judged.email, row)
        if problem := _clash(row, first.setdefault(same, row.number), earlier):
            plan.problems.append((row.number, problem))
            continue
        seen_before = earlier is not row
        plan.planned.append(replace(judged, new_person=judged.new_person and not seen_before))
        known = here.people.get(judged.email)
        if known and not seen_before and folded_name(known.name) != folded_name(row.name):
            plan.notes.append(
                f"Row {row.number}: this address is known here as “{known.name}”, who keeps that "
                "name."
            )
    return plan


def _here(session: Session, actor: Actor) -> _Here:
    members = select(Membership).where(Membership.partnership_id == actor.partnership_id)
    held = list(session.exec(members))
    ids = {membership.person_id for membership in held}
    people = session.exec(select(Person).where(col(Person.id).in_(ids))).all()
    return _Here(
        given=roles_given_by(actor.roles),
        agencies={folded_name(a.name): a for a in agencies_of(session, actor.partnership_id)},
        people={person.email: person for person in people},
        held=frozenset((m.person_id, m.role, m.agency_id) for m in held),
        own=next((p.email for p in people if p.id == actor.person_id), ""),
    )


def _judged(here: _Here, row: Listed) -> Planned:
    """Return what a row would do; ValueError says what to write there instead."""
    if not row.name or len(row.name) > LONGEST:
        raise ValueError(f"Write the name of the person, in at most {LONGEST} characters")
    email, role = _address(row.email), _role(here, row.role)
    agency = _agency(here, row.agency)
    if problem := agency_problem(role, named=bool(agency)):
        raise ValueError(problem)
    person = here.people.get(email)
    key = (key_of(person) if person else None, str(role), key_of(agency) if agency else None)
    new_role = person is None or key not in here.held
    if new_role and email == here.own:
        raise ValueError(OWN_ROLES)
    return Planned(row, email, role, agency, new_person=person is None, new_role=new_role)


def _address(typed: str) -> str:
    try:
        return email_address(typed)
    except ValueError as problem:
        raise ValueError(f"{problem}, not “{typed}”" if typed else str(problem)) from None


def _agency(here: _Here, typed: str) -> Agency | None:
    agency = here.agencies.get(folded_name(typed))
    if typed and agency is None:
        raise ValueError(
            f"There is no agency called “{typed}” here. Write its name as the page Agencies has "
            "it, or add it there first"
        )
    return agency


def _role(here: _Here, typed: str) -> Role:
    by_words = {_folded_role(role.words): role for role in Role}
    by_words |= {_folded_role(role.value): role for role in Role}
    role = by_words.get(_folded_role(typed))
    offered = ", ".join(each.words for each in here.given)
    if role is None:
        said = f"There is no role “{typed}”." if typed else "The role is missing."
        raise ValueError(f"{said} Write one of: {offered}")
    if role in ROLES_IN_ROUNDS:
        raise ValueError(
            f"{role.words} is a role in one round, given on its page. Write one of: {offered}"
        )
    if role not in here.given:
        raise ValueError(NOT_YOURS_TO_GIVE)
    return role


def _folded_role(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _clash(row: Listed, first: int, earlier: Listed) -> str | None:
    """Say how a row contradicts or repeats one before it."""
    if first != row.number:
        return f"The same person and role as in row {first}: delete one of the two"
    if folded_name(earlier.name) != folded_name(row.name):
        return (
            f"Row {earlier.number} gives this address to “{earlier.name}”: write the same name, or "
            "another address"
        )
    return None
