"""Questions of several answers: as many as there can be, on both databases."""

import pytest
from sqlmodel import select

from app.db import Database
from app.responses.models import AnswerChange, Tally
from app.tools import Tool
from app.tools.coded import MOST_OPTIONS
from tests.browsing import Browser
from tests.responses.answering import Given, given, open_tab, stored
from tests.world import World

ALL = [f"o{number}" for number in range(1, MOST_OPTIONS + 1)]


def several() -> Tool:
    """A tool with one question, which has as many options as a question can."""
    options = [{"id": key, "label": f"Sign {key}"} for key in ALL]
    question = {"id": "signs", "kind": "choices", "text": "Which signs?", "options": options}
    section = {"id": "about", "title": "About", "questions": [question]}
    case = {"id": "case-file", "title": "Case file", "subject": "case", "sections": [section]}
    tool = {"format": 1, "tool": "several", "version": 1, "title": "Several answers"}
    return Tool.model_validate({**tool, "question_sets": [case]})


@pytest.fixture
def of(database: Database, world: World) -> Given:
    return given(database, world, tool=several())


@pytest.mark.parametrize("ticked", [ALL, ALL[-1:]], ids=["all of them", "the last"])
def test_the_largest_answer_that_there_can_be_is_saved_changed_and_sent(
    browse: Browser, database: Database, world: World, of: Given, ticked: list[str]
) -> None:
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
