"""Workbooks: every text as it was typed, no formula or link alive, dates that can be sorted by.

Rows go to the disk as they are written, so memory does not grow with them, and the file is gone
when it has been sent.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from app.exports.paper import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""The most characters that a cell of a workbook can hold."""

Cell = str | date | None

CUT = " [cut here: a cell holds no more. The CSV file has all of it]"
_AT_ONCE = 64 * 1024
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Sheet:
    """One sheet, written row by row from the top."""

    def __init__(self, sheet: "Worksheet", day: "Format") -> None:
        self._sheet = sheet
        self._day = day
        self._row = 0

    def write(self, rows: Iterable[Iterable[Cell]], look: "Format | None" = None) -> None:
        """Write rows under those that are there."""
        write_text = self._sheet.write_string
        for cells in rows:
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        write_text(self._row, column, fitting(printable(cell)), look)
                elif cell is not None:
                    self._sheet.write_datetime(self._row, column, cell, self._day)
            self._row += 1

    def offer_filters(self, columns: int) -> None:
        """Let whoever opens it narrow the rows by any column."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), columns - 1)


class Book:
    """A workbook that is being written. Every sheet carries its marking when it is printed."""

    def __init__(self, made: BinaryIO, marking: str) -> None:
        import xlsxwriter  # noqa: PLC0415 - a process that gives no workbook does without it

        self._made = made
        self._marking = marking
        self._book = xlsxwriter.Workbook(made, _OPTIONS)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "d mmmm yyyy", "align": "left"})

    def sheet(self, name: str, widths: Sequence[int], heads: Sequence[str] = ()) -> Sheet:
        """Begin the next sheet; its heads stay in sight, and stand on every page of paper."""
        sheet = self._book.add_worksheet(name)
        sheet.set_header(f"&C{self._marking}")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        begun = Sheet(sheet, self._day)
        if heads:
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            begun.write([heads], self._bold)
        return begun

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield the whole file, a part at a time; nothing can be written afterwards."""
        await asyncio.to_thread(self._book.close)
        self._made.seek(0)
        while part := self._made.read(_AT_ONCE):
            yield part


@contextmanager
def new_book(marking: str) -> Iterator[Book]:
    """Begin a workbook, whose file is gone when it has been sent."""
    with tempfile.TemporaryFile() as made:
        yield Book(made, marking)


def fitting(text: str) -> str:
    """Return a text as a cell can hold it: what has to be cut says so at its end.

    >>> fitting("x" * 32_767) == "x" * 32_767, fitting("x" * 32_768).endswith("all of it]")
    (True, True)
    """
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
