"""A backup: one file, taken under writes, restored whole or not at all, on both databases."""

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.backups import BadBackup, restore, take
from app.backups.form import MANIFEST, tables
from app.db import Database
from app.db.readiness import migrate
from app.events.models import Event
from app.identity.models import Attempt, CalendarLink, Link, Partnership, Person, SignIn
from tests.conftest import DATABASES, free_database
from tests.world import build_world


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own, with the world in it and real commits."""
    if request.param == "sqlite":
        own = f"sqlite:///{tmp_path}/live.db"
        fill(own)
        yield own
        return
    own = free_database(request.getfixturevalue("postgresql_url"))
    fill(own)
    yield own


def fill(url: str) -> None:
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        build_world(session)
    database.close()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    database = Database(url)
    with database.reading() as session:
        found = {
            table.name: sorted(
                (tuple(row) for row in session.connection().execute(select(table))), key=str
            )
            for table in tables()
        }
    database.close()
    return found


def add_event(url: str, sequence: int) -> None:
    database = Database(url)
    with database.writing() as session:
        partnership = session.connection().execute(text("SELECT min(id) FROM partnership"))
        session.add(
            Event(
                partnership_id=partnership.scalar_one(),
                scope="later",
                sequence=sequence,
                kind="round.created",
                at=database.clock(),
                details="{}",
                salt=b"\x00\xff" * 8,
                commitment=b"\x01" * 32,
            )
        )
    database.close()


def test_what_is_restored_is_what_was_backed_up(url: str, tmp_path: Path) -> None:
    add_event(url, 1)
    before = everything(url)
    take(url, tmp_path / "backup.zip")
    add_event(url, 2)

    restore(url, tmp_path / "backup.zip")

    assert everything(url) == before


def test_restoring_lets_nobody_back_in_who_was_shut_out_since(url: str, tmp_path: Path) -> None:
    database = Database(url)
    with database.writing() as session:
        who = session.exec(select(Person).limit(1)).scalar_one()
        place, at = session.exec(select(Partnership.id).limit(1)).scalar_one(), database.clock()
        names = {"person_id": who.id, "partnership_id": place}
        for digest, used in (("spent later", None), ("spent before", at)):
            session.add(Link(digest=digest, purpose="reset", expires_at=at, used_at=used, **names))
        session.add(CalendarLink(digest="calendar", made_at=at, **names))
        session.add(Attempt(against="a", at=at))
        session.add(
            SignIn(digest="s", person_id=who.id, started_at=at, seen_at=at, confirmed_at=at)
        )
    database.close()
    take(url, tmp_path / "backup.zip")

    restore(url, tmp_path / "backup.zip")

    after = everything(url)
    assert [row[0] for row in after["link"]] == ["spent before"]
    assert after["sign_in"] == after["attempt"] == after["calendar_link"] == []
    assert after["requested_document"] == []


def test_a_database_that_is_in_use_is_not_taken_from_under_anybody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    take(url, tmp_path / "backup.zip")
    database = Database(url)
    with database.reading() as session:
        session.connection().execute(text("SELECT count(*) FROM event")).scalar_one()
        add_event(url, 1)
        with pytest.raises(BadBackup, match="using the database"):
            restore(url, tmp_path / "backup.zip")
    database.close()

    assert len(everything(url)["event"]) == 1


def test_a_file_that_is_no_database_any_more_is_restored(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    before = everything(url)
    take(url, tmp_path / "backup.zip")
    (tmp_path / "live.db").write_bytes(b"spoilt by a failing disk" * 1000)

    restore(url, tmp_path / "backup.zip")

    assert everything(url) == before


def test_after_restoring_new_rows_take_new_numbers(url: str, tmp_path: Path) -> None:
    add_event(url, 1)
    take(url, tmp_path / "backup.zip")
    restore(url, tmp_path / "backup.zip")

    add_event(url, 2)

    assert len(everything(url)["event"]) == 2


def test_a_backup_taken_while_people_write_is_of_one_moment(url: str, tmp_path: Path) -> None:
    """Each event takes the next number, so a backup of one moment has no gap in them."""
    done = threading.Event()

    def write() -> None:
        sequence = 0
        while not done.is_set():
            sequence += 1
            add_event(url, sequence)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            take(url, tmp_path / f"{number}.zip")
    finally:
        done.set()
        writing.join()

    for number in range(5):
        restore(url, tmp_path / f"{number}.zip")
        events = everything(url)["event"]
        assert len(events) == max((row[3] for row in events), default=0)


def test_a_backup_from_one_database_restores_into_the_other(
    postgresql_url: str, tmp_path: Path
) -> None:
    fill(f"sqlite:///{tmp_path}/from.db")
    take(f"sqlite:///{tmp_path}/from.db", tmp_path / "backup.zip")
    moved = free_database(postgresql_url)

    restore(moved, tmp_path / "backup.zip")

    assert everything(moved) == everything(f"sqlite:///{tmp_path}/from.db")


def spoilt(source: Path, to: Path, name: str, content: bytes | None) -> Path:
    """Copy a backup with one of its files changed, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w") as new:
        for each in old.namelist():
            kept = old.read(each) if each != name else content
            if kept is not None:
                new.writestr(each, kept)
    return to


