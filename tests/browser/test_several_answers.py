"""An option that stands alone, ticked with a script: it and the others take each other's place."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.db import Database
from app.db.readiness import migrate
from app.identity.sign_ins import start_sign_in
from app.web.guard import COOKIE
from tests.browser.window import Window
from tests.responses.answering import given, stored
from tests.responses.test_several_answers import FEW, several
from tests.serving import served
from tests.world import build_world

pytestmark = pytest.mark.browser


def ticked(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("input[name=signs]:checked").all()]


def test_ticking_one_that_stands_alone_unticks_the_others_and_the_other_way_round(
    tmp_path: Path, context: BrowserContext, window: Window
) -> None:
    url = f"sqlite:///{tmp_path}/casefile.db"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        world = build_world(session)
        cookie = start_sign_in(session, world.officer)
    of = given(database, world, tool=several(FEW))
    with served(url, CASEFILE_SECRET="s" * 40) as server:
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": server.address}])
        page = window.page
        page.goto(f"{server.address}{of.at}/sections/about")
        page.locator("#signs").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert ticked(page) == ["hurt", "fear"]
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert ticked(page) == ["none"]
        expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)
        assert stored(database, of)["signs"].chosen == ("none",)
        page.get_by_label("An injury").check(force=True)
        assert ticked(page) == ["hurt"]
        window.check()
    database.close()
