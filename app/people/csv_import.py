"""Reading a list of people from CSV: which encoding, which separator, which columns.

Cells are text, whatever they look like: nothing here is a formula or a number. Nothing is stored;
`Listed` rows are judged against the partnership in `people.planning`.
"""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.access import Unfit
from app.people.rules import one_line

MOST_BYTES: Final = 1_000_000
MOST_ROWS: Final = 500

COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "name": frozenset({"name", "fullname", "person", "personname"}),
    "email": frozenset({"email", "emailaddress", "mail", "workemail", "workemailaddress"}),
    "agency": frozenset({"agency", "agencyname", "organisation", "organization", "employer"}),
    "role": frozenset({"role", "rolename", "casefilerole"}),
}
"""The headings under which each column is known, in small letters without spaces or signs."""

WORDS: Final = {"name": "Name", "email": "E-mail", "agency": "Agency", "role": "Role"}
_SEPARATORS: Final = ",;\t"
_SAVE_AS: Final = "Save it as “CSV UTF-8” from your spreadsheet program and choose that file."


@dataclass(frozen=True)
class Listed:
    """One row of the list, as a spreadsheet program numbers it."""

    number: int
    name: str
    email: str
    agency: str
    role: str


@dataclass(frozen=True)
class PeopleList:
    """A list as read: its rows, and the headings of columns that are not used."""

    rows: tuple[Listed, ...]
    unused: tuple[str, ...] = ()
    note: str = ""
    """What to look at: that the letters were read in an older encoding."""


def read_people(data: bytes) -> PeopleList:
    """Read a list, or raise Unfit with what is wrong with the file as a whole."""
    if len(data) > MOST_BYTES:
        raise Unfit({"file": "The list is larger than 1 MB: take out what is not about people"})
    text, note = _decoded(data)
    records = _records(text)
    if not records:
        raise Unfit({"file": "The list is empty"})
    (_, headings), *rest = records
    places = _columns(headings)
    if not rest:
        raise Unfit({"file": "The list has headings and no people under them"})
    if len(rest) > MOST_ROWS:
        raise Unfit(
            {"file": f"The list has {len(rest):,} rows. Import at most {MOST_ROWS} at a time"}
        )
    rows = tuple(_listed(number, cells, places) for number, cells in rest)
    used = set(places.values())
    unused = tuple(h for i, h in enumerate(headings) if i not in used and h)
    return PeopleList(rows, unused, note)


def written(rows: Sequence[Listed]) -> str:
    """Write rows as CSV again, to be carried by the page that asks whether to import them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WORDS.values())
    writer.writerows((row.name, row.email, row.agency, row.role) for row in rows)
    return out.getvalue()


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unfit({"file": f"This file is a workbook or an archive, not CSV. {_SAVE_AS}"})
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, note = data.decode("utf-16", errors="replace"), ""
    else:
        text, note = _eight_bit(data)
    if "\x00" in text:
        raise Unfit({"file": f"This file is not text. {_SAVE_AS}"})
    return text, note


def _eight_bit(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "The list is not in UTF-8 and was read as Windows-1252: check letters with accents."
    try:
        return data.decode("cp1252"), note
    except UnicodeDecodeError:
        raise Unfit({"file": f"The letters in this file could not be read. {_SAVE_AS}"}) from None


def _records(text: str) -> list[tuple[int, list[str]]]:
    """Split into numbered rows of tidied cells; rows with nothing in them are passed over."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            cells = [one_line(cell) for cell in row]
            if any(cells):
                found.append((number, cells))
    except csv.Error:
        sentence = f'Row {number + 1} could not be read: a quotation mark (") is not closed'
        raise Unfit({"file": sentence}) from None
    return found


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Find the place of each column by its heading."""
    folded = ["".join(filter(str.isalnum, heading.casefold())) for heading in headings]
    places: dict[str, int] = {}
    for column, known in COLUMNS.items():
        found = [place for place, heading in enumerate(folded) if heading in known]
        if len(found) > 1:
            raise Unfit({"file": f"Two columns are headed {WORDS[column]}: keep one of them"})
        if found:
            places[column] = found[0]
    missing = [WORDS[column] for column in COLUMNS if column not in places]
    if missing:
        raise Unfit(
            {
                "file": f"There is no column headed {' or '.join(missing)}. The first row must "
                "have the headings Name, E-mail, Agency and Role"
            }
        )
    return places


def _listed(number: int, cells: Sequence[str], places: Mapping[str, int]) -> Listed:
    def cell(column: str) -> str:
        place = places[column]
        return cells[place] if place < len(cells) else ""

    return Listed(number, cell("name"), cell("email"), cell("agency"), cell("role"))
