"""The audits of `tests/journey` on a screen: with a mouse, by keyboard alone, and without scripts.

Real servers in processes of their own, on SQLite files. The partnership and its people are stored
(`cast.settle`): letting them in, invitations and passwords are told in `tests/journey`. What would
only be the same again, such as a second agency's answers, is sent to that server without a window.
"""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from app.db import Database
from app.db.clock import LONDON
from app.db.readiness import migrate
from tests.browser.desk import ChromiumDesk, PlainDesk
from tests.browser.keyboard import KeyboardDesk
from tests.browser.shapes import Shapes
from tests.browser.window import Window
from tests.journey import answering, learning, panel, planning, preparing
from tests.journey import mash as front_door
from tests.journey import thematic_answers as cases
from tests.journey import thematic_learning as learnt
from tests.journey import thematic_panel as sittings
from tests.journey import thematic_papers as papers
from tests.journey import thematic_plan as plan
from tests.journey.cast import CARE, HEALTH, OFFICER, POLICE, SCHOOL, Audit, Story, settle
from tests.journey.desk import Desk, InProcessDesk
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-stories")]

WHOLE: ViewportSize = {"width": 1280, "height": 800}
HALF: ViewportSize = {"width": 683, "height": 768}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}

NewDesk = Callable[[], Desk]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which everybody is let in and nothing audited, to be copied."""
    kept = tmp_path_factory.mktemp("settled") / "casefile.db"
    url = f"sqlite:///{kept}"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        settle(session)
    database.close()
    return kept


@pytest.fixture(scope="module")
def seen() -> dict[bool, Shapes]:
    """The shapes of pages that were checked already, in any story: with scripts, and without."""
    return {True: Shapes(), False: Shapes()}


@pytest.fixture
def server(settled: Path, tmp_path: Path) -> Iterator[str]:
    """A server of this test's own."""
    url = f"sqlite:///{shutil.copy(settled, tmp_path)}"
    with served(url, CASEFILE_SECRET="kept for this test, and long enough") as running:
        yield running.address


@dataclass
class Room:
    """Where desks of one story stand: windows of one browser, before one server."""

    chromium: Browser
    server: str
    seen: dict[bool, Shapes]
    off: httpx.Client
    contexts: list[BrowserContext] = field(default_factory=list)

    def window(self, size: ViewportSize, *, scripts: bool = True) -> Window:
        """Open a window that knows nobody."""
        context = self.chromium.new_context(
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            viewport=size,
        )
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        return Window(context.new_page())

    def with_a_mouse(self) -> Desk:
        return ChromiumDesk(self.window(WHOLE), self.server, self.seen[True])

    def by_keyboard(self) -> Desk:
        return KeyboardDesk(self.window(HALF), self.server, self.seen[True])

    def without_scripts(self, asked: Window) -> NewDesk:
        """Desks on telephones; `asked` is the window in which their pages are checked."""
        return lambda: PlainDesk(
            self.window(TELEPHONE, scripts=False), self.server, self.seen[False], asked
        )

    def off_screen(self) -> Desk:
        """A desk without a window, for what would only be the same again."""
        return InProcessDesk(self.off)


@pytest.fixture
def room(chromium: Browser, server: str, seen: dict[bool, Shapes]) -> Iterator[Room]:
    with httpx.Client(base_url=server, timeout=60) as off:
        made = Room(chromium, server, seen, off)
        yield made
        for context in made.contexts:
            context.close()


def begun(audit: Audit, new_desk: NewDesk) -> Story:
    return Story(audit, new_desk, datetime.now(UTC).astimezone(LONDON).date())


def test_an_audit_on_a_screen(room: Room) -> None:
    story = begun(front_door.MASH, room.with_a_mouse)
    preparing.a_round_is_planned(story)
    preparing.the_list_is_read(story)
    preparing.the_sample_is_drawn(story)
    planning.subjects_are_given_out(story, 4)
    the_officer_answers_and_it_saves_as_they_type(story)
    front_door.the_agency_lead_hands_it_back(story)
    front_door.the_officer_mends_it(story)
    front_door.the_agency_lead_signs_off(story)
    preparing.a_reserve_replaces_a_subject(story)
    story.new_desk = room.off_screen
    front_door.the_other_agencies_answer(story)
    story.new_desk = room.with_a_mouse
    panel.before_the_returns_are_in(story)
    planning.moderation_begins(story)
    panel.the_panel_compares_and_agrees(story)
    learning.a_finding_is_written_and_agreed(story)
    learning.an_action_is_planned(story)
    learning.an_action_is_followed(story)
    learning.the_round_is_reported(story)
    the_document_can_be_opened(learning.the_subgroup_receives_its_pack(story))
    assert b"form_worry" in learning.the_lead_keeps_the_answers(story)
    assert learning.the_trail_as_it_is_read(story)[-1] == "Answers exported"


