"""Every sent answer of a round as a workbook, with a codebook and what to know before reading it.

Rows go to the disk as they are written, so memory does not grow with the round, and the file is
gone when it has been sent. No cell can be a formula or a link, whatever somebody typed.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TYPE_CHECKING

import xlsxwriter

from app.comparisons.blindness import Sight
from app.comparisons.queries import Found, compare
from app.db import Database
from app.exports import codebook
from app.exports.answers import HEAD, answer_rows
from app.exports.document import printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""The most characters that a cell of a workbook can hold."""

CUT = " [cut here: a cell holds no more. The CSV file has all of it]"
_AT_ONCE = 64 * 1024
_WIDTHS = (14, 10, 14, 28, 18, 50, 18, 30, 50, 24)
_CODEBOOK_WIDTHS = (18, 18, 24, 60, 14, 60, 14, 30, 30, 22, 30)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


async def answers_book(
    database: Database,
    sight: Sight,
    subjects: Sequence[Found],
    questions: Sequence[tuple[str, ...]],
    about: Sequence[str],
) -> AsyncIterator[bytes]:
    """Yield the workbook: what to know, the answers, and what each question means."""
    with tempfile.TemporaryFile() as made:
        book = xlsxwriter.Workbook(made, _OPTIONS)
        bold = book.add_format({"bold": True})
        read_me = book.add_worksheet("Read me")
        read_me.set_column(0, 0, 100)
        _write(read_me, 0, [(line,) for line in about])
        answers = book.add_worksheet("Answers")
        _head(answers, HEAD, _WIDTHS, bold)
        row = 1
        for found in subjects:
            with database.reading() as session:
                comparison = compare(session, sight, found)
            row = _write(answers, row, answer_rows(found, comparison))
            await asyncio.sleep(0)
        meanings = book.add_worksheet("Codebook")
        _head(meanings, codebook.HEAD, _CODEBOOK_WIDTHS, bold)
        _write(meanings, 1, questions)
        await asyncio.to_thread(book.close)
        made.seek(0)
        while part := made.read(_AT_ONCE):
            yield part


def _head(sheet: "Worksheet", heads: Sequence[str], widths: Sequence[int], bold: object) -> None:
    sheet.freeze_panes(1, 0)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)


def _write(sheet: "Worksheet", first: int, rows: Iterable[Sequence[str]]) -> int:
    """Write rows from one on, and return the row after them."""
    row = first
    for cells in rows:
        for column, text in enumerate(cells):
            sheet.write_string(row, column, fitting(printable(text)))
        row += 1
    return row


def fitting(text: str) -> str:
    """Return a text as a cell can hold it: what has to be cut says so at its end.

    >>> fitting("x" * 32_767) == "x" * 32_767, fitting("x" * 32_768).endswith("all of it]")
    (True, True)
    """
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
