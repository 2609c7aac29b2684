"""What time it is: instants in UTC, days in London, and one clock that tests may set."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

LONDON = ZoneInfo("Europe/London")
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the machine's time as an aware UTC instant."""
    return datetime.now(UTC)


def now(session: Session) -> datetime:
    """Return the instant of this unit of work, in UTC."""
    clock: Clock = session.info.get("clock", system_clock)
    return clock()


def today(session: Session) -> date:
    """Return the day it is in London, by which due dates are counted."""
    return now(session).astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """Return the instant at which a due date has passed: the end of 23:59 in London, in UTC.

    >>> end_of(date(2026, 7, 1)).isoformat()
    '2026-07-01T22:59:59+00:00'
    """
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)
