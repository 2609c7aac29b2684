"""Signing in and staying so: server-side sessions, rate limits, and who is asking.

A session's cookie is random; the database keeps its digest, so a stolen backup signs nobody in.
Idle for 30 minutes or 12 hours old, it ends. What is final or reaches far (signing off, exports,
people and their roles) wants the password typed within the last half hour. Nothing is cached: a
role taken away is gone at the next request.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import Held, Role
from app.db import now
from app.db.prepared import Prepared
from app.identity.models import (
    Attempt,
    Membership,
    Partnership,
    Person,
    SignIn,
    SubgroupPerson,
)

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
CONFIRMED_FOR = timedelta(minutes=30)
"""How long a typed password opens the pages that ask for a recent one."""
NOTED_EVERY = timedelta(minutes=1)
"""How stale `seen_at` may be before it is written again."""

TRIES, WITHIN = 10, timedelta(minutes=5)


@dataclass(frozen=True)
class SignedIn:
    """A person with a living session."""

    person_id: int
    person_ref: str
    name: str
    email: str
    digest: str
    stale: bool
    """Whether the session's last use should be noted."""
    confirmed_at: datetime
    """When the password was last typed."""


@dataclass(frozen=True)
class Place:
    """A partnership as the signed-in person meets it: its name, advice and their memberships."""

    partnership_id: int
    slug: str
    name: str
    danger_advice: str
    held: tuple[Held, ...]
    subgroups: frozenset[int]


def digest_of(secret: str) -> str:
    """Return what is stored in place of a cookie, link or address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_sign_in(session: Session, person: Person) -> str:
    """Begin a session and return its cookie, which is stored nowhere."""
    cookie = secrets.token_urlsafe(32)
    moment = now(session)
    assert person.id is not None  # noqa: S101 - a stored person has one
    session.add(
        SignIn(
            digest=digest_of(cookie),
            person_id=person.id,
            started_at=moment,
            seen_at=moment,
            confirmed_at=moment,
        )
    )
    return cookie


_FIND = Prepared(
    columns(
        col(Person.id),
        col(Person.ref),
        col(Person.name),
        col(Person.email),
        col(SignIn.started_at),
        col(SignIn.seen_at),
        col(SignIn.confirmed_at),
    )
    .join(SignIn, col(SignIn.person_id) == col(Person.id))
    .where(col(SignIn.digest) == bindparam("digest"), col(Person.left_at).is_(None))
)


def find_sign_in(session: Session, cookie: str) -> SignedIn | None:
    """Return who this cookie is, unless it has ended or the person has left."""
    digest = digest_of(cookie)
    row = _FIND.one(session.connection(), {"digest": digest})
    if row is None:
        return None
    id_, ref, name, email, started, seen, confirmed = row
    moment = now(session)
    if _ended(started, seen, moment):
        return None
    stale = abs(moment - seen) > NOTED_EVERY
    return SignedIn(id_, ref, name, email, digest, stale=stale, confirmed_at=confirmed)


def _ended(started: datetime, seen: datetime, moment: datetime) -> bool:
    # A clock set back may end a session early; it never lets one live past its time.
    return not (timedelta(0) <= moment - started < ABSOLUTE and moment - seen < IDLE)


def note_use(session: Session, signed_in: SignedIn) -> None:
    """Keep an active session from idling out."""
    found = session.get(SignIn, signed_in.digest)
    if found:
        found.seen_at = now(session)


def confirm_sign_in(session: Session, digest: str) -> None:
    """Note that the person behind a session has just typed their password again."""
    confirmed = update(SignIn).where(col(SignIn.digest) == digest)
    session.connection().execute(confirmed.values(confirmed_at=now(session)))


def end_sign_in(session: Session, digest: str) -> None:
    """Sign one browser out."""
    session.connection().execute(delete(SignIn).where(col(SignIn.digest) == digest))


def end_all_sign_ins(session: Session, person_id: int) -> None:
    """Sign a person out everywhere: when a password changes, a role changes, or they leave."""
    session.connection().execute(delete(SignIn).where(col(SignIn.person_id) == person_id))


def sweep_sign_ins(session: Session) -> None:
    """Delete the sessions and counters that are over."""
    moment = now(session)
    connection = session.connection()
    connection.execute(delete(SignIn).where(col(SignIn.started_at) < moment - ABSOLUTE))
    connection.execute(delete(SignIn).where(col(SignIn.seen_at) < moment - IDLE))
    sweep_tries(session)


def sweep_tries(session: Session) -> None:
    """Delete the counters that are over."""
    over = delete(Attempt).where(col(Attempt.at) < now(session) - WITHIN)
    session.connection().execute(over)


_PLACE = Prepared(
    columns(
        col(Partnership.id),
        col(Partnership.name),
        col(Partnership.danger_advice),
        col(Membership.role),
        col(Membership.agency_id),
    )
    .join(Membership, col(Membership.partnership_id) == col(Partnership.id))
    .where(
        col(Partnership.slug) == bindparam("slug"),
        col(Membership.person_id) == bindparam("person"),
    )
)
_SUBGROUPS = Prepared(
    columns(col(SubgroupPerson.subgroup_id)).where(
        col(SubgroupPerson.person_id) == bindparam("person")
    )
)


def find_place(session: Session, person_id: int, slug: str) -> Place | None:
    """Return a partnership for one of its members, and None for anybody else."""
    connection = session.connection()
    rows = _PLACE.rows(connection, {"slug": slug, "person": person_id})
    if not rows:
        return None
    held = tuple(Held(Role(role), agency) for *_, role, agency in rows)
    on_subgroups = any(h.role in {Role.SUBGROUP_MEMBER, Role.ACTION_OWNER} for h in held)
    subgroups: frozenset[int] = frozenset()
    if on_subgroups:
        found = _SUBGROUPS.rows(connection, {"person": person_id})
        subgroups = frozenset(subgroup for (subgroup,) in found)
    id_, name, danger_advice, *_ = rows[0]
    return Place(id_, slug, name, danger_advice, held, subgroups)


def places_of(session: Session, person_id: int) -> list[tuple[str, str]]:
    """List the partnerships a person belongs to, as slug and name, by name."""
    query = (
        select(Partnership.slug, Partnership.name)
        .join(Membership, col(Membership.partnership_id) == col(Partnership.id))
        .where(Membership.person_id == person_id)
        .distinct()
        .order_by(Partnership.name)
    )
    return list(session.exec(query))


def too_many_tries(session: Session, against: Iterable[str]) -> bool:
    """Whether this account or this address has failed 10 times in 5 minutes."""
    since = now(session) - WITHIN
    query = (
        select(func.count())
        .select_from(Attempt)
        .where(col(Attempt.against).in_([digest_of(a) for a in against]), col(Attempt.at) > since)
        .group_by(col(Attempt.against))
    )
    return any(count >= TRIES for count in session.exec(query))


def note_try(session: Session, against: Iterable[str]) -> list[int]:
    """Count a try before it is known to fail, so that many at once cannot slip past the limit."""
    moment = now(session)
    tries = [Attempt(against=digest_of(a), at=moment) for a in against]
    session.add_all(tries)
    session.flush()
    return [attempt.id for attempt in tries if attempt.id is not None]


def forget_try(session: Session, tries: Iterable[int]) -> None:
    """Stop counting a try that succeeded; earlier failures stay counted."""
    session.connection().execute(delete(Attempt).where(col(Attempt.id).in_(list(tries))))
