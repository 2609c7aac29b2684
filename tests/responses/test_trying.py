"""Trying a question set: the same engine as a response, and nothing kept."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlmodel import select

from app.config import Settings
from app.db import Database
from app.responses.models import Answer as AnswerRow
from app.responses.models import Response
from app.tools import AgencyKind, fill, read_tools
from tests.browsing import Browser, soup, words
from tests.library.test_library_pages import SMALL, over
from tests.library.tools import small_tool
from tests.world import World

TRIAL = f"{SMALL}/case-file/trial?kind=police"


@pytest.fixture
def small(settings: Settings, database: Database, tmp_path: Path) -> Browser:
    small_tool(tmp_path)
    return over(tmp_path, settings, database)


def closed(page: BeautifulSoup) -> set[str]:
    return {str(q["data-question"]) for q in page.select("[data-question][data-closed]")}


def test_answers_open_and_close_questions_as_they_do_in_a_response(
    world: World, small: Browser
) -> None:
    officer = small.as_(world.officer)
    assert closed(officer.page(TRIAL)) == {"seen_alone", "told", "bail_on"}
    answer = officer.submit(TRIAL, {"seen": "yes", "custody": "arrested"}, form="kind=police")
    assert answer.status_code == 200
    assert closed(soup(answer)) == set()
    answer = officer.submit(TRIAL, {"seen": "no"}, form="kind=police")
    assert closed(soup(answer)) == {"seen_alone", "bail_on"}


def test_what_is_missing_and_what_is_wrong_are_named_as_in_a_response(
    world: World, small: Browser
) -> None:
    officer = small.as_(world.officer)
    fresh = words(officer.page(TRIAL))
    assert "0 of 4 answered" in fresh
    assert "hold the response back" not in fresh
    tried = officer.submit(
        TRIAL, {"seen": "yes", "seen_alone": "good", "days": "abuot 3"}, form="kind=police"
    )
    said = words(soup(tried))
    assert "1 of 5 answered" in said
    assert "Question 2: Give the reason" in said
    assert "Question 6: Enter a whole number, such as 3" in said
    assert 'value="abuot 3"' in tried.text


def test_it_counts_what_the_engine_counts(world: World, browse: Browser) -> None:
    tool = read_tools(Path("audit_tools"))["mash", 1]
    question_set = tool.question_set["referral-form"]
    posted = {"asked": ["parts_played", "form_seen"], "parts_played": ["receiver"]}
    posted["form_seen"] = ["yes"]
    filled = fill(question_set, AgencyKind.POLICE, {}, posted)
    at = "/wexcombe/audit-tools/mash/1/referral-form/trial?kind=police"
    answer = browse.as_(world.officer).post(at, posted)
    assert "{} of {} answered".format(*filled.progress) in words(soup(answer))
    assert f"{len(filled.asked)} questions asked" in words(soup(answer))


def test_an_answer_is_cleared_without_a_script(world: World, small: Browser) -> None:
    officer = small.as_(world.officer)
    answer = officer.submit(TRIAL, {"seen": "yes", "clear": "seen"}, form="kind=police")
    assert "seen_alone" in closed(soup(answer))
    assert soup(answer).select("input[name=seen][checked]") == []


def test_a_complete_trial_says_so_and_nothing_of_it_is_kept(
    world: World, small: Browser, database: Database
) -> None:
    officer = small.as_(world.officer)
    given = {"seen": "no", "custody": "nobody", "told": "school", "days": "3", "words": "Hello"}
    answer = officer.submit(TRIAL, given, form="kind=police")
    assert "Complete: it could be declared and sent." in words(soup(answer))
    with database.reading() as session:
        assert session.exec(select(Response)).all() == []
        assert session.exec(select(AnswerRow)).all() == []
    assert "0 of 4 answered" in words(officer.page(TRIAL))


@pytest.mark.parametrize("kind", ["army", "~", "<b>"])
def test_a_kind_that_is_asked_nothing_is_not_found(kind: str, world: World, small: Browser) -> None:
    officer = small.as_(world.officer)
    assert officer.get(f"{SMALL}/case-file/trial?kind={kind}").status_code == 404
    assert officer.get(f"{SMALL}/interview/trial?kind=school").status_code == 404
    assert officer.get(f"{SMALL}/none/trial").status_code == 404


def test_what_is_typed_cannot_become_part_of_the_page(world: World, small: Browser) -> None:
    typed = "<script>alert(1)</script>"
    answer = small.as_(world.officer).submit(
        TRIAL, {"words": typed, "days": '"><img src=x>'}, form="kind=police"
    )
    assert soup(answer).select("main script, main img") == []
    assert typed in words(soup(answer))


def test_a_form_that_the_page_did_not_make_is_refused(world: World, small: Browser) -> None:
    answer = small.as_(world.officer).post(TRIAL, {"asked": "seen", "xseen": "yes"})
    assert answer.status_code == 422
    assert "does not ask for “xseen”" in answer.text