def manifest_with(source: Path, **changed: object) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return json.dumps({**json.loads(archive.read(MANIFEST)), **changed}).encode()


def test_a_spoilt_backup_is_refused_and_changes_nothing(url: str, tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    take(url, good)
    before = everything(url)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:-200])
    words = tmp_path / "words.zip"
    words.write_text("This is not a backup.")
    bad = [
        cut,
        words,
        spoilt(good, tmp_path / "1.zip", "person.jsonl", b""),
        spoilt(good, tmp_path / "2.zip", "person.jsonl", None),
        spoilt(good, tmp_path / "3.zip", MANIFEST, None),
        spoilt(good, tmp_path / "4.zip", MANIFEST, b"{}"),
        spoilt(good, tmp_path / "5.zip", MANIFEST, manifest_with(good, revision="older")),
        spoilt(good, tmp_path / "6.zip", MANIFEST, manifest_with(good, format=99)),
        spoilt(good, tmp_path / "7.zip", MANIFEST, manifest_with(good, tables={})),
    ]

    for file in bad:
        with pytest.raises(BadBackup):
            restore(url, file)

    assert everything(url) == before


def test_rows_that_do_not_hold_together_are_refused(tmp_path: Path) -> None:
    """Rows and manifest agree, but a membership names a person who is not there."""
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    good = tmp_path / "good.zip"
    manifest = take(url, good)
    empty = {"rows": 0, "sha256": hashlib.sha256().hexdigest()}
    entries = {name: vars(entry) for name, entry in manifest.tables.items()} | {"person": empty}
    half = spoilt(good, tmp_path / "half.zip", "person.jsonl", b"")
    bad = spoilt(half, tmp_path / "bad.zip", MANIFEST, manifest_with(good, tables=entries))
    before = everything(url)

    with pytest.raises(BadBackup, match="hold together"):
        restore(url, bad)

    assert everything(url) == before
    assert list(tmp_path.glob("*.restoring*")) == []


def test_a_value_of_the_wrong_kind_is_refused(url: str, tmp_path: Path) -> None:
    """Rows and manifest agree, but a person's number is a word."""
    good = tmp_path / "good.zip"
    manifest = take(url, good)
    with zipfile.ZipFile(good) as archive:
        first, *others = archive.read("person.jsonl").splitlines(keepends=True)
    rows = b"".join([json.dumps(json.loads(first) | {"id": "seven"}).encode() + b"\n", *others])
    entry = {"rows": 1 + len(others), "sha256": hashlib.sha256(rows).hexdigest()}
    entries = {name: vars(entry) for name, entry in manifest.tables.items()} | {"person": entry}
    half = spoilt(good, tmp_path / "half.zip", "person.jsonl", rows)
    bad = spoilt(half, tmp_path / "bad.zip", MANIFEST, manifest_with(good, tables=entries))
    before = everything(url)

    with pytest.raises(BadBackup, match="wrong kind"):
        restore(url, bad)

    assert everything(url) == before


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    (tmp_path / "backup.zip.part").write_text("somebody else's")

    with pytest.raises(FileExistsError):
        take(url, tmp_path / "backup.zip")


def test_a_backup_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    take(url, tmp_path / "backup.zip")

    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


def test_every_table_is_in_a_backup(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/live.db"
    fill(url)
    manifest = take(url, tmp_path / "backup.zip")
    database = Database(url)
    with database.reading() as session:
        stored = session.connection().execute(
            text(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
            )
        )
        assert set(manifest.tables) == set(stored.scalars())
        people = session.connection().execute(select(func.count()).select_from(text("person")))
        assert manifest.tables["person"].rows == people.scalar_one()
    database.close()
