"""Telling dates of birth from dates of referrals, by how far back and how widely they lie.

Public: `birth_date_columns(columns) -> frozenset[str]`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.samples.dates import as_date, from_serial
from app.samples.headings import RawColumn

MOSTLY: Final = 0.5  # of the filled cells, to call a column one of dates
BEFORE: Final = timedelta(days=2 * 365)
SPREAD: Final = timedelta(days=5 * 365)
SERIALS: Final = range(32_874, 54_789)  # 1990 to 2049 as numbers of days
OFFICE: Final = re.compile(r"referr|received|contact|previous|closed|decision|episode")
COMPACT: Final = 8  # digits of 20140312
ENOUGH: Final = 4  # dates, to speak of their spread


def birth_date_columns(columns: Sequence[RawColumn]) -> frozenset[str]:
    """Find the columns, by letter, whose dates look like dates of birth.

    Most of their dates lie two years before the newest date of any other column, or they spread
    over more than five years, as children's ages do and a season's referrals do not.
    """
    days = {column.letter: found for column in columns if (found := _days(column.cells))}
    births = set()
    for column in columns:
        mine = days.get(column.letter)
        if mine:
            others = [_newest(found) for letter, found in days.items() if letter != column.letter]
            if _long_before(mine, others) or _as_ages(column.heading, mine, others):
                births.add(column.letter)
    return frozenset(births)


def _newest(days: Sequence[date]) -> date:
    """Take a column's newest date but for slips of the pen: one 2062 makes no other column old."""
    slips = max(len(days) // 20, len(days) > ENOUGH)
    return sorted(days)[-1 - slips]


def _long_before(mine: list[date], others: list[date]) -> bool:
    return bool(others) and sum(day < max(others) - BEFORE for day in mine) > 0.5 * len(mine)


def _as_ages(heading: str, mine: list[date], others: list[date]) -> bool:
    if others and OFFICE.search(heading.casefold()):
        return False  # earlier referrals go back years too; beside another date they are believed
    # A few odd dates at either end are slips of the pen, not ages.
    days = sorted(mine)
    edge = len(days) // 20
    return len(days) >= ENOUGH and days[-1 - edge] - days[edge] > SPREAD


def _days(cells: Sequence[str]) -> list[date]:
    """Read a column's dates; nothing when fewer than half of its filled cells are dates."""
    filled = Counter(cell for cell in cells if cell)
    days: list[date] = []
    for cell, many in filled.items():
        if day := _any_date(cell):
            days += [day] * many
    return days if len(days) >= MOSTLY * filled.total() else []


def _any_date(text: str) -> date | None:
    """Read a date however it is written: here a wrong guess only drops a column."""
    if text.isdecimal():
        if len(text) == COMPACT:
            return as_date(f"{text[:4]}-{text[4:6]}-{text[6:]}") or as_date(
                f"{text[:2]}/{text[2:4]}/{text[4:]}"
            )
        return from_serial(int(text)) if len(text) == 5 and int(text) in SERIALS else None  # noqa: PLR2004
    return as_date(text) or _american(text)


def _american(text: str) -> date | None:
    parts = text.split("/")
    return as_date(f"{parts[1]}/{parts[0]}/{parts[2]}") if len(parts) == 3 else None  # noqa: PLR2004
