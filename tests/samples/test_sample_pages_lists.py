"""Lists that cannot be read, columns that do not fit, rows to put right, and importing again."""

import io
import zipfile

import openpyxl
import pytest
from sqlalchemy import delete

from app.access import NotNow
from app.samples.choosing import suggested
from app.samples.commands import discard_list, import_list, keep_list
from app.samples.forms import ImportOfList
from app.samples.models import UploadedList
from app.samples.queries import frame_of
from tests.audit import open_audit
from tests.browsing import heading, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.samples.files import HEADINGS, comma_separated, referral_rows, workbook
from tests.samples.sampling import NOTHING, Sampling, good_list

GOOD = ("Our reference", "Date received", "Outcome", "Previous referral")


def _merged() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(referral_rows(5))))
    book.worksheets[0].merge_cells("A2:B2")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _zip_of_text() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("list.csv", "a,b")
    return written.getvalue()


BAD_FILES = {
    "nothing in it": ("list.csv", b"", "This file is empty"),
    "a document": ("list.pdf", b"%PDF-1.7", "Choose a spreadsheet saved as .xlsx"),
    "an old workbook": ("list.xls", b"\xd0\xcf\x11\xe0", "does not read .xls files"),
    "macros": ("list.xlsm", b"PK\x03\x04", "Workbooks with macros are not accepted"),
    "text named as a workbook": ("list.xlsx", b"a,b\n1,2\n", "This file is not a workbook"),
    "a workbook named as text": ("list.csv", workbook([("x",)], ["a"]), "not CSV"),
    "a picture named as text": ("list.csv", b"\x89PNG\r\n\x1a\n\0\0", "This file is a picture"),
    "an archive named as a workbook": ("list.xlsx", _zip_of_text(), ""),
    "headings alone": ("list.csv", b"Our reference,Outcome\n", "the only row with anything"),
    "a column without heading": ("list.csv", b"Ref,\nHM-1,x\n", "Column B has no heading"),
    "a heading twice": ("list.csv", b"Ref,ref\nHM-1,x\n", "have the same heading"),
    "an open quotation mark": ("list.csv", b'Ref,Out\nHM-1,"x\n', "opened and not closed"),
    "nothing but names": (
        "list.csv",
        b"Child name\n" + b"Tansy Quillfeather\n" * 9,
        "looks as if it identifies people",
    ),
    "merged cells": ("list.xlsx", _merged(), "Cells are merged at A2:B2"),
    "zero bytes": ("list.csv", b"Ref,Out\nHM-1,\0\n", "characters that are not text"),
    "too large": ("list.csv", b"Ref,Out\n" + b"HM-1,x\n" * 760_000, "larger than 5 MB"),
    "too many rows": ("list.csv", b"Ref,Out\n" + b"HM-1,x\n" * 20_001, "more than 20,000 rows"),
}


@pytest.mark.parametrize("file", BAD_FILES.values(), ids=BAD_FILES)
def test_a_list_that_cannot_be_read_ends_in_its_sentence_and_stores_nothing(
    sampling: Sampling, file: tuple[str, bytes, str]
) -> None:
    name, data, sentence = file
    with nothing_written(sampling.database):
        answer = sampling.upload(data, name)
    assert answer.status_code == 422
    assert sentence in heading(answer)
    assert "Read a list of referrals" in heading(answer)
    assert sampling.counts() == NOTHING


def test_choosing_no_file_is_told(sampling: Sampling) -> None:
    answer = sampling.coordinator.post(f"{sampling.at}/list")
    assert answer.status_code == 422
    assert "Choose the file with the list of referrals" in heading(answer)


def test_a_second_list_takes_the_place_of_the_one_that_waits(sampling: Sampling) -> None:
    first = sampling.list_at()
    assert "takes its place" in words(sampling.coordinator.page(f"{sampling.at}/list"))
    second = sampling.list_at(comma_separated(referral_rows(30)), "list.csv")
    assert sampling.counts()["uploaded_list"] == 1
    assert sampling.coordinator.get(first).status_code == 404
    assert "30 referrals were read" in words(sampling.coordinator.page(second))


def test_a_file_name_is_shown_without_what_could_be_a_child(sampling: Sampling) -> None:
    address = sampling.list_at(name="..\\Tansy <b>Quillfeather</b> referrals 2025.xlsx")
    page = sampling.coordinator.page(address)
    assert "read from …referrals 2025.xlsx" in words(page)


