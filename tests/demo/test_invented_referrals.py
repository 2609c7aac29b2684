"""The invented list that people try a draw with."""

import io
from datetime import date
from pathlib import Path

import openpyxl
from stdnum.gb import nhs

from app.demo.referrals import ROWS, as_csv, as_workbook, invented_referrals, write_examples
from app.samples.frame import STRATA
from app.samples.mapping import suggest
from app.samples.reading import read
from app.samples.referrals import Rules, referrals

DAY = date(2026, 9, 1)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def _cells(data: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]


def test_the_same_day_gives_the_same_list_and_another_day_another() -> None:
    assert invented_referrals(DAY) == invented_referrals(DAY)
    assert invented_referrals(DAY) != invented_referrals(date(2026, 9, 2))


def test_the_committed_examples_are_what_the_generator_writes(tmp_path: Path) -> None:
    workbook, text = write_examples(tmp_path, DAY)
    assert (EXAMPLES / "mash-referrals.csv").read_bytes() == text.read_bytes()
    committed = (EXAMPLES / "mash-referrals.xlsx").read_bytes()
    assert _cells(committed) == _cells(workbook.read_bytes())


def test_nobody_in_the_list_exists() -> None:
    for row in invented_referrals(DAY):
        assert row.nhs_number.startswith("999")
        assert nhs.is_valid(row.nhs_number)
        assert row.postcode.startswith("ZZ99 ")


def test_the_columns_that_identify_children_are_dropped_and_the_rest_makes_a_frame() -> None:
    rows = invented_referrals(DAY)
    for data, ending in ((as_csv(rows), ".csv"), (as_workbook(rows), ".xlsx")):
        found = read(data, ending)
        assert [column.heading for column in found.dropped] == [
            "Child name",
            "Date of birth",
            "NHS number",
            "Postcode",
        ]
        frame = referrals(found, suggest(found.columns), Rules(today=DAY))
        assert isinstance(frame, tuple), frame
        assert len(frame) == ROWS
        groups = {(row.outcome, row.re_referred) for row in frame}
        assert groups == {(stratum, again) for stratum in STRATA for again in (True, False)}
