"""Cells that a spreadsheet program may open: never a formula, whatever somebody typed.

Used by every writer of rows. A cell that would begin a formula, also after spaces or marks that
cannot be seen, gets an apostrophe in front, which spreadsheet programs show as plain text.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheet programs read UTF-8 as something else."""

_STARTS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\N{MINUS SIGN}")
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def neutral(text: str) -> str:
    r"""Return a cell's text so that no program takes it for a formula.

    >>> neutral("=1+1"), neutral("  @sum"), neutral("\N{ZERO WIDTH SPACE}-2"), neutral("-3")
    ("'=1+1", "'  @sum", "'\u200b-2", "'-3")
    >>> neutral("Good = enough"), neutral("")
    ('Good = enough', '')
    """
    text = _UNPRINTABLE.sub("", text)
    for character in text:
        if character in _STARTS_A_FORMULA:
            return f"'{text}"
        if unicodedata.category(character) not in _UNSEEN:
            return text
    return text


class Lines:
    """Writes rows as the lines of a CSV file: neutral cells, all quoted, CRLF."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")

    def write(self, rows: Iterable[Sequence[str]]) -> str:
        """Return some rows as text, and keep nothing of them."""
        self._writer.writerows([neutral(cell) for cell in row] for row in rows)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text
