"""Words in an answer that look like an identifier: a warning beside the question, and no more."""

import base64

import pytest
from structlog.testing import capture_logs

from app.db import Database
from app.responses.skeleton import _warned
from tests.browsing import Browser, words
from tests.comparisons.scene import Scene, stage_scene
from tests.responses.answering import given, open_tab, stored, words_asked
from tests.world import World

NAMED = "Mrs Fenwick rang from 01632 960001."
WARNING = (
    "This looks like a phone number and a name. Write “R-7F3K” or “the child” instead, or leave it "
    "if it is neither."
)


def test_a_save_warns_of_what_it_changed_and_stores_it_all_the_same(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at, "judgement")
    text = words_asked(of)

    answer = tab.save({text: NAMED})

    assert answer.json()["warnings"] == {text: {"kind": "phone-number", "words": WARNING}}
    assert stored(database, of)[text].text == NAMED


def test_taking_it_out_takes_the_warning_away(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at, "judgement")
    text = words_asked(of)
    tab.save({text: NAMED})

    assert tab.save({text: "The child's aunt rang."}).json()["warnings"] == {text: None}
    assert tab.save({text: "The child's aunt rang."}).json()["warnings"] == {}


def test_a_reason_is_looked_at_and_a_date_that_was_asked_for_is_not(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"parts_played": ["referrer"], "form_seen": "yes"})
    tab = open_tab(officer, of.at, "as-received")

    warned = tab.save({"form_worry": "good", "form_worry.reason": "Tansy Marlowe was named."})

    assert warned.json()["warnings"]["form_worry"]["kind"] == "name"
    dated = open_tab(officer, of.at, "receipt").save(
        {"concern_on.day": "3", "concern_on.month": "4", "concern_on.year": "2014"}
    )
    assert dated.json()["warnings"] == {"concern_on": None}


def test_the_page_shows_it_without_scripts_as_soon_as_it_is_opened_again(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    text = words_asked(of)
    tab = open_tab(officer, of.at, "judgement")
    tab.save({text: NAMED})

    page = officer.page(f"{of.at}/sections/judgement")

    (note,) = page.select(".app-question__warning")
    assert note.get_text() == WARNING
    assert note["id"] == f"{text}-warning"
    question = note.find_parent(attrs={"data-question": True})
    assert question is not None
    assert question["data-question"] == text


def test_the_log_holds_the_kind_and_how_many_and_never_what_it_was(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at, "judgement")

    with capture_logs() as logged:
        tab.save({words_asked(of): NAMED})

    suspected = [each for each in logged if each["event"] == "identifier suspected"]
    assert [(each["kind"], each["count"]) for each in suspected] == [
        ("phone-number", 1),
        ("name", 1),
    ]
    assert "Fenwick" not in str(logged)


def test_a_warning_is_words_whatever_it_says() -> None:
    fields = '<textarea name="a" aria-describedby="a-hint"></textarea><textarea name="a.reason">'
    html = _warned(f'<div class="app-question">{fields}</textarea></div>', "a", "<b>&")

    assert html.endswith('id="a-warning">&lt;b&gt;&amp;</p></div>')
    assert 'aria-describedby="a-warning a-hint"' in html
    assert '<textarea name="a.reason" aria-describedby="a-warning">' in html


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


def banner(answer: object) -> str:
    """The line that a redirect leaves for the next page."""
    value = answer.cookies["casefile_banner"].partition(".")[0]  # type: ignore[attr-defined]
    return base64.urlsafe_b64decode(value.strip('"')).decode()


def test_a_finding_a_reason_and_a_learning_point_warn_once_after_saving(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    new = f"{scene.at}/findings/new?subject={scene.subject.ref}&question=form_worry"
    finding = lead.submit(
        new, {"kind": "strength", "title": "Seen", "words": NAMED}, form="/findings"
    )
    at = f"{scene.comparison}/form_worry"
    reason = lead.submit(at, {"decision": "~not_agreed", "reason": NAMED}, form="form_worry")
    point = lead.post(f"{at}/learning-points", {"words": NAMED})

    for answer in (finding, reason, point):
        assert answer.status_code == 303
        assert "This looks like a phone number and a name." in banner(answer)
        assert "Fenwick" not in banner(answer)
    plain = lead.post(f"{at}/learning-points", {"words": "Ask for the worry first."})
    assert banner(plain) == "Learning point noted"


def test_nothing_is_said_of_ordinary_words(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    tab = open_tab(officer, of.at, "judgement")
    tab.save({words_asked(of): "Seen within 5 days, on 3 March 2026, by the School Nurse."})

    page = officer.page(f"{of.at}/sections/judgement")

    assert page.select(".app-question__warning") == []
    assert "This looks like" not in words(page)
