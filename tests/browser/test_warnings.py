"""A warning of identifiers comes and goes beside the question while somebody goes on typing."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.house import House
from tests.responses.answering import given, stored, words_asked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]

SAVED = re.compile(r"^Saved at \d\d:\d\d$")


def test_what_looks_like_a_name_is_warned_of_and_saved_and_the_focus_stays(
    house: House, context: BrowserContext
) -> None:
    page = context.new_page()
    of = given(house.database, house.world)
    house.sign_in(context, of.auditor)
    key = words_asked(of)
    page.goto(f"{house.server.address}{of.at}/sections/judgement")
    box, warning = page.locator(f"[name={key}]"), page.locator(f"#{key}-warning")

    box.click()
    page.keyboard.type("Mrs Fenwick rang")

    expect(warning).to_contain_text("This looks like a name.")
    assert page.evaluate("document.activeElement.name") == key
    assert f"{key}-warning" in str(box.get_attribute("aria-describedby")).split()
    expect(page.locator("#save-status")).to_have_text(SAVED)
    assert stored(house.database, of)[key].text == "Mrs Fenwick rang"

    page.reload()
    expect(warning).to_contain_text("This looks like a name.")
    box.fill("The aunt rang")
    expect(warning).to_have_count(0)
    assert f"{key}-warning" not in str(box.get_attribute("aria-describedby"))


def test_a_concern_is_raised_by_keyboard_on_a_phone(house: House, context: BrowserContext) -> None:
    page = context.new_page()
    of = given(house.database, house.world)
    house.sign_in(context, of.auditor)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{house.server.address}{of.at}")

    page.get_by_role("link", name="Raise an immediate concern").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Immediate concern about a child")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Record that I raised an immediate concern").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".govuk-notification-banner--success")).to_contain_text("It is recorded")
    expect(page.get_by_role("button", name="Record that I raised")).to_have_count(0)
