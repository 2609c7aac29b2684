"""A whole round before the panel in Chromium: every case to its end, over two meetings.

`make test` holds a short one; with CASEFILE_PROVE it is 12 cases, 6 agencies and 60 questions.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import BrowserContext, Download, Page, expect
from playwright.sync_api import TimeoutError as NotThere
from sqlmodel import select

from app.comparisons.blindness import Sight
from app.comparisons.models import AgreedAnswer, Dissent
from app.comparisons.queries import subjects_in_sight
from app.comparisons.standing import standings
from app.meetings.models import LearningPoint, Meeting, MeetingEntry, PutOff
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import AgencyKind
from tests.bench.large import Large, agencies_of, large_round
from tests.bench.pages import long_tool
from tests.browser.house import House
from tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-house")]

CASES, AGENCIES, QUESTIONS = (12, 6, 60) if os.environ.get("CASEFILE_PROVE") else (2, 3, 15)
PUT_OFF, NOT_AGREED, DISSENT = 4, 5, 3
"""Every so many decisions it is something else than that all agree."""


@dataclass
class Panel:
    """The lead at the projector, and what the panel has said so far."""

    house: House
    large: Large
    page: Page
    said: Counter[str] = field(default_factory=Counter)

    @property
    def at(self) -> str:
        return f"{self.house.server.address}{self.large.address}"

    def begins(self) -> None:
        """Begin a meeting with everybody in the room, at the first difference that waits."""
        self.page.goto(f"{self.at}/meetings")
        for box in self.page.locator("[name=present]").all():
            box.check()
        self.page.get_by_role("button", name="Begin the meeting").click()
        self.page.wait_for_url("**/comparison/*")

    def ends(self) -> bytes:
        """End the meeting, and take its record as a Word document."""
        self.page.goto(f"{self.at}/meetings")
        self.page.get_by_role("link", name="Its record so far").click()
        self.page.get_by_role("button", name="End this meeting").click()
        self.page.wait_for_url("**/end")
        self.page.get_by_role("button", name="End this meeting").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Meeting ended")
        return self._taken().path().read_bytes()

    def _taken(self) -> Download:
        try:
            with self.page.expect_download(timeout=4000) as download:
                self.page.get_by_role("button", name="Download as a Word document").click()
        except NotThere:
            with self.page.expect_download(timeout=60_000) as download:
                self.page.get_by_role("button", name="Download the Word document").click()
        return download.value

    def works_through_a_case(self) -> None:
        """Decide from where the panel is to the last difference of the case, and then the rest."""
        first = True
        while not self.page.url.endswith("/comparison"):
            if first:
                self.notes_learning()
            self.decides()
            first = False
        self._agrees_what_all_said_alike()
        self._judges()

    def notes_learning(self) -> None:
        self.page.get_by_text("Note a learning point").click()
        self.page.get_by_label("What is to be learnt?").fill("Ask for the worry first.")
        self.page.get_by_role("button", name="Note it").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Learning point noted")
        self.said["noted"] += 1

    def decides(self) -> None:
        number = self.said["decisions"] = self.said["decisions"] + 1
        if number % PUT_OFF == 0:
            self._saves("~put_off", "Police look for the form.")
        elif number % NOT_AGREED == 0 or not self._offers_answers():
            self._saves("~not_agreed", "Both views stand.")
        else:
            if number % DISSENT == 0:
                self.page.get_by_text("An agency does not agree").click()
                self.page.locator("[name^='dissent.']").first.fill("We saw it otherwise.")
                self.said["dissent"] += 1
            self._saves("", "The panel read the files again.")

    def _offers_answers(self) -> bool:
        return self.page.locator("#decision").get_attribute("value") != "this"

    def _saves(self, decision: str, reason: str) -> None:
        page = self.page
        radio = page.locator(f"[name=decision][value='{decision}']") if decision else None
        (radio or page.locator("#decision")).check()
        page.locator("[name=reason]").fill(reason)
        was = page.url
        page.get_by_role("button", name="Save", exact=False).first.click()
        page.wait_for_url(lambda url: url != was)
        self.said[{"~put_off": "put_off", "~not_agreed": "not_agreed"}.get(decision, "agreed")] += 1

    def _agrees_what_all_said_alike(self) -> None:
        alike = self.page.locator("a[href$='/alike']")
        if not alike.count():
            return
        alike.first.click()
        self.page.wait_for_url("**/alike")
        self.said["agreed"] += self.page.locator("[name=questions]:checked").count()
        self.page.locator("main form button").first.click()
        expect(self.page.get_by_role("alert")).to_contain_text("agreed at once")
        expect(self.page.locator("a[href$='/alike']")).to_have_count(0)

    def _judges(self) -> None:
        judgement = self.page.locator("a[href$='/judgement']")
        if not judgement.count():
            return
        judgement.first.click()
        self.page.locator("[name=level]").first.check()
        self.page.locator("[name=reason]").fill("Seen as a whole.")
        self.page.locator("main form button").first.click()
        expect(self.page.get_by_role("alert")).to_contain_text("Judgement recorded")
        self.said["judged"] += 1

    def comes_back_to_what_was_put_off(self) -> None:
        """Open every question that waits, from the list of them, and decide it."""
        while True:
            self.page.goto(f"{self.at}/meetings")
            waits = self.page.locator("#put-off tbody a")
            if not waits.count():
                return
            waits.first.click()
            self._saves("~not_agreed", "Police did not find the form.")

    def left(self) -> tuple[int, int]:
        """How many differences there are in all, and how many are still to decide."""
        with self.house.database.reading() as session:
            of = session.get_one(Round, self.large.audit.round.id)
            sight = Sight(of, everything=True, agencies=frozenset())
            found = subjects_in_sight(session, sight)
            subjects = [each.subject for each in found]
            counted = standings(session, sight, found[0].strand, subjects).values()
        return sum(each.differ for each in counted), sum(each.left for each in counted)


@pytest.fixture
def panel(house: House, context: BrowserContext, window: Window) -> Panel:
    with house.database.writing() as session:
        agencies = agencies_of(session, house.world, list(AgencyKind)[:AGENCIES])
        large = large_round(session, house.world, long_tool(QUESTIONS), CASES, agencies)
        session.get_one(Round, large.audit.round.id).stage = Stage.MODERATION
    house.sign_in(context, house.world.lead)
    window.page.set_viewport_size({"width": 1920, "height": 1080})
    return Panel(house, large, window.page)


def rows_of(record: bytes) -> int:
    """How many decisions and notes stand in a record: the rows of its tables, heads apart."""
    return sum(len(table.rows) - 1 for table in Document(BytesIO(record)).tables)


def test_a_round_is_worked_through_over_two_meetings(panel: Panel, window: Window) -> None:
    page = window.page
    differ, left = panel.left()
    assert differ == left > CASES
    panel.begins()
    window.check()
    for _ in range(CASES // 2):
        panel.works_through_a_case()
        page.goto(f"{panel.at}/meetings")
        page.get_by_role("button", name="Go on with the next difference").click()
    # The next case is begun, and left in the middle of it.
    panel.decides()
    waits = page.url
    first = panel.ends()

    panel.begins()
    assert page.url == waits
    for number in range(CASES // 2, CASES):
        panel.works_through_a_case()
        if number + 1 < CASES:
            page.goto(f"{panel.at}/meetings")
            page.get_by_role("button", name="Go on with the next difference").click()
    window.check()
    panel.comes_back_to_what_was_put_off()
    expect(page.locator("main")).to_contain_text("No differences are left to decide")
    window.check()
    second = panel.ends()
    window.check()

    assert panel.left() == (differ, 0)
    kinds_said = ("agreed", "put_off", "not_agreed", "dissent", "noted")
    assert not [kind for kind in kinds_said if not panel.said[kind]], panel.said
    with panel.house.database.reading() as session:
        meetings = session.exec(
            select(Meeting).where(Meeting.round_id == panel.large.audit.round.id)
        ).all()
        entries = [
            session.exec(select(MeetingEntry).where(MeetingEntry.meeting_id == each.id)).all()
            for each in meetings
        ]
        subjects = {entry.subject_id for each in entries for entry in each}
        of = [
            [row for row in session.exec(select(table)).all() if row.subject_id in subjects]
            for table in (AgreedAnswer, Dissent, PutOff, LearningPoint)
        ]
    kinds = Counter(entry.kind for each in entries for entry in each)
    assert kinds == {kind: panel.said[kind] for kind in kinds}
    assert [rows_of(first), rows_of(second)] == [len(each) for each in entries]
    assert len(subjects) == CASES
    answers, dissents, waiting, points = of
    assert len(answers) == panel.said["agreed"] + panel.said["not_agreed"]
    assert (len(dissents), waiting, len(points)) == (panel.said["dissent"], [], CASES)


def test_each_learning_point_leads_to_a_finding(panel: Panel, window: Window) -> None:
    panel.begins()
    panel.notes_learning()
    page = window.page
    page.goto(f"{panel.at}/findings")
    page.get_by_role("link", name="Write a finding from this").click()
    expect(page.locator("main form")).to_contain_text("Ask for the worry first.")
    window.check()
