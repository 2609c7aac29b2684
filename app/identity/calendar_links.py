"""Links by which a calendar reads a person's dates: long-lived, revocable, and outside sign-in.

Like an invitation's, a link's code is random and shown once, and the database keeps its digest.
Whoever holds it reads days and references and nothing that anybody typed; it opens no page.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, text, update
from sqlmodel import Session, col, select

from app.db import Instant, now
from app.identity.models import CalendarLink, Partnership, Person
from app.identity.sign_ins import digest_of, note_try, sweep_tries, too_many_tries


class TooOften(Exception):
    """A calendar asks again too soon, or links are being tried out."""


@dataclass(frozen=True)
class LinkedCalendar:
    """Whose dates a link reads, and in which partnership."""

    person_id: int
    person_ref: str
    name: str
    slug: str


_PUT = text(
    "INSERT INTO calendar_link (person_id, partnership_id, digest, made_at) "
    "VALUES (:person, :partnership, :digest, :at) ON CONFLICT (person_id, partnership_id) "
    "DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at, used_at = NULL"
).bindparams(bindparam("at", type_=Instant))


def make_calendar_link(session: Session, person_id: int, partnership_id: int) -> str:
    """Make a person's link in a partnership, in place of one that they had; return its code."""
    code = secrets.token_urlsafe(32)
    given = {"person": person_id, "partnership": partnership_id, "digest": digest_of(code)}
    session.connection().execute(_PUT, {**given, "at": now(session)})
    return code


def calendar_link_of(session: Session, person_id: int, partnership_id: int) -> CalendarLink | None:
    """Return the link that a person has in a partnership."""
    return session.get(CalendarLink, (person_id, partnership_id))


def end_calendar_links(session: Session, person_id: int, partnership_id: int | None = None) -> bool:
    """Make a person's links useless, in one partnership or all; False where there was none."""
    ended = delete(CalendarLink).where(col(CalendarLink.person_id) == person_id)
    if partnership_id is not None:
        ended = ended.where(col(CalendarLink.partnership_id) == partnership_id)
    return bool(session.connection().execute(ended).rowcount)


def read_calendar_link(session: Session, code: str, network: str) -> LinkedCalendar | None:
    """Return whose calendar a code reads, noting that it was; None for one that is good no more.

    Limited as signing in is: each link by itself, and unknown links by where they are tried from.
    """
    found = _find(session, code)
    against = [f"calendar:{code}" if found else f"no-calendar:{network}"]
    sweep_tries(session)
    if too_many_tries(session, against):
        raise TooOften
    note_try(session, against)
    if found:
        read = update(CalendarLink).where(col(CalendarLink.digest) == digest_of(code))
        session.connection().execute(read.values(used_at=now(session)))
    return found


def _find(session: Session, code: str) -> LinkedCalendar | None:
    """Find a link of somebody who could still sign in."""
    query = (
        select(Person.id, Person.ref, Person.name, Partnership.slug)
        .join(CalendarLink, col(CalendarLink.person_id) == col(Person.id))
        .join(Partnership, col(Partnership.id) == col(CalendarLink.partnership_id))
        .where(
            CalendarLink.digest == digest_of(code),
            col(Person.left_at).is_(None),
            col(Person.password_hash).is_not(None),
        )
    )
    row = session.exec(query).one_or_none()
    return LinkedCalendar(*row) if row else None