def the_officer_answers_and_it_saves_as_they_type(story: Story) -> None:
    """The last section is typed, and nothing is pressed to save it."""
    desk = story.at_their_desk(OFFICER)
    assert isinstance(desk, ChromiumDesk)
    answers = answering.answers_of(story, POLICE, front_door.DIFFERENTLY[POLICE])
    answering.a_response_is_begun(desk, story, story.known["Section 17"])
    while not desk.page.select("[name=worked_well]"):
        answering.a_section_is_answered(desk, story, answers)
    box = desk.screen.locator("[name=worked_well]")
    box.press_sequentially("Officers stayed until the aunt came.")
    saved = re.compile(r"^Saved at \d\d:\d\d$")
    expect(desk.screen.locator("#save-status")).to_have_text(saved, timeout=30_000)
    desk.open(desk.address)
    expect(desk.screen.locator("[name=worked_well]")).to_have_value(
        "Officers stayed until the aunt came."
    )
    answering.every_section_is_answered(desk, story, answers)
    answering.a_response_is_declared(desk)


def test_an_audit_without_scripts(room: Room) -> None:
    without_scripts = room.without_scripts(room.window(TELEPHONE))
    story = begun(front_door.MASH, without_scripts)
    preparing.a_round_is_planned(story)
    preparing.the_list_is_read(story)
    preparing.the_sample_is_drawn(story)
    story.new_desk = room.off_screen
    planning.subjects_are_given_out(story, 4)
    story.new_desk = without_scripts
    front_door.the_officer_answers(story)
    front_door.the_agency_lead_signs_off(story)
    story.new_desk = room.off_screen
    for agency in (CARE, HEALTH):
        front_door.the_first_referral_is_answered(story, agency)
    planning.moderation_begins(story)
    story.new_desk = without_scripts
    panel.the_panel_compares_and_agrees(story)
    learning.a_finding_is_written_and_agreed(story)
    story.new_desk = room.off_screen
    learning.an_action_is_planned(story)
    learning.an_action_is_followed(story)
    learning.the_round_is_reported(story)
    story.new_desk = without_scripts
    the_document_can_be_opened(learning.the_subgroup_receives_its_pack(story))


def the_document_can_be_opened(pack: bytes) -> None:
    """As it came through the browser."""
    told = [paragraph.text for paragraph in Document(io.BytesIO(pack)).paragraphs]
    assert learning.FINDING in told


def test_a_thematic_audit_by_keyboard_alone(room: Room) -> None:
    the_thematic_audit(room, room.by_keyboard)


def test_a_thematic_audit_without_scripts(room: Room) -> None:
    the_thematic_audit(room, room.without_scripts(room.window(TELEPHONE)))


def the_thematic_audit(room: Room, on_screen: NewDesk) -> None:
    """From planning to packs; what several agencies do in the same way is done once on screen."""
    story = begun(plan.CSA, room.off_screen)
    plan.last_years_round_was_planned(story)
    story.new_desk = on_screen
    plan.this_years_begins_from_it(story)
    plan.its_plan_is_settled(story)
    plan.the_cases_are_typed_in(story)
    planning.agencies_are_given_subjects(story, 2)
    planning.an_agency_lead_chooses_an_auditor(story, SCHOOL, "2 subjects")
    story.new_desk = room.off_screen
    for agency in set(story.audit.agencies) - {SCHOOL}:
        planning.an_agency_lead_chooses_an_auditor(story, agency, "2 subjects")
    story.new_desk = on_screen
    cases.the_school_answers_what_its_part_opens(story)
    story.new_desk = room.off_screen
    cases.the_other_agencies_answer(story)
    cases.all_say_the_same_of_the_other_case(story)
    planning.moderation_begins(story)
    story.new_desk = on_screen
    sittings.the_panel_meets(story)
    sittings.the_panel_goes_on_where_it_stopped(story)
    sittings.each_case_is_judged(story)
    sittings.the_meeting_is_recorded(story)
    learnt.a_strength_is_found_in_a_result(story)
    learnt.a_learning_point_becomes_a_finding(story)
    learnt.three_actions_are_planned(story)
    learnt.agencies_read_the_results(story)
    learnt.one_action_is_begun_and_its_day_moved(story)
    learnt.one_action_is_blocked(story)
    learnt.one_action_is_set_aside(story)
    learnt.the_tracker_tells_where_they_are(story)
    papers.the_briefing_is_put_into_our_words(story)
    papers.the_full_report_has_the_counts(story)
    learning.the_round_is_reported(story)
    papers.the_subgroup_reads_its_pack(story)
    papers.the_lead_keeps_the_answers(story)
