"""Taking a backup: one consistent view of every table, streamed into one file."""

import hashlib
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, select

from app.backups.form import FORMAT, MANIFEST, Manifest, TableEntry, file_of, tables, to_line
from app.db.engines import reader
from app.db.readiness import revision_of

FETCHED_AT_ONCE = 2000


def take(url: str, to: Path) -> Manifest:
    """Write a backup of a database that may be in use; the file appears only when it is whole.

    One read transaction (on PostgreSQL repeatable read) sees every table as of one moment.
    """
    engine = reader(url)
    part = to.with_name(to.name + ".part")
    part.touch(mode=0o600, exist_ok=False)
    try:
        manifest = _write(engine, part)
        os.replace(part, to)  # noqa: PTH105 - the point is that it is atomic
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return manifest


def _write(engine: Engine, part: Path) -> Manifest:
    revision = revision_of(engine)
    if revision is None:
        raise LookupError("There is nothing to back up: this database has no tables yet")
    isolated = engine.execution_options(isolation_level=_one_moment(engine))
    with (
        isolated.connect() as connection,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        entries = {table.name: _write_table(connection, archive, table) for table in tables()}
        manifest = Manifest(FORMAT, revision, datetime.now(UTC).isoformat(), entries)
        archive.writestr(MANIFEST, manifest.to_json())
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return manifest


def _one_moment(engine: Engine) -> str:
    return "SERIALIZABLE" if engine.dialect.name == "sqlite" else "REPEATABLE READ"


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TableEntry:
    count, digest = 0, hashlib.sha256()
    rows = connection.execution_options(yield_per=FETCHED_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    with archive.open(file_of(table.name), "w", force_zip64=True) as out:
        for row in rows.mappings():
            line = to_line(dict(row))
            digest.update(line)
            out.write(line)
            count += 1
    return TableEntry(count, digest.hexdigest())
