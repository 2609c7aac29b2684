"""Links by which a person sets a password: invitations and resets.

A link's code is random and shown once; the database keeps its digest. It works once, for 72 hours
(an invitation) or 24 (a reset). Whoever holds the code can become the person, so a link is
withdrawn as soon as the person gains a role that its maker might not have been trusted with.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.db import now
from app.identity.models import Link, Person
from app.identity.sign_ins import digest_of


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"

    @property
    def lives(self) -> timedelta:
        """How long a link for this works."""
        return timedelta(hours=72 if self is Purpose.INVITATION else 24)


@dataclass(frozen=True)
class LivingLink:
    """A link that still works, and whose it is."""

    digest: str
    purpose: Purpose
    person_id: int
    person_ref: str
    name: str
    email: str
    partnership_id: int


@dataclass(frozen=True)
class NewLink:
    """A link just made: the only time its code is known."""

    code: str
    purpose: Purpose
    expires_at: datetime


def purpose_for(person: Person) -> Purpose:
    """Say what a link for this person would be: an invitation until they have a password."""
    return Purpose.RESET if person.password_hash else Purpose.INVITATION


def make_link(session: Session, person: Person, partnership_id: int) -> NewLink:
    """Make a link in place of any that the person had."""
    if person.id is None:
        raise LookupError("a stored person has a key")
    withdraw_links(session, person.id)
    code, purpose = secrets.token_urlsafe(32), purpose_for(person)
    link = Link(
        digest=digest_of(code),
        person_id=person.id,
        partnership_id=partnership_id,
        purpose=purpose,
        expires_at=now(session) + purpose.lives,
    )
    session.add(link)
    return NewLink(code, purpose, link.expires_at)


def find_link(session: Session, code: str) -> LivingLink | None:
    """Return what a code opens; None for one that is unknown, used, expired or withdrawn."""
    query = (
        select(Link, Person)
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(
            Link.digest == digest_of(code),
            col(Link.used_at).is_(None),
            Link.expires_at > now(session),
            col(Person.left_at).is_(None),
        )
    )
    found = session.exec(query).one_or_none()
    if found is None:
        return None
    link, person = found
    return LivingLink(
        digest=link.digest,
        purpose=Purpose(link.purpose),
        person_id=link.person_id,
        person_ref=person.ref,
        name=person.name,
        email=person.email,
        partnership_id=link.partnership_id,
    )


def spend_link(session: Session, link: LivingLink) -> bool:
    """Use a link up; False when somebody has used it, or it has ended, in the meantime."""
    spent = session.connection().execute(
        update(Link)
        .where(
            col(Link.digest) == link.digest,
            col(Link.used_at).is_(None),
            col(Link.expires_at) > now(session),
        )
        .values(used_at=now(session))
    )
    return bool(spent.rowcount)


def withdraw_links(session: Session, person_id: int, *, except_of: int | None = None) -> None:
    """Make a person's unused links useless; those made in one partnership may be kept."""
    doomed = delete(Link).where(col(Link.person_id) == person_id, col(Link.used_at).is_(None))
    if except_of is not None:
        doomed = doomed.where(col(Link.partnership_id) != except_of)
    session.connection().execute(doomed)
