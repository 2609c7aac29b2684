"""Reading what happened in a round."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.events import Happened
from app.events.models import Event
from app.identity.models import Person
from app.rounds.models import Round

PER_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One event as people read it."""

    sequence: int
    at: datetime
    what: str
    who: str
    about: str
    details: tuple[tuple[str, str], ...]


def events_of_round(session: Session, round_: Round, page: int) -> tuple[list[Entry], int]:
    """Return one page of a round's events, newest first, and how many there are in all."""
    total = session.exec(
        select(func.count()).select_from(Event).where(Event.scope == round_.ref)
    ).one()
    query = (
        select(Event, Person.name)
        .join(Person, col(Person.id) == col(Event.person_id), isouter=True)
        .where(Event.scope == round_.ref)
        .order_by(col(Event.sequence).desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    return [_entry(event, name) for event, name in session.exec(query)], total


def _entry(event: Event, name: str | None) -> Entry:
    details = json.loads(event.details or "{}")  # empty once retention has let it go
    return Entry(
        sequence=event.sequence,
        at=event.at,
        what=Happened(event.kind).words,
        who=name or "The operator",
        about=event.about,
        details=tuple((_spaced(key), _shown(value)) for key, value in details.items()),
    )


def _spaced(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
