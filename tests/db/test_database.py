"""The unit of work: all of it or none, on the disk, and never a writer waiting for itself."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.db.engines import UnsafeDatabase, reader
from app.db.readiness import migrate
from app.identity.models import Partnership


@pytest.fixture
def own(tmp_path: Path) -> Database:
    """A SQLite database of this test's own, with real commits."""
    url = f"sqlite:///{tmp_path}/own.db"
    migrate(url)
    return Database(url)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.connection().execute(text("SELECT name FROM partnership")).scalars())


def partnership(name: str) -> Partnership:
    return Partnership(slug=name.lower(), name=name, danger_advice="Call 999.")


def test_what_is_written_is_kept_when_the_work_succeeds(own: Database) -> None:
    with own.writing() as session:
        session.add(partnership("Wexcombe"))

    assert names(own) == ["Wexcombe"]


def test_nothing_is_kept_when_the_work_fails_half_way(own: Database) -> None:
    with pytest.raises(ZeroDivisionError), own.writing() as session:
        session.add(partnership("Wexcombe"))
        session.flush()
        _ = 1 / 0

    assert names(own) == []


def test_looking_cannot_write(own: Database) -> None:
    with own.reading() as session, pytest.raises(DBAPIError):
        session.connection().execute(text("DELETE FROM partnership"))


def test_looking_cannot_write_on_postgresql(postgresql_url: str) -> None:
    engine = reader(postgresql_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text("CREATE TABLE scratch (x integer)"))
    engine.dispose()


def test_acknowledged_answers_are_on_the_disk(own: Database) -> None:
    with own.writing() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_the_sqlite_is_one_without_the_wal_reset_fault(own: Database) -> None:
    with own.reading() as session:
        version = session.connection().exec_driver_sql("SELECT sqlite_version()").scalar_one()

    assert tuple(int(part) for part in version.split(".")) >= (3, 51, 3)


def test_postgresql_that_may_lose_answers_is_refused(postgresql_url: str) -> None:
    unsafe = f"{postgresql_url}&options=-c%20synchronous_commit%3Doff"
    with pytest.raises(UnsafeDatabase, match="synchronous_commit"):
        reader(unsafe).connect()


def test_a_second_writer_waits_its_turn_without_stopping_the_first(own: Database) -> None:
    order: list[str] = []

    async def write(name: str) -> None:
        async with own.writing_in_turn() as session:
            order.append(f"{name} begins")
            session.add(partnership(name))
            session.flush()
            await asyncio.sleep(0.01)
            order.append(f"{name} ends")

    async def both() -> None:
        await asyncio.gather(write("Wexcombe"), write("Harrowmere"))

    asyncio.run(both())

    assert order == ["Wexcombe begins", "Wexcombe ends", "Harrowmere begins", "Harrowmere ends"]
    assert sorted(names(own)) == ["Harrowmere", "Wexcombe"]
