"""How far a requested document is, and for how long it is kept."""

from datetime import datetime, timedelta
from enum import StrEnum

KEPT = timedelta(days=1)
"""Until then whoever asked for a document can take it; then it goes."""

UNHEARD = timedelta(minutes=10)
"""A document that is not there after so long was lost with the process that was to make it."""


class DocumentState(StrEnum):
    """How far a requested document is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"

    @property
    def going_on(self) -> bool:
        """Whether it is worth looking again."""
        return self in UNFINISHED


UNFINISHED = frozenset({DocumentState.WAITING, DocumentState.MAKING})


def stands(state: str, asked_at: datetime, now: datetime) -> DocumentState:
    """Say how far a document is: no process is waited for that has not been heard of for long.

    >>> asked = datetime(2026, 11, 27, 10)
    >>> stands("making", asked, asked + timedelta(minutes=11))
    <DocumentState.FAILED: 'failed'>
    >>> stands("ready", asked, asked + timedelta(hours=11))
    <DocumentState.READY: 'ready'>
    """
    found = DocumentState(state)
    lost = found.going_on and now - asked_at > UNHEARD
    return DocumentState.FAILED if lost else found
