"""Whether a response came after the day it was due: accepted all the same, and marked.

What counts is the first sending: what the lead returned with queries is not late for that. Days
are London's, by which returns are due.
"""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.db.clock import LONDON, end_of
from app.responses.models import Response
from app.responses.queries import says_not_known
from app.responses.rules import ResponseState
from app.web.filters import plural


def how_late(sent_at: datetime | None, due: date) -> str:
    """Say how many days after the day it was due something was sent; nothing when in time.

    >>> from datetime import UTC
    >>> how_late(datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1))
    ''
    >>> how_late(datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 1))
    'Sent 1 day late'
    """
    if sent_at is None:
        return ""
    days = (sent_at.astimezone(LONDON).date() - due).days
    return f"Sent {plural(days, 'day')} late" if days > 0 else ""


def late_from(due: date) -> datetime:
    """Return the first instant at which a response due on a day is late."""
    return end_of(due) + timedelta(seconds=1)


def marks_about(session: Session, subject_id: int, due: date) -> dict[int, str]:
    """Say of each agency's sent response about a subject that it is a nil return, and how late."""
    query = (
        select(Assignment.agency_id, Response.first_sent_at, says_not_known())
        .join(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(
            Assignment.subject_id == subject_id,
            Assignment.place == 1,
            Response.state == ResponseState.SENT,
        )
    )
    found = {}
    for agency, sent_at, nil in session.exec(query):
        marks = ["Not known to the agency"] if nil else []
        found[agency] = ". ".join([*marks, *filter(None, [how_late(sent_at, due)])])
    return found
