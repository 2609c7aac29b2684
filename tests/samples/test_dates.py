from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.samples.dates import DateProblem, as_date, months_before, read_date

DAY = date(2025, 8, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-04",
        "2025-08-04T09:30",
        "2025/8/4",
        "04/08/2025",
        "4/8/2025",
        "4.8.25",
        "04-08-2025 09:30:00",
        "4 August 2025",
        "4th Aug 2025",
        "04-Aug-25",
        "Mon 4 August 2025",
        "Monday, 4th of August 2025",
        " 04/08/2025  9:30 am ",
    ],
)
def test_a_date_is_read_however_it_is_usually_typed(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("08/14/2025", "month first"),
        ("31/02/2025", "not a day of the calendar"),
        ("2025-02-29", "not a day of the calendar"),
        ("45883", "a date shown as a number"),
        ("August 2025", "not a date"),
        ("4 Agu 2025", "not a day of the calendar"),
        ("last Monday", "not a date"),
        ("n/k", "not a date"),
        ("", "not a date"),
        ("0000-00-00", "not a day"),
        ("4/8", "not a date"),
    ],
)
def test_what_cannot_be_a_date_is_not_guessed(text: str, said: str) -> None:
    with pytest.raises(DateProblem, match=said):
        read_date(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    found = as_date(text)
    assert found is None or found.isoformat()[:4].isdecimal()


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2025, 8, 14), 5, date(2025, 3, 14)),
        (date(2025, 7, 31), 5, date(2025, 2, 28)),
        (date(2024, 7, 31), 5, date(2024, 2, 29)),
        (date(2025, 1, 15), 1, date(2024, 12, 15)),
        (date(2025, 5, 31), 12, date(2024, 5, 31)),
        (date(2025, 3, 1), 0, date(2025, 3, 1)),
    ],
)
def test_months_are_counted_back_to_the_last_day_where_a_month_is_shorter(
    day: date, months: int, before: date
) -> None:
    assert months_before(day, months) == before
