"""How long a round keeps each class of data after it is closed."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.web.filters import plural

LONGEST = 120
"""Months: nothing of a case is kept more than ten years after its audit."""


class Kept(StrEnum):
    """A class of data with a time of its own, in the order in which they usually go."""

    LISTS = "lists"
    LOCAL_RECORDS = "local_records"
    ANSWERS = "answers"
    AGREED_ANSWERS = "agreed_answers"
    TRAIL = "trail"

    @property
    def words(self) -> str:
        """The class as pages name it."""
        return _WORDS[self]

    @property
    def hint(self) -> str:
        """What belongs to it."""
        return _HINTS[self]


_WORDS = {
    Kept.LISTS: "Imported lists",
    Kept.LOCAL_RECORDS: "Local record numbers",
    Kept.ANSWERS: "Answers and reasons",
    Kept.AGREED_ANSWERS: "Agreed answers",
    Kept.TRAIL: "Details of the trail",
}
_HINTS = {
    Kept.LISTS: "The rows that the sample was drawn from.",
    Kept.LOCAL_RECORDS: "The numbers that agencies have for the children.",
    Kept.ANSWERS: "What agencies answered about each case, earlier versions, and attached files.",
    Kept.AGREED_ANSWERS: "What the panel decided about each case, and why.",
    Kept.TRAIL: "What each event was about, and the record of immediate concerns. That something "
    "happened, when and by whom stays.",
}

USUAL: Mapping[Kept, int] = {
    Kept.LISTS: 1,
    Kept.LOCAL_RECORDS: 1,
    Kept.ANSWERS: 24,
    Kept.AGREED_ANSWERS: 24,
    Kept.TRAIL: 84,
}
"""Months after closing that the form suggests; each partnership decides."""


def in_words(months: int) -> str:
    """Say a time in words.

    >>> in_words(0), in_words(24), in_words(18)
    ('as soon as it is closed', '2 years', '18 months')
    """
    if months == 0:
        return "as soon as it is closed"
    years, rest = divmod(months, 12)
    return plural(months, "month") if rest else plural(years, "year")


def goes_on(closed: date, months: int) -> date:
    """Return the day from which a class of data may go.

    >>> goes_on(date(2026, 1, 31), 1), goes_on(date(2026, 11, 24), 24)
    (datetime.date(2026, 2, 28), datetime.date(2028, 11, 24))
    """
    years, month = divmod(closed.month - 1 + months, 12)
    year = closed.year + years
    return date(year, month + 1, min(closed.day, monthrange(year, month + 1)[1]))
