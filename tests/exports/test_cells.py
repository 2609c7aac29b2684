"""Cells that no spreadsheet program takes for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.cells import csv_lines, neutral


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =cmd|' /C calc'!A0",
        "\N{NO-BREAK SPACE}=1",
        "\N{ZERO WIDTH SPACE}=1",
        "\ufeff=1",
        "\N{RIGHT-TO-LEFT OVERRIDE}=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
    ],
)
def test_a_cell_that_would_begin_a_formula_begins_with_an_apostrophe(typed: str) -> None:
    assert neutral(typed).startswith("'")
    assert neutral(typed)[1:] == typed


@pytest.mark.parametrize("typed", ["", "Good", "3 March 2026", "Done = seen", "a-b", "'quoted"])
def test_any_other_cell_stays_as_it_was(typed: str) -> None:
    assert neutral(typed) == typed


def test_control_characters_are_taken_out() -> None:
    assert neutral("A\x00B\x0b\x1f") == "AB"


def test_lines_are_quoted_and_end_as_spreadsheets_expect() -> None:
    text = csv_lines([('A "quoted" word', "two\nlines"), ("=1", "a,b")])
    assert text == '"A ""quoted"" word","two\nlines"\r\n"\'=1","a,b"\r\n'


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=5))
def test_whatever_was_typed_reads_back_as_text_that_starts_no_formula(
    rows: list[list[str]],
) -> None:
    text = csv_lines(rows)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [[neutral(cell) for cell in row] for row in rows]
    assert all(cell.lstrip()[:1] not in set("=+-@") for row in read for cell in row)
