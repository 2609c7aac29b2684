"""Questions of several answers: as many as there can be, and one that stands alone."""

import pytest
from sqlmodel import select

from app.db import Database
from app.responses.models import AnswerChange, Tally
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import Answer, State, Tool
from app.tools.coded import MOST_OPTIONS
from tests.audit import respond
from tests.browsing import Browser, heading, words
from tests.responses.answering import given, open_tab, stored
from tests.world import World

ALL = [f"o{number}" for number in range(1, MOST_OPTIONS + 1)]
FEW: list[dict[str, object]] = [
    {"id": "hurt", "label": "An injury"},
    {"id": "fear", "label": "Fear of going home"},
    {"id": "none", "label": "None of these", "alone": True},
]


def several(options: list[dict[str, object]]) -> Tool:
    """A tool with one question."""
    question = {"id": "signs", "kind": "choices", "text": "Which signs?", "options": options}
    section = {"id": "about", "title": "About", "questions": [question]}
    case = {"id": "case-file", "title": "Case file", "subject": "case", "sections": [section]}
    tool = {"format": 1, "tool": "several", "version": 1, "title": "Several answers"}
    return Tool.model_validate({**tool, "question_sets": [case]})


@pytest.mark.parametrize("ticked", [ALL, ALL[-1:]], ids=["all of them", "the last"])
def test_the_largest_answer_that_there_can_be_is_saved_changed_and_sent(
    browse: Browser, database: Database, world: World, ticked: list[str]
) -> None:
    of = given(database, world, tool=several([{"id": key, "label": key} for key in ALL]))
    tab = open_tab(browse.as_(world.officer), of.at)
    assert tab.save({"signs": ticked}).status_code == 200
    assert tab.save({"signs": ALL[:1]}).status_code == 200
    assert tab.save({"signs": ticked}).status_code == 200
    assert stored(database, of)["signs"].chosen == tuple(ticked)
    officer = browse.as_(world.officer)
    assert officer.submit(f"{of.at}/declaration").status_code == 303
    assert browse.as_(world.police_lead).submit(f"{of.at}/sending").status_code == 303
    largest = sum(1 << ALL.index(key) for key in ticked)
    with database.reading() as session:
        assert largest in session.exec(select(AnswerChange.code)).all()
        assert session.exec(select(Tally.code)).all() == [largest]


def test_without_a_script_the_page_says_that_one_stands_alone_and_keeps_every_tick(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world, tool=several(FEW))
    officer = browse.as_(world.officer)
    both = {"signs": ["fear", "none"]}
    officer.submit(f"{of.at}/sections/about", both, form="/answers")
    page = officer.page(f"{of.at}/sections/about")
    assert "Untick “None of these”, or untick all the others" in words(page)
    ticked = page.select("input[name=signs][checked]")
    assert [box["value"] for box in ticked] == ["fear", "none"]
    assert [box.get("data-behaviour") for box in ticked] == [None, "exclusive"]
    assert "Untick “None of these”" in words(officer.page(f"{of.at}/check"))
    officer.post(f"{of.at}/declaration", {"version": "1"})
    assert stored(database, of)["signs"].chosen == ("fear", "none")
    assert browse.as_(world.police_lead).get(f"{of.at}/sending").status_code == 409
    officer = browse.as_(world.officer)
    officer.submit(f"{of.at}/sections/about", {"signs": "none"}, form="/answers")
    assert officer.submit(f"{of.at}/declaration").status_code == 303


def test_a_save_says_at_once_that_one_stands_alone(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world, tool=several(FEW))
    tab = open_tab(browse.as_(world.officer), of.at)
    said = {"signs": "Untick “None of these”, or untick all the others"}
    assert tab.save({"signs": ["hurt", "none"]}).json()["problems"] == said
    assert tab.save({"signs": ["hurt", "fear"]}).json()["problems"] == {}


def test_a_panel_cannot_agree_what_no_agency_could_say(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world, Stage.MODERATION, tool=several(FEW))
    with database.writing() as session:
        answers = {"signs": Answer(State.ANSWERED, ("hurt",))}
        respond(session, of.audit, of.assignment, answers)
        subject = session.get_one(Subject, of.assignment.subject_id).ref
    at = f"/wexcombe/rounds/{of.audit.round.ref}/subjects/{subject}/comparison/signs"
    lead = browse.as_(world.lead)
    [alone] = lead.page(at).select("input[name=value][data-behaviour=exclusive]")
    assert alone["value"] == "none"
    decided = {"decision": "this", "value": ["hurt", "none"], "reason": "Seen"}
    refused = lead.submit(at, decided)
    assert refused.status_code == 422
    assert "Untick “None of these”" in heading(refused)
    assert lead.submit(at, {**decided, "value": ["none"]}).status_code == 303
