"""The audit of `tests/journey` on a screen: once with scripts, once where none run.

A real server in a process of its own, on a SQLite file. The partnership and its people are stored
(`cast.settle`): letting them in, invitations and passwords are told in `tests/journey`. What would
only be the same again, such as a second agency's answers, is sent to that server without a window.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, expect

from app.db import Database
from app.db.clock import LONDON
from app.db.readiness import migrate
from app.demo.posting import as_posted
from tests.browser.conftest import Window
from tests.browser.desk import ChromiumDesk, PlainDesk, by_keyboard
from tests.journey import answering as middle
from tests.journey import learning as last
from tests.journey import preparing as first
from tests.journey.cast import CARE, HEALTH, OFFICER, POLICE, Story, settle
from tests.journey.desk import Desk, InProcessDesk
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

NewDesk = Callable[[], Desk]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of this test's own, with everybody let in and nothing audited."""
    url = f"sqlite:///{tmp_path}/casefile.db"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        settle(session)
    database.close()
    with served(url, CASEFILE_SECRET="kept for this test, and long enough") as running:
        yield running.address


@pytest.fixture
def off_screen(server: str) -> Iterator[NewDesk]:
    """Desks without a window, for what would only be the same again."""
    with httpx.Client(base_url=server, timeout=60) as client:
        yield lambda: InProcessDesk(client)


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def new_window(chromium: Browser, contexts: list[BrowserContext], *, scripts: bool) -> Window:
    """Open a window that knows nobody; the first and the one before stay open beside it."""
    while len(contexts) > 2:
        contexts.pop(1).close()
    context = chromium.new_context(
        java_script_enabled=scripts, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(60_000)
    contexts.append(context)
    return Window(context.new_page())


def test_an_audit_on_a_screen(
    chromium: Browser, server: str, off_screen: NewDesk, contexts: list[BrowserContext]
) -> None:
    seen: set[str] = set()

    def on_screen() -> Desk:
        return ChromiumDesk(new_window(chromium, contexts, scripts=True), server, seen)

    story = Story(on_screen, datetime.now(UTC).astimezone(LONDON).date())
    first.a_round_is_planned(story)
    first.the_list_is_read(story)
    first.the_sample_is_drawn(story)
    first.subjects_are_given_out(story)
    the_officer_answers_by_keyboard_and_it_saves_as_they_type(story)
    middle.the_agency_lead_hands_it_back(story)
    middle.the_officer_mends_it(story)
    middle.the_agency_lead_signs_off(story)
    first.a_reserve_replaces_a_subject(story)
    story.new_desk = off_screen
    middle.the_other_agencies_answer(story)
    story.new_desk = on_screen
    last.before_the_returns_are_in(story)
    last.moderation_begins(story)
    last.the_panel_compares_and_agrees(story)
    last.a_finding_is_written_and_agreed(story)
    last.an_action_is_planned(story)
    last.an_action_is_followed(story)
    last.the_round_is_reported(story)
    the_document_can_be_opened(last.the_subgroup_receives_its_pack(story))
    assert b"form_worry" in last.the_lead_keeps_the_answers(story)
    assert last.the_trail_as_it_is_read(story)[-1] == "Answers exported"


def the_officer_answers_by_keyboard_and_it_saves_as_they_type(story: Story) -> None:
    """The first section without a mouse, the last one typed; nothing is pressed to save it."""
    desk = story.at_their_desk(OFFICER)
    assert isinstance(desk, ChromiumDesk)
    answers = middle.answers_of(POLICE)
    middle.a_response_is_begun(desk, story.known["Section 17"])
    about = [str(field["value"]) for field in desk.page.select("main input[name=asked]")]
    wanted = as_posted(middle.FORM, {key: answers[key] for key in about if key in answers})
    wanted.pop("asked")
    by_keyboard(desk.screen, wanted, "Save and continue")
    desk.open(desk.screen.url.removeprefix(desk.server))
    desk.sees("The form as received")
    while "worked_well" not in str(desk.page):
        middle.a_section_is_answered(desk, answers)
    box = desk.screen.locator("[name=worked_well]")
    box.press_sequentially("Officers stayed until the aunt came.")
    saved = re.compile(r"^Saved at \d\d:\d\d$")
    expect(desk.screen.locator("#save-status")).to_have_text(saved, timeout=30_000)
    desk.open(desk.address)
    expect(desk.screen.locator("[name=worked_well]")).to_have_value(
        "Officers stayed until the aunt came."
    )
    middle.every_section_is_answered(desk, answers)
    middle.a_response_is_declared(desk)


def test_an_audit_without_scripts(
    chromium: Browser, server: str, off_screen: NewDesk, contexts: list[BrowserContext]
) -> None:
    seen: set[str] = set()
    asked = new_window(chromium, contexts, scripts=True)

    def on_screen() -> Desk:
        return PlainDesk(new_window(chromium, contexts, scripts=False), server, seen, asked)

    story = Story(on_screen, datetime.now(UTC).astimezone(LONDON).date())
    first.a_round_is_planned(story)
    first.the_list_is_read(story)
    first.the_sample_is_drawn(story)
    story.new_desk = off_screen
    first.subjects_are_given_out(story)
    story.new_desk = on_screen
    middle.the_officer_answers(story)
    middle.the_agency_lead_signs_off(story)
    story.new_desk = off_screen
    for agency in (CARE, HEALTH):
        middle.an_agency_answers_and_sends(story, agency, story.known["Section 17"])
    last.moderation_begins(story)
    story.new_desk = on_screen
    last.the_panel_compares_and_agrees(story)
    last.a_finding_is_written_and_agreed(story)
    story.new_desk = off_screen
    last.an_action_is_planned(story)
    last.an_action_is_followed(story)
    last.the_round_is_reported(story)
    story.new_desk = on_screen
    the_document_can_be_opened(last.the_subgroup_receives_its_pack(story))


def the_document_can_be_opened(pack: bytes) -> None:
    """As it came through the browser."""
    told = [paragraph.text for paragraph in Document(io.BytesIO(pack)).paragraphs]
    assert last.FINDING in told
