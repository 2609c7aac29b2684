"""Identifiers in the cells of a list: what is found in any text, and what only a cell gives away.

A column with one of them is dropped before anything is stored, so a cell is suspected sooner than
a sentence is: whatever begins like an address is one.

Public: `kinds_in(text) -> tuple[str, ...]` in words for a person.
"""

import re
from typing import Final

from app.identifiers import Kind, folded, structured_in

BEFORE: Final = r"(?<![A-Za-z0-9])"
AFTER: Final = r"(?![A-Za-z0-9])"
BIRTH: Final = re.compile(
    rf"{BEFORE}(?:d\.?o\.?b\.?|born|date of birth|birthday)[ :=-]{{0,10}}(?:on |in )?\d",
    re.IGNORECASE,
)
HOUSE: Final = re.compile(
    r"(?:^|[,;] ?)(?:(?:flat|unit|apartment) \w{1,4},? )?\d{1,4}[a-z]?,? "
    r"(?:[a-z'\u2019.-]{1,30} ){1,4}"
    r"(?:street|st|road|rd|avenue|ave|lane|close|drive|way|crescent|court|gardens|grove|place|terrace"
    rf"|hill|mews|walk|row|square|green|rise|view|parade|copse|mead){AFTER}",
    re.IGNORECASE,
)


def kinds_in(text: str) -> tuple[str, ...]:
    """Name the kinds of identifier a text holds; an empty tuple for nearly every cell of a list.

    >>> kinds_in("seen on the ward, reference 999 000 0000")
    ()
    >>> kinds_in("letter to SO99 9ZZ, parent@family.example")
    ('postcodes', 'e-mail addresses')
    """
    text = folded(text)
    if "@" not in text and not any(map(str.isdigit, text)):
        return ()
    found = [*structured_in(text)]
    found += [
        kind for kind, shape in ((Kind.BIRTH, BIRTH), (Kind.ADDRESS, HOUSE)) if shape.search(text)
    ]
    return tuple(kind.many for kind in found)
