from dataclasses import replace
from datetime import date

import pytest

from app.samples.frame import Referral, Stratum
from app.samples.lists import Column, ReadList
from app.samples.mapping import Mapping, suggest
from app.samples.referrals import RowProblems, Rules, referrals

RULES = Rules(today=date(2025, 9, 1))
HEADINGS = ("Reference", "Outcome", "Received", "Previous")
GOOD = (
    ("HM-1", "NFA", "14/08/2025", ""),
    ("HM-2", "Early help", "15/08/2025", "15/03/2025"),
    ("HM-3", "Section 47", "16/08/2025", "15/03/2025"),
)


def listed(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> ReadList:
    columns = tuple(
        Column("ABCD"[place], heading, kept=True, cells=tuple(row[place] for row in rows))
        for place, heading in enumerate(headings)
    )
    return ReadList(columns, tuple(range(2, len(rows) + 2)))


def frame(
    read: ReadList, mapping: Mapping | None = None, rules: Rules = RULES
) -> tuple[Referral, ...]:
    found = referrals(read, mapping or suggest(read.columns), rules)
    assert isinstance(found, tuple), found
    return found


def wrong(*rows: tuple[str, ...], rules: Rules = RULES) -> tuple[str, ...]:
    """The sentences about rows that follow three good ones: the first is row 5 of the file."""
    read = listed(*GOOD, *rows)
    found = referrals(read, suggest(read.columns), rules)
    assert isinstance(found, RowProblems)
    return found.sentences


def test_good_rows_become_referrals_in_the_order_of_the_file() -> None:
    assert frame(listed(*GOOD)) == (
        Referral("HM-1", Stratum.NO_FURTHER_ACTION, date(2025, 8, 14), None, re_referred=False),
        Referral(
            "HM-2", Stratum.EARLY_HELP, date(2025, 8, 15), date(2025, 3, 15), re_referred=True
        ),
        Referral(
            "HM-3", Stratum.SECTION_47, date(2025, 8, 16), date(2025, 3, 15), re_referred=False
        ),
    )


def test_the_window_of_re_referral_is_the_rounds_own() -> None:
    rules = replace(RULES, window_months=12)
    assert [one.re_referred for one in frame(listed(*GOOD), rules=rules)] == [False, True, True]


def test_five_months_before_a_long_month_end_on_its_last_day() -> None:
    row = ("HM-4", "NFA", "31/07/2025", "28/02/2025")
    assert frame(listed(*GOOD, row))[-1].re_referred
    assert not frame(listed(*GOOD, (*row[:3], "27/02/2025")))[-1].re_referred


def test_a_date_that_stands_for_no_date_is_named_with_its_row() -> None:
    told = wrong(("HM-4", "NFA", "01/01/0001", ""), ("HM-5", "NFA", "14/08/2025", "30/12/1899"))
    assert told == (
        "Row 5, column C (Received): “01/01/0001” is before the year 1900. Check the year.",
        "Row 6, column D (Previous): “30/12/1899” is before the year 1900. Check the year.",
    )


def test_yes_and_no_serve_as_well_as_a_date() -> None:
    rows = (("HM-1", "NFA", "14/08/2025", "Y"), ("HM-2", "NFA", "14/08/2025", "no"))
    found = frame(listed(*rows, headings=(*HEADINGS[:3], "Re-referred")))
    assert [one.re_referred for one in found] == [True, False]
    assert [one.previous for one in found] == [None, None]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "NFA", "14/08/2025", ""), "Row 5, column A (Reference): there is no reference"),
        (("hm-1", "NFA", "14/08/2025", ""), "“hm-1” is also the reference of row 2"),
        (("R" * 101, "NFA", "14/08/2025", ""), "longer than 100 characters"),
        (("R-\U0001f600", "NFA", "14/08/2025", ""), "such as an emoji"),
        (("HM-9", "", "14/08/2025", ""), "Row 5, column B (Outcome): there is no outcome"),
        (("HM-9", "Pending", "14/08/2025", ""), "“Pending” has not been matched to an outcome"),
        (
            ("HM-9", "NFA", "", ""),
            "Row 5, column C (Received): the date it was received is missing",
        ),
        (("HM-9", "NFA", "08/14/2025", ""), "“08/14/2025” is month first"),
        (("HM-9", "NFA", "31/06/2025", ""), "is not a day of the calendar"),
        (("HM-9", "NFA", "02/09/2025", ""), "“02/09/2025” is in the future"),
        (("HM-9", "NFA", "14/08/2025", "15/08/2025"), "“15/08/2025” is later than the date"),
        (
            ("HM-9", "NFA", "14/08/2025", "spring"),
            "Row 5, column D (Previous): “spring” is not a date",
        ),
    ],
)
def test_a_bad_row_is_named_with_what_to_write_instead(row: tuple[str, ...], said: str) -> None:
    (sentence,) = wrong(row)
    assert said in sentence
    assert sentence.startswith("Row 5, column ")
    assert sentence.endswith(".")


def test_every_bad_row_is_named_and_no_good_one_is_let_through() -> None:
    said = wrong(("", "Pending", "x", ""), ("HM-5", "NFA", "14/08/2025", ""), ("HM-6", "", "", ""))
    assert [sentence.split(" (")[0] for sentence in said] == [
        "Row 5, column A",
        "Row 5, column B",
        "Row 5, column C",
        "Row 7, column B",
        "Row 7, column C",
    ]


def test_an_answer_that_is_neither_yes_nor_no_is_named() -> None:
    read = listed(
        ("HM-1", "NFA", "14/08/2025", "yes"),
        ("HM-2", "NFA", "14/08/2025", "maybe"),
        ("HM-3", "NFA", "14/08/2025", ""),
        headings=(*HEADINGS[:3], "Re-referred"),
    )
    mapping = replace(suggest(read.columns), previous=None, re_referred="D")
    found = referrals(read, mapping, RULES)
    assert isinstance(found, RowProblems)
    assert found.sentences == (
        "Row 3, column D (Re-referred): “maybe” is neither. Write yes or no.",
        "Row 4, column D (Re-referred): this is empty. Write yes or no.",
    )


def test_a_word_the_coordinator_matched_is_read_as_they_said() -> None:
    read = listed(("HM-1", "Family Help", "14/08/2025", ""), *GOOD[1:])
    suggested = suggest(read.columns)
    outcomes = tuple((word, s or Stratum.EARLY_HELP) for word, s in suggested.outcomes)
    found = frame(read, replace(suggested, outcomes=outcomes))
    assert found[0].outcome is Stratum.EARLY_HELP


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reference": None}, "Choose the column with each referral's reference."),
        ({"previous": None}, "Choose the column with the date of the previous referral, or one"),
        ({"re_referred": "B"}, "Choose either the date of the previous referral or the yes or no"),
        ({"outcome": "Z"}, "Column Z is not among the columns kept."),
        ({"outcome": "A"}, "Choose a different column for each part: one was chosen twice."),
    ],
)
def test_a_mapping_that_will_not_do_is_explained(change: dict[str, str], said: str) -> None:
    read = listed(*GOOD)
    mapping = replace(suggest(read.columns), **change)  # type: ignore[arg-type]
    found = referrals(read, mapping, RULES)
    assert isinstance(found, RowProblems)
    assert any(sentence.startswith(said) for sentence in found.sentences)


def test_the_same_reference_typed_with_a_composed_or_a_combined_accent_is_one() -> None:
    said = wrong(("Zo\u00e9", "NFA", "14/08/2025", ""), ("Zoe\u0301", "NFA", "14/08/2025", ""))
    assert "is also the reference of row 5" in said[0]
