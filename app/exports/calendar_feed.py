"""A calendar as other programs read it (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import CLASS, TRANSP, Calendar, Event, vDuration

from app.exports.calendar_days import CalendarDay

TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = timedelta(hours=6)
"""How often a calendar is asked to read it; days do not change by the minute."""


def calendar_feed(uid: str, partnership: str, address: str, days: Iterable[CalendarDay]) -> bytes:
    """Write a person's days; `address` is where the partnership is reached, for links behind it."""
    made = Calendar.new(
        prodid="-//Casefile//Days of actions and rounds//EN",
        name=f"Casefile: {partnership}",
        uid=uid,
        subcomponents=[_event(partnership, address, day) for day in days],
    )
    made.add("REFRESH-INTERVAL", ASK_AGAIN, {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN))
    content: bytes = made.to_ical()
    return content


def _event(partnership: str, address: str, day: CalendarDay) -> Event:
    """Write one day: all of it, private, and leaving its owner free for other things."""
    link = f"{address}/{day.where}"
    return Event.new(
        uid=f"{day.key}@casefile",
        start=day.on,
        end=day.on + timedelta(days=1),
        summary=day.what,
        description=f"{partnership}. Sign in to read it: {link}",
        url=link,
        sequence=day.moved,
        stamp=day.settled_at,
        last_modified=day.settled_at,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )
