"""Committing together: one commit for all who arrive at once, and each all of it or none."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.db import Database
from app.db.readiness import migrate
from app.identity.models import Partnership

ADD = text("INSERT INTO partnership (slug, name, danger_advice) VALUES (:name, :name, :words)")


@pytest.fixture
def own(tmp_path: Path) -> Database:
    """A SQLite database of this test's own, with real commits."""
    url = f"sqlite:///{tmp_path}/own.db"
    migrate(url)
    return Database(url)


@pytest.fixture
def commits(own: Database) -> list[str]:
    """Every commit of the writing connection, as it happens."""
    seen: list[str] = []
    event.listen(own.writer, "commit", lambda _: seen.append("commit"))
    return seen


def names(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.connection().execute(text("SELECT name FROM partnership")).scalars())


async def add(database: Database, name: str, words: str = "Call 999.") -> str:
    async with database.writing_together() as session:
        session.connection().execute(ADD, {"name": name, "words": words})
    return name


async def add_object(database: Database, name: str) -> str:
    async with database.writing_together() as session:
        session.add(Partnership(slug=name, name=name, danger_advice="Call 999."))
    return name


async def fail(database: Database) -> None:
    async with database.writing_together() as session:
        session.connection().execute(ADD, {"name": "Nowhere", "words": ""})
        session.add(Partnership(slug="neither", name="Neither", danger_advice=""))
        session.flush()
        _ = 1 / 0


def at_once(*work: object) -> list[object]:
    async def gathered() -> list[object]:
        return list(await asyncio.gather(*work, return_exceptions=True))  # type: ignore[call-overload]

    return asyncio.run(gathered())


def test_all_who_arrive_at_once_are_kept_by_one_commit(own: Database, commits: list[str]) -> None:
    at_once(*(add(own, name) for name in "ABCDEFGH"))

    assert names(own) == set("ABCDEFGH")
    assert commits == ["commit"]


def test_whoever_comes_alone_is_not_kept_waiting_for_others(
    own: Database, commits: list[str]
) -> None:
    async def one_after_the_other() -> None:
        for name in "ABC":
            await add(own, name)

    asyncio.run(one_after_the_other())

    assert names(own) == set("ABC")
    assert len(commits) == 3


def test_what_fails_undoes_itself_alone(own: Database) -> None:
    told = at_once(add(own, "A"), fail(own), add_object(own, "B"), add(own, "A"), add(own, "C"))

    assert [type(each) for each in told] == [str, ZeroDivisionError, str, IntegrityError, str]
    assert names(own) == {"A", "B", "C"}


def test_the_first_may_fail_and_the_rest_are_kept(own: Database) -> None:
    at_once(fail(own), add(own, "A"))

    assert names(own) == {"A"}


def test_objects_that_cannot_be_stored_undo_their_own_unit_alone(own: Database) -> None:
    told = at_once(add_object(own, "A"), add_object(own, "A"), add_object(own, "B"))

    assert [type(each) for each in told] == [str, IntegrityError, str]
    assert names(own) == {"A", "B"}


def test_nobody_is_told_that_something_is_kept_when_the_commit_fails(own: Database) -> None:
    def refuse(_: object) -> None:
        raise OperationalError("COMMIT", None, Exception("disk I/O error"))

    event.listen(own.writer, "commit", refuse)
    told = at_once(add(own, "A"), add(own, "B"))
    event.remove(own.writer, "commit", refuse)

    assert [type(each) for each in told] == [OperationalError, OperationalError]
    assert names(own) == set()
    assert at_once(add(own, "C")) == ["C"]
    assert names(own) == {"C"}


def test_nobody_is_told_before_the_commit(own: Database) -> None:
    """Others see what is kept at the moment when the first is told."""
    seen: list[set[str]] = []

    async def look_when_told(name: str) -> None:
        await add(own, name)
        seen.append(names(own))

    at_once(*(look_when_told(name) for name in "ABC"))

    assert seen == [set("ABC")] * 3


def test_when_the_disk_is_full_who_is_told_is_who_is_kept(own: Database) -> None:
    own.close()
    small = Database(own.url)

    @event.listens_for(small.writer, "connect")
    def _limit(connection: object, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count={pages + 6}")  # type: ignore[attr-defined]

    told = at_once(*(add(small, f"{n}", "Call 999. " * 300) for n in range(20)))

    kept = {each for each in told if isinstance(each, str)}
    assert 0 < len(kept) < 20
    assert names(small) == kept


def test_when_the_whole_transaction_is_lost_nobody_in_it_is_told_that_it_is_kept(
    own: Database,
) -> None:
    async def lose_everything() -> None:
        async with own.writing_together() as session:
            session.connection().exec_driver_sql("ROLLBACK")
            raise OperationalError("INSERT", None, Exception("disk I/O error"))

    told = at_once(add(own, "A"), lose_everything(), add(own, "B"))

    kept = {each for each in told if isinstance(each, str)}
    assert names(own) == kept
    assert isinstance(told[0], DBAPIError)


def test_another_writer_finds_what_came_before_it_kept(own: Database, commits: list[str]) -> None:
    async def another() -> int:
        async with own.writing_in_turn() as session:
            session.add(Partnership(slug="another", name="Another", danger_advice=""))
        return len(commits)

    told = at_once(add(own, "A"), another(), add(own, "B"))

    assert told == ["A", 2, "B"]
    assert names(own) == {"A", "Another", "B"}


def test_whoever_goes_away_leaves_the_others_told(own: Database) -> None:
    async def one_goes() -> list[str]:
        going = asyncio.create_task(add(own, "A"))
        staying = asyncio.create_task(add(own, "B"))
        asyncio.get_running_loop().call_soon(going.cancel)
        return [await staying]

    assert asyncio.run(one_goes()) == ["B"]
    assert "B" in names(own)


def test_a_unit_that_waits_is_waited_for(own: Database) -> None:
    async def slowly(name: str) -> None:
        async with own.writing_together() as session:
            session.connection().execute(ADD, {"name": name, "words": ""})
            await asyncio.sleep(0.01)

    at_once(slowly("A"), add(own, "B"), slowly("C"))

    assert names(own) == {"A", "B", "C"}
