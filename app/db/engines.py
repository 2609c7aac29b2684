"""Engines for the two databases, set up so that what is acknowledged is on the disk.

SQLite: WAL, `synchronous=FULL` (NORMAL loses acknowledged rows in a power cut), foreign keys on,
BEGIN IMMEDIATE for writers, readers that cannot write; the SQLite of the `pysqlite3` wheel, since
3.7.0 to 3.51.2 can corrupt a WAL on reset. PostgreSQL: refused with `synchronous_commit=off`.
"""

from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

POOL = 8
"""Connections of one process at the most: work is done inline, so few are ever in use."""

CONNECT_SECONDS = 2
BUSY_MILLISECONDS = 5000


class UnsafeDatabase(Exception):
    """The database is set up so that acknowledged answers could be lost."""


def writer(url: str, *, migrating: bool = False) -> Engine:
    """Return the engine whose transactions write.

    `migrating` leaves foreign keys unchecked on SQLite, whose migrations copy and replace tables.
    """
    parsed = make_url(url)
    if _embedded(parsed):
        return _sqlite(parsed, "BEGIN IMMEDIATE", pool=1, foreign_keys=not migrating)
    return _postgresql(parsed)


def reader(url: str) -> Engine:
    """Return the engine whose connections only read: looking at a page writes nothing."""
    parsed = make_url(url)
    if _embedded(parsed):
        return _sqlite(parsed, "BEGIN", pool=POOL, read_only=True)
    return _postgresql(parsed, read_only=True)


def refuse_unsafe(url: str) -> None:
    """Raise UnsafeDatabase if acknowledged answers could be lost. One that is away may return."""
    engine = writer(url)
    try:
        engine.connect().close()
    except OperationalError:
        pass  # `/readyz` says so until it is there
    finally:
        engine.dispose()


def _embedded(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _sqlite(
    url: URL, begin: str, *, pool: int, read_only: bool = False, foreign_keys: bool = True
) -> Engine:
    if url.database:
        file = Path(url.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # it holds answers; the files beside it take its permissions
    engine = create_engine(
        url,
        module=sqlite,
        poolclass=QueuePool,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # an error's words must hold nothing of what was being stored
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.isolation_level = None  # SQLAlchemy says BEGIN, so that savepoints work
        pragmas = {
            "journal_mode": "wal",
            "synchronous": "full",
            "foreign_keys": "on" if foreign_keys else "off",
            "busy_timeout": BUSY_MILLISECONDS,
            "secure_delete": "on",  # what is purged is overwritten, not only unlinked
            "temp_store": "memory",
            "cache_size": -16000,
            "trusted_schema": "off",
        }
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")
        if read_only:
            connection.execute("PRAGMA query_only=on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL, *, read_only: bool = False) -> Engine:
    options = "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
    if read_only:
        options += " -c default_transaction_read_only=on"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "prepare_threshold": 3,
            "options": f"{options} {url.query.get('options', '')}".strip(),
        },
    )

    @event.listens_for(engine, "connect")
    def _refuse_unsafe(connection: Any, _: object) -> None:  # noqa: ANN401
        found = connection.execute("SHOW synchronous_commit").fetchone()[0]
        connection.rollback()
        if found == "off":
            raise UnsafeDatabase(
                "PostgreSQL has synchronous_commit=off, which loses acknowledged answers in a "
                "crash: set it to on"
            )

    return engine
