"""Reading a list from a workbook: its first sheet with anything on it, as text.

Public: `read_xlsx(data) -> Table`, raising `ListProblem`.
"""

import io
import re
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl

from app.samples.lists import ListProblem
from app.samples.sheet_facts import SheetFacts
from app.samples.table import Table, clean
from app.samples.xlsx_parts import inspect

ZEROS: Final = re.compile(r"0+")
EXACT: Final = 10**15  # a workbook keeps fifteen digits of a number


def read_xlsx(data: bytes) -> Table:
    """Read the first worksheet that holds anything; say so when others do as well."""
    parts = inspect(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        read: Table | None = None
        more = 0
        for place, sheet in enumerate(book.worksheets, 1):
            sheet.reset_dimensions()
            if read is not None:
                more += _holds_anything(sheet.iter_rows(values_only=True))
                continue
            table = _table(sheet)
            if table.rows:
                read = table
                _explain(read, parts.get(_part(sheet), SheetFacts()), place, sheet.sheet_state)
    if read is None:
        raise ListProblem("There is nothing in this workbook. Choose the list of referrals.")
    if more:
        read.notes.append("Other sheets of this workbook hold something too: they were not read.")
    return read


def _part(sheet: Any) -> str:  # noqa: ANN401 - openpyxl's read-only sheet has no type of its own
    return str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001 - nothing public says it


def _table(sheet: Any) -> Table:  # noqa: ANN401 - as above
    table = Table()
    for number, row in enumerate(sheet.iter_rows(), 1):
        table.add(number, [shown(cell.value, cell) for cell in row])
    return table


def _holds_anything(rows: Iterable[tuple[object, ...]]) -> bool:
    return any(value is not None for row in rows for value in row)


def _explain(table: Table, facts: SheetFacts, place: int, state: str) -> None:
    """Refuse what would be read wrongly, and note what a person may not have noticed."""
    problems = []
    if facts.merged:
        problems.append(
            f"Cells are merged at {_places(facts.merged)}. Unmerge them, so that each heading "
            "stands "
            "over one column and each row holds one referral."
        )
    if facts.without_result:
        problems.append(
            f"The formula in {_places(facts.without_result)} was saved without its result. Open "
            "the "
            "workbook in your spreadsheet program and save it, or paste the column as values."
        )
    if problems:
        raise ListProblem(*problems)
    if place > 1 or state != "visible":
        hidden = ", which is hidden" if state != "visible" else ""
        table.notes.append(
            f"The list was read from sheet {place}{hidden}, the first with anything on it."
        )
    if facts.hidden_rows:
        many = "row was" if facts.hidden_rows == 1 else "rows were"
        table.notes.append(
            f"{facts.hidden_rows:,} hidden {many} read with the rest. Check what they hold."
        )
    if facts.hidden_columns:
        table.notes.append("Hidden columns were read with the rest. Check that they belong.")


def _places(places: list[str]) -> str:
    return places[0] if len(places) == 1 else f"{places[0]} and other cells"


def shown(value: object, cell: Any = None) -> str:  # noqa: ANN401 - openpyxl's cell
    """Write a cell's value as a person sees it; a date as in ISO 8601.

    >>> shown(12.0), shown(True), shown(datetime(2025, 8, 14)), shown(None)
    ('12', 'TRUE', '2025-08-14', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, getattr(cell, "number_format", ""))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return clean(str(value))


def _number(value: float, number_format: str) -> str:
    if not abs(value) < EXACT or value != int(value):
        return str(value)
    whole = str(int(value))
    # A format such as 000000 shows leading zeros that the number itself has lost.
    return whole.zfill(len(number_format)) if ZEROS.fullmatch(number_format) else whole
