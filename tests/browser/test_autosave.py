"""Answers save as they are typed, in a real browser: what is shown as saved is stored, and what is
not stays on the page, whatever happens to the server, the connection or the session."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Route, expect
from sqlmodel import select

from app.assignments.models import Assignment
from app.db import Database, Session
from app.identity.sign_ins import digest_of, end_sign_in
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.tools import Answer
from tests.browser.house import House
from tests.browser.window import Window
from tests.factories import PASSWORD, ident
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
    # A page that could not save waits up to 30 seconds before it tries again.
    expect(page.locator("#save-status")).to_have_text(SAVED, timeout=45_000)


def _boxes(page: Page) -> list[Locator]:
    """The first five boxes in sight."""
    return page.locator("textarea").filter(visible=True).all()[:5]


def _until(holds: Callable[[], object], page: Page) -> None:
    """Wait as an expectation does, which would first wait for the page that is on its way."""
    given_up = time.monotonic() + 10
    while not holds() and time.monotonic() < given_up:
        page.wait_for_timeout(50)
    assert holds()


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


def _signed_out(afternoon: Afternoon, page: Page) -> None:
    """Type a line on the last section's page after the session has ended."""
    page.goto(afternoon.address("/sections/judgement"))
    with afternoon.database.writing() as session:
        end_sign_in(session, digest_of(afternoon.cookie))
    page.locator(f"[name={_words(afternoon)}]").press_sequentially("Typed after the session ended")
    expect(page.locator("#save-status")).to_contain_text("you have been signed out")


