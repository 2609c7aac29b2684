"""Two people of one agency answer one response at the same time, each in their own sections."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from app.access import Role
from app.assignments.models import SharedSection
from app.db import now
from app.identity.models import Person
from app.responses.models import Response
from app.responses.rules import ResponseState
from tests import factories as make
from tests.browser.house import House
from tests.browser.window import Window
from tests.factories import ident
from tests.responses.answering import Given, answered, given, stored, words_asked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]


@pytest.fixture
def second_context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    made.set_default_timeout(10_000)
    yield made
    made.close()


def colleague_of(house: House, name: str) -> Person:
    with house.database.writing() as session:
        world = house.world
        return make.person(session, world.partnership, Role.AUDITOR, world.police, name)


def share_in(page: Page, of: Given, house: House, name: str = "Custody sergeant") -> None:
    """Share the last section as the agency lead does, by the link on the response."""
    page.goto(f"{house.server.address}{of.at}")
    page.get_by_role("link", name="Share by section").click()
    page.get_by_label("Judgement").select_option(label=name)
    page.get_by_role("button", name="Share these sections").click()
    expect(page.get_by_text("1 section has another auditor now")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)


def test_two_people_answer_one_response_side_by_side_and_neither_writes_over_the_other(
    house: House, context: BrowserContext, second_context: BrowserContext, window: Window
) -> None:
    of, colleague = given(house.database, house.world), colleague_of(house, "Custody sergeant")
    question = words_asked(of)
    answered(house.database, of)
    house.sign_in(context, house.world.police_lead)
    share_in(window.page, of, house)
    window.check()

    house.sign_in(context, of.auditor)
    house.sign_in(second_context, colleague)
    mine, theirs = window.page, second_context.new_page()
    mine.goto(f"{house.server.address}{of.at}/sections/about")
    theirs.goto(f"{house.server.address}/wexcombe/my-work")
    expect(theirs.get_by_text("Shared with you: Judgement")).to_be_visible()
    theirs.goto(f"{house.server.address}{of.at}/sections/judgement")
    theirs.locator(f"[name={question}]").fill("As the sergeant sees it")
    mine.locator("[name=age_band]").last.check(force=True)
    saved(mine)
    saved(theirs)
    assert stored(house.database, of)[question].text == "As the sergeant sees it"

    # The lead takes the section back while its page is open: what is typed stays on the page.
    with house.database.writing() as session:
        about = SharedSection.assignment_id == ident(of.assignment)
        row = session.exec(select(SharedSection).where(about)).one()
        row.section = "about"
        session.add(row)
    theirs.locator(f"[name={question}]").fill("And one word more")
    status = theirs.locator("#save-status")
    expect(status).to_contain_text("“Judgement” is answered by Police officer", timeout=15_000)
    assert theirs.locator(f"[name={question}]").input_value() == "And one word more"
    assert stored(house.database, of)[question].text == "As the sergeant sees it"
    theirs.get_by_role("button", name="Save and continue").click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("Nothing was saved")
    expect(theirs.get_by_text("And one word more")).to_be_visible()
    Window(theirs).check()


def test_the_whole_is_declared_after_their_word(
    house: House, context: BrowserContext, second_context: BrowserContext, window: Window
) -> None:
    of, colleague = given(house.database, house.world), colleague_of(house, "Night inspector")
    answered(house.database, of)
    with house.database.writing() as session:
        session.add(
            SharedSection(
                assignment_id=ident(of.assignment),
                section="judgement",
                person_id=ident(colleague),
                given_at=now(session),
            )
        )
    house.sign_in(context, of.auditor)
    house.sign_in(second_context, colleague)
    page, check = window.page, f"{house.server.address}{of.at}/check"
    page.goto(check)
    expect(page.get_by_text("Night inspector: Judgement (not said to be")).to_be_visible()
    window.check()
    theirs = second_context.new_page()
    theirs.goto(check)
    theirs.get_by_role("button", name="My sections are complete").click()
    expect(theirs.get_by_text("Your sections are complete.")).to_be_visible()
    Window(theirs).check()
    page.goto(check)
    page.get_by_role("button", name="Declare complete").first.click()
    page.get_by_role("button", name="Declare complete").click()
    expect(page.get_by_text("Your agency lead can now send it.")).to_be_visible()
    with house.database.reading() as session:
        about = Response.assignment_id == ident(of.assignment)
        assert session.exec(select(Response.state).where(about)).one() == (
            ResponseState.WITH_AGENCY_LEAD
        )
