"""Answering without leaving the keyboard, and without anything moving under the hands."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import House
from tests.browser.window import Window
from tests.responses.answering import Given, given, stored

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]

SAVED = re.compile(r"^Saved at")


@pytest.fixture
def of(house: House, context: BrowserContext) -> Given:
    made = given(house.database, house.world)
    house.sign_in(context, made.auditor)
    return made


def opened(house: House, window: Window, of: Given, where: str) -> Page:
    window.page.goto(f"{house.server.address}{of.at}{where}")
    return window.page


def saved(page: Page) -> None:
    expect(page.locator("#save-status")).to_have_text(SAVED, timeout=15_000)


def test_a_number_chooses_an_answer_while_a_list_of_answers_has_the_focus(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "/sections/about")
    bands = page.locator("[name=age_band]")
    bands.first.focus()
    page.keyboard.press("3")
    expect(bands.nth(2)).to_be_checked()
    expect(bands.nth(2)).to_be_focused()
    saved(page)
    page.keyboard.press("1")
    saved(page)
    chosen = of.audit.question_set.question["age_band"].listed[0].id  # type: ignore[union-attr]
    assert stored(house.database, of)["age_band"].chosen == (chosen,)
    page.keyboard.press("9")
    expect(bands.first).to_be_checked(checked=bands.count() < 9)


def test_a_number_typed_in_a_box_is_a_number(house: House, window: Window, of: Given) -> None:
    page = opened(house, window, of, "/sections/judgement")
    box = page.locator("textarea").first
    box.press_sequentially("3 visits in 2 weeks")
    expect(box).to_have_value("3 visits in 2 weeks")
    expect(page.locator("[data-question] :checked")).to_have_count(0)


def test_the_next_unanswered_question_is_a_key_away_and_has_the_focus(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "/sections/about")
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/sections/about#question-parts_played")
    expect(page.locator("[name=parts_played]").first).to_be_focused()
    page.keyboard.press("Space")
    saved(page)
    page.keyboard.press("Alt+n")
    expect(page.locator("[name=form_seen]").first).to_be_focused()
    assert window.complaints == []


def test_the_next_unanswered_question_comes_after_the_one_that_is_written_in_and_goes_round(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "/sections/judgement")
    fields = page.locator("[data-question]:not([data-closed])")
    ids = fields.evaluate_all("all => all.map((each) => each.dataset.question)")
    link = page.locator("[data-app-next]")
    wanted = (link.get_attribute("data-wanted") or "").split()
    assert len(wanted) > 2
    third = page.locator(f"[data-question={wanted[1]}]").locator("textarea, input[type=radio]")
    third.first.focus()
    page.keyboard.press("Alt+n")
    page.wait_for_url(f"**/sections/judgement#question-{wanted[2]}")
    page.locator(f"[data-question={wanted[-1]}]").locator("textarea, input").last.focus()
    page.keyboard.press("Alt+n")  # nothing is left after it here: round to the first section
    page.wait_for_url("**/sections/about#question-parts_played")
    assert set(wanted) <= set(ids)
    assert window.complaints == []


def test_a_box_grows_with_what_is_typed_in_it(house: House, window: Window, of: Given) -> None:
    page = opened(house, window, of, "/sections/judgement")
    box = page.locator("textarea").first
    before = box.evaluate("each => each.offsetHeight")
    box.fill("A line\n" * 12)
    grown = box.evaluate("each => [each.offsetHeight, each.scrollHeight - each.clientHeight]")
    assert grown[0] > before + 100
    assert grown[1] <= 1


def test_a_box_grows_by_script_where_the_style_sheet_cannot(
    house: House, window: Window, of: Given
) -> None:
    window.page.add_init_script(
        "const can = CSS.supports.bind(CSS);"
        "CSS.supports = (name, ...more) => name !== 'field-sizing' && can(name, ...more);"
        "addEventListener('DOMContentLoaded', () => document.querySelectorAll('textarea')"
        ".forEach((each) => { each.style.fieldSizing = 'fixed'; }));"
    )
    page = opened(house, window, of, "/sections/judgement")
    box = page.locator("textarea").first
    box.fill("A line\n" * 12)
    assert box.evaluate("each => each.scrollHeight - each.clientHeight") <= 1
    assert window.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_questions_that_open_and_close_above_do_not_move_what_is_being_typed(
    house: House, window: Window, of: Given, width: int
) -> None:
    window.page.set_viewport_size({"width": width, "height": 700})
    page = opened(house, window, of, "/sections/about")
    last = page.locator("[data-question]:not([data-closed]) input").last
    for part in ("referrer", "referrer"):  # opened, then closed again
        # Ticked from afar, as when a slow save comes back once somebody is typing further down.
        last.focus()
        before = last.evaluate("each => each.getBoundingClientRect().top")
        height = page.evaluate("() => document.documentElement.scrollHeight")
        page.locator(f"[name=parts_played][value={part}]").evaluate(
            "each => { each.checked = !each.checked;"
            " each.dispatchEvent(new Event('input', {bubbles: true}));"
            " each.dispatchEvent(new Event('change', {bubbles: true})); }"
        )
        page.wait_for_function(
            "height => document.documentElement.scrollHeight !== height", arg=height
        )
        after = last.evaluate("each => each.getBoundingClientRect().top")
        assert abs(after - before) < 2
        saved(page)


def test_a_question_that_closes_stays_until_whoever_types_in_it_has_left(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "/sections/about")
    page.check("[name=parts_played][value=referrer]")
    follow_up = page.locator("#question-form_seen")
    expect(follow_up).to_be_visible()
    page.locator("[name=form_seen]").first.focus()
    page.locator("[name=parts_played][value=referrer]").evaluate(
        "each => { each.checked = false; each.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    saved(page)
    expect(follow_up).to_be_visible()
    expect(page.locator("[name=form_seen]").first).to_be_focused()
    page.locator("[name=age_band]").first.focus()
    expect(follow_up).to_be_hidden()


def test_an_absence_turns_the_box_beside_it_into_one_for_its_note(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "/sections/about")
    question = page.locator("#question-support_then")
    note = question.get_by_label("Why there is no answer (optional)")
    expect(note).to_be_hidden()
    question.locator("[value='~not_known']").check(force=True)
    expect(note).to_be_visible()
    note.fill("Its file is with another office.")
    saved(page)
    expect(question.locator("[value='~not_known']")).to_be_checked()
    assert window.faults_at_every_width() == []
    assert stored(house.database, of)["support_then"].reason == "Its file is with another office."
    question.locator("[value=none]").check(force=True)
    expect(note).to_be_hidden()
    saved(page)
    assert stored(house.database, of)["support_then"].reason == ""


def test_the_list_of_sections_says_what_is_left_and_about_how_long_it_takes(
    house: House, window: Window, of: Given
) -> None:
    page = opened(house, window, of, "")
    told = page.locator(".govuk-task-list").inner_text()
    assert re.search(r"\d+ questions left, about \d+ minutes", told)
    expect(page.get_by_text("This is reckoned, not measured")).to_be_visible()
    assert window.faults_at_every_width() == []
