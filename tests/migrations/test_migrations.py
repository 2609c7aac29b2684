"""The migrations, on both databases: up, down, and equal to the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlmodel import Session, col

from app.config import ROOT
from app.db.engines import writer
from app.db.readiness import alembic_config, newest_revision, revision_of
from app.identity.models import Membership
from tests.audit import open_audit
from tests.conftest import DATABASES
from tests.world import build_world

SCRIPTS = ScriptDirectory.from_config(alembic_config(""))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
Migrating = tuple[Config, Connection]


@pytest.fixture(params=DATABASES)
def migrating(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Migrating]:
    """A connection to an empty database, and Alembic's configuration for it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.db"
    else:
        url = request.getfixturevalue("postgresql_url")
    engine = writer(url, migrating=True)
    with engine.connect() as connection:
        outer = connection.begin()
        if request.param == "postgresql":
            connection.execute(text("CREATE SCHEMA trial"))
            connection.execute(text("SET LOCAL search_path TO trial"))
        config = alembic_config(url)
        config.attributes["connection"] = connection
        yield config, connection
        outer.rollback()
    engine.dispose()


def shape(connection: Connection) -> dict[str, object]:
    """Every table with its columns, keys and indexes, as the database itself describes them."""
    found = inspect(connection)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            found.get_pk_constraint(table),
            sorted(str(key) for key in found.get_foreign_keys(table)),
            sorted(str(_in_words(index)) for index in found.get_indexes(table)),
            sorted(str(unique) for unique in found.get_unique_constraints(table)),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _in_words(index: ReflectedIndex) -> dict[str, object]:
    options = index.get("dialect_options", {})
    return {**index, "dialect_options": {name: str(value) for name, value in options.items()}}


def test_there_is_one_newest_migration() -> None:
    assert SCRIPTS.get_heads() == [newest_revision()]


def test_a_database_says_where_it_is(database_url: str) -> None:
    engine = writer(database_url)
    try:
        assert revision_of(engine) == newest_revision()
    finally:
        engine.dispose()


def test_a_database_before_its_first_migration_is_nowhere(tmp_path: Path) -> None:
    engine = writer(f"sqlite:///{tmp_path}/empty.db")
    try:
        assert revision_of(engine) is None
    finally:
        engine.dispose()


def test_the_migrations_make_what_the_models_describe(migrating: Migrating) -> None:
    config, _ = migrating
    command.upgrade(config, "head")

    command.check(config)


def test_whoever_runs_alembic_itself_means_the_database_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `alembic upgrade head` and `alembic revision --autogenerate` do."""
    url = f"sqlite:///{tmp_path}/settings.db"
    monkeypatch.setenv("CASEFILE_ENVIRONMENT", "development")
    monkeypatch.setenv("CASEFILE_DATABASE_URL", url)
    config = Config(ROOT / "alembic.ini")
    command.upgrade(config, "head")

    command.check(config)

    engine = writer(url)
    try:
        assert revision_of(engine) == newest_revision()
    finally:
        engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_can_be_taken_back(migrating: Migrating, revision: str) -> None:
    config, connection = migrating
    earlier = REVISIONS[: REVISIONS.index(revision)]
    if earlier:
        command.upgrade(config, earlier[-1])
    before = shape(connection)

    command.upgrade(config, revision)
    command.downgrade(config, "-1")

    assert shape(connection) == before


def test_who_left_before_they_were_taken_off_their_rounds_is_on_none_after(
    migrating: Migrating,
) -> None:
    config, connection = migrating
    command.upgrade(config, "head")
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        world = build_world(session)
        open_audit(session, world)
        session.exec(delete(Membership).where(col(Membership.person_id) == world.lead.id))
        stays = world.panel_police.id
        session.commit()

    command.downgrade(config, "20261127movedversions")
    command.upgrade(config, "head")

    assert connection.execute(text("SELECT person_id FROM round_person")).scalars().all() == [stays]


def test_a_migration_that_is_cut_short_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/cut.db"
    engine = writer(url, migrating=True)
    with pytest.raises(KeyboardInterrupt), engine.begin() as connection:
        config = alembic_config(url)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        raise KeyboardInterrupt

    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
