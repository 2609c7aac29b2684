"""Why there is no answer: an absence may carry a note, wherever the answer is read."""

import csv
import io

from sqlmodel import select

from app.db import Database
from app.responses.rules import ResponseState
from app.responses.tallies import rebuild
from app.rounds.models import Strand
from app.rounds.rules import Stage
from app.tools import Answer, State, Tool
from tests.audit import assign, mash, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import stage_scene
from tests.responses.answering import answered, given, open_tab, stored
from tests.tools.front_door import next_version, question_in
from tests.world import World

NOTE = "Its file is with another office."


def test_an_absence_is_saved_with_its_note_though_the_question_asks_for_no_reason(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    assert of.audit.question_set.question["support_then"].reason == "none"
    open_tab(officer, of.at).save({"support_then": "~not_known", "support_then.reason": NOTE})
    assert stored(database, of)["support_then"] == Answer(State.NOT_KNOWN, reason=NOTE)
    assert f"Why there is no answer: {NOTE}" in words(officer.page(f"{of.at}/check"))
    box = officer.page(f"{of.at}/sections/about").select_one("[name='support_then.reason']")
    assert box is not None
    assert box.get_text().strip() == NOTE


def test_the_note_goes_when_the_question_is_answered_after_all(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"support_then": "~not_known", "support_then.reason": NOTE})
    tab.save({"support_then": "none", "support_then.reason": NOTE})
    assert stored(database, of)["support_then"] == Answer(State.ANSWERED, ("none",))


def test_a_comparison_and_the_file_of_answers_show_the_note_as_one_of_an_absence(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        scene = stage_scene(session, world, Stage.MODERATION)
        other = subject(session, scene.audit, "R-9D2Q", 2)
        given_to = assign(session, other, world.police, world.officer)
        note = {"support_then": Answer(State.NOT_KNOWN, reason=NOTE)}
        respond(session, scene.audit, given_to, note)
    comparison = f"{scene.at}/subjects/{other.ref}/comparison"
    assert f"Why there is no answer: {NOTE}" in words(browse.as_(world.lead).page(comparison))
    taken = browse.as_(world.coordinator).submit(f"{scene.at}/exports")
    rows = csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"), newline=""))
    told = {(row["State"], row["Answer"], row["Reason"]) for row in rows}
    assert ("Not known to this agency", "", NOTE) in told


def worded(**changed: object) -> Tool:
    """The MASH tool, one question of which puts its absences in words of its own."""
    own = {"absence_words": {"not_known": "Cannot say"}, **changed}
    return next_version(lambda written: question_in(written, "support_then").update(own), mash())


def test_whoever_answers_reads_the_absences_as_the_question_words_them(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world, tool=worded())
    officer = browse.as_(world.officer)
    question = officer.page(f"{of.at}/sections/about").select_one("#question-support_then")
    assert question is not None
    asked = question.get_text(" ", strip=True)
    assert "Cannot say" in asked
    assert "Not known to this agency" not in asked
    assert "Not recorded on our file" in asked
    open_tab(officer, of.at).save({"support_then": "~not_known"})
    assert "Cannot say" in words(officer.page(f"{of.at}/check"))


def test_whoever_reads_the_answers_reads_the_absences_in_the_same_words(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        scene = stage_scene(session, world, Stage.MODERATION, worded())
        rebuild(session, session.exec(select(Strand)).one())
    lead, coordinator = browse.as_(world.lead), browse.as_(world.coordinator)
    row = lead.page(scene.comparison).select_one("#support_then")
    assert row is not None
    assert "Cannot say" in row.get_text(" ", strip=True)
    meeting = words(lead.page(f"{scene.comparison}/support_then"))
    assert "Cannot say" in meeting
    assert "Not known to this agency" not in meeting
    result = lead.page(f"{scene.at}/results").select_one("#result-support_then")
    assert result is not None
    assert "Cannot say" in result.get_text(" ", strip=True)
    taken = coordinator.submit(f"{scene.at}/exports").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(taken, newline=""))
    assert "Cannot say" in {row["State"] for row in rows if row["Question id"] == "support_then"}


def test_an_absence_that_has_to_be_defended_holds_a_response_back_until_it_is(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world, tool=worded(absence_reason="required"))
    answered(database, of, ResponseState.DRAFT, support_then=Answer(State.NOT_KNOWN))
    officer = browse.as_(world.officer)
    assert "Say why there is no answer" in words(officer.page(f"{of.at}/check"))
    asked = officer.page(f"{of.at}/sections/about").select_one("#question-support_then")
    assert asked is not None
    assert "Why there is no answer" in asked.get_text(" ", strip=True)
    assert "Why there is no answer (optional)" not in asked.get_text(" ", strip=True)
    open_tab(officer, of.at).save({"support_then": "~not_known", "support_then.reason": NOTE})
    assert "Say why there is no answer" not in words(officer.page(f"{of.at}/check"))
