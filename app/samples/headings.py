"""From rows to columns: which row holds the headings, and whether every column has one.

Public: `headed(table) -> Headed`, raising `ListProblem`.
"""

from collections import defaultdict
from dataclasses import dataclass

from app.samples.lists import ListProblem, named
from app.samples.table import Table, letter


@dataclass(frozen=True)
class RawColumn:
    """A column nobody has judged yet: it may hold children's names, so it stays in the child."""

    letter: str
    heading: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Headed:
    """A list whose columns all have headings of their own."""

    columns: tuple[RawColumn, ...]
    rows: tuple[int, ...]
    notes: tuple[str, ...]


def headed(table: Table) -> Headed:
    """Take the first row with anything in it as the headings; name every column without one."""
    if not table.rows:
        raise ListProblem("There is nothing in this file. Choose the list of referrals.")
    (heading_row, headings), *rows = table.rows
    if not rows:
        raise ListProblem(
            f"Row {heading_row} is the only row with anything in it. A list needs one row of "
            "headings and then one row for each referral."
        )
    width = max(len(headings), *(len(cells) for _, cells in rows))
    headings = headings + ("",) * (width - len(headings))
    filled = [
        any(len(cells) > place and cells[place] for _, cells in rows) for place in range(width)
    ]
    problems = _nameless(headings, filled, heading_row) + _repeated(headings) + table.ragged
    if problems:
        raise ListProblem(*named(problems))
    columns = tuple(
        RawColumn(
            letter(place + 1),
            heading,
            tuple(cells[place] if len(cells) > place else "" for _, cells in rows),
        )
        for place, heading in enumerate(headings)
        if heading
    )
    return Headed(columns, tuple(number for number, _ in rows), tuple(table.notes))


def _nameless(headings: tuple[str, ...], filled: list[bool], heading_row: int) -> list[str]:
    return [
        f"Column {letter(place)} has no heading. The headings must be in row {heading_row}, the "
        "first "
        f"row with anything in it: write one above column {letter(place)}, or empty the column."
        for place, (heading, full) in enumerate(zip(headings, filled, strict=True), 1)
        if full and not heading
    ]


def _repeated(headings: tuple[str, ...]) -> list[str]:
    # The heading itself is not repeated here: it has not been judged yet.
    places: dict[str, list[str]] = defaultdict(list)
    for place, heading in enumerate(headings, 1):
        if heading:
            places[" ".join(heading.casefold().split())].append(letter(place))
    return [
        f"Columns {', '.join(same[:-1])} and {same[-1]} have the same heading. "
        "Give each column a heading of its own."
        for same in places.values()
        if len(same) > 1
    ]
