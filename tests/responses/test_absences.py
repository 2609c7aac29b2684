"""Why there is no answer: an absence may carry a note, wherever the answer is read."""

import csv
import io

from app.db import Database
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import stage_scene
from tests.responses.answering import given, open_tab, stored
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
