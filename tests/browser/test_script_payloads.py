"""Words that would run, in every column that people's words reach: a browser runs none of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from app.config import Environment, Settings
from app.db import Database
from app.db.readiness import migrate
from app.identity.sign_ins import start_sign_in
from app.main import create_app
from app.rounds.rules import Stage
from app.web.guard import COOKIE
from tests.browser.window import Window
from tests.security.addresses import DOORS
from tests.security.crawl import actions_of
from tests.security.doors import address
from tests.security.furniture import lay_out
from tests.security.grounds import Grounds
from tests.security.payloads import SAID, fill
from tests.security.reach import expected
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-payloads")]

SECRET = "kept for these tests, and long enough"
STAGES = (Stage.MODERATION, Stage.SAMPLING, Stage.REPORTED, Stage.DRAFT, Stage.CLOSED, Stage.OPEN)
LOOKING = ("lead", "coordinator", "officer", "police_lead", "owner", "subgroup_member")
FILES = {"/token", "/codebook", "/account/person"}
"""Ends of the addresses that give no page."""


@dataclass(frozen=True)
class Hostile:
    """A served application whose every word is a payload."""

    server: str
    database: Database
    grounds: Grounds
    cookies: dict[str, str]

    def stage(self, stage: Stage) -> None:
        with self.database.writing() as session:
            put = text("UPDATE round SET stage = :stage")
            session.connection().execute(put, {"stage": stage.value})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile')}/grounds.db"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        grounds = lay_out(session)
        cookies = {who: start_sign_in(session, grounds.people[who]) for who in LOOKING}
        fill(session.connection())
    with served(url, CASEFILE_SECRET=SECRET) as server:
        yield Hostile(server.address, database, grounds, cookies)
    database.close()


def pages(hostile: Hostile) -> Iterator[tuple[Stage, str, str]]:
    """Every page once, at a stage at which somebody may open it: who, and where."""
    settings = Settings(environment=Environment.DEVELOPMENT, secret=SECRET, _env_file=None)
    actions = actions_of(create_app(settings, hostile.database))
    left = {r for r in DOORS if r.startswith("GET /{partnership}") and not r.endswith(tuple(FILES))}
    for stage in STAGES:
        for route in sorted(left):
            for who in LOOKING:
                if expected(who, route, {}, stage, actions[route]) == {200}:
                    left.discard(route)
                    names = DOORS[route].names
                    yield stage, who, address(route[4:], names, hostile.grounds.refs)
                    break
    assert left == set()


def test_a_browser_runs_nothing_that_people_typed(hostile: Hostile, window: Window) -> None:
    page, ran, opened = window.page, list[str](), 0
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
    now: Stage | None = None
    for stage, who, where in pages(hostile):
        if stage is not now:
            hostile.stage(stage)
            now = stage
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": COOKIE, "value": hostile.cookies[who], "url": hostile.server}]
        )
        answer = page.goto(hostile.server + where)
        assert answer is not None
        assert answer.status == 200, where
        assert page.evaluate("document.querySelectorAll('img').length") == 0, where
        opened += SAID.replace("'", "&#39;")[:13] in page.content()
        assert (window.complaints, ran) == ([], []), where
    assert opened > 60


def test_a_word_that_did_run_would_be_heard(hostile: Hostile, window: Window) -> None:
    """Or the silence above would prove nothing."""
    window.page.goto(hostile.server + "/sign-in")
    window.page.evaluate("words => document.body.insertAdjacentHTML('beforeend', words)", SAID)
    window.page.wait_for_timeout(200)
    assert any("Content Security Policy" in told for told in window.complaints)
