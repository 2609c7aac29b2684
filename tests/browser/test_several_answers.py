"""An option that stands alone, ticked with a script: it and the others take each other's place."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import House
from tests.browser.window import Window
from tests.responses.answering import given, stored
from tests.responses.test_several_answers import FEW, several

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]


def ticked(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("input[name=signs]:checked").all()]


def test_ticking_one_that_stands_alone_unticks_the_others_and_the_other_way_round(
    house: House, context: BrowserContext, window: Window
) -> None:
    of = given(house.database, house.world, tool=several(FEW))
    house.sign_in(context, of.auditor)
    page = window.page
    page.goto(f"{house.server.address}{of.at}/sections/about")
    page.locator("#signs").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert ticked(page) == ["hurt", "fear"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert ticked(page) == ["none"]
    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)
    assert stored(house.database, of)["signs"].chosen == ("none",)
    page.get_by_label("An injury").check(force=True)
    assert ticked(page) == ["hurt"]
    window.check()
