"""Restoring a backup: checked first, then put in place whole, or not at all."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Table, delete, func, insert, make_url, select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import col

from app.backups.form import FORMAT, MANIFEST, Manifest, file_of, from_line, tables
from app.db.engines import BUSY_MILLISECONDS, writer
from app.db.readiness import migrate, newest_revision
from app.exports.models import RequestedDocument
from app.identity.models import Attempt, CalendarLink, Link, SignIn

INSERTED_AT_ONCE = 1000
LONGEST_LINE = 50_000_000


class BadBackup(Exception):
    """Why this file cannot be restored; the data that was there is untouched."""


def restore(url: str, source: Path) -> Manifest:
    """Replace everything in a database by what a backup holds.

    Nobody may be using the database. On any fault, what was there before stays as it was.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive)
            if make_url(url).get_backend_name() == "sqlite":
                _into_sqlite(url, archive, manifest)
            else:
                _into_postgresql(url, archive, manifest)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise BadBackup(f"{source.name} is not a whole backup of Casefile ({error})") from error
    except (DataError, IntegrityError) as error:
        raise BadBackup(
            "Its rows do not hold together: something they name is missing, or a value is of the "
            "wrong kind"
        ) from error
    return manifest


def _checked(archive: zipfile.ZipFile) -> Manifest:
    """Check the whole file against its manifest before anything is touched."""
    manifest = Manifest.from_json(archive.read(MANIFEST))
    if manifest.format != FORMAT:
        raise BadBackup(f"This backup has format {manifest.format}; this version reads {FORMAT}")
    if manifest.revision != newest_revision():
        raise BadBackup(
            f"This backup was made at migration {manifest.revision}, and this version of Casefile "
            f"is at {newest_revision()}. Restore it with the version that made it, then upgrade."
        )
    missing = {table.name for table in tables()} ^ set(manifest.tables)
    if missing:
        raise BadBackup(f"Tables are missing from it or unknown: {', '.join(sorted(missing))}")
    for name, entry in manifest.tables.items():
        digest = hashlib.sha256()
        count = 0
        for line in _lines(archive, name):
            digest.update(line)
            count += 1
        if (count, digest.hexdigest()) != (entry.rows, entry.sha256):
            raise BadBackup(f"The rows of “{name}” are not those that the manifest promises")
    return manifest


def _lines(archive: zipfile.ZipFile, table: str) -> Iterator[bytes]:
    with archive.open(file_of(table)) as rows:
        while line := rows.readline(LONGEST_LINE):
            yield line


def _into_sqlite(url: str, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Fill a new file beside the old one, check it, and only then change places."""
    old = Path(make_url(url).database or "")
    new = old.with_name(old.name + ".restoring")
    _remove(new)
    try:
        migrate(f"sqlite:///{new}")
        engine = writer(f"sqlite:///{new}")
        with engine.begin() as connection:
            _fill(connection, archive, manifest)
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        with engine.connect() as connection:
            connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )
        engine.dispose()
        if found != "ok" or broken:
            raise BadBackup(f"The restored data does not hold together: {found}, {len(broken)}")
        _settle(old)
        for suffix in ("-wal", "-shm"):
            old.with_name(old.name + suffix).unlink(missing_ok=True)
        os.replace(new, old)  # noqa: PTH105 - the point is that it is atomic
        _sync(old.parent)
    finally:
        _remove(new)


def _settle(old: Path) -> None:
    """Bring all that was acknowledged into the old file itself, so that it is whole until the swap.

    While somebody uses it this cannot be done, and the swap would take it from under them.
    """
    if not old.exists():
        return
    with closing(sqlite.connect(old, timeout=BUSY_MILLISECONDS / 1000)) as connection:
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite.OperationalError:
            busy = True
        except sqlite.DatabaseError:
            busy = False  # it is no database any more: that is why it is restored
    if busy:
        raise BadBackup("Somebody is using the database: stop the service, and restore again")


def _sync(folder: Path) -> None:
    """Have the change of places on the disk before it is said to be done."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _into_postgresql(url: str, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Replace every row in one transaction."""
    migrate(url)
    engine = writer(url)
    try:
        with engine.begin() as connection:
            names = ", ".join(f'"{table.name}"' for table in tables())
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
            _fill(connection, archive, manifest)
            for table in tables():
                _continue_numbering(connection, table)
    finally:
        engine.dispose()


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Insert every row and count what is there against the manifest."""
    for table in tables():
        lines = _lines(archive, table.name)
        while some := [from_line(table, line) for line in islice(lines, INSERTED_AT_ONCE)]:
            connection.execute(insert(table), some)
    for table in tables():
        there = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if there != manifest.tables[table.name].rows:
            raise BadBackup(f"“{table.name}” has {there} rows after restoring, not as promised")
    _shut_doors(connection)


def _shut_doors(connection: Connection) -> None:
    """Let in nobody whom the time since the backup had shut out.

    A session that ended, a link that was spent or withdrawn, and a calendar that was cut off were
    good when the backup was taken. Attempts and documents that were asked for are over anyway.
    """
    for table in (SignIn, Attempt, CalendarLink, RequestedDocument):
        connection.execute(delete(table))
    connection.execute(delete(Link).where(col(Link.used_at).is_(None)))


def _continue_numbering(connection: Connection, table: Table) -> None:
    if table.autoincrement_column is None:
        return
    name, column = table.name, table.autoincrement_column.name
    connection.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', '{column}'), "  # noqa: S608 - our own table names
            f'(SELECT coalesce(max("{column}"), 0) + 1 FROM "{name}"), false)'
        )
    )
