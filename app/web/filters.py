"""How pages show days, instants and other values."""

from datetime import date, datetime

from app.db.clock import LONDON

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def day(value: date | datetime | None) -> str:
    """Show a day in words.

    >>> day(date(2026, 11, 3))
    '3 November 2026'
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """Show an instant as it was in London.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 7, 1, 13, 5, tzinfo=UTC))
    '1 July 2026 at 2:05pm'
    """
    if value is None:
        return ""
    return f"{day(value)} at {time_of_day(value)}"


def time_of_day(value: datetime) -> str:
    """Show the time of an instant as it was in London.

    >>> from datetime import UTC
    >>> time_of_day(datetime(2026, 7, 1, 13, 5, tzinfo=UTC))
    '2:05pm'
    """
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local.minute:02}{local:%p}".lower()


def plural(count: int, one: str, many: str | None = None) -> str:
    """Show a count with its noun.

    >>> plural(1, "referral"), plural(3, "reply", "replies")
    ('1 referral', '3 replies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Join words as a sentence does.

    >>> listed(["police", "health", "education"])
    'police, health and education'
    """
    if not words:
        return ""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if words[1:] else words[0]
