"""The kinds of identifier, and the sentence that asks a writer to look again."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of identifier, as logs and replies name it."""

    NHS = "nhs-number"
    UPN = "pupil-number"
    POSTCODE = "postcode"
    EMAIL = "e-mail"
    PHONE = "phone-number"
    INSURANCE = "insurance-number"
    BIRTH = "date-of-birth"
    ADDRESS = "address"
    NAME = "name"

    @property
    def words(self) -> str:
        """One of the kind, as a sentence names it."""
        return _ONE[self]

    @property
    def many(self) -> str:
        """Several of the kind, as a column of a list is described."""
        return _MANY[self]


_ONE = {
    Kind.NHS: "an NHS number",
    Kind.UPN: "a unique pupil number",
    Kind.POSTCODE: "a postcode",
    Kind.EMAIL: "an e-mail address",
    Kind.PHONE: "a phone number",
    Kind.INSURANCE: "a National Insurance number",
    Kind.BIRTH: "a date of birth",
    Kind.ADDRESS: "an address",
    Kind.NAME: "a name",
}
_MANY = {
    Kind.NHS: "NHS numbers",
    Kind.UPN: "unique pupil numbers",
    Kind.POSTCODE: "postcodes",
    Kind.EMAIL: "e-mail addresses",
    Kind.PHONE: "phone numbers",
    Kind.INSURANCE: "National Insurance numbers",
    Kind.BIRTH: "dates of birth",
    Kind.ADDRESS: "addresses",
    Kind.NAME: "names",
}


class Warned(NamedTuple):
    """A warning beside what was typed."""

    kind: Kind
    """The first kind that was found."""
    words: str


def warned_of(kinds: Iterable[Kind], reference: str = "") -> Warned | None:
    """Return the warning for what was found, or None; `reference` is how to say whom it is about.

    >>> warned_of([Kind.NAME, Kind.BIRTH], "R-7F3K").words
    'This looks like a name and a date of birth. Write “R-7F3K” or “the child” instead, or leave it if it is neither.'
    """  # noqa: E501 - a doctest's answer stands on one line
    found = list(kinds)
    if not found:
        return None
    *most, last = [kind.words for kind in found]
    listed = f"{', '.join(most)} and {last}" if most else last
    instead = f"“{reference}” or “the child”" if reference else "“the child” or “the worker”"
    neither = {0: "is not", 1: "is neither"}.get(len(most), "is none of them")
    return Warned(
        found[0],
        f"This looks like {listed}. Write {instead} instead, or leave it if it {neither}.",
    )
