"""Which column is which, and which outcome a word stands for: guessed here, confirmed by a person.

Public: `Mapping`, `suggest(columns) -> Mapping`, `outcome_words(column) -> tuple[str, ...]`,
`suggest_outcome(word) -> Stratum | None`, `key(word)`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.samples.dates import as_date
from app.samples.frame import Stratum
from app.samples.lists import Column

YES: Final = frozenset({"yes", "y", "true", "t", "1"})
NO: Final = frozenset({"no", "n", "false", "f", "0"})

# What each part may be headed as, the surest first.
HEADED: Final[dict[str, tuple[str, ...]]] = {
    "previous": (r"previous|\bprev\b", r"\bprior\b|last referr|earlier|before"),
    "re_referred": (r"re-? ?referr", r"repeat|returned|previous"),
    "received": (
        r"receiv|date of (referral|contact|iarf)|(referral|contact|iarf) date",
        r"referral|contact",
        r"\bdate\b",
    ),
    "outcome": (r"outcome", r"decision|result|disposal|next step|threshold"),
    "reference": (r"\bref\b|reference", r"identifier|\bid\b|unique|number|\bno\b"),
}

# A word that two of them claim is left for the coordinator. "Family help" is not
# here: since 2026 it can mean early help or section 17.
OUTCOMES: Final = {
    Stratum.SECTION_47: re.compile(
        r"\bs(ection|ec|\.)? ?47\b|strategy (discussion|meeting)|(\bcp|child protection) enquir"
    ),
    Stratum.SECTION_17: re.compile(
        r"\bs(ection|ec|\.)? ?17\b|\bc ?(&|and) ?f\b|child(ren)? and famil(y|ies) assess|\bcin\b"
        r"|child in need|single assess|\bcfa\b"
    ),
    Stratum.EARLY_HELP: re.compile(r"early ?help|\beha?\b|\btaf\b|team around the family"),
    Stratum.NO_FURTHER_ACTION: re.compile(
        r"\bnfa\b|no further|no action|no role|advice|signpost|information only|\bclosed?\b"
    ),
}


@dataclass(frozen=True)
class Mapping:
    """The letters of the columns a frame is made from, and the outcome each word stands for.

    Either `previous` (a date) or `re_referred` (yes or no) is wanted, not both. `outcomes` pairs
    each word of the outcome column, by `key`, with its stratum; None is still to be chosen.
    """

    reference: str | None = None
    outcome: str | None = None
    received: str | None = None
    previous: str | None = None
    re_referred: str | None = None
    outcomes: tuple[tuple[str, Stratum | None], ...] = ()


def key(word: str) -> str:
    """Fold a word of the list so that case and spaces do not matter.

    >>> key("  Early   HELP ")
    'early help'
    """
    return " ".join(word.casefold().split())


def suggest_outcome(word: str) -> Stratum | None:
    """Guess the stratum a word of the list stands for; None when it is unclear.

    >>> suggest_outcome("C&F assessment s17"), suggest_outcome("Family help")
    (<Stratum.SECTION_17: 'section_17'>, None)
    """
    said = [stratum for stratum, pattern in OUTCOMES.items() if pattern.search(key(word))]
    # "Strategy discussion, then NFA" says two things: only one answer is safe to suggest.
    return said[0] if len(said) == 1 else None


def outcome_words(column: Column) -> tuple[str, ...]:
    """List the different words of an outcome column as first written, in the order they come."""
    first: dict[str, str] = {}
    for cell in column.cells:
        if cell:
            first.setdefault(key(cell), cell)
    return tuple(first.values())


def suggest(columns: Sequence[Column]) -> Mapping:
    """Guess which kept column is which: heading and cells together, each column once."""
    left = [column for column in columns if column.kept]
    found: dict[str, str | None] = {}
    for part, suits in SUITS.items():
        if part == "re_referred" and found.get("previous"):
            found[part] = None
            continue
        column = _best(left, HEADED[part], suits)
        found[part] = column.letter if column else None
        left = [other for other in left if other is not column]
    outcome = next((c for c in columns if c.kept and c.letter == found["outcome"]), None)
    words = outcome_words(outcome) if outcome else ()
    return Mapping(**found, outcomes=tuple((key(word), suggest_outcome(word)) for word in words))


def _best(
    columns: Sequence[Column], patterns: Sequence[str], suits: Callable[[Column], bool]
) -> Column | None:
    """Take the column that looks so and is most surely headed so; else the only one to look so."""
    looks = [column for column in columns if suits(column)]
    for pattern in patterns:
        for column in looks:
            if re.search(pattern, key(column.heading)):
                return column
    return looks[0] if len(looks) == 1 and suits is not _sparse_dates else None


def _filled(column: Column) -> list[str]:
    return [cell for cell in column.cells if cell]


def _dates(column: Column) -> bool:
    filled = _filled(column)
    return bool(filled) and sum(as_date(cell) is not None for cell in filled) > 0.5 * len(filled)


def _sparse_dates(column: Column) -> bool:
    # Nobody was referred before: the column is there and empty.
    return not _filled(column) or _dates(column)


def _yes_or_no(column: Column) -> bool:
    filled = _filled(column)
    return bool(filled) and sum(key(cell) in YES | NO for cell in filled) > 0.8 * len(filled)


def _outcomes(column: Column) -> bool:
    words = outcome_words(column)
    known = sum(suggest_outcome(word) is not None for word in words)
    return bool(words) and (known >= 0.5 * len(words) or "outcome" in key(column.heading))


def _references(column: Column) -> bool:
    filled = _filled(column)
    return bool(filled) and len(set(filled)) > 0.9 * len(filled) and not _dates(column)


SUITS: Final[dict[str, Callable[[Column], bool]]] = {
    "previous": _sparse_dates,
    "re_referred": _yes_or_no,
    "received": _dates,
    "outcome": _outcomes,
    "reference": _references,
}
