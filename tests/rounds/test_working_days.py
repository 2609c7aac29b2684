"""Working days in England, from a list that comes with the product."""

from datetime import date

import pytest
import requests
from sqlmodel import Session

from app.rounds.due import Days
from app.rounds.rules import Stage
from app.rounds.working_days import (
    bank_holidays,
    is_working,
    last_known_year,
    spans,
    warnings,
    working_days,
)
from tests.browsing import Browser, words
from tests.rounds.plans import at, boxes, stored
from tests.world import World

TUESDAY = date(2026, 9, 15)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it asked the network")

    monkeypatch.setattr(requests.Session, "request", refuse)
    bank_holidays.cache_clear()

    assert bank_holidays()[date(2026, 12, 28)] == "Boxing Day"
    assert last_known_year() >= 2028


@pytest.mark.parametrize(
    ("after", "until", "many"),
    [
        (TUESDAY, TUESDAY, 0),
        (TUESDAY, date(2026, 9, 16), 1),
        (TUESDAY, date(2026, 9, 22), 5),  # over a weekend
        (date(2026, 12, 24), date(2026, 12, 29), 1),  # Christmas, and Boxing Day on the Monday
        (TUESDAY, date(2026, 9, 14), 0),  # already over
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(
    after: date, until: date, many: int
) -> None:
    assert working_days(after, until) == many


def test_a_count_over_two_parts_is_the_count_of_both() -> None:
    begin, middle, end = date(2026, 3, 2), date(2026, 5, 4), date(2026, 8, 31)

    assert not is_working(middle)
    both = working_days(begin, middle) + working_days(middle, end)
    assert working_days(begin, end) == both


def test_dates_that_fall_badly_are_told_in_words() -> None:
    days = Days(date(2026, 9, 20), date(2026, 12, 25), date(2031, 1, 7))

    assert warnings(days, TUESDAY) == [
        "Returns due: 20 September 2026 is a Sunday.",
        "Panel due: 25 December 2026 is a bank holiday (Christmas Day).",
        "Agencies get fewer than 10 working days: returns may be late.",
        f"Bank holidays after {last_known_year()} are not known, so none are counted.",
    ]
    assert spans(days, TUESDAY)[0] == "Agencies have 3 working days until returns are due."


def test_good_dates_are_not_warned_of() -> None:
    assert warnings(Days(date(2026, 9, 29), date(2026, 10, 13), date(2026, 11, 10)), TUESDAY) == []


def test_a_coordinator_reads_how_long_agencies_have(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    assert "Agencies have 23 working days until returns are due" in words(
        coordinator.page(f"{at(audit)}/dates")
    )

    page = coordinator.follow(
        coordinator.submit(f"{at(audit)}/dates", boxes("returns_due", date(2026, 9, 20)))
    )

    assert "20 September 2026 is a Sunday" in words(page)
    assert "fewer than 10 working days" in words(page)
