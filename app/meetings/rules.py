"""What a meeting can say of a question or a case."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.access import NotNow
from app.tools import Answer

NOBODY: Mapping[str, str] = MappingProxyType({})


class Overtaken(NotNow):
    """Somebody else changed what a page showed since it was opened: what was typed is kept."""


class Decision(NamedTuple):
    """What the panel decided on a question: an answer, or None when it was not agreed."""

    answer: Answer | None
    reason: str
    put_off: bool = False
    """Whether the panel will come back to it: then nothing was decided."""
    dissent: Mapping[str, str] = NOBODY
    """What each agency that does not agree says instead, by the agency's reference."""


class Said(StrEnum):
    """One kind of entry in the record of a meeting."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    PUT_OFF = "put_off"
    JUDGED = "judged"
    NOTED = "noted"
    REASONED = "reasoned"

    @property
    def words(self) -> str:
        """The kind as the record names it."""
        return _WORDS[self]


_WORDS = {
    Said.AGREED: "Agreed",
    Said.NOT_AGREED: "Not agreed: both views stand",
    Said.PUT_OFF: "Put off",
    Said.JUDGED: "Judgement of the panel",
    Said.NOTED: "Learning point",
    Said.REASONED: "Reason, in other words",
}
