"""The child sexual abuse audit through the pages: from planning, part by part, to its packs."""

import csv
import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from app.config import Settings
from app.db import Database
from app.main import create_app
from tests.clock import SettableClock
from tests.exports.test_packs import document_text
from tests.journey import learning, planning
from tests.journey import thematic_answers as middle
from tests.journey import thematic_learning as learnt
from tests.journey import thematic_panel as panel
from tests.journey import thematic_papers as papers
from tests.journey import thematic_plan as first
from tests.journey.cast import CARE, CARE_LEAD, COORDINATOR, SCHOOL, Story, settle
from tests.journey.desk import InProcessDesk

TRAIL = """
Round created, Round changed, Round changed
Round changed, Round changed
Round changed, Round changed, Round changed, Round changed
Round changed, Round changed, Round changed
Round moved, Round moved
Subject added, Subject added
Assignment made
Round moved
Assignment moved, Assignment moved, Assignment moved, Assignment moved
Response declared, Response sent, Response declared, Response sent
Response declared, Response sent, Response declared, Response sent
Response declared, Response sent, Response declared, Response sent
Response declared, Response sent, Response declared, Response sent
Round moved, Round moved
Meeting begun
Question put off, Answer agreed, Learning noted, Answer agreed
Meeting changed, Meeting ended
Meeting begun
Answer agreed, Answer agreed, Answer agreed
Case judged, Case judged
Meeting ended, Paper taken
Finding written, Finding agreed, Finding written, Finding agreed
Action planned, Action planned, Action planned
Round moved
Action updated, Action updated, Action redated
Action updated, Action updated, Action updated
Paper changed
Paper taken, Paper taken, Paper taken, Paper taken
Round moved
Pack taken, Pack taken
Answers exported, Answers exported
Round moved
Action updated, Action updated, Action updated, Action updated
Round moved
Action updated
Round moved
"""
"""Every step of this year's audit, in the order in which it was taken."""

pytestmark = pytest.mark.slow


@pytest.fixture
def story(settings: Settings, database: Database, clock: SettableClock) -> Iterator[Story]:
    """A partnership whose people have been let in, and nothing audited yet."""
    with database.writing() as session:
        settle(session)
    app = create_app(settings, database)
    with TestClient(app, base_url="http://casefile.test", follow_redirects=False) as client:
        yield Story(first.CSA, lambda: InProcessDesk(client), clock().date(), clock)


def test_a_thematic_audit_is_done_through_the_pages(story: Story) -> None:
    it_is_planned_and_opened(story)
    story.days_pass(6)
    the_agencies_answer(story)
    story.days_pass(30)
    the_meetings_are_on_record(the_panel_meets_twice(story), story)
    what_was_learnt_is_followed(story)
    the_papers_say_what_each_may(story)
    the_answers_are_all_there(papers.the_lead_keeps_the_answers(story), story)
    time_goes_by(story)
    assert learning.the_trail_as_it_is_read(story) == re.findall(r"[A-Z][a-z -]+", TRAIL)


def it_is_planned_and_opened(story: Story) -> None:
    first.last_years_round_was_planned(story)
    first.this_years_begins_from_it(story)
    first.its_plan_is_settled(story)
    first.the_cases_are_typed_in(story)
    planning.subjects_are_given_out(story, 2)


def the_agencies_answer(story: Story) -> None:
    middle.the_school_answers_what_its_part_opens(story)
    middle.the_other_agencies_answer(story)
    middle.all_say_the_same_of_the_other_case(story)


def the_panel_meets_twice(story: Story) -> bytes:
    """Return the record of the second meeting."""
    planning.moderation_begins(story)
    panel.the_panel_meets(story)
    story.days_pass(7)
    panel.the_panel_goes_on_where_it_stopped(story)
    panel.each_case_is_judged(story)
    return panel.the_meeting_is_recorded(story)


def what_was_learnt_is_followed(story: Story) -> None:
    learnt.a_strength_is_found_in_a_result(story)
    learnt.a_learning_point_becomes_a_finding(story)
    learnt.three_actions_are_planned(story)
    learnt.agencies_read_the_results(story)
    learnt.one_action_is_begun_and_its_day_moved(story)
    learnt.one_action_is_blocked(story)
    learnt.one_action_is_set_aside(story)
    learnt.the_tracker_tells_where_they_are(story)


def time_goes_by(story: Story) -> None:
    """One action makes a difference; another is late; the round is closed."""
    planning.the_round_moves_on(story.at_the_round(COORDINATOR), "Actions live")
    story.days_pass(70)
    learning.it_is_done_seen_and_closed(story, CARE_LEAD, learnt.READ_ALOUD)
    story.days_pass(20)
    learnt.what_is_late_is_told_in_words(story)
    learnt.no_round_closes_over_what_goes_on(story)


def the_meetings_are_on_record(record: bytes, story: Story) -> None:
    """In the words of the second day, and nothing of the first."""
    told = document_text(record)
    of_this_day = (panel.BOTH_VIEWS, panel.JUDGED, panel.POLICE_SAY, story.known[first.HARD])
    assert [words for words in of_this_day if words not in told] == []
    assert [words for words in (panel.WAITS, panel.MINUTES) if words in told] == []


def the_papers_say_what_each_may(story: Story) -> None:
    """The briefing and the pack tell of no case; the full report counts, inside the round."""
    briefing = papers.the_briefing_is_put_into_our_words(story)
    report = papers.the_full_report_has_the_counts(story)
    learning.the_round_is_reported(story)
    pack = papers.the_subgroup_reads_its_pack(story)
    expected = (
        (briefing, (learnt.HEARD, papers.TOMORROW)),
        (report, (first.PURPOSE, learnt.READ_ALOUD, "4 of 4")),
        (pack, (learnt.HEARD, learnt.HEARD_WORDS, learnt.ONE_PAGE, first.LINES[0])),
    )
    for (word, pdf), wanted in expected:
        for told in (document_text(word), words_of_pdf(pdf)):
            assert [words for words in wanted if words not in told] == []
            assert not any(label in told for label in story.known.values())
    for paper in (*briefing, *pack):
        assert b"4 of 4" not in paper


def words_of_pdf(document: bytes) -> str:
    """Everything that a PDF says, its lines joined as they were before they were broken."""
    pages = PdfReader(io.BytesIO(document)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def the_answers_are_all_there(files: tuple[bytes, bytes, bytes], story: Story) -> None:
    """The workbook's sheets say the same as the two files beside each other."""
    answers, book, codebook = files
    rows = list(csv.DictReader(io.StringIO(answers.decode("utf-8-sig"), newline="")))
    hard = {
        (r["Agency"], r["Question id"]): r for r in rows if r["Subject"] == story.known[first.HARD]
    }
    assert hard[SCHOOL, "told_listened"]["Reason"] == middle.TOLD_IN_A_DRAWING
    assert (CARE, "told_listened") not in hard
    assert hard[CARE, "support_then"]["Agreed answer"].startswith("Early help")
    assert hard[CARE, "grade_together"]["Agreed answer"] == "Not agreed"
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    assert sheets["Answers"].max_row == len(rows) + 1
    meant = list(csv.reader(io.StringIO(codebook.decode("utf-8-sig"), newline="")))
    assert sheets["Codebook"].max_row == len(meant)
