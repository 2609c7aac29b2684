"""One application and one set of grounds for each database, in which every test is undone."""

from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text
from structlog.typing import EventDict, WrappedLogger

from app.db.engines import writer
from app.db.readiness import migrate
from tests.conftest import DATABASES
from tests.security.crawl import Visit, send_all, walk
from tests.security.premises import Premises, laid_out


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each database's tests on one worker, since they share their grounds."""
    for item in items:
        if "tests/security/" in item.nodeid:
            which = "postgresql" if "postgresql" in item.name else "sqlite"
            item.add_marker(pytest.mark.xdist_group(f"security-{which}"))


LOGGED: list[str] = []
"""Every line that these tests made the application log, before any field was left out."""


def _keep(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    LOGGED.append(repr(dict(event)))
    raise structlog.DropEvent


@pytest.fixture(scope="module", autouse=True)
def logged() -> Iterator[list[str]]:
    """Keep what is logged instead of printing it."""
    structlog.configure(processors=[_keep])
    yield LOGGED
    structlog.reset_defaults()


@pytest.fixture(scope="session", params=DATABASES)
def grounds_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that only the tests of security use."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('security')}/grounds.db"
    else:
        url = another_database(request.getfixturevalue("postgresql_url"), "grounds")
    migrate(url)
    return url


def another_database(server: str, name: str) -> str:
    """Make one more database on the PostgreSQL of the tests."""
    engine = writer(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/casefile?", f"/{name}?")


@pytest.fixture(scope="session")
def shared_premises(grounds_url: str) -> Iterator[Premises]:
    with laid_out(grounds_url) as made:
        yield made


@pytest.fixture
def premises(shared_premises: Premises) -> Iterator[Premises]:
    """The application on its grounds; what a test does there is undone."""
    with shared_premises.undone():
        yield shared_premises


@pytest.fixture(scope="session")
def walked(shared_premises: Premises) -> list[Visit]:
    """What everybody saw when they looked everywhere."""
    with shared_premises.undone():
        return walk(shared_premises)


@pytest.fixture(scope="session")
def sent(shared_premises: Premises) -> list[Visit]:
    """What everybody got who sent every form."""
    with shared_premises.undone():
        return send_all(shared_premises)
