"""Lists that are odd and honest: read as a person would, or a sentence says what to put right."""

import re
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.samples.spreadsheets import (
    HEADINGS,
    ROWS,
    cells,
    csv,
    part,
    read,
    refusal,
    saved,
    with_part,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
REFERENCES = ("HM-000101", "HM-000102", "HM-000103")


@pytest.mark.parametrize(("data", "name"), [(workbook(), "a.xlsx"), (csv(), "a.csv")])
def test_a_plain_list_is_read_with_the_row_numbers_a_person_sees(data: bytes, name: str) -> None:
    found = read(data, name)
    assert [column.heading for column in found.kept] == list(HEADINGS)
    assert cells(found, "A") == REFERENCES
    assert found.rows == (2, 3, 4)
    assert found.notes == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_a_csv_is_found(separator: str) -> None:
    found = read(csv(separator=separator), "list.csv")
    assert cells(found, "B") == ("No further action", "Early help", "Section 47")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters_with_accents_survive_every_usual_encoding(encoding: str) -> None:
    data = csv((("Ref", "Agency"), ("R-1", "Caf\u00e9 project"), ("R-2", "Caf\u00e9 project")))
    found = read(data.decode().encode(encoding), "list.csv")
    assert cells(found, "B") == ("Caf\u00e9 project",) * 2
    assert found.notes == ()


def test_an_old_windows_file_is_read_and_the_coordinator_asked_to_check_it() -> None:
    data = "Ref,Agency\r\nR-1,Caf\u00e9 project\r\nR-2,Caf\u00e9 project\r\n".encode("cp1252")
    found = read(data, "list.csv")
    assert cells(found, "B") == ("Caf\u00e9 project",) * 2
    assert "Windows-1252" in found.notes[0]


def test_a_line_break_inside_quotation_marks_stays_in_its_cell() -> None:
    found = read(b'Ref,Outcome\r\nR-1,"Early\r\nhelp"\r\nR-2,"NFA, closed"\r\n', "list.csv")
    assert cells(found, "B") == ("Early  help", "NFA, closed")
    assert found.rows == (2, 3)


def test_blank_rows_are_passed_over_and_the_numbers_still_agree_with_the_file() -> None:
    found = read(b"\r\nRef,Outcome\r\n,\r\nR-1,NFA\r\n\r\nR-2,EH\r\n", "list.csv")
    assert found.rows == (4, 6)


def test_a_row_with_too_many_or_too_few_values_is_named() -> None:
    said = refusal(b"Ref,Outcome\r\nR-1,NFA\r\nR-2,NFA,moved\r\nR-3\r\n", "list.csv")
    assert "Row 3 has 3 values where the headings have 2." in said
    assert "Row 4 has one value where the headings have 2." in said


def test_a_quotation_mark_left_open_is_named_by_its_row() -> None:
    assert "Row 3 could not be read: a quotation mark" in refusal(
        b'Ref,Outcome\r\nR-1,NFA\r\nR-2,"NFA\r\n', "list.csv"
    )


def test_a_column_without_a_heading_is_named_by_its_letter() -> None:
    said = refusal(workbook((("Ref", None, "Outcome"), ("R-1", "x", "NFA"))))
    assert "Column B has no heading." in said


def test_two_columns_with_one_heading_are_named_by_their_letters() -> None:
    said = refusal(workbook((("Ref", "Outcome", "REF "), ("R-1", "NFA", "R-9"))))
    assert said == ("Columns A and C have the same heading. Give each column a heading of its own.")


def test_a_title_over_the_headings_is_explained() -> None:
    said = refusal(workbook((("Referrals in August",), HEADINGS, *ROWS)))
    assert "The headings must be in row 1, the first row with anything in it" in said


def test_merged_cells_are_named() -> None:
    said = refusal(workbook(edit=lambda sheet: sheet.merge_cells("C1:D1")))
    assert "Cells are merged at C1:D1. Unmerge them" in said


def test_real_dates_are_read_in_the_calendar_of_their_workbook() -> None:
    for epoch in (None, CALENDAR_MAC_1904):
        book = openpyxl.Workbook()
        if epoch:
            book.epoch = epoch
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.append(["Ref", "Received"])
        sheet.append(["R-1", date(2025, 8, 14)])
        sheet.append(["R-2", datetime(2025, 8, 15, 9, 30)])  # noqa: DTZ001 - as in a workbook
        assert cells(read(saved(book)), "B") == ("2025-08-14", "2025-08-15T09:30")


def test_a_formula_with_its_result_is_read_as_the_result() -> None:
    def formulas(sheet: Worksheet) -> None:
        sheet["B2"] = "=1+1"

    without = workbook((("Ref", "Count"), ("R-1", None), ("R-2", 3)), edit=formulas)
    said = refusal(without)
    assert "The formula in B2 was saved without its result. Open the workbook" in said
    # As Excel saves them: a number, and an empty text.
    sheet = part(without, SHEET)
    (old,) = re.findall(rb'<c r="B2".*?</c>', sheet)
    for result, shown in ((b"<f>1+1</f><v>2</v>", "2"), (b"<f>A1</f><v></v>", "")):
        kind = b' t="str"' if not shown else b""
        with_result = sheet.replace(old, b'<c r="B2"' + kind + b">" + result + b"</c>")
        assert cells(read(with_part(without, SHEET, with_result)), "B") == (shown, "3")


def test_text_that_looks_like_a_formula_or_a_command_stays_text() -> None:
    text = ["=cmd|' /C calc'!A0", "+SUM(1)", "-2+3", "@x"]
    data = csv((("Ref", "Outcome"), *((f"R-{n}", one) for n, one in enumerate(text))))
    assert cells(read(data, "list.csv"), "B") == tuple(text)


def test_numbers_are_read_without_a_decimal_point_and_with_the_zeros_they_show() -> None:
    def zeros(sheet: Worksheet) -> None:
        sheet["A2"].number_format = "000000"

    found = read(
        workbook((("Ref", "Count", "Share"), (123, 4.0, 0.5), (5, True, None)), edit=zeros)
    )
    assert cells(found, "A") == ("000123", "5")
    assert cells(found, "B") == ("4", "TRUE")
    assert cells(found, "C") == ("0.5", "")


def test_the_first_sheet_with_anything_on_it_is_read_and_the_others_are_mentioned() -> None:
    book = openpyxl.Workbook()
    for place in range(2):
        sheet = book.create_sheet(f"More {place}")
        for row in (HEADINGS, *ROWS):
            sheet.append(row)
    found = read(saved(book))
    assert cells(found, "A") == REFERENCES
    assert "The list was read from sheet 2, the first with anything on it." in found.notes
    assert any("Other sheets" in note for note in found.notes)


def test_hidden_rows_and_columns_are_mentioned() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    found = read(workbook(edit=hide))
    assert found.rows == (2, 3, 4)
    assert any(note.startswith("1 hidden row was read") for note in found.notes)
    assert any("Hidden columns" in note for note in found.notes)


def test_emoji_and_writing_from_right_to_left_are_read_as_they_are() -> None:
    hebrew, emoji = "\u05d1\u05d9\u05ea \u05e1\u05e4\u05e8", "\U0001f469\u200d\U0001f467 help"
    rows = [("Ref", "Agency"), ("R-1", hebrew), ("R-2", emoji), ("R-3", emoji), ("R-4", emoji)]
    found = read(csv(rows), "list.csv")
    assert cells(found, "B") == (hebrew, emoji, emoji, emoji)


def test_what_cannot_be_seen_is_taken_away() -> None:
    found = read(csv((("Ref", "Outcome"), ("R-\u202e1", "N\x07FA\u200b"))), "list.csv")
    assert (cells(found, "A"), cells(found, "B")) == (("R-1",), ("NFA",))


def test_only_headings_or_only_one_row_is_no_list() -> None:
    assert "Row 1 is the only row with anything in it" in refusal(workbook((HEADINGS,)))


def test_commas_at_the_end_of_every_line_are_no_columns() -> None:
    found = read(b"Ref,Outcome,,\r\nR-1,NFA,,\r\nR-2,EH\r\n", "list.csv")
    assert [column.letter for column in found.columns] == ["A", "B"]
    assert cells(found, "B") == ("NFA", "EH")
