"""Answers save as they are typed, in a real browser: what is shown as saved is stored, and what is
not stays on the page, whatever happens to the server, the connection or the session."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.db import Database
from app.identity.sign_ins import digest_of, end_sign_in
from app.tools import Answer
from tests.browser.house import House
from tests.browser.window import Window
from tests.responses.answering import Given, given, stored, words_asked
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]

SAVED = re.compile(r"^Saved at \d\d:\d\d$")


@dataclass
class Afternoon:
    """An officer with a referral to audit, and the server they reach."""

    house: House
    of: Given
    cookie: str = ""

    @property
    def server(self) -> Server:
        return self.house.server

    @property
    def database(self) -> Database:
        return self.house.database

    def address(self, where: str) -> str:
        return f"{self.server.address}{self.of.at}{where}"

    def sign_in(self, context: BrowserContext) -> None:
        self.cookie = self.house.sign_in(context, self.of.auditor)

    def answers(self) -> dict[str, Answer]:
        return stored(self.database, self.of)


@pytest.fixture
def afternoon(house: House, context: BrowserContext) -> Afternoon:
    made = Afternoon(house, given(house.database, house.world))
    made.sign_in(context)
    return made


def _status(page: Page) -> str:
    return page.locator("#save-status").inner_text()


def _saved(page: Page) -> None:
    expect(page.locator("#save-status")).to_have_text(SAVED, timeout=15_000)


def _words(afternoon: Afternoon) -> str:
    return words_asked(afternoon.of)


def test_what_is_typed_is_saved_without_asking_and_said_so(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/about"))
    expect(page.locator("#save-status")).to_have_text("Answers save as you go")
    follow_up = page.locator("#question-form_seen")
    expect(follow_up).to_be_hidden()
    page.check("[name=parts_played][value=referrer]")
    _saved(page)
    expect(follow_up).to_be_visible()
    expect(page.locator("#progress")).to_have_text("1 of 35 answered")
    page.goto(afternoon.address("/sections/judgement"))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("The child was seen “today”")
    _saved(page)
    assert afternoon.answers()[_words(afternoon)].text == "The child was seen “today”"
    assert afternoon.answers()["parts_played"].chosen == ("referrer",)
    window.check()


def test_a_dead_server_loses_nothing(afternoon: Afternoon, window: Window) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("Before. ")
    _saved(page)
    afternoon.server.kill()
    box.press_sequentially("While it was away. ")
    expect(page.locator("#save-status")).to_contain_text("Not saved: no connection")
    expect(page.locator("[data-app-save-spoken]").first).to_contain_text("Not saved")
    box.press_sequentially("After.")
    afternoon.server.start()
    _saved(page)
    expect(page.locator("[data-app-save-spoken]").first).to_have_text(
        "Your answers are saved again."
    )
    assert afternoon.answers()[_words(afternoon)].text == "Before. While it was away. After."


def test_offline_and_back(afternoon: Afternoon, window: Window, context: BrowserContext) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/about"))
    context.set_offline(offline=True)
    page.check("[name=age_band][value=unborn]")
    expect(page.locator("#save-status")).to_contain_text("no connection")
    context.set_offline(offline=False)
    _saved(page)
    assert afternoon.answers()["age_band"].chosen == ("unborn",)


def test_a_session_that_ended_keeps_the_text_and_saves_it_after_signing_in_again(
    afternoon: Afternoon, window: Window, context: BrowserContext
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    with afternoon.database.writing() as session:
        end_sign_in(session, digest_of(afternoon.cookie))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("Typed after the session ended")
    status = page.locator("#save-status")
    expect(status).to_contain_text("you have been signed out")
    link = status.get_by_role("link", name="Sign in (opens in a new tab)")
    assert (link.get_attribute("href") or "").startswith("/sign-in?next=/wexcombe/assignments/")
    assert afternoon.answers() == {}
    afternoon.sign_in(context)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    _saved(page)
    assert afternoon.answers()[_words(afternoon)].text == "Typed after the session ended"


def test_a_radio_is_cleared_in_place(afternoon: Afternoon, window: Window) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/about"))
    page.check("[name=age_band][value=unborn]")
    _saved(page)
    page.locator("#question-age_band").get_by_role("button", name="Clear this answer").click()
    expect(page.locator("[name=age_band]:checked")).to_have_count(0)
    expect(page.locator("#progress")).to_have_text("0 of 24 answered")
    assert afternoon.answers() == {}
    assert page.url.endswith("/sections/about")


def test_two_windows_that_disagree_keep_both_answers(
    afternoon: Afternoon, window: Window, context: BrowserContext
) -> None:
    page, other = window.page, context.new_page()
    for each in (page, other):
        each.goto(afternoon.address("/sections/about"))
    other.check("[name=age_band][value=under_1]")
    _saved(other)
    page.check("[name=age_band][value=unborn]")
    expect(page.locator("#save-status")).to_contain_text("changed in another window")
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Choose which answer stays")
    window.check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sections/child-and-family")
    assert afternoon.answers()["age_band"].chosen == ("unborn",)


def test_leaving_at_once_saves_what_was_typed_last(afternoon: Afternoon, window: Window) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    page.locator(f"[name={_words(afternoon)}]").press_sequentially("Typed just before leaving")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(afternoon.address(""))
    page.reload()
    assert afternoon.answers()[_words(afternoon)].text == "Typed just before leaving"


def test_the_next_section_opens_when_everything_is_stored(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/about"))
    page.check("[name=age_band][value=unborn]")
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/sections/child-and-family")
    assert afternoon.answers()["age_band"].chosen == ("unborn",)


def test_what_cannot_be_read_is_explained_when_the_field_is_left_and_not_before(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/about"))
    page.check("[name=parts_played][value=referrer]")
    page.goto(afternoon.address("/sections/receipt"))
    page.fill("[name='concern_on.day']", "31")
    page.fill("[name='concern_on.month']", "2")
    page.fill("[name='concern_on.year']", "2026")
    _saved(page)
    problem = page.locator("#question-concern_on .govuk-error-message")
    expect(problem).to_have_count(0)
    page.locator("#question-concern_on [name='concern_on.year']").blur()
    expect(problem).to_contain_text("31 February 2026 is not a date")
    page.fill("[name='concern_on.day']", "3")
    page.locator("#question-concern_on [name='concern_on.day']").blur()
    expect(problem).to_have_count(0)
    window.check()


def test_nothing_typed_is_kept_in_the_browsers_storage(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    page.locator(f"[name={_words(afternoon)}]").press_sequentially("Case text")
    _saved(page)
    kept = page.evaluate("() => [localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    assert page.evaluate("() => indexedDB.databases().then(found => found.length)") == 0


def test_a_section_is_saved_and_left_without_scripts(
    afternoon: Afternoon, plain_window: Window
) -> None:
    page = plain_window.page
    afternoon.sign_in(page.context)
    page.goto(afternoon.address("/sections/about"))
    expect(page.locator("#save-status")).to_be_hidden()
    expect(page.locator("#question-form_seen")).to_contain_text("Only if question 1")
    page.check("[name=parts_played][value=referrer]")
    page.check("[name=form_seen][value=yes]")
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/sections/as-received")
    assert afternoon.answers()["form_seen"].chosen == ("yes",)
