"""Questions answered with a date, typed in three boxes."""

import re
from calendar import month_abbr, month_name
from datetime import date
from typing import ClassVar, Literal, NamedTuple

from app.tools.parts import Answer, Posted, Problem, tidy
from app.tools.words import Typed

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SLASH, _SLASH_TYPED = "/", "\N{DIVISION SLASH}"
_NAMES = tuple(month_name)
_MONTHS = {name.lower(): n for names in (month_name, month_abbr) for n, name in enumerate(names)}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Boxes(NamedTuple):
    """The three boxes of a date, as they are filled again."""

    day: str
    month: str
    year: str


def month_number(typed: str) -> int | None:
    """Read a month as a number or a name; none where it is neither.

    >>> month_number("03"), month_number("March"), month_number("sept"), month_number("Marhc")
    (3, 3, 9, None)
    """
    word = typed.lower().rstrip(".")
    if word == "sept":
        return 9
    return int(word) if re.fullmatch(r"[0-9]{1,2}", word) else _MONTHS.get(word) or None


def boxes(text: str) -> Boxes:
    """Take a stored date apart for its three boxes, readable or not.

    >>> boxes("2026-03-09"), boxes("31/2/2026")
    (Boxes(day='9', month='3', year='2026'), Boxes(day='31', month='2', year='2026'))
    """
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
        return Boxes(str(int(day)), str(int(month)), year)
    day, month, year = [*text.split(_SLASH), "", "", ""][:3]
    return Boxes(*(box.replace(_SLASH_TYPED, _SLASH) for box in (day, month, year)))


def calendar_date(typed: Boxes) -> date:
    """Find the day that three boxes name, or say in words which box to look at.

    >>> calendar_date(Boxes("3", "mar", "2026"))
    datetime.date(2026, 3, 3)
    >>> calendar_date(Boxes("31", "2", "2026"))
    Traceback (most recent call last):
    app.tools.parts.Problem: 31 February 2026 is not a date: check the day and the month
    """
    if missing := [name for name, box in zip(Boxes._fields, typed, strict=True) if not box]:
        raise Problem(f"Enter the {' and the '.join(missing)} too")
    month = month_number(typed.month)
    if month is None or not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        raise Problem("The month must be a number from 1 to 12, or its name")
    if not re.fullmatch(r"[0-9]{4}", typed.year):
        raise Problem(f"Enter the year in full, such as {date(2026, 1, 1).year}")
    if not FIRST_YEAR <= int(typed.year) <= LAST_YEAR:
        raise Problem(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}")
    if not re.fullmatch(r"[0-9]{1,2}", typed.day):
        raise Problem("The day must be a number, such as 3")
    try:
        return date(int(typed.year), month, int(typed.day))
    except ValueError:
        named = f"{int(typed.day)} {_NAMES[month]} {typed.year}"
        raise Problem(f"{named} is not a date: check the day and the month") from None


class Date(Typed):
    """A day of the calendar."""

    kind: Literal["date"]
    prompt: ClassVar[str] = "Enter a date"

    def boxes(self, answer: Answer) -> Boxes:
        """Fill the three boxes again from a stored answer, readable or not."""
        return boxes(answer.text)

    def typed(self, posted: Posted, before: Answer) -> str:
        """Join the three boxes in one text; no text where all are empty."""
        names = [f"{self.id}.{box}" for box in Boxes._fields]
        if not any(name in posted for name in names):
            return before.text
        given = (tidy((posted.get(name) or ("",))[-1]).strip() for name in names)
        text = _SLASH.join(box.replace(_SLASH, _SLASH_TYPED) for box in given)
        return "" if text == _SLASH * 2 else text

    def canonical(self, typed: str) -> str:
        """Write the date as year-month-day, or say which box to look at."""
        return calendar_date(boxes(typed)).isoformat()

    def show_answered(self, answer: Answer) -> str:
        """Show the date as people write it: 3 March 2026."""
        day, month, year = boxes(answer.text)
        return f"{day} {_NAMES[int(month)]} {year}"
