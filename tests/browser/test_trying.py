"""Trying a question set in a browser: questions open and close at once, and the count follows."""

import pytest

from tests.browser.visits import Visits

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-pages")]

TRIAL = "/audit-tools/rereferral/1/referral-pair/trial?kind=police"


def test_questions_open_and_close_at_once_and_nothing_is_asked_of_a_button(visits: Visits) -> None:
    visits.open("care.auditor1", TRIAL)
    page = visits.page
    steering = page.locator("[data-question][data-closed]").first
    assert not steering.is_visible()
    before = page.locator(".app-progress__count").inner_text()
    first = page.locator("[data-question] input[type=radio]").first
    first.check()
    page.wait_for_function(
        "before => document.querySelector('.app-progress__count').textContent !== before",
        arg=before,
    )
    assert page.get_by_text("would hold the response back").is_visible()
    assert first.is_checked()
    assert visits.window.complaints == []


def test_the_button_does_the_same_with_a_new_page(visits: Visits) -> None:
    visits.open("care.auditor1", TRIAL)
    page = visits.page
    page.locator("[data-question] input[type=radio]").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Check").last.click()
    assert page.get_by_text("would hold the response back").is_visible()
    assert visits.window.complaints == []
