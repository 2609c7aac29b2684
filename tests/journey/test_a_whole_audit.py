"""One whole audit through the pages: from the files it begins with to the files it ends in."""

import csv
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from docx import Document
from fastapi.testclient import TestClient
from sqlalchemy import inspect, text

from app.config import Settings
from app.db import Database
from app.demo.referrals import ListedReferral
from app.main import create_app
from tests.clock import SettableClock
from tests.journey import learning as last
from tests.journey import mash as middle
from tests.journey import panel
from tests.journey import preparing as first
from tests.journey.cast import CARE, HEALTH, POLICE, SUBGROUP, Story
from tests.journey.desk import InProcessDesk
from tests.journey.planning import moderation_begins, subjects_are_given_out

TRAIL = """
Round created
Round changed, Round changed, Round changed, Round changed, Round changed
Round moved, Round moved
List read, Frame imported, Sample drawn
Assignment made
Round moved
Assignment moved, Assignment moved, Assignment moved
Response declared, Response handed back, Response declared, Response sent
Subject replaced
Assignment made
Assignment moved, Assignment moved, Assignment moved
Response declared, Response sent
Response declared, Response sent
Response declared, Response sent
Round moved, Round moved
Response declared, Response sent
Meeting begun
Answer agreed, Answer agreed, Answer agreed
Case judged
Meeting ended
Finding written, Finding agreed
Action planned
Round moved
Action updated, Action updated
Round moved
Pack taken
Answers exported
Round moved
Action updated, Action updated, Action updated, Action updated
Round moved, Round moved
"""
"""Every step of the audit, in the order in which it was taken."""


pytestmark = pytest.mark.slow


@pytest.fixture
def story(settings: Settings, database: Database, clock: SettableClock) -> Iterator[Story]:
    """An empty installation, and nobody in it."""
    app = create_app(settings, database)
    with TestClient(app, base_url="http://casefile.test", follow_redirects=False) as client:
        yield Story(middle.MASH, lambda: InProcessDesk(client), clock().date(), clock)


def test_a_whole_audit_is_done_through_the_pages(story: Story, database: Database) -> None:
    it_is_prepared(story, database)
    story.days_pass(6)
    the_agencies_answer(story)
    story.days_pass(30)
    pack, answers = the_partnership_learns(story)

    assert last.the_trail_as_it_is_read(story) == re.findall(r"[A-Z][a-z -]+", TRAIL)
    nobody_on_the_list_is_known(story, database)
    the_pack_tells_what_was_learnt_and_about_nobody(pack, story)
    the_answers_are_all_there(answers, story)
    last.what_was_kept_is_purged(story)
    nothing_of_a_case_is_left(database)


def it_is_prepared(story: Story, database: Database) -> None:
    first.the_operator_opens_the_partnership(story, database)
    first.the_administrator_lets_the_coordinator_in(story)
    first.the_coordinator_lets_people_in(story)
    story.days_pass(1)
    first.a_round_is_planned(story)
    first.the_list_is_read(story)
    nobody_on_the_list_is_known(story, database)
    first.the_sample_is_drawn(story)
    subjects_are_given_out(story, 4)


def the_agencies_answer(story: Story) -> None:
    middle.the_officer_answers(story)
    middle.the_agency_lead_hands_it_back(story)
    middle.the_officer_mends_it(story)
    middle.the_agency_lead_signs_off(story)
    first.a_reserve_replaces_a_subject(story)
    middle.the_other_agencies_answer(story)
    panel.before_the_returns_are_in(story)


def the_partnership_learns(story: Story) -> tuple[bytes, bytes]:
    """Return the subgroup's pack and the lead's copy of the answers."""
    moderation_begins(story)
    panel.the_panel_member_waits_for_their_own_agency(story)
    panel.the_panel_compares_and_agrees(story)
    last.a_finding_is_written_and_agreed(story)
    last.an_action_is_planned(story)
    story.days_pass(3)
    last.an_action_is_followed(story)
    last.the_round_is_reported(story)
    pack = last.the_subgroup_receives_its_pack(story)
    answers = last.the_lead_keeps_the_answers(story)
    last.the_action_is_done_and_the_round_closed(story)
    return pack, answers


