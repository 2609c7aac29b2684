"""An invented list of referrals, as a front door's records system might export it.

Nobody in it exists: names are put together from words that are no first names, NHS numbers are of
the range kept for tests (999), postcodes begin with ZZ99, which the post does not use. Its columns
of names, dates of birth, NHS numbers and postcodes are there to be dropped before anything is kept.

Public: `invented_referrals(day, rows=400, seed=20)`, `as_csv(rows)`, `as_workbook(rows)`,
`write_examples(folder, day)`.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import openpyxl
from openpyxl.styles import Font

ROWS: Final = 400
SEED: Final = 20
DAYS: Final = 184
"""How far back the list goes: six months."""

RE_REFERRED: Final = 0.14
EARLIER: Final = 0.1
"""The share with a referral before the window of five months."""

GIVEN: Final = (
    "Tansy Bramble Sorrel Linnet Teasel Yarrow Clover Larch Hazelin Fennick Corwen Merle "
    "Perrin Quill Rushel Senna Thrush Umber Vetch Wrenna Alderic Briony Cressa Dunlin"
).split()
FAMILY: Final = (
    "Marrowbone Quillfeather Thistlewick Oakenshaw Puddlewright Saltmarshe Windlestraw "
    "Copperknoll Fernihough-Vale Grindlebrook Hollowmere Inkpenny Juniperson Kettlestone "
    "Larkmeadow Mossgather"
).split()
OUTCOMES: Final = (
    # what it says, how often in a hundred
    ("NFA - advice given", 26),
    ("No further action", 16),
    ("Closed: information only", 6),
    ("Early Help", 14),
    ("EH - team around the family", 8),
    ("C&F assessment (s17)", 15),
    ("Section 17 single assessment", 6),
    ("Section 47 enquiry", 6),
    ("S47 - strategy discussion held", 3),
)
AGENCIES: Final = (
    ("Police", 31),
    ("School", 22),
    ("Health visiting service", 12),
    ("Hospital emergency department", 11),
    ("GP practice", 8),
    ("Housing association", 5),
    ("Voluntary organisation", 4),
    ("Early years setting", 7),
)
TEAMS: Final = (("MASH North", 45), ("MASH South", 40), ("Out of hours", 15))

WRITTEN: Final = datetime(2026, 9, 1)  # noqa: DTZ001 - openpyxl's are naive
INWARD: Final = ("0123456789", "ABDEFGHJ", "LNPQRSTU")
"""What each character of a postcode's second half is chosen from."""


@dataclass(frozen=True)
class ListedReferral:
    """One row as exported; the fields stand in the order of the columns."""

    referral_number: str
    child_name: str
    date_of_birth: date
    nhs_number: str
    postcode: str
    date_received: date
    outcome: str
    previous_referral: date | None
    referring_agency: str
    team: str


HEADINGS: Final = tuple(
    {"nhs_number": "NHS number"}.get(field.name, field.name.replace("_", " ").capitalize())
    for field in fields(ListedReferral)
)


def invented_referrals(day: date, rows: int = ROWS, seed: int = SEED) -> list[ListedReferral]:
    """Invent referrals received in the six months up to a day, oldest first.

    The same day, rows and seed give the same list on any machine.

    >>> first, *_ = invented_referrals(date(2026, 9, 1))
    >>> first.referral_number, first.nhs_number[:3], first.postcode[:4]
    ('HM-000001', '999', 'ZZ99')
    """
    chance = Random(seed)  # noqa: S311 - for an example, which must come out the same each time
    received = sorted(day - timedelta(days=chance.randrange(DAYS)) for _ in range(rows))
    return [_invent(chance, number, on) for number, on in enumerate(received, 1)]


def _invent(chance: Random, number: int, received: date) -> ListedReferral:
    return ListedReferral(
        referral_number=f"HM-{number:06d}",
        child_name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
        date_of_birth=received - timedelta(days=chance.randrange(30, 17 * 365)),
        nhs_number=nhs_test_number(chance),
        postcode="ZZ99 " + "".join(chance.choice(one) for one in INWARD),
        date_received=received,
        outcome=_weighted(chance, OUTCOMES),
        previous_referral=_previous(chance, received),
        referring_agency=_weighted(chance, AGENCIES),
        team=_weighted(chance, TEAMS),
    )


def _weighted(chance: Random, choices: Sequence[tuple[str, int]]) -> str:
    words, weights = zip(*choices, strict=True)
    return str(chance.choices(words, weights)[0])


def _previous(chance: Random, received: date) -> date | None:
    found = chance.random()
    if found < RE_REFERRED:
        return received - timedelta(days=chance.randrange(5, 150))
    if found < RE_REFERRED + EARLIER:
        return received - timedelta(days=chance.randrange(160, 900))
    return None


def nhs_test_number(chance: Random) -> str:
    """Make a number of the test range with its check digit: it belongs to nobody.

    The tenth digit is 11 less the weighted sum of the nine before it, modulo 11; where that is 10
    there is no such number.

    >>> nhs_test_number(Random(1))[:4]
    '999 '
    """
    while True:
        digits = [9, 9, 9, *(chance.randrange(10) for _ in range(6))]
        check = -sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11
        if check < 10:  # noqa: PLR2004 - one digit
            number = "".join(map(str, [*digits, check]))
            return f"{number[:3]} {number[3:6]} {number[6:]}"


def as_csv(rows: Sequence[ListedReferral]) -> bytes:
    """Write the list as CSV, days first, as an export in Britain does."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for row in rows:
        cells = astuple(row)
        writer.writerow([f"{c:%d/%m/%Y}" if isinstance(c, date) else c for c in cells])
    return written.getvalue().encode()


def as_workbook(rows: Sequence[ListedReferral]) -> bytes:
    """Write the list as a workbook with real dates."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise LookupError("a new workbook has a sheet")
    sheet.title = "Referrals"
    sheet.append(HEADINGS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(astuple(row))
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    for place, heading in enumerate(HEADINGS):
        sheet.column_dimensions[chr(ord("A") + place)].width = max(14, len(heading) + 4)
    book.properties.creator = "Casefile"
    book.properties.created = book.properties.modified = WRITTEN
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_examples(folder: Path, day: date) -> tuple[Path, Path]:
    """Write the example as a workbook and as CSV; return where they are."""
    rows = invented_referrals(day)
    folder.mkdir(parents=True, exist_ok=True)
    workbook, text = folder / "mash-referrals.xlsx", folder / "mash-referrals.csv"
    workbook.write_bytes(as_workbook(rows))
    text.write_bytes(as_csv(rows))
    return workbook, text
