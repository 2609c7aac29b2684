"""Which rounds are closed, and what of each may go."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from app.access import Scope
from app.db import today
from app.retention.classes import count_of
from app.rounds.kept import Gone, Held, closed_on, days_of_going, gone_from, hold_on
from app.rounds.models import Round
from app.rounds.queries import rounds_within
from app.rounds.retention import Kept
from app.rounds.rules import Stage


@dataclass(frozen=True)
class Standing:
    """How one class of data of a round stands."""

    kind: Kept
    goes_on: date | None
    """From when it may go; None where retention is not chosen."""
    due: bool
    rows: int
    """How many rows would go; counted where it is due."""
    gone: Gone | None


@dataclass(frozen=True)
class ClosedRound:
    """A closed round, class by class."""

    round: Round
    closed: date | None
    held: Held | None
    standings: tuple[Standing, ...]

    @property
    def due(self) -> list[Standing]:
        """What may go today."""
        return [each for each in self.standings if each.due]


def _closed(scope: Scope) -> ColumnElement[bool]:
    return and_(rounds_within(scope), col(Round.stage).in_((Stage.CLOSED, Stage.PURGED)))


def count_closed(session: Session, scope: Scope) -> int:
    """Count the closed rounds in view."""
    return session.exec(select(func.count()).select_from(Round).where(_closed(scope))).one()


def closed_rounds(session: Session, scope: Scope, skip: int, most: int) -> list[ClosedRound]:
    """List the closed rounds in view: those purged whole last, else newest first."""
    purged = col(Round.stage) == Stage.PURGED
    query = select(Round).where(_closed(scope)).order_by(purged, col(Round.id).desc())
    return [standing_of(session, each) for each in session.exec(query.offset(skip).limit(most))]


def standing_of(session: Session, seen: Round) -> ClosedRound:
    """Say how a closed round stands, class by class: a dry run, which changes nothing."""
    closed, gone = closed_on(session, seen), {each.kind: each for each in gone_from(session, seen)}
    days, now = days_of_going(seen, closed), today(session)

    def standing(kind: Kept) -> Standing:
        day = days.get(kind)
        due = day is not None and day <= now and kind not in gone and seen.stage == Stage.CLOSED
        rows = count_of(session, seen, kind) if due else 0
        return Standing(kind, day, due, rows, gone.get(kind))

    return ClosedRound(seen, closed, hold_on(session, seen), tuple(map(standing, Kept)))
