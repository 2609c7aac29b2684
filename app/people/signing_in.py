"""Signing in, in two short transactions with the hashing between them and outside both.

A try is counted before it is known to fail, and forgotten when it succeeds: a hundred tries at
once are a hundred tries. An unknown address, a wrong password and a person who has left are one
answer, after the same work.
"""

from dataclasses import dataclass

from fastapi import Request
from sqlmodel import Session, select

from app.identity.models import Person
from app.identity.sign_ins import (
    digest_of,
    end_sign_in,
    forget_try,
    note_try,
    start_sign_in,
    sweep_sign_ins,
    too_many_tries,
)
from app.people.rules import network_of

TOO_MANY = "Too many tries at signing in have failed."


@dataclass(frozen=True)
class Try:
    """One try at signing in: what the password is verified against, and how it is counted."""

    email: str
    stored: str | None
    counted: tuple[int, ...]


def address_of(request: Request) -> str:
    """Return the network address a request comes from; unknown ones are counted together."""
    return request.client.host if request.client else "nowhere"


def begin_try(session: Session, email: str, address: str) -> Try | None:
    """Count a try against the account and the network address; None when there were too many."""
    against = [f"account:{email}", f"address:{network_of(address)}"]
    if too_many_tries(session, against):
        return None
    person = _who(session, email)
    stored = person.password_hash if person else None
    return Try(email, stored, tuple(note_try(session, against)))


def sign_in(session: Session, tried: Try, old_cookie: str) -> tuple[str, str] | None:
    """Begin a session after the right password; return its cookie, and whose it is.

    None when the password was changed, or the person left, while it was being verified.
    """
    person = _who(session, tried.email)
    if person is None or person.password_hash != tried.stored:
        return None
    forget_try(session, tried.counted)
    sweep_sign_ins(session)
    if old_cookie:
        end_sign_in(session, digest_of(old_cookie))
    return start_sign_in(session, person), person.ref


def _who(session: Session, email: str) -> Person | None:
    person = session.exec(select(Person).where(Person.email == email)).one_or_none()
    return person if person and person.left_at is None else None
