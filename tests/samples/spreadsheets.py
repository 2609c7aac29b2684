"""Lists of referrals as people really save them, and as nobody should: made here, never stored."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from app.samples.lists import ListProblem, ReadList
from app.samples.workbook import SECONDS, read_list

HEADINGS = ("Reference", "Outcome", "Date received", "Previous referral")
ROWS = (
    ("HM-000101", "No further action", "04/08/2025", ""),
    ("HM-000102", "Early help", "05/08/2025", "01/06/2025"),
    ("HM-000103", "Section 47", "06/08/2025", "12/11/2024"),
)

Edit = Callable[[Worksheet], object]


def workbook(
    rows: Iterable[Sequence[object]] = (HEADINGS, *ROWS), edit: Edit | None = None
) -> bytes:
    """A workbook with these rows on its only sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if edit:
        edit(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv(rows: Iterable[Sequence[str]] = (HEADINGS, *ROWS), separator: str = ",") -> bytes:
    return "".join(f"{separator.join(row)}\r\n" for row in rows).encode()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part put in or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry.filename))
        new.writestr(name, content)
    return made.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(data: bytes, name: str = "list.xlsx", *, seconds: float = SECONDS) -> ReadList:
    """Read a list as the product does, in its child process."""
    return asyncio.run(read_list(data, name, seconds=seconds))


def refusal(data: bytes, name: str = "list.xlsx", *, seconds: float = SECONDS) -> str:
    """What a person is told about a list that cannot be read."""
    with pytest.raises(ListProblem) as refused:
        read(data, name, seconds=seconds)
    assert refused.value.sentences
    return " ".join(refused.value.sentences)


def cells(found: ReadList, letter: str) -> tuple[str, ...]:
    return found.column(letter).cells
