"""Files that would harm, starve or fool a reader: each ends in a sentence that says what to do."""

import asyncio
import random
import time
import zipfile

import pytest

from app.samples import workbook as parent
from app.samples.file_names import shown_name
from app.samples.lists import TOO_MUCH, ListProblem
from app.samples.workbook import read_list
from app.web import apart
from tests.samples.spreadsheets import (
    HEADINGS,
    ROWS,
    csv,
    part,
    read,
    refusal,
    with_part,
    workbook,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def test_a_name_of_nothing_but_signs_is_shown_in_no_time() -> None:
    begun = time.perf_counter()
    assert shown_name("_" * 20_000 + ".csv") == "list.csv"
    assert time.perf_counter() - begun < 1


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert "This file is empty" in refusal(b"", "list.csv")
    assert "There is nothing in this file" in refusal(b"\r\n,,\r\n", "list.csv")
    assert "There is nothing in this workbook" in refusal(workbook(()))


def test_a_file_over_five_megabytes_is_refused_before_it_is_opened() -> None:
    assert "larger than 5 MB" in refusal(b"a" * (5 * 1024 * 1024 + 1), "list.csv")


@pytest.mark.parametrize("name", ["list.xls", "list.ods", "list.xlsb", "LIST.XLS"])
def test_other_workbooks_are_to_be_saved_as_xlsx(name: str) -> None:
    assert "save it as .xlsx" in refusal(b"x", name)


def test_an_old_workbook_renamed_is_still_an_old_workbook() -> None:
    assert "old format of Excel or Word (.xls or .doc)" in refusal(OLE)


def test_a_workbook_with_a_password_is_to_be_saved_without_one() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "protected with a password" in refusal(locked)


def test_a_workbook_with_macros_is_refused_by_name_and_by_content() -> None:
    assert "Workbooks with macros are not accepted" in refusal(workbook(), "list.xlsm")
    hidden = with_part(workbook(), "xl/vbaProject.bin", b"macro")
    assert "This workbook holds macros" in refusal(hidden)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"MZ\x90\x00" + bytes(100), "a program"),
        (b"\x1f\x8b\x08" + bytes(100), "a compressed archive"),
    ],
)
def test_a_renamed_file_is_called_what_it_is(data: bytes, what: str) -> None:
    for name in ("list.xlsx", "list.csv"):
        assert f"This file is {what}, whatever its name says" in refusal(data, name)


def test_a_word_document_renamed_is_called_a_word_document() -> None:
    document = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert "This file is a Word document" in refusal(document)


def test_an_archive_renamed_is_called_an_archive() -> None:
    assert "This file is an archive" in refusal(zipped({"holiday.txt": b"sun"}))


def test_a_web_page_named_as_a_workbook_is_to_be_saved_again() -> None:
    assert "web page or XML named as a workbook" in refusal(b"<html><table></table></html>")


def test_a_csv_named_as_a_workbook_and_the_other_way_round_are_told_apart() -> None:
    assert "let its name end in .csv" in refusal(csv())
    assert "is a workbook or an archive, not CSV" in refusal(workbook(), "list.csv")


def test_a_picture_or_a_document_is_not_accepted_by_its_ending() -> None:
    assert "Choose a spreadsheet saved as .xlsx" in refusal(b"x", "list.docx")
    assert "Choose a spreadsheet saved as .xlsx" in refusal(b"x", "list")


