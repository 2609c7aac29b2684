"""Reading a reference as people say it, type it and read it out."""

from app.tools import SubjectKind

SHORTEST = 2
"""Letters without which a search by words would list everything."""
LONGEST = 100


def folded(typed: str) -> str:
    """Return a reference without what nobody reads out: case, spaces and dashes.

    >>> folded(" r 7f3k "), folded("R-7F3K"), folded("R\N{EN DASH}7f3k")
    ('R7F3K', 'R7F3K', 'R7F3K')
    """
    return "".join(letter for letter in typed if letter.isalnum()).upper()


def labels(typed: str) -> frozenset[str]:
    """Return the labels that may be meant, folded: people leave out the letter of the kind.

    >>> sorted(labels("7f3k"))
    ['7F3K', 'C7F3K', 'I7F3K', 'O7F3K', 'P7F3K', 'R7F3K', 'S7F3K']
    """
    said = folded(typed)
    return frozenset({said, *(f"{letter}{said}" for letter in _KINDS)}) if said else frozenset()


_KINDS = frozenset(kind.value[0].upper() for kind in SubjectKind)
"""What labels begin with: R for a referral, C for a case."""
