"""The same pages on a machine without scripts: forms, redirects, and both answers of a conflict."""

from bs4 import BeautifulSoup

from app.db import Database
from tests.browsing import Browser, find_form, form_values, soup, words
from tests.responses.answering import given, open_tab, stored, words_asked
from tests.world import World


def test_save_and_continue_stores_the_section_and_opens_the_next(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    sent = officer.submit(f"{of.at}/sections/about", {"age_band": "unborn"}, form="/answers")
    assert sent.headers["location"] == f"{of.at}/sections/child-and-family"
    assert stored(database, of)["age_band"].chosen == ("unborn",)


def test_the_next_section_is_the_next_in_which_something_is_asked(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    answers = {"parts_played": ["referrer"], "form_seen": "yes"}
    sent = officer.submit(f"{of.at}/sections/about", answers, form="/answers")
    assert sent.headers["location"] == f"{of.at}/sections/as-received"
    last = officer.submit(f"{of.at}/sections/judgement", {}, form="/answers")
    assert last.headers["location"] == f"{of.at}/check"


def test_the_same_form_may_be_sent_again_after_going_back(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    page = {"page": "BCDFGHJKMN", "base": "0", "section": "about", "asked": "age_band"}
    officer.post(f"{of.at}/answers", {**page, "age_band": "unborn"})
    officer.post(f"{of.at}/answers", {**page, "age_band": "unborn"})
    officer.post(f"{of.at}/answers", {**page, "age_band": "under_1"})
    assert stored(database, of)["age_band"].chosen == ("under_1",)


def test_a_radio_is_cleared_by_its_button(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    officer.submit(f"{of.at}/sections/about", {"age_band": "unborn"}, form="/answers")
    cleared = officer.submit(
        f"{of.at}/sections/about", {"clear": "age_band", "support_then": "none"}, form="/answers"
    )
    assert cleared.headers["location"] == f"{of.at}/sections/about#question-age_band"
    assert set(stored(database, of)) == {"support_then"}


def test_clearing_what_stands_beside_words_keeps_the_words(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"parts_played": ["referrer"], "form_seen": "yes"})
    typed = {"concern_on.day": "3", "concern_on.month": "3", "concern_on.year": "2026"}
    both = {**typed, "concern_on.absence": "~not_recorded"}
    officer.submit(f"{of.at}/sections/receipt", both, form="/answers")
    assert stored(database, of)["concern_on"].state == "not_recorded"
    officer.submit(f"{of.at}/sections/receipt", {"clear": "concern_on"}, form="/answers")
    assert stored(database, of)["concern_on"].text == "2026-03-03"
    assert stored(database, of)["concern_on"].state == "answered"


def test_enter_in_a_line_of_text_presses_save_and_not_a_button_that_clears(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    page = browse.as_(world.officer).page(f"{of.at}/sections/about")
    first = page.select("form[data-autosave] button[type=submit]")[0]
    assert not first.has_attr("name")


def test_follow_ups_say_when_they_count(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    page = browse.as_(world.officer).page(f"{of.at}/sections/about")
    follow_up = page.select_one("#question-form_seen")
    assert follow_up is not None
    assert follow_up.has_attr("data-closed")
    assert "Only if question 1 includes “We made the referral”" in follow_up.get_text(" ")


def test_saving_as_you_go_is_not_promised_without_a_script(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    page = browse.as_(world.officer).page(f"{of.at}/sections/about")
    assert all(status.has_attr("hidden") for status in page.select("[data-app-save]"))


def test_a_conflict_shows_both_answers_and_saves_the_one_that_is_chosen(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    form = {"page": "BCDFGHJKMN", "base": "0", "section": "about"}
    form |= {"asked": ["age_band", "support_then", "outcome"], "age_band": "unborn"}
    open_tab(officer, of.at).save({"age_band": "under_1", "outcome": "other_area"})
    refused = officer.post(f"{of.at}/answers", {**form, "support_then": "none"})
    assert refused.status_code == 409
    page = soup(refused)
    assert "Yours: Not yet born" in words(page)
    assert "Saved meanwhile: Under 1" in words(page)
    assert "When you opened your page: Not answered" in words(page)
    assert set(stored(database, of)) == {"age_band", "outcome"}

    again = _conflict_form(page)
    kept = officer.post(f"{of.at}/answers", {**again, "keep.age_band": "mine"})
    assert kept.headers["location"] == f"{of.at}/sections/child-and-family"
    now = stored(database, of)
    assert now["age_band"].chosen == ("unborn",)
    assert now["support_then"].chosen == ("none",)
    assert now["outcome"].chosen == ("other_area",), "what this page left alone stays theirs"


def test_a_conflict_says_what_was_there_before_either_answer(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"form_seen": "no", "parts_played": "referrer"})
    late = open_tab(officer, of.at)
    open_tab(officer, of.at).save({"form_seen": "yes"})
    open_tab(officer, of.at).save({"form_seen": "no"})
    open_tab(officer, of.at).save({"form_seen": ""})
    form = {"page": late.page, "base": late.base, "section": "about", "asked": "form_seen"}
    page = words(soup(officer.post(f"{of.at}/answers", {**form, "form_seen": "yes"})))
    assert "When you opened your page: No" in page
    assert "Saved meanwhile: Not answered" in page


def test_theirs_may_stay_and_the_rest_of_mine_is_saved(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    form = {"page": "BCDFGHJKMN", "base": "0", "section": "about", "age_band": "unborn"}
    open_tab(officer, of.at).save({"age_band": "under_1"})
    more = {"asked": ["age_band", "support_then"], "support_then": "none"}
    page = soup(officer.post(f"{of.at}/answers", {**form, **more}))
    officer.post(f"{of.at}/answers", {**_conflict_form(page), "keep.age_band": "theirs"})
    now = stored(database, of)
    assert now["age_band"].chosen == ("under_1",)
    assert now["support_then"].chosen == ("none",)


def _conflict_form(page: BeautifulSoup) -> dict[str, str | list[str]]:
    values = form_values(find_form(page, "/answers"))
    return {name: value for name, value in values.items() if not name.startswith("keep.")}


def test_a_save_that_comes_too_late_is_a_page_in_words(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    with database.writing() as session:
        session.merge(of.audit.round).stage = "returns_closed"
    form = {"page": "BCDFGHJKMN", "base": "0", "section": "about", "asked": "age_band"}
    refused = browse.as_(world.officer).post(f"{of.at}/answers", {**form, "age_band": "unborn"})
    assert refused.status_code == 409
    assert "Returns closed" in words(soup(refused))


def test_what_is_typed_is_text_wherever_it_is_shown(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    hostile = "</textarea><script>alert(1)</script>\n\n  “&amp;”"
    text = words_asked(of)
    officer.submit(f"{of.at}/sections/judgement", {text: hostile}, form="/answers")
    page = officer.page(f"{of.at}/sections/judgement")
    box = page.select_one(f"textarea[name={text}]")
    assert box is not None
    assert box.get_text().removeprefix("\n") == hostile
    assert page.select("main script") == []
    assert officer.page(f"{of.at}/check").select("main script") == []


def test_every_box_says_aloud_which_question_it_is_of_and_what_is_counted(
    browse: Browser, database: Database, world: World
) -> None:
    tried = "/wexcombe/audit-tools/educational-engagement/1/case-file/trial?kind=school"
    page = browse.as_(world.lead).page(tried)
    boxes = page.select("main textarea[name$='.reason']")
    labels = [page.select_one(f"label[for='{box['id']}']") for box in boxes]
    heard = [words(each) for each in (*labels, *page.select("legend.app-question__or")) if each]
    assert len(heard) == len(set(heard)) > 1
    counted = page.select(".govuk-form-group:has(.govuk-input__suffix) .govuk-label--s")
    assert "in sessions" in {words(each).rpartition(", ")[2] for each in counted}