def _sign_in_here(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in on the page itself, with the keyboard."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_signing_in_again_on_the_page_itself_saves_what_was_waiting(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    _signed_out(afternoon, page)
    assert afternoon.answers() == {}
    assert window.faults_at_every_width() == []
    link = page.locator("#save-status").get_by_role("link", name="Sign in on this page")
    link.focus()
    with page.expect_response("**/token?*"):
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(100)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in again as Police officer")).to_be_focused()
    _sign_in_here(page, afternoon.of.auditor.email, "three wrong words")
    expect(page.get_by_role("alert")).to_have_text(
        "The e-mail address or the password is not right"
    )
    expect(page.get_by_label("Password")).to_be_focused()
    assert window.faults_at_every_width() == []
    _sign_in_here(page, afternoon.of.auditor.email)
    _saved(page)
    expect(page.locator("[data-app-sign-in]")).to_be_hidden()
    assert page.evaluate("() => document.activeElement.closest('[data-question]') !== null")
    assert page.url.partition("#")[0].endswith("/sections/judgement")
    assert afternoon.answers()[_words(afternoon)].text == "Typed after the session ended"
    assert window.complaints == []


def test_signing_in_in_another_window_saves_what_was_waiting_too(
    afternoon: Afternoon, window: Window, context: BrowserContext
) -> None:
    page = window.page
    _signed_out(afternoon, page)
    afternoon.sign_in(context)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    _saved(page)
    expect(page.locator("[data-app-sign-in]")).to_be_hidden()
    assert afternoon.answers()[_words(afternoon)].text == "Typed after the session ended"


def test_a_sign_in_that_wants_one_more_step_leads_to_it_and_keeps_the_page(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    _signed_out(afternoon, page)
    page.route("**/sign-in", lambda route: route.fulfill(status=303, headers={"location": "/"}))
    _sign_in_here(page, afternoon.of.auditor.email)
    expect(page.get_by_role("alert")).to_have_text("There is one more step.")
    link = page.get_by_role("link", name="Finish signing in (opens in a new tab)")
    assert (link.get_attribute("href") or "").startswith("/sign-in?next=/wexcombe/assignments/")
    assert window.faults_at_every_width() == []


def test_somebody_else_who_signs_in_discards_what_was_typed_only_after_a_warning(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    _signed_out(afternoon, page)
    box = page.locator(f"[name={_words(afternoon)}]")
    _sign_in_here(page, afternoon.house.world.nurse.email)
    expect(page.locator("#save-status")).to_contain_text("somebody else has signed in")
    expect(page.get_by_text("Somebody else is signed in now")).to_be_visible()
    assert window.faults_at_every_width() == []
    page.get_by_role("button", name="Discard what was typed").press("Enter")
    expect(page.get_by_text("will be gone for good")).to_be_visible()
    assert window.faults_at_every_width() == []
    page.get_by_role("button", name="No, keep it").press("Enter")
    expect(page.get_by_text("will be gone for good")).to_be_hidden()
    expect(box).to_have_value("Typed after the session ended")
    page.get_by_role("button", name="Discard what was typed").press("Enter")
    page.get_by_role("button", name="Yes, discard it").press("Enter")
    page.wait_for_url("**/my-work")
    assert afternoon.answers() == {}
    assert window.complaints == []


def test_what_was_typed_is_saved_when_its_auditor_comes_back_after_somebody_else(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    _signed_out(afternoon, page)
    _sign_in_here(page, afternoon.house.world.nurse.email)
    expect(page.get_by_text("Somebody else is signed in now")).to_be_visible()
    _sign_in_here(page, afternoon.of.auditor.email)
    _saved(page)
    assert afternoon.answers()[_words(afternoon)].text == "Typed after the session ended"


def test_leaving_a_long_page_saves_what_was_changed_on_it_and_clears_nothing(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    boxes = [str(box.get_attribute("name")) for box in _boxes(page)]
    long = {name: f"{name} " + "words and more " * 1300 for name in boxes}
    for name, words in list(long.items())[:3]:
        page.fill(f"[name='{name}']", words)
    _saved(page)
    # From here on only what a browser sends when the page has gone comes through.
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    for name in boxes[3:]:
        page.fill(f"[name='{name}']", long[name])
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(afternoon.address(""))
    _until(lambda: {name for name in boxes if "." not in name} <= set(afternoon.answers()), page)
    answers = afternoon.answers()
    assert {name: answers[name].text.strip() for name in boxes if "." not in name} == {
        name: words.strip() for name, words in long.items() if "." not in name
    }


def test_leaving_with_more_than_a_browser_sends_from_a_page_that_is_gone_warns_and_saves_it(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    boxes = [str(box.get_attribute("name")) for box in _boxes(page)]
    page.locator(f"[name='{boxes[0]}']").press("a")
    for name in boxes:
        page.locator(f"[name='{name}']").fill("words and more " * 1300)
    warned = []

    def read_it(dialog: Dialog) -> None:
        """Whoever is warned takes a moment, in which the parts go out."""
        warned.append(dialog.type)
        given_up = time.monotonic() + 20
        while not set(boxes) <= set(afternoon.answers()) and time.monotonic() < given_up:
            time.sleep(0.5)
        dialog.accept()

    page.on("dialog", read_it)
    page.goto(afternoon.address(""), timeout=30_000)
    assert warned == ["beforeunload"]
    assert set(boxes) <= set(afternoon.answers())


@pytest.mark.parametrize("first", ["beacon", "fetch"])
def test_a_browser_sends_64_kb_and_no_more_as_a_page_goes_whichever_way_it_is_asked(
    afternoon: Afternoon, window: Window, first: str
) -> None:
    """Not ours to change (ADR 20). Should it fail, more of a long page can be saved as it goes."""
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    sent = page.evaluate(
        """async (first) => {
          const body = () => new URLSearchParams({ words: "x".repeat(40000) });
          const beacon = async () => navigator.sendBeacon("/health", body());
          const kept = () => fetch("/health", { method: "POST", body: body(), keepalive: true })
            .then(() => true, () => false);
          const ways = first === "beacon" ? [beacon, kept] : [kept, beacon];
          return Promise.all(ways.map((way) => way()));
        }""",
        first,
    )
    assert sent == [True, False]


def test_the_page_is_accessible_while_it_saves_and_when_it_cannot(
    afternoon: Afternoon, window: Window
) -> None:
    page, waiting = window.page, list[Route]()
    page.goto(afternoon.address("/sections/judgement"))
    page.route("**/answers", lambda route: waiting.append(route))  # noqa: PLW0108
    with page.expect_request("**/answers"):
        page.locator(f"[name={_words(afternoon)}]").press_sequentially("On its way")
    expect(page.locator("#save-status")).to_have_text("Saving…")
    assert window.faults() == []
    page.wait_for_timeout(100)
    waiting[0].fulfill(status=503, body="Away")
    expect(page.locator("#save-status")).to_contain_text("the service is not answering")
    assert window.faults_at_every_width() == []
    page.unroute("**/answers")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    _saved(page)
    assert window.faults_at_every_width() == []
    assert afternoon.answers()[_words(afternoon)].text == "On its way"


def test_a_failure_is_said_aloud_once_however_it_goes_on_failing(
    afternoon: Afternoon, window: Window, context: BrowserContext
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    spoken = page.locator("[data-app-save-spoken]").first
    spoken.evaluate(
        "each => { window.said = []; new MutationObserver(() => said.push(each.textContent))"
        ".observe(each, {childList: true}); }"
    )
    box = page.locator(f"[name={_words(afternoon)}]")
    page.route("**/answers", lambda route: route.fulfill(status=503, body="Away"))
    box.press_sequentially("One. ")
    expect(page.locator("#save-status")).to_contain_text("the service is not answering")
    page.unroute("**/answers")
    context.set_offline(offline=True)
    box.press_sequentially("Two. ")
    expect(page.locator("#save-status")).to_contain_text("no connection")
    assert len(page.evaluate("() => said")) == 1
    context.set_offline(offline=False)
    _saved(page)
    assert page.evaluate("() => said")[1:] == ["Your answers are saved again."]


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


def test_an_answer_that_is_cleared_is_not_shown_as_saved_before_it_is(
    afternoon: Afternoon, window: Window
) -> None:
    page, waiting = window.page, list[Route]()
    page.goto(afternoon.address("/sections/about"))
    page.check("[name=age_band][value=unborn]")
    _saved(page)
    page.route("**/answers", lambda route: waiting.append(route))  # noqa: PLW0108
    page.locator("#question-age_band").get_by_role("button", name="Clear this answer").click()
    _until(lambda: waiting, page)
    expect(page.locator("#save-status")).to_have_text("Saving…")
    waiting[0].continue_()
    _saved(page)
    assert afternoon.answers() == {}


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
    assert window.faults_at_every_width() == []
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sections/child-and-family")
    assert afternoon.answers()["age_band"].chosen == ("unborn",)


def _declared(session: Session, of: Given) -> None:
    about = select(Response).where(Response.assignment_id == ident(of.assignment))
    session.exec(about).one().state = ResponseState.WITH_AGENCY_LEAD


def _given_to_another(session: Session, of: Given) -> None:
    session.get_one(Assignment, ident(of.assignment)).auditor_id = None


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (_declared, "declared complete and is with the agency lead"),
        (_given_to_another, "no longer yours to answer"),
    ],
)
def test_a_page_that_can_save_no_more_is_not_left_without_its_text_for_a_page_that_lacks_it(
    afternoon: Afternoon,
    window: Window,
    happens: Callable[[Session, Given], None],
    told: str,
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("Seen. ")
    _saved(page)
    with afternoon.database.writing() as session:
        happens(session, afternoon.of)
    box.press_sequentially("And alone.")
    status = page.locator("#save-status-end")
    expect(status).to_contain_text(told)
    expect(status).to_contain_text("Not saved: ")
    expect(status).to_contain_text("Copy what you typed")
    page.get_by_role("button", name="Save and continue").last.press("Enter")
    expect(status).to_be_focused()
    page.wait_for_timeout(300)
    expect(box).to_have_value("Seen. And alone.")
    assert window.faults_at_every_width() == []
    assert window.complaints == []


def test_more_than_can_be_saved_is_said_and_saved_once_it_is_shorter(
    afternoon: Afternoon, window: Window
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.evaluate("(box, words) => { box.value = words; }", "words " * 200_000)
    box.press("a")
    status = page.locator("#save-status-end")
    expect(status).to_contain_text("more text on this page than can be saved", timeout=15_000)
    page.get_by_role("button", name="Save and continue").last.press("Enter")
    expect(status).to_be_focused()
    box.fill("Shorter")
    _saved(page)
    assert afternoon.answers()[_words(afternoon)].text == "Shorter"
    assert window.complaints == []


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


def _hold_the_next_page(page: Page, *, arrives: bool = True) -> list[Route]:
    """Let saves through, and keep the next page from coming, whether or not its form arrives."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if not route.request.is_navigation_request():
            route.continue_()
            return
        if arrives:
            route.fetch(max_redirects=0)
        held.append(route)

    page.route("**/answers", hold)
    return held


def _press_and_type_on(page: Page, held: list[Route], words: str) -> None:
    """Press “Save and continue”, and go on typing where the cursor was while nothing comes."""
    page.evaluate("() => document.querySelector('[data-autosave]').requestSubmit()")
    _until(lambda: held, page)
    page.keyboard.type(words)


def _says(page: Page) -> str:
    return str(page.evaluate("() => document.getElementById('save-status').textContent"))


@pytest.mark.parametrize("arrives", [True, False], ids=["before it", "after it"])
def test_what_is_typed_after_save_and_continue_is_saved_whenever_the_form_arrives(
    afternoon: Afternoon, window: Window, *, arrives: bool
) -> None:
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("Seen. ")
    _saved(page)
    held = _hold_the_next_page(page, arrives=arrives)
    _press_and_type_on(page, held, "And alone.")
    assert _says(page) == "Saving…"
    _until(lambda: SAVED.match(_says(page)), page)
    if not arrives:
        held[0].fetch(max_redirects=0)
    assert afternoon.answers()[_words(afternoon)].text == "Seen. And alone."
    # Whoever types on stays, so that what they typed is never left to a page that is going.
    assert page.url.endswith("/sections/judgement")
    page.unroute("**/answers")
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/check")
    assert afternoon.answers()[_words(afternoon)].text == "Seen. And alone."
    assert window.complaints == []


def test_whoever_stops_the_next_page_from_coming_is_warned_again_before_text_is_lost(
    afternoon: Afternoon, window: Window
) -> None:
    page, warned = window.page, list[str]()
    page.goto(afternoon.address("/sections/judgement"))
    page.locator(f"[name={_words(afternoon)}]").press_sequentially("Seen. ")
    _saved(page)
    held = _hold_the_next_page(page)

    def read_it(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", read_it)
    page.evaluate("() => setTimeout(() => window.stop(), 1500)")
    _press_and_type_on(page, held, "")
    page.wait_for_timeout(1600)
    page.keyboard.type("And alone.")
    page.goto(afternoon.address(""))
    assert warned == ["beforeunload"]
    _until(lambda: afternoon.answers()[_words(afternoon)].text == "Seen. And alone.", page)


def test_whoever_stops_the_page_of_both_answers_from_coming_is_warned_before_theirs_is_lost(
    afternoon: Afternoon, window: Window, context: BrowserContext
) -> None:
    page, other, warned = window.page, context.new_page(), list[str]()
    for each in (page, other):
        each.goto(afternoon.address("/sections/about"))
    other.check("[name=age_band][value=under_1]")
    _saved(other)
    page.check("[name=age_band][value=unborn]")
    expect(page.locator("#save-status")).to_contain_text("changed in another window")

    def read_it(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", read_it)
    held = _hold_the_next_page(page)
    page.evaluate("() => setTimeout(() => window.stop(), 1500)")
    _press_and_type_on(page, held, "")
    assert warned == [], "the next page holds both answers"
    page.wait_for_timeout(1600)
    page.goto(afternoon.address(""))
    assert warned == ["beforeunload"]


def test_a_save_that_fails_after_a_later_one_was_stored_is_not_shown_as_a_failure(
    afternoon: Afternoon, window: Window
) -> None:
    page, first = window.page, list[Route]()
    page.goto(afternoon.address("/sections/judgement"))
    page.route("**/answers", lambda route: route.continue_() if first else first.append(route))
    page.locator(f"[name={_words(afternoon)}]").press_sequentially("Seen.")
    _until(lambda: first, page)
    # Somebody asked to leave, and stayed: that saved everything once more.
    page.evaluate("() => dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    _saved(page)
    first[0].abort()
    page.wait_for_timeout(300)
    _saved(page)
    assert afternoon.answers()[_words(afternoon)].text == "Seen."


def test_a_page_that_goes_sends_its_parts_under_one_number_however_often_it_hears_of_it(
    afternoon: Afternoon, window: Window
) -> None:
    """A part with a later number would make the parts before it old, where it arrives first."""
    page = window.page
    page.goto(afternoon.address("/sections/judgement"))
    page.evaluate(
        """() => {
          window.sent = [];
          navigator.sendBeacon = (_, fields) => sent.push(fields.get("sequence"));
          window.fetch = () => new Promise(() => {});
        }"""
    )
    gone = "() => { for (let i = 0; i < 2; i++) dispatchEvent(new Event('pagehide')); }"
    box = page.locator(f"[name={_words(afternoon)}]")
    box.press_sequentially("Seen. ")
    page.evaluate(gone)
    box.press_sequentially("And alone.")
    page.evaluate(gone)
    one, again, other, last = page.evaluate("() => sent.map(Number)")
    assert one == again < other == last


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
