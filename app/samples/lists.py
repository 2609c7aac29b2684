"""A list of referrals as read: its columns, which of them were kept, and what to know about it.

Plain values and the limits every list must keep to. Nothing here reads a file. A column that
identifies people has a verdict and a reason, and no cells: they never left the child process.

Public: `ReadList`, `Column`, `ListProblem`, `to_json`, `from_json`, and the limits.
"""

import json
from dataclasses import asdict, dataclass
from typing import Final

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ENTRIES: Final = 200
MOST_INFLATED: Final = 50 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_CELLS: Final = 500_000
TOO_MUCH: Final = (
    "This file takes too long or too much memory to read. Copy the columns that are needed into a "
    "new workbook (paste as values), save it as .xlsx or CSV, and choose that file."
)
MOST_NAMED: Final = 12  # sentences about single rows, before "and 5 more"


@dataclass(frozen=True)
class Column:
    """One column of the list, by its letter; a dropped one says why and holds no cells."""

    letter: str
    heading: str
    kept: bool
    reason: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadList:
    """A list that could be read: the cells of each kept column stand in the order of `rows`.

    `rows` are the row numbers a person sees in the file (the heading row is usually 1, so the
    first is usually 2). A real date is written as in ISO 8601, "2025-08-14".
    """

    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[Column, ...]:
        """The columns whose cells may be used."""
        return tuple(column for column in self.columns if column.kept)

    @property
    def dropped(self) -> tuple[Column, ...]:
        """The columns that looked as if they identified people, each with its reason."""
        return tuple(column for column in self.columns if not column.kept)

    def column(self, letter: str) -> Column:
        """Find a kept column by its letter; KeyError when it was dropped or never there."""
        for column in self.kept:
            if column.letter == letter:
                return column
        raise KeyError(letter)


class ListProblem(Exception):
    """Why a list cannot be used, in sentences for the person who chose it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences: tuple[str, ...] = sentences


def named(sentences: list[str]) -> tuple[str, ...]:
    """Keep the first dozen sentences about single rows and say how many more there are."""
    if len(sentences) <= MOST_NAMED:
        return tuple(sentences)
    more = len(sentences) - MOST_NAMED
    return (*sentences[:MOST_NAMED], f"There are {more:,} more like these.")


def to_json(read: ReadList | ListProblem) -> str:
    """Write what the child process found, for its parent to read."""
    if isinstance(read, ListProblem):
        return json.dumps({"problems": read.sentences})
    return json.dumps({"list": asdict(read)}, separators=(",", ":"))


def from_json(text: str | bytes) -> ReadList:
    """Read what the child process found; ListProblem when that is what it found."""
    found = json.loads(text)
    if "problems" in found:
        raise ListProblem(*found["problems"])
    read = found["list"]
    columns = tuple(Column(**{**c, "cells": tuple(c["cells"])}) for c in read["columns"])
    return ReadList(columns, tuple(read["rows"]), tuple(read["notes"]))
