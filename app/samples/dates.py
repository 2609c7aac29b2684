"""Dates as people type them into lists, read in the British order and never guessed.

Public: `read_date(text) -> date`, raising `DateProblem`; `as_date(text) -> date | None`;
`months_before(day, months) -> date`.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final

MONTHS: Final = {
    name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number
}
CLOCK: Final = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?"
WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){CLOCK}", re.IGNORECASE)
DAY_FIRST: Final = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){CLOCK}", re.IGNORECASE
)
NAMED: Final = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ]?([a-z]{{3,9}})\.?,?[-/. ]?"
    rf"(\d{{4}}|\d{{2}}){CLOCK}",
    re.IGNORECASE,
)
SERIAL: Final = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
WRITE: Final = "write the day first, as 14/08/2025, or the year first, as 2025-08-14"


class DateProblem(Exception):
    """Why something is not a date, as the end of a sentence about it."""


def read_date(text: str) -> date:
    """Read a date typed in the British order, in words, or year first; a time after it is left out.

    >>> read_date("14/08/2025") == read_date("2025-08-14") == read_date("Thu 14th August 2025")
    True
    >>> try:
    ...     read_date("08/14/2025")
    ... except DateProblem as problem:
    ...     print(str(problem)[:41])
    is month first, or has no such month: wri
    """
    text = " ".join(text.split())
    if not any(map(str.isdecimal, text)):
        raise DateProblem(f"is not a date: {WRITE}")
    if found := YEAR_FIRST.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.fullmatch(text):
        return _made(_year(found[3]), int(found[2]), int(found[1]))
    if found := NAMED.fullmatch(text):
        return _made(_year(found[3]), _month(found[2]), int(found[1]))
    if SERIAL.fullmatch(text):
        raise DateProblem("looks like a date shown as a number: format the column as dates")
    raise DateProblem(f"is not a date: {WRITE}")


def as_date(text: str) -> date | None:
    """Read a date, or None when it is not one."""
    try:
        return read_date(text)
    except DateProblem:
        return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004 - digits of a year


def _month(name: str) -> int:
    name = name.lower()
    number = MONTHS.get(name[:3], 0)
    whole = calendar.month_name[number].lower()
    return number if number and (whole.startswith(name) or name == "sept") else 0


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if month > 12:  # noqa: PLR2004 - months of a year
            raise DateProblem(f"is month first, or has no such month: {WRITE}") from None
        raise DateProblem(f"is not a day of the calendar: {WRITE}") from None


def months_before(day: date, months: int) -> date:
    """Count calendar months back; where that month is shorter, its last day.

    >>> months_before(date(2025, 7, 31), 5)
    datetime.date(2025, 2, 28)
    """
    back = day.year * 12 + day.month - 1 - months
    year, month = divmod(back, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def from_serial(number: int) -> date:
    """Read a date that a workbook shows as a number of days (1900 system).

    >>> from_serial(45883)
    datetime.date(2025, 8, 14)
    """
    return date(1899, 12, 30) + timedelta(days=number)
