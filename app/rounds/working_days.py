"""Working days in England: what a round's dates leave its agencies, its panel and its lead.

The bank holidays are those that GOV.UK publishes, from the copy that comes with the library:
nothing is fetched. The list ends some years ahead, and pages say so where a date lies beyond.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from app.rounds.due import NAMES, Days
from app.web.filters import day, plural

FEWEST_WORKING_DAYS = 10
"""Fewer than two weeks to audit a case file beside one's own work comes back half done."""

SATURDAY = 5


@cache
def bank_holidays() -> Mapping[date, str]:
    """Return the bank holidays of England with their names."""
    # Loaded here, since it brings all that is needed to ask the network, which is never asked.
    from govuk_bank_holidays.bank_holidays import BankHolidays  # noqa: PLC0415

    known = BankHolidays(use_cached_holidays=True)  # else it asks the network
    listed = known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {each["date"]: each["title"] for each in listed}


def last_known_year() -> int:
    """Return the last year whose bank holidays are known."""
    return max(bank_holidays()).year


def is_working(when: date) -> bool:
    """Whether offices work on a day.

    >>> [is_working(date(2026, 12, number)) for number in (24, 25, 27)]
    [True, False, False]
    """
    return when.weekday() < SATURDAY and when not in bank_holidays()


def working_days(after: date, until: date) -> int:
    """Count the working days after one day, up to and with another.

    >>> working_days(date(2026, 12, 23), date(2026, 12, 29))
    2
    """
    span = range(1, (until - after).days + 1)
    return sum(is_working(after + timedelta(days=number)) for number in span)


def spans(days: Days, begins: date) -> list[str]:
    """Say how many working days each part of the round has, from the day it begins."""
    given = (
        ("Agencies have", working_days(begins, days.returns_due), "until returns are due"),
        ("Then", working_days(days.returns_due, days.panel_due), "until the panel is due"),
        ("Then", working_days(days.panel_due, days.report_due), "until the report is due"),
    )
    return [f"{who} {plural(many, 'working day')} {until}." for who, many, until in given]


def warnings(days: Days, begins: date) -> list[str]:
    """Say what about the dates a coordinator would want to know before agencies are told."""
    told = [words for name, when in days._asdict().items() for words in _odd(NAMES[name], when)]
    if working_days(begins, days.returns_due) < FEWEST_WORKING_DAYS:
        told.append(
            f"Agencies get fewer than {FEWEST_WORKING_DAYS} working days: returns may be late."
        )
    if days.report_due.year > last_known_year():
        told.append(f"Bank holidays after {last_known_year()} are not known, so none are counted.")
    return told


def _odd(name: str, when: date) -> list[str]:
    if when in bank_holidays():
        return [f"{name}: {day(when)} is a bank holiday ({bank_holidays()[when]})."]
    if when.weekday() >= SATURDAY:
        return [f"{name}: {day(when)} is a {when:%A}."]
    return []