def nobody_on_the_list_is_known(story: Story, database: Database) -> None:
    """Search every cell of every table for what would tell whose referral it was."""
    stored = "\n".join(everything_stored(database))
    assert "HM-0000" in stored, "the list's own numbers are there, so the search can find"
    found = [told for told in identifying(story.listed) if told in stored]
    assert found == []


def nothing_of_a_case_is_left(database: Database) -> None:
    """The list's own numbers and what agencies wrote are gone from every table."""
    stored = "\n".join(everything_stored(database))
    assert last.FINDING in stored, "the findings are there, so the search can find"
    assert [
        told for told in ("HM-0000", "the worry is nowhere on the form") if told in stored
    ] == []


def everything_stored(database: Database) -> Iterator[str]:
    with database.reading() as session:
        connection = session.connection()
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                yield from map(readable, row)


def readable(cell: object) -> str:
    """Put a cell in words, opened where it is packed."""
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return zlib.decompress(cell, wbits=47).decode("utf-8", "replace")
    except zlib.error:
        return cell.decode("utf-8", "replace")


def identifying(listed: Sequence[ListedReferral]) -> Iterator[str]:
    """Tell what of a list says who it is about, in every way that it might have been written."""
    kept = {day for row in listed for day in (row.date_received, row.previous_referral)}
    for row in listed:
        yield from row.child_name.split()
        for code in (row.nhs_number, row.postcode):
            yield from (code, code.replace(" ", ""))
        if row.date_of_birth not in kept:
            yield from written(row.date_of_birth)


def written(day: date) -> list[str]:
    return [day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%Y%m%d}"]


def the_pack_tells_what_was_learnt_and_about_nobody(pack: bytes, story: Story) -> None:
    document = Document(io.BytesIO(pack))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    for words in (last.FINDING, *last.LEARNT.split("\n\n"), last.DONE, last.SEEN, SUBGROUP):
        assert words in told
    assert "drawn at random" in told
    assert not any(label in told for label in story.known.values())
    days_and_times = r"\d{1,2} [A-Z][a-z]+ \d{4}( at \d{1,2}:\d{2}[ap]m)?"
    not_counted = f"{days_and_times}|Due in \\d+ days|[Ss]ection (17|47)"
    counts = re.findall(r"\d+", re.sub(not_counted, "", told))
    assert counts == [], "a small number can tell which family it was"
    for counted in ("four", "forty", "one referral", "two of", "three of"):
        assert counted not in told.lower()


def the_answers_are_all_there(answers: bytes, story: Story) -> None:
    lines = csv.DictReader(io.StringIO(answers.decode("utf-8-sig"), newline=""))
    rows = list(lines)
    ours, others = story.known["Section 17"], story.known["Early help"]
    assert {row["Marking"] for row in rows} == {"OFFICIAL-SENSITIVE, inside the round"}
    assert {(row["Subject"], row["Agency"]) for row in rows} == {
        (ours, CARE),
        (ours, POLICE),
        (ours, HEALTH),
        (others, CARE),
        (others, POLICE),
    }
    told = {(r["Subject"], r["Agency"], r["Question id"]): r for r in rows}

    def said(agency: str, question: str) -> dict[str, str]:
        return told[ours, agency, question]

    assert said(CARE, "form_worry")["Answer"] == "Good"
    assert said(POLICE, "form_worry")["Answer"] == "Inadequate"
    assert said(POLICE, "form_worry")["Reason"] == "'=the worry is nowhere on the form"
    assert said(POLICE, "form_worry")["Agreed answer"] == "Good"
    assert said(HEALTH, "support_then")["Agreed answer"].startswith("Early help")
    assert said(HEALTH, "age_band")["State"] == "Not recorded on our file"
    assert said(HEALTH, "vc_seen")["Agreed answer"] == "Not agreed"
    assert said(POLICE, "worked_well")["Answer"].startswith("Two officers stayed")
    assert len(rows) > 200
