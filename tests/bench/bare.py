"""The reference of the load benchmarks: the same SQL with nothing around it.

One Starlette route, one raw connection, no session, token, permission or validation. It runs the
statements of a save as the product sends them (`statements.py`), with that request's keys and
texts, fetches every row, and commits at `synchronous=FULL`.
"""

import json
import os
from itertools import count
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route


def create_app() -> Starlette:
    """The bare endpoint over the database of the environment."""
    given = json.loads(Path(os.environ["BENCH_STATEMENTS"]).read_text("utf-8"))
    path = os.environ["CASEFILE_DATABASE_URL"].removeprefix("sqlite:///")
    connection = sqlite.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")
    pages: dict[str, list[Any]] = given["pages"]
    versions = dict.fromkeys(pages, given["version"])
    numbers = count(800_000)

    async def save(request: Request) -> JSONResponse:
        await request.body()
        address = request.url.path
        assignment, ref, response, page = pages[address]
        number = next(numbers)
        values = {
            "assignment": assignment,
            "ref": ref,
            "response": response,
            "page": page,
            "sequence": number,
            "seen": versions[address],
            "version": versions[address] + 1,
            "text": f"They listened to the child the first time {number}",
        }
        connection.execute("BEGIN IMMEDIATE")
        for sql, parameters, many in given["statements"]:
            if many:
                connection.executemany(sql, [_filled(each, values) for each in parameters])
            else:
                connection.execute(sql, _filled(parameters, values)).fetchall()
        connection.execute("COMMIT")
        versions[address] += 1
        return JSONResponse({"answered": 55, "of": 55})

    async def ready(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ready")

    post = Route("/{partnership}/assignments/{assignment}/answers", save, methods=["POST"])
    return Starlette(routes=[post, Route("/healthz", ready)])


def _filled(parameters: list[Any], values: dict[str, Any]) -> list[Any]:
    return [values[each["vary"]] if isinstance(each, dict) else each for each in parameters]
