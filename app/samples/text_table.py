"""Reading a list from CSV: which encoding, which separator, and rows as a spreadsheet shows them.

Public: `read_text(data) -> Table`, raising `ListProblem`.
"""

import codecs
import csv
import io
from itertools import islice
from typing import Final

from app.samples.lists import ListProblem
from app.samples.table import Table, clean

SEPARATORS: Final = ",;\t|"
LOOKED_AT: Final = 50  # records, to tell the separator
SAVE_AS: Final = 'In your spreadsheet program choose "CSV UTF-8" or .xlsx when you save it.'


def read_text(data: bytes) -> Table:
    """Read CSV bytes into rows, numbered as a spreadsheet program would number them."""
    table = Table()
    text = _decoded(data, table)
    if "\0" in text:
        raise ListProblem(
            f"This file holds characters that are not text (NUL), so it is not a CSV file. "
            f"{SAVE_AS}"
        )
    separator = _separator(text)
    width = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            cells = [clean(cell) for cell in row]
            if any(cells):
                width = width or _filled(cells)
                _compare(table, number, cells, width)
                table.add(number, cells)
    except csv.Error:
        raise ListProblem(
            f'Row {number + 1} could not be read: a quotation mark (") is opened and not closed, '
            "or "
            f"stands in the middle of a value. Put it right, or save the list as .xlsx."
        ) from None
    return table


def _decoded(data: bytes, table: Table) -> str:
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        table.notes.append(
            "This file is not in UTF-8, so it was read as Windows-1252. Check that letters with "
            "accents look right."
        )
        return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ListProblem(f"The letters in this file could not be read. {SAVE_AS}") from None


def _separator(text: str) -> str:
    """Choose the separator that gives most rows the same width as the headings."""
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(row) for row in islice(reader, LOOKED_AT) if any(map(str.strip, row))]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] == 1:
        return (0, 0)
    return (sum(width == widths[0] for width in widths), widths[0])


def _filled(cells: list[str]) -> int:
    return max(place for place, cell in enumerate(cells, 1) if cell)


def _compare(table: Table, number: int, cells: list[str], width: int) -> None:
    """Note a row with more or fewer values than headings: a value may have slipped sideways."""
    filled = _filled(cells)
    if len(cells) < width or filled > width:
        wide = max(filled, min(len(cells), width))
        many = "one value" if wide == 1 else f"{wide} values"
        table.ragged.append(
            f"Row {number} has {many} where the headings have {width}. "
            "Check "
            "for a missing or extra separator, or a value with a separator in it and no quotation "
            "marks."
        )
