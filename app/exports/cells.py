"""Cells that a spreadsheet program may open: never a formula, whatever somebody typed.

Used by every writer of rows. A cell that would begin a formula, also after spaces or marks that
cannot be seen, gets an apostrophe in front, which spreadsheet programs show as plain text.
"""

import re
import unicodedata
from collections.abc import Iterable

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
    if text[:1].isalnum() and text.isprintable():  # most cells, without a look at each letter
        return text
    text = _UNPRINTABLE.sub("", text)
    for character in text:
        if character in _STARTS_A_FORMULA:
            return f"'{text}"
        if unicodedata.category(character) not in _UNSEEN:
            return text
    return text


def quoted(text: str) -> str:
    """Return a neutral cell of a CSV file in its quotation marks.

    >>> print(quoted('A "quoted" word'), quoted("=1"))
    "A ""quoted"" word" "'=1"
    """
    return '"' + neutral(text).replace('"', '""') + '"'


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as the lines of a CSV file, each ended by CRLF."""
    return "".join([",".join(map(quoted, row)) + "\r\n" for row in rows])
