"""Hashing passwords beside the event loop: slow on purpose, so never where others would wait.

A few at a time: each takes 19 MiB, and a crowd at the door must not take the machine's memory.
"""

from anyio import CapacityLimiter, to_thread

from app.identity.passwords import hash_password, verify

AT_ONCE = 4
_turn = CapacityLimiter(AT_ONCE)


async def hash_aside(password: str) -> str:
    """Return what is stored in place of a password. No transaction may be open meanwhile."""
    return await to_thread.run_sync(hash_password, password, limiter=_turn)


async def verify_aside(password: str, stored: str | None) -> bool:
    """Whether this is the password, as slow for nobody as for somebody."""
    return await to_thread.run_sync(verify, password, stored, limiter=_turn)