def test_a_workbook_cut_short_is_to_be_saved_again() -> None:
    whole = workbook()
    for size in (30, len(whole) // 2, len(whole) - 10):
        assert "save it again" in refusal(whole[:size])


def test_a_workbook_with_a_byte_changed_never_ends_in_silence() -> None:
    whole = workbook()
    chance = random.Random(20250814)
    for _ in range(8):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        try:
            read(bytes(broken))
        except ListProblem as problem:
            said = " ".join(problem.sentences)
            assert said.endswith((".", ")")), said


def test_a_bomb_is_measured_as_it_unpacks_and_not_by_what_it_claims() -> None:
    bomb = with_part(workbook(), "xl/media/image1.bin", bytes(51 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert "unpacks to more than 50 MB" in refusal(bomb)
    # The same bomb, claiming in the archive's directory to be one byte long.
    place = bomb.rfind(b"PK\x01\x02")
    lying = bomb[: place + 24] + (1).to_bytes(4, "little") + bomb[place + 28 :]
    with pytest.raises(ListProblem):
        read(lying)


def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/media/{n}.bin": b"" for n in range(201)}
    assert "made of more than 200 parts" in refusal(zipped({"xl/workbook.xml": b"<w/>", **parts}))


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", SHEET, "docProps/core.xml", "xl/odd.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_part(name: str, encoding: str) -> None:
    text = ENTITY.decode().replace("?>", f' encoding="{encoding}"?>', 1)
    hostile = with_part(workbook(), name, text.encode(encoding))
    assert "holds a document type or entities" in refusal(hostile)


def test_a_document_type_is_refused_even_when_it_declares_nothing() -> None:
    bare = b"<!DOCTYPE sst><sst/>"
    assert "document type" in refusal(with_part(workbook(), "xl/sharedStrings.xml", bare))


def test_a_file_of_the_server_cannot_be_drawn_in() -> None:
    outside = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'
    assert "document type" in refusal(with_part(workbook(), "xl/sharedStrings.xml", outside))


def test_a_part_that_is_there_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        made = _twice(workbook())
    assert "damaged" in refusal(made)


def _twice(data: bytes) -> bytes:
    import io  # noqa: PLC0415 - beside its only use

    kept = io.BytesIO(data)
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    return kept.getvalue()


def test_a_row_or_a_column_beyond_any_spreadsheet_is_refused() -> None:
    data = workbook()
    sheet = part(data, SHEET)
    far = with_part(data, SHEET, sheet.replace(b'<row r="2"', b'<row r="99999999999"'))
    assert "numbers a row that no spreadsheet has" in refusal(far)
    wide = with_part(data, SHEET, sheet.replace(b'r="A2"', b'r="ZZZZZ2"'))
    assert "save it" in refusal(wide)


def test_a_claim_of_a_million_rows_costs_nothing() -> None:
    data = workbook()
    sheet = part(data, SHEET)
    assert b'<dimension ref="A1:D4"' in sheet
    claiming = sheet.replace(b'<dimension ref="A1:D4"', b'<dimension ref="A1:XFD1048576"')
    assert len(read(with_part(data, SHEET, claiming)).rows) == len(ROWS)


def test_too_many_rows_columns_or_cells_are_counted_and_refused() -> None:
    many = b"Ref,Outcome\r\n" + b"R-1,NFA\r\n" * 20_001
    assert "more than 20,000 rows" in refusal(many, "list.csv")
    wide = csv(([f"Heading {n}" for n in range(101)], ["x"] * 101))
    assert "Row 1 reaches column CW; a list may have 100 columns" in refusal(wide, "list.csv")
    full = csv(([f"Heading {n}" for n in range(100)], *(["x"] * 100 for _ in range(5_000))))
    assert "more than 500,000 filled cells" in refusal(full, "list.csv")


def test_twenty_thousand_rows_are_not_too_many() -> None:
    many = b"Ref,Outcome\r\n" + b"".join(b"R-%d,NFA\r\n" % n for n in range(20_000))
    assert len(read(many, "list.csv").rows) == 20_000


def test_zero_bytes_and_unreadable_letters_are_refused_in_words() -> None:
    assert "characters that are not text (NUL)" in refusal(b"Ref,Outcome\r\nR-1,N\0A\r\n", "l.csv")
    assert "letters in this file could not be read" in refusal(
        b"Ref,O\r\nR-1,\x81\x8d\r\n", "l.csv"
    )


def test_a_value_as_long_as_a_book_is_refused_or_dropped() -> None:
    long = b"Ref,Outcome\r\nR-1," + b"x" * 200_000 + b"\r\n"
    assert "could not be read" in refusal(long, "list.csv")


def test_a_file_that_takes_too_long_is_given_up_and_its_reader_ended() -> None:
    many = csv((HEADINGS, *ROWS * 5_000))
    said = refusal(many, "list.csv", seconds=0.05)
    assert said == TOO_MUCH


def test_a_part_of_millions_of_elements_is_given_up_early() -> None:
    greedy = b"<styleSheet>" + b"<a/>" * 3_000_001 + b"</styleSheet>"
    assert refusal(with_part(workbook(), "xl/styles.xml", greedy)) == TOO_MUCH


def test_a_file_that_takes_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import app.samples.reading as r;"
        "r.read = lambda *_: bytearray(600 * 1024 * 1024);"
        "r.main()"
    )
    monkeypatch.setattr(apart, "START", greedy)
    assert refusal(csv(), "list.csv") == TOO_MUCH


def test_the_reader_runs_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    asks = (
        "import sys, json, resource as s; sys.path.insert(0, sys.argv[1]);"
        "import app.samples.reading as r, app.web.apart as a;"
        "r.read = lambda *_: (_ for _ in ()).throw(r.ListProblem(str("
        "[s.getrlimit(x)[1] for x, _ in a.LIMITS])));"
        "r.main()"
    )
    monkeypatch.setattr(apart, "START", asks)
    assert refusal(csv(), "list.csv") == "[536870912, 25, 16, 0, 0]"


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("import os; os.abort()", TOO_MUCH),
        ("import sys; sys.exit(1)", parent.BROKEN),
        ("print('not JSON')", parent.BROKEN),
        ("print('{}')", parent.BROKEN),
        ("for _ in range(70): print('x' * 1000000)", TOO_MUCH),
    ],
)
def test_whatever_becomes_of_the_reader_a_person_gets_a_sentence(
    ending: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "START", ending)
    assert refusal(csv(), "list.csv") == said


def test_several_lists_can_be_read_at_once() -> None:
    async def all_of_them() -> list[int]:
        found = await asyncio.gather(*(read_list(csv(), "list.csv") for _ in range(4)))
        return [len(one.rows) for one in found]

    assert asyncio.run(all_of_them()) == [3, 3, 3, 3]
