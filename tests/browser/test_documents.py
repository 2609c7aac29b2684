"""A document that takes a while, waited for in Chromium: with scripts, and without."""

from dataclasses import dataclass
from hashlib import sha256

import pytest
from playwright.sync_api import Page, Route, expect

from app.db import now
from app.exports.models import RequestedDocument
from app.exports.rules import DocumentState
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browser.house import House
from tests.browser.window import Window
from tests.factories import ident

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-house")]

CONTENT = b"%PDF-1.7 made while nobody waited"


@dataclass
class Waiting:
    """A served partnership, and the page of a document that is being made in it."""

    house: House
    row: RequestedDocument
    page: str

    def open(self, page: Page) -> None:
        self.house.sign_in(page.context, self.house.world.lead)
        page.goto(self.page)
        expect(page.locator("h1")).to_have_text("Your document is being made")

    def is_made(self) -> None:
        """Say that it is there, as the process that made it does."""
        with self.house.database.writing() as session:
            row = session.get_one(RequestedDocument, self.row.id)
            row.state, row.ended_at = DocumentState.READY, now(session)
            row.content, row.digest = CONTENT, sha256(CONTENT).digest()


@pytest.fixture
def waiting(house: House) -> Waiting:
    with house.database.writing() as session:
        audit = open_audit(session, house.world, Stage.REPORTED)
        row = RequestedDocument(
            person_id=ident(house.world.lead),
            round_id=ident(audit.round),
            kind="report",
            name="report",
            called="Full report",
            format="pdf",
            state=DocumentState.MAKING,
            maker="another",
            asked_at=now(session),
        )
        session.add(row)
    here = f"{house.server.address}/wexcombe/rounds/{audit.round.ref}"
    return Waiting(house, row, f"{here}/documents/{row.ref}")


def take(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the PDF").click()
    return download.value.path().read_bytes()


def test_with_scripts_the_page_says_when_it_is_there_and_nothing_else_changes(
    window: Window, waiting: Waiting
) -> None:
    page = window.page
    page.clock.install()
    waiting.open(page)
    page.evaluate("() => { window.sameAsBefore = true; }")
    page.get_by_role("link", name="Look again now").focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response("**shown=making-0"):
        page.clock.run_for(4_000)
    assert [url for url in asked if "shown=making-0" in url]
    assert page.locator("[role=status] h1").inner_text() == "Your document is being made"

    waiting.is_made()
    page.clock.run_for(4_000)
    expect(page.locator("[role=status] h1")).to_have_text("Your document is ready", timeout=15_000)
    assert page.evaluate("() => window.sameAsBefore")
    assert page.evaluate("() => document.activeElement.innerText") == "Look again now"
    window.check()
    asked.clear()
    page.clock.run_for(60_000)
    page.wait_for_timeout(200)
    assert asked == []
    assert take(page) == CONTENT


def test_without_scripts_the_page_looks_again_by_itself(
    plain_window: Window, waiting: Waiting
) -> None:
    page, slow, soon = plain_window.page, 'content="20"', 'content="1"'

    def sooner(route: Route) -> None:
        """Twenty seconds leave time to read the page aloud; a test need not wait for them."""
        told = route.fetch()
        assert slow in told.text() or "is ready" in told.text()
        route.fulfill(response=told, body=told.text().replace(slow, soon))

    page.route(waiting.page, sooner)
    waiting.open(page)
    waiting.is_made()
    expect(page.locator("h1")).to_have_text("Your document is ready", timeout=30_000)
    assert take(page) == CONTENT


def test_without_scripts_one_can_look_again_at_once(plain_window: Window, waiting: Waiting) -> None:
    page = plain_window.page
    waiting.open(page)
    waiting.is_made()
    page.get_by_role("link", name="Look again now").click()
    expect(page.locator("h1")).to_have_text("Your document is ready", timeout=10_000)