def test_every_column_says_what_became_of_it(sampling: Sampling) -> None:
    page = sampling.coordinator.page(sampling.list_at())
    said = {
        row.select("td")[0].get_text(): row.get_text(" ", strip=True)
        for row in page.select("#columns tbody tr")
    }
    assert list(said) == list(HEADINGS)
    assert "Dropped It is headed as dates of birth." in said["Date of birth"]
    assert "Kept North; South" in said["Team"]


def test_every_bad_row_is_named_and_nothing_is_imported(sampling: Sampling) -> None:
    rows = [(f"HM-{n:03d}", "2026-03-05", "Early help", "") for n in range(60)]
    rows += [
        ("HM-000", "2026-03-05", "Early help", ""),
        ("", "31/02/2026", "", "2026-03-06"),
        ("HM-900", "2027-01-01", "Early help", ""),
        ("HM-901", "2026-03-05", "Early help", "2026-04-01"),
    ]
    address = sampling.list_at(comma_separated(rows, GOOD), "list.csv")
    with nothing_written(sampling.database):
        answer = sampling.coordinator.submit(address, form="/list/")
    assert answer.status_code == 422
    told = words(soup(answer))
    assert "6 things to put right in the file" in told
    assert "Row 62, column A (Our reference): “HM-000” is also the reference of row 2" in told
    assert "Row 63, column A (Our reference): there is no reference" in told
    assert "Row 63, column B (Date received): “31/02/2026” is not a day of the calendar" in told
    assert "Row 63, column C (Outcome): there is no outcome" in told
    assert "Row 64, column B (Date received): “2027-01-01” is in the future" in told
    assert "Row 65, column D (Previous referral): “2026-04-01” is later than" in told
    assert sampling.counts() == {**NOTHING, "uploaded_list": 1}


def test_many_bad_rows_are_shown_fifty_at_a_time(sampling: Sampling) -> None:
    rows = [(f"HM-{n:03d}", "2026-03-05", "Early help", "") for n in range(200)]
    rows += [("", "2026-03-05", "Early help", "")] * 120
    address = sampling.list_at(comma_separated(rows, GOOD), "list.csv")
    first = sampling.coordinator.submit(address, form="/list/")
    assert len(soup(first).select("#problems ol li")) == 50
    assert "120 things to put right" in words(soup(first))
    last = sampling.press(first, "/list/", page="3")
    assert last.status_code == 422
    shown = [item.get_text() for item in soup(last).select("#problems ol li")]
    assert len(shown) == 20
    assert shown[-1].startswith("Row 321,")


def test_a_wrong_choice_of_columns_is_told_beside_the_field(sampling: Sampling) -> None:
    address = sampling.list_at()
    for choice, sentence in (
        ({"reference": ""}, "Choose the column with each referral's reference"),
        ({"received": ""}, "Choose the column with the date each referral was received"),
        ({"outcome": ""}, "Choose the column with the outcome"),
        ({"previous": ""}, "or one that says yes or no"),
        ({"re_referred": "I"}, "Choose either the date"),
        ({"received": "A"}, "one was chosen twice"),
        ({"reference": "B"}, "Column B is not among the columns kept"),
        ({"window": "0"}, "The number of months must be a whole number, 1 or more"),
        ({"window": "25"}, "The number of months must be a whole number, 24 or less"),
        ({"window": "five"}, "The number of months must be a whole number"),
        ({"outcome": "A"}, "Column A holds 120 different values"),
        ({"outcome": "I"}, "Say what each value of column I stands for"),
        ({"stands_for": ["", "early_help", "section_17", "section_47"]}, "Choose what “NFA"),
    ):
        answer = sampling.coordinator.submit(address, choice, form="/list/")
        assert answer.status_code == 422, choice
        assert sentence in heading(answer), choice
    assert sampling.counts() == {**NOTHING, "uploaded_list": 1}


def test_another_outcome_column_asks_for_its_own_values(sampling: Sampling) -> None:
    answer = sampling.coordinator.submit(sampling.list_at(), {"outcome": "I"}, form="/list/")
    labels = [label.get_text() for label in soup(answer).select("label[for^=stands_for]")]
    assert labels == ["North", "South"]
    chosen = {"stands_for": ["early_help", "section_47"]}
    found = sampling.press(answer, "/list/")
    assert found.status_code == 422
    assert "Choose what “North” stands for" in heading(found)
    form = soup(answer).select_one("main form")
    assert form
    given = {
        "reference": "A",
        "received": "F",
        "outcome": "I",
        "previous": "H",
        "outcomes_of": "I",
        **chosen,
    }
    preview = sampling.coordinator.post(str(form["action"]), given)
    assert preview.status_code == 200, heading(preview)
    assert "Import 120 referrals" in preview.text


