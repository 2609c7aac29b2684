"""Sixty questions of every kind answered with the keyboard alone, on a telephone's screen."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from app.tools import State, Tool
from tests.browser.focus import WATCH, faults_of_focus
from tests.browser.house import House
from tests.browser.window import Window
from tests.responses.answering import given, stored
from tests.responses.test_skeleton import every_kind

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser-interruptions"),
]

SECTIONS = 6

# What has the focus, as far as somebody at the keyboard has to know; and whether it is done.
HERE = """() => {
  const e = document.activeElement, question = e.closest("[data-question]");
  const done = question && [...question.querySelectorAll("input, textarea")].some((each) =>
    each.name !== "asked" && !each.name.endsWith(".reason")
    && (each.checked || (/^text/.test(each.type) && each.name === e.name && each.value)));
  return {kind: e.type || e.tagName, name: e.name || "", words: e.textContent.trim(), done};
}"""


def sixty() -> Tool:
    """Six sections of every kind of question; in each, one that another answer opens."""
    made = every_kind().model_dump(mode="json", exclude_unset=True)
    question_set = made["question_sets"][0]
    (whole,) = question_set["sections"]
    question_set["sections"] = [
        {
            "id": f"section-{at}",
            "title": f"Section {at}",
            "questions": [_one_of(each, at) for each in whole["questions"]],
        }
        for at in range(1, SECTIONS + 1)
    ]
    return Tool.model_validate({**made, "tool": "sixty-questions"})


def _one_of(question: dict[str, Any], at: int) -> dict[str, Any]:
    opened = {"when": {"question": f"q_yes_no_{at}", "is_one_of": ["yes"]}}
    made = {**question, "id": f"{question['id']}_{at}"}
    return {**made, **opened} if question["kind"] == "count" else made


def test_sixty_questions_are_answered_by_keyboard_alone_on_a_telephone(
    house: House, context: BrowserContext
) -> None:
    of = given(house.database, house.world, tool=sixty())
    house.sign_in(context, of.auditor)
    window = Window(context.new_page())
    page, keys = window.page, window.page.keyboard
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(f"({WATCH})()")
    page.goto(f"{house.server.address}{of.at}/sections/section-1")
    for at in range(1, SECTIONS + 1):
        assert window.faults_at_every_width() == []
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate(
            "() => { document.activeElement?.blur(); scrollTo(0, 0); tabStops.length = 0; }"
        )
        for _ in range(200):
            keys.press("Tab")
            here = page.evaluate(HERE)
            if here["words"] == "Save and continue":
                break
            if here["done"]:
                continue
            if here["kind"] == "radio" and not here["name"].endswith(".absence"):
                keys.press("1")
            elif here["kind"] == "checkbox":
                keys.press("Space")
            elif here["kind"] in {"text", "textarea"} and not here["name"].endswith(".reason"):
                keys.type("2026" if here["name"].endswith(".year") else "3")
        assert faults_of_focus(page) == []
        onwards = f"section-{at + 1}" if at < SECTIONS else "check"
        with page.expect_navigation(url=f"**/{onwards}"):
            keys.press("Enter")
    expect(page.get_by_role("button", name="Declare complete").first).to_be_visible()
    answers = stored(house.database, of)
    assert len(answers) == 60
    assert {answer.state for answer in answers.values()} == {State.ANSWERED}
    assert urlsplit(page.url).path == f"{of.at}/check"
    assert window.complaints == []
