"""What a round still keeps: since when it is closed, what is gone, and what holds it."""

from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.db.clock import LONDON
from app.identity.models import Person
from app.rounds.models import LegalHold, Purge, Round, RoundMove
from app.rounds.retention import Kept, goes_on
from app.rounds.rules import Stage
from app.web.filters import day


class Held(NamedTuple):
    """A legal hold that stands."""

    hold: LegalHold
    by: str


class Gone(NamedTuple):
    """A class of data that was purged."""

    kind: Kept
    at: datetime
    rows: int
    by: str


def hold_on(session: Session, seen: Round) -> Held | None:
    """Return the legal hold that stands on a round, if any."""
    query = (
        select(LegalHold, Person.name)
        .join(Person, col(Person.id) == col(LegalHold.placed_by))
        .where(LegalHold.round_id == seen.id, col(LegalHold.lifted_at).is_(None))
    )
    found = session.exec(query).first()
    return Held(*found) if found else None


def gone_from(session: Session, seen: Round) -> list[Gone]:
    """List what of a round is gone for good."""
    query = (
        select(Purge, Person.name)
        .join(Person, col(Person.id) == col(Purge.person_id))
        .where(Purge.round_id == seen.id)
    )
    found = {
        row.kind: Gone(Kept(row.kind), row.at, row.rows, by) for row, by in session.exec(query)
    }
    return [found[kind] for kind in Kept if kind in found]


def days_gone(session: Session, seen: Round) -> dict[Kept, str]:
    """Say in words on which day each class that is gone for good was purged."""
    return {each.kind: day(each.at) for each in gone_from(session, seen)}


def closed_on(session: Session, seen: Round) -> date | None:
    """Return the day on which a round was closed."""
    query = (
        select(RoundMove.at)
        .where(RoundMove.round_id == seen.id, RoundMove.went_to == Stage.CLOSED)
        .order_by(col(RoundMove.id).desc())
    )
    found = session.exec(query).first()
    return found.astimezone(LONDON).date() if found else None


def days_of_going(seen: Round, closed: date | None) -> dict[Kept, date]:
    """Say from which day each class may go; nothing, until it is closed and retention is chosen."""
    if closed is None:
        return {}
    chosen = seen.retention
    return {kind: goes_on(closed, chosen[kind.value]) for kind in Kept if kind.value in chosen}
