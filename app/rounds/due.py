"""The three days of a round: when returns are due, when the panel meets by, when it is reported.

They are days of the calendar, not instants; a day ends at 23:59 in London.
"""

from datetime import date
from typing import NamedTuple

from app.rounds.rules import Stage

LONGEST_AHEAD = 5 * 366
"""Days: a date further ahead than five years is a slip of the finger."""


class Days(NamedTuple):
    """The days by which a round's returns, panel and report are due, in that order."""

    returns_due: date
    panel_due: date
    report_due: date


NAMES = {"returns_due": "Returns due", "panel_due": "Panel due", "report_due": "Report due"}
"""The days as pages name them."""


def day_problems(days: Days, today: date, before: Days | None = None) -> dict[str, str]:
    """Say what is wrong with the days, by field: each must come after the one before it.

    A day may not be set in the past, but one that has passed since may stay (`before`).

    >>> soon, later = date(2026, 10, 16), date(2026, 10, 30)
    >>> day_problems(Days(soon, soon, later), today=date(2026, 9, 15))
    {'panel_due': 'Panel due must be after returns are due'}
    """
    problems: dict[str, str] = {}
    for name, day in days._asdict().items():
        unchanged = before is not None and getattr(before, name) == day
        if day < today and not unchanged:
            problems[name] = f"{NAMES[name]} must be today or in the future"
        elif (day - today).days > LONGEST_AHEAD:
            problems[name] = f"{NAMES[name]} must be within five years: check the year"
    if days.panel_due <= days.returns_due:
        problems.setdefault("panel_due", "Panel due must be after returns are due")
    if days.report_due <= days.panel_due:
        problems.setdefault("report_due", "Report due must be after the panel is due")
    return problems


_WAITED_FOR = {
    "returns_due": (Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING, Stage.OPEN),
    "panel_due": (Stage.RETURNS_CLOSED, Stage.MODERATION),
    "report_due": (Stage.FINDINGS_AGREED,),
}


def next_due(stage: Stage, days: Days) -> tuple[str, date] | None:
    """Name the day that a round at this stage is working towards, or None once it is reported."""
    for name, stages in _WAITED_FOR.items():
        if stage in stages:
            return NAMES[name], getattr(days, name)
    return None


def days_ahead(stage: Stage, days: Days) -> list[tuple[str, date]]:
    """List the day that a round works towards and those that come after it, by their field.

    >>> soon, later = date(2026, 10, 16), date(2026, 10, 30)
    >>> [name for name, _ in days_ahead(Stage.MODERATION, Days(soon, later, later))]
    ['panel_due', 'report_due']
    """
    names = list(_WAITED_FOR)
    now_at = (place for place, name in enumerate(names) if stage in _WAITED_FOR[name])
    return [(name, getattr(days, name)) for name in names[next(now_at, len(names)) :]]


def how_far(day: date, today: date) -> str:
    """Say in words how far off a day is.

    >>> how_far(date(2026, 9, 14), today=date(2026, 9, 15))
    '1 day overdue'
    >>> how_far(date(2026, 9, 16), today=date(2026, 9, 15))
    'tomorrow'
    """
    off = (day - today).days
    if off < 0:
        return f"{-off} {'day' if off == -1 else 'days'} overdue"
    return {0: "today", 1: "tomorrow"}.get(off, f"in {off} days")
