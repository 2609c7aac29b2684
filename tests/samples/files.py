"""Files as coordinators choose them, made in memory, with columns that identify children."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

import openpyxl

HEADINGS = (
    "Referral number",
    "Child name",
    "Date of birth",
    "NHS number",
    "Postcode",
    "Date received",
    "Outcome",
    "Previous referral",
    "Team",
)
OUTCOMES = ("NFA - advice given", "Early help", "C&F assessment (s17)", "S47 enquiry")
FIRST = date(2026, 3, 2)
CANARIES = ("Tansy Quillfeather", "2014-03-12", "999 000 0026", "ZZ99 4QF", "Marrowbone")
"""Identifying values that must be in no table afterwards: each in a column that is dropped."""

Row = tuple[object, ...]


def referral_rows(many: int = 120) -> list[Row]:
    """Rows of a list: a quarter of each outcome, every third referred again within five months."""
    rows: list[Row] = []
    for number in range(many):
        received = FIRST + timedelta(days=number % 150)
        again = received - timedelta(days=40) if number % 3 == 0 else None
        rows.append(
            (
                f"HM-{number + 1:06d}",
                f"{CANARIES[0]}{'' if number == 0 else ' Marrowbone'}",
                date(2014, 3, 12) + timedelta(days=number * 11),
                CANARIES[2],
                CANARIES[3],
                received,
                OUTCOMES[number % 4],
                again,
                ("North", "South")[number % 2],
            )
        )
    return rows


def workbook(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A real .xlsx with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def comma_separated(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """The same as CSV, with days first."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([f"{c:%d/%m/%Y}" if isinstance(c, date) else c for c in row])
    return written.getvalue().encode()
