"""Passwords: Argon2id with m=19 MiB, t=2, p=1, and what makes one acceptable."""

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.access import Unfit

SHORTEST, LONGEST = 12, 200

_hash = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))
_TOO_COMMON = ("password", "safeguarding", "casefile", "qwerty", "letmein", "123456")


def check_strength(password: str, email: str) -> None:
    """Refuse a password that is short, very long, built on the obvious, or on the address."""
    if len(password) < SHORTEST:
        raise Unfit({"password": f"Use at least {SHORTEST} characters: three random words do well"})
    if len(password) > LONGEST:
        raise Unfit({"password": f"Use at most {LONGEST} characters"})
    plain = rest = password.casefold()
    for word in (*_TOO_COMMON, *filter(None, email.casefold().split("@"))):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        raise Unfit({"password": "That is easy to guess: use three random words"})
    if len(set(plain)) < SHORTEST // 3:
        raise Unfit({"password": "That repeats itself: use three random words"})


def hash_password(password: str) -> str:
    """Return what is stored in place of a password."""
    return _hash.hash(password)


@cache
def _nobody() -> str:
    # Verified against for an unknown account, so that both answers take the same time.
    return hash_password("nobody has this password")


def verify(password: str, stored: str | None) -> bool:
    """Whether this is the password; as slow for an unknown account as for a known one."""
    right = _hash.verify(password[:LONGEST], stored or _nobody())
    return right and stored is not None
