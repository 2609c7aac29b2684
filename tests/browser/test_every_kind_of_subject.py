"""One question set about each kind of subject, and the longest of all, completed in Chromium."""

from functools import cache

import pytest
from playwright.sync_api import Page

from app.library.rules import asked_kinds
from app.tools import SubjectKind
from tests.browser.visits import Visits
from tests.tools.shipped import ABOUT_CASES, OTHERS, Fields, fields, newest
from tests.tools.walks import Walk, ways_through

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-pages")]

EVERY = (*ABOUT_CASES, *OTHERS)
LONGEST = "the longest"
FILL = """fields => {
  for (const [name, values] of Object.entries(fields)) {
    for (const box of document.querySelectorAll(`main form[method=post] [name="${name}"]`)) {
      if (box.type === "radio" || box.type === "checkbox") {
        if (values.includes(box.value) !== box.checked) box.click();
      } else {
        box.value = values[0];
        box.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }
  }
}"""


@cache
def chosen(subject: str) -> tuple[str, str]:
    """The first question set about a kind of subject; or the one with the most to answer."""
    if subject != LONGEST:
        return next(each for each in EVERY if newest(*each)[1].subject == subject)
    return max(EVERY, key=lambda each: len(longest_walk(*each).filled.asked))


@cache
def longest_walk(slug: str, name: str) -> Walk:
    """What the kind of agency that is asked most answers where most is asked."""
    question_set = newest(slug, name)[1]
    kind = max(asked_kinds(question_set), key=lambda each: len(question_set.asked_of[each]))
    walks = ways_through(question_set, kind).walks
    return max(walks, key=lambda walk: len(walk.filled.asked))


@pytest.mark.parametrize("subject", [*SubjectKind, LONGEST])
def test_it_is_completed(visits: Visits, subject: str) -> None:
    tool, question_set = newest(*chosen(subject))
    kind = max(asked_kinds(question_set), key=lambda each: len(question_set.asked_of[each]))
    walk = longest_walk(*chosen(subject))
    visits.open(
        "care.auditor1",
        f"/audit-tools/{tool.slug}/{tool.version}/{question_set.id}/trial?kind={kind}",
    )
    page = visits.page
    fill_in(page, walk)
    with page.expect_navigation():
        page.get_by_role("button", name="Check").last.click()
    assert page.get_by_text("Complete: it could be declared and sent.").is_visible()
    done, asked = walk.filled.progress
    assert f"{done} of {asked} answered" in page.inner_text("main")
    assert f"{len(walk.filled.asked)} questions asked" in page.inner_text("main")
    visits.window.check()


def fill_in(page: Page, walk: Walk) -> None:
    """Choose and type every answer of a way, in order, as the page's own fields."""
    given: Fields = {}
    for each in walk.filled.asked:
        given |= fields(each.question, each.answer)
    values = {n: v if isinstance(v, list) else [v] for n, v in given.items()}
    page.evaluate(FILL, values)