def test_the_months_that_make_a_re_referral_can_be_chosen(sampling: Sampling) -> None:
    answer = sampling.coordinator.submit(sampling.list_at(), {"window": "1"}, form="/list/")
    total = soup(answer).select("#groups tbody tr")[-1]
    assert [cell.get_text() for cell in total.select("td")] == ["0", "120", "120"]


def test_importing_the_same_list_again_changes_nothing(sampling: Sampling) -> None:
    sampling.imported()
    before = sampling.counts()
    address = sampling.list_at(comma_separated(referral_rows()), "again.csv")
    preview = sampling.coordinator.submit(address, form="/list/")
    assert "This is the list that has been imported already" in preview.text
    assert "/frame" not in preview.text
    sampling.coordinator.submit(f"{address}/removal", form="/removal")
    assert sampling.counts() == before


def test_the_months_of_a_re_referral_are_put_right_by_importing_the_same_list_again(
    sampling: Sampling,
) -> None:
    sampling.imported()
    address = sampling.list_at(comma_separated(referral_rows()), "again.csv")
    # No referral came between five and six months after another: the rows are the same.
    preview = sampling.coordinator.submit(address, {"window": "6"}, form="/list/")
    assert "It takes the place of the list imported on" in preview.text
    sampling.confirm(preview, "/frame")
    with sampling.database.reading() as session:
        frame = frame_of(session, ident(sampling.audit.strand))
        assert frame
        assert frame.window_months == 6


@pytest.mark.parametrize("wish", ["import", "discard"])
def test_a_list_that_went_meanwhile_is_neither_imported_nor_discarded(
    sampling: Sampling, wish: str
) -> None:
    who, what = sampling.actor, sampling.sampled
    with sampling.database.writing() as session:
        waiting = keep_list(session, who, what, good_list(), "first.xlsx")
        # Somebody else discards it after this page was read, and before its turn.
        session.connection().execute(delete(UploadedList))
        with pytest.raises(NotNow, match="This list was discarded, or another took its place"):
            if wish == "discard":
                discard_list(session, who, what, waiting)
            else:
                given = ImportOfList(**suggested(good_list()).model_dump())
                import_list(session, who, what, waiting, given)
    assert sampling.counts() == NOTHING


def test_another_list_replaces_the_one_imported_only_when_that_is_confirmed(
    sampling: Sampling,
) -> None:
    sampling.imported()
    address = sampling.list_at(workbook(referral_rows(40)))
    preview = sampling.coordinator.submit(address, form="/list/")
    assert "It takes the place of the list imported on" in preview.text
    unasked = sampling.press(preview, "/frame", replaces="")
    assert unasked.status_code == 409
    assert sampling.counts()["frame_row"] == 120
    sampling.confirm(preview, "/frame")
    assert sampling.counts() == {**NOTHING, "frame": 1, "frame_row": 40}


def test_once_drawn_no_list_can_be_read(sampling: Sampling) -> None:
    sampling.drawn()
    before = sampling.counts()
    assert sampling.coordinator.get(f"{sampling.at}/list").status_code == 409
    assert sampling.upload().status_code == 409
    assert sampling.counts() == before


def test_a_waiting_list_can_be_discarded_after_saying_so(sampling: Sampling) -> None:
    address = sampling.list_at()
    assert "120 rows read from MASH referrals.xlsx will be deleted" in words(
        sampling.coordinator.page(f"{address}/removal")
    )
    answer = sampling.coordinator.submit(f"{address}/removal", form="/removal")
    assert answer.status_code == 303
    assert sampling.counts() == NOTHING


def test_a_list_of_another_strand_is_not_found_in_this_one(sampling: Sampling) -> None:
    address = sampling.list_at()
    with sampling.database.writing() as session:
        other = open_audit(session, sampling.world, sampling.audit.round.stage)  # type: ignore[arg-type]
    forged = f"{sampling.at_of(other)}/list/{address.rpartition('/')[2]}"
    assert sampling.coordinator.get(forged).status_code == 404
    assert sampling.coordinator.get(f"{forged}/removal").status_code == 404
    for form in ("", "/frame", "/removal"):
        assert sampling.coordinator.post(f"{forged}{form}").status_code == 404
    assert sampling.counts() == {**NOTHING, "uploaded_list": 1}


def test_a_form_with_a_field_of_its_own_is_refused(sampling: Sampling) -> None:
    address = sampling.list_at()
    answer = sampling.coordinator.submit(address, {"strand_id": "1"}, form="/list/")
    assert answer.status_code == 422
    assert "This form does not ask for “strand_id”" in answer.text
