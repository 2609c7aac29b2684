"""Reading what happened in a round, or in the partnership's own house."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.db.clock import LONDON
from app.events import Happened
from app.events.models import Event
from app.identity.models import Person
from app.trail.naming import names_of, references_in
from app.web.paging import ROWS

OPERATOR = "operator"
"""Who did what nobody signed in for: it was done from the command line."""


@dataclass(frozen=True)
class Entry:
    """One event as people read it."""

    sequence: int
    at: datetime
    what: str
    who: str
    about: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wanted:
    """Which events to show: of this kind, by this person, from this day to that."""

    what: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


def count_events(session: Session, scope: str, wanted: Wanted) -> int:
    """Count the events of a scope that are wanted."""
    query = (
        select(func.count())
        .select_from(Event)
        .join(Person, col(Person.id) == col(Event.person_id), isouter=True)
        .where(Event.scope == scope, *_wanted(wanted))
    )
    return session.exec(query).one()


def events_in(session: Session, scope: str, wanted: Wanted, page: int) -> list[Entry]:
    """Return one page of the events of a scope that are wanted, newest first."""
    query = (
        select(Event, Person.name)
        .join(Person, col(Person.id) == col(Event.person_id), isouter=True)
        .where(Event.scope == scope, *_wanted(wanted))
        .order_by(col(Event.sequence).desc())
        .offset((page - 1) * ROWS)
        .limit(ROWS)
    )
    # The details are empty once retention has let them go.
    found = [
        (event, name, json.loads(event.details or "{}")) for event, name in session.exec(query)
    ]
    refs = references_in(v for event, _, details in found for v in (event.about, *details.values()))
    names = names_of(session, refs)
    return [_entry(event, name, details, names) for event, name, details in found]


def kinds_in(session: Session, scope: str) -> list[tuple[str, str]]:
    """List what has happened in a scope, each once: the kind and its words."""
    query = select(Event.kind).where(Event.scope == scope).distinct()
    kinds = [(kind, Happened(kind).words) for kind in session.exec(query)]
    return sorted(kinds, key=lambda each: each[1])


def people_in(session: Session, scope: str) -> list[tuple[str, str]]:
    """List who has done something in a scope by name, each as reference and name."""
    did = select(Event.person_id).where(Event.scope == scope)
    query = (
        select(Person.ref, Person.name)
        .where(col(Person.id).in_(did))
        .order_by(col(Person.name), col(Person.id))
    )
    nobody = did.where(col(Event.person_id).is_(None)).limit(1)
    found = list(session.exec(query))
    return [*found, (OPERATOR, "The operator")] if session.exec(nobody).all() else found


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.what:
        conditions.append(col(Event.kind) == wanted.what)
    if wanted.who == OPERATOR:
        conditions.append(col(Event.person_id).is_(None))
    elif wanted.who:
        conditions.append(col(Person.ref) == wanted.who)
    if wanted.since:
        conditions.append(col(Event.at) >= _begins(wanted.since))
    if wanted.until:
        conditions.append(col(Event.at) < _begins(wanted.until + timedelta(days=1)))
    return conditions


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _entry(
    event: Event, name: str | None, details: Mapping[str, object], names: Mapping[str, str]
) -> Entry:
    about = "" if event.about == event.scope else event.about
    return Entry(
        sequence=event.sequence,
        at=event.at,
        what=Happened(event.kind).words,
        who=name or "The operator",
        about=names.get(about, about and f"Reference {about}"),
        details=tuple(
            (_spaced(key), _shown(value, names))
            for key, value in details.items()
            if value not in (None, [], "")
        ),
    )


def _spaced(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _shown(value: object, names: Mapping[str, str]) -> str:
    several = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(each), str(each)).replace("_", " ") for each in several)
