"""Rows of text as they stood in the file, before anybody has looked at what they say.

Public: `Table` (built by the readers of CSV and XLSX, keeps to the limits as it grows),
`clean(text)` and `letter(number)`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.samples.lists import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, ListProblem

TRIM = "Keep only the rows and columns that are needed, save it, and try again."


@dataclass
class Table:
    """The rows that hold anything, each with the number a person sees beside it.

    `ragged` are sentences about rows of the wrong width; they matter once headings are known.
    """

    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ragged: list[str] = field(default_factory=list)
    cells: int = 0

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take one more row, unless it is blank; ListProblem at the first cell over a limit."""
        width = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
        if not width:
            return
        self.cells += sum(1 for cell in cells if cell)
        if width > MOST_COLUMNS:
            raise ListProblem(
                f"Row {number} reaches column {letter(width)}; a list may have {MOST_COLUMNS} "
                f"columns at most. {TRIM}"
            )
        # The heading row is not one of the rows counted.
        if len(self.rows) > MOST_ROWS:
            raise ListProblem(f"This list has more than {MOST_ROWS:,} rows. {TRIM}")
        if self.cells > MOST_CELLS:
            raise ListProblem(f"This list has more than {MOST_CELLS:,} filled cells. {TRIM}")
        self.rows.append((number, tuple(cells[:width])))


def clean(text: str) -> str:
    """Take away what cannot be seen: control and format characters, lone surrogates, outer spaces.

    A line break or tab becomes a space. What looks like a formula stays as it was typed.

    >>> clean(" =SUM(1) " + chr(0) + chr(10) + "x")
    '=SUM(1)  x'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(_seen(character) for character in text).strip()


def _seen(character: str) -> str:
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    kind = unicodedata.category(character)
    if kind in {"Cc", "Cs", "Cf"}:
        # Joiners hold emoji and some scripts together; every other format character hides.
        return character if character in "\u200c\u200d" else ""
    return " " if kind == "Zs" else character


def letter(number: int) -> str:
    """Name a column as spreadsheets do, counting from 1.

    >>> letter(1), letter(26), letter(27), letter(100)
    ('A', 'Z', 'AA', 'CV')
    """
    name = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        name = chr(ord("A") + place) + name
    return name
