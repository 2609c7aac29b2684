"""Reading the days between which somebody looks at the trail."""

from collections.abc import Mapping
from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
DAYS = (("since", "From"), ("until", "To"))


def day(typed: str) -> date | None:
    """Return the day that a browser's date field sent; None for an empty one, or an odd one.

    >>> day("2026-11-03"), day("tomorrow"), day("0001-01-01")
    (datetime.date(2026, 11, 3), None, None)
    """
    try:
        read = date.fromisoformat(typed)
    except ValueError:
        return None
    return read if FIRST <= read <= LAST else None


def wrong_days(typed: Mapping[str, str]) -> dict[str, str]:
    """Say which of the days cannot be read, or that they are the wrong way round."""
    wrong = {
        name: f"{words}: write a day like 2026-11-03"
        for name, words in DAYS
        if typed.get(name) and day(typed[name]) is None
    }
    since, until = day(typed.get("since", "")), day(typed.get("until", ""))
    if since and until and until < since:
        wrong["until"] = "To must be the same day as From, or later"
    return wrong
