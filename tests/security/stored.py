"""Everything stored, cell by cell, to compare what two forms did."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Dialect, select
from sqlmodel import SQLModel

from tests.security.premises import Premises

Row = tuple[Any, ...]
Rows = Mapping[str, list[Row]]


@cache
def _reading(dialect: Dialect) -> dict[str, str]:
    """The statement that reads each table: written once, since it is run hundreds of times."""
    return {
        table.name: str(select(table).order_by(*table.primary_key.columns).compile(dialect=dialect))
        for table in SQLModel.metadata.sorted_tables
    }


def rows_of(premises: Premises) -> Rows:
    """Every row of every table as the driver gives it, in the order of its key."""
    connection = premises.connection
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(statement)]
        for name, statement in _reading(connection.dialect).items()
    }


def differing(one: Rows, other: Rows) -> set[str]:
    """Say which cells differ: `round[0].stage`, or `event[9]` for a row that only one has."""
    return {
        cell
        for name, table in SQLModel.metadata.tables.items()
        for cell in _in_table(name, table.columns.keys(), one[name], other[name])
    }


def _in_table(name: str, columns: list[str], one: list[Row], other: list[Row]) -> set[str]:
    if one == other:
        return set()
    short, long = sorted((len(one), len(other)))
    return {f"{name}[{number}]" for number in range(short, long)} | {
        f"{name}[{number}].{column}"
        for number, (mine, theirs) in enumerate(zip(one, other, strict=False))
        if mine != theirs
        for column, was, now in zip(columns, mine, theirs, strict=True)
        if was != now
    }
