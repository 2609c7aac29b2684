"""Two coordinators at two machines press "Draw the sample" at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.config import Environment, Settings
from app.db import Database
from app.db.engines import writer
from app.db.readiness import migrate
from app.main import create_app
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browsing import Browser, Values, Visitor, find_form, form_values, soup
from tests.conftest import DATABASES
from tests.samples.sampling import Sampling
from tests.world import build_world

ROUNDS = 3
_names = count(1)


@pytest.fixture(params=DATABASES)
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of this test's own, with real commits."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/own.db"
    else:
        server: str = request.getfixturevalue("postgresql_url")
        name = f"at_once_{next(_names)}"
        engine = writer(server)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        url = server.replace("/casefile?", f"/{name}?")
    migrate(url)
    return url


@pytest.fixture
def two_machines(own_url: str) -> Iterator[tuple[Browser, Browser]]:
    settings = Settings(
        environment=Environment.DEVELOPMENT, secret="one secret for both machines", _env_file=None
    )
    databases = [Database(own_url), Database(own_url)]
    apps = [create_app(settings, database) for database in databases]
    first, second = (TestClient(app, follow_redirects=False) for app in apps)
    with first, second:
        yield Browser(first, databases[0]), Browser(second, databases[1])


def test_two_draws_at_once_give_one_sample(two_machines: tuple[Browser, Browser]) -> None:
    first, _ = two_machines
    with first.database.writing() as session:
        world = build_world(session)
    for _ in range(ROUNDS):
        with first.database.writing() as session:
            audit = open_audit(session, world, Stage.SAMPLING)
        here = Sampling(first.database, first, world, audit)
        here.imported()
        form = form_values(find_form(soup(here.preview()), "/draw"))
        visitors = [each.as_(world.coordinator) for each in two_machines]
        assert sorted(_pressed_at_once(visitors, f"{here.at}/draw", form)) == [303, 409]
        assert len(here.subjects()) == 34
        with first.database.reading() as session:
            drawn = session.connection().execute(
                text("SELECT count(*) FROM event WHERE scope = :round AND kind = 'sample.drawn'"),
                {"round": audit.round.ref},
            )
            assert drawn.scalar_one() == 1


def _pressed_at_once(visitors: list[Visitor], at: str, form: Values) -> list[int]:
    together = Barrier(len(visitors))

    def press(visitor: Visitor) -> int:
        together.wait()
        return visitor.post(at, form).status_code

    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(press, visitors))
