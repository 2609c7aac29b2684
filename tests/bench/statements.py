"""The SQL of a typical save, as the product sends it to the driver."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app.config import Environment, Settings
from app.db import Database
from app.main import create_app
from tests.bench.seeded import FIRST_VERSION, GRADE, GRADES, SECRET, WORDS, Seeded

_OWN = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")
"""How the product begins, divides and sets up what it does: the reference does that its own way."""

SEQUENCE, TYPED = 700_001, "what was typed"


def statements_of_a_save(url: str, seeded: Seeded) -> list[list[Any]]:
    """Save twice, and return the second save's statements.

    Each is its SQL, its parameters and whether they are many sets. What varies from save to save is
    named in place of its value: {"vary": "response"}.
    """
    database = Database(url)
    settings = Settings(environment=Environment.DEVELOPMENT, secret=SECRET, database_url=url)
    page = seeded.pages[0]
    seen = noted(database.writer)
    with TestClient(create_app(settings, database), base_url="http://casefile.test") as client:
        for number in range(2):
            seen.clear()
            changed = (
                ("sequence", str(SEQUENCE + number)),
                (WORDS, f"{TYPED} {number}"),
                (GRADE, GRADES[number]),
            )
            answer = client.post(
                page.address, content=seeded.form(page, *changed), headers=seeded.headers
            )
            assert answer.status_code == 200, answer.text
    version = FIRST_VERSION + 1
    varied = {
        page.assignment: "assignment",
        page.ref: "ref",
        page.response: "response",
        page.page: "page",
        SEQUENCE + 1: "sequence",
        version: "seen",
        version + 1: "version",
        f"{TYPED} 1": "text",
    }
    return [[sql, _varied(given, varied, many=many), many] for sql, given, many in seen]


def _varied(given: Sequence[Any], varied: Mapping[Any, str], *, many: bool) -> list[Any]:
    if many:
        return [_varied(each, varied, many=False) for each in given]
    return [{"vary": varied[value]} if value in varied else _plain(value) for value in given]


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)


def noted(engine: Engine) -> list[list[Any]]:
    """Note every statement that reaches the driver of a SQLite database not yet connected to."""
    seen: list[list[Any]] = []

    class Cursor(sqlite.Cursor):  # type: ignore[misc]
        def execute(self, sql: str, parameters: Sequence[object] = ()) -> object:
            if not sql.startswith(_OWN):
                seen.append([sql, list(parameters), False])
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Sequence[Sequence[object]]) -> object:
            seen.append([sql, [list(each) for each in parameters], True])
            return super().executemany(sql, parameters)

    class Connection(sqlite.Connection):  # type: ignore[misc]
        def cursor(self) -> Cursor:
            made: Cursor = super().cursor(Cursor)
            return made

    @event.listens_for(engine, "do_connect")
    def _connect(_: object, __: object, given: Sequence[str], named: dict[str, Any]) -> object:
        return sqlite.connect(*given, **named, factory=Connection)

    return seen


def write_statements(url: str, seeded: Seeded, to: Path) -> int:
    """Write what the bare endpoint needs; return how many statements a save has."""
    statements = statements_of_a_save(url, seeded)
    pages = {p.address: [p.assignment, p.ref, p.response, p.page] for p in seeded.pages}
    to.write_text(json.dumps({"statements": statements, "pages": pages, "version": FIRST_VERSION}))
    return len(statements)
