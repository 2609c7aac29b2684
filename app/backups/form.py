"""The form of a backup: a zip of one file of rows for each table, and a manifest.

Rows are JSON, one a line, so a backup taken from SQLite restores into PostgreSQL and back. The
manifest holds the migration, and for each table its number of rows and the SHA-256 of its file.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table
from sqlmodel import SQLModel

from app import models as _tables  # noqa: F401 - registers every table

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class TableEntry:
    """What the manifest says of one table."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and from which version of the application."""

    format: int
    revision: str
    taken_at: str
    tables: Mapping[str, TableEntry]

    def to_json(self) -> str:
        """Write the manifest."""
        tables = {name: vars(entry) for name, entry in self.tables.items()}
        return json.dumps({**vars(self), "tables": tables}, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Read a manifest; anything unexpected in it is a ValueError."""
        try:
            given = json.loads(text)
            tables = {name: TableEntry(**entry) for name, entry in given.pop("tables").items()}
            return cls(**given, tables=tables)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(str(error)) from error


def tables() -> list[Table]:
    """Every table, those that others point to first."""
    return SQLModel.metadata.sorted_tables


def file_of(table: str) -> str:
    """Return the name of a table's file in the zip."""
    return f"{table}.jsonl"


def to_line(row: Mapping[str, object]) -> bytes:
    """Write one row."""
    return json.dumps({k: _plain(v) for k, v in row.items()}, ensure_ascii=False).encode() + b"\n"


def from_line(table: Table, line: bytes) -> dict[str, object]:
    """Read one row as the table's columns want it."""
    given = json.loads(line)
    return {column.name: _typed(column.type.python_type, given[column.name]) for column in table.c}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _typed(kind: type, value: object) -> object:
    if not isinstance(value, str):
        return value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value)
    return value
