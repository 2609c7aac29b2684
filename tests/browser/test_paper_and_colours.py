"""The main pages on paper, and in the colours that a reader has forced on them."""

import io
import re

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.colours import faults_in_forced_colours
from tests.browser.demonstration import Demonstration
from tests.browser.paper import faults_on_paper
from tests.browser.visits import Visits
from tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-pages")]

FIRST, SECOND = "/rounds/{first}", "/rounds/{second}"
SUBJECT = f"{FIRST}/subjects/{{compared}}"

MAIN = (
    # Who opens it; where; what it is there for, which must be on it.
    ("coordinator", "/my-work", "#late tbody tr"),
    ("care.auditor1", "/my-work", "main li"),
    ("coordinator", FIRST, ".app-stages tbody tr"),
    ("coordinator", f"{SECOND}/returns", "main tbody tr"),
    ("police.panel", f"{SUBJECT}/comparison", ".app-comparison__row--differs"),
    ("police.panel", f"{SUBJECT}/comparison/support_then", ".app-meeting__voices dd"),
    ("lead", f"{SUBJECT}/comparison/support_then", ".app-meeting__agreed :checked"),
    ("lead", f"{SUBJECT}/judgement", ".app-meeting__agreed :checked"),
    ("scrutineer", f"{SUBJECT}/judgement", ".app-meeting__voices .govuk-tag"),
    ("lead", f"{FIRST}/judgements", "main tbody tr"),
    ("lead", f"{FIRST}/agreement", "main tbody tr"),
    ("lead", f"{FIRST}/meetings/{{meeting}}", "main tbody tr"),
    ("lead", f"{FIRST}/results", ".app-results .app-chart__bar"),
    ("lead", f"{FIRST}/results?show=agencies", ".app-heat"),
    ("lead", f"{FIRST}/results?show=themes", "main tbody tr"),
    ("lead", f"{FIRST}/findings", ".govuk-tag"),
    ("lead", f"{FIRST}/findings/{{agreed}}", ".app-typed"),
    ("coordinator", "/actions?show=all", "#actions .govuk-tag"),
    ("coordinator", "/actions?show=all&view=board", ".app-board__card"),
    ("coordinator", "/actions/{action}", ".moj-timeline__item"),
    ("coordinator", f"{FIRST}/packs/{{subgroup}}", "main h2"),
    ("lead", f"{FIRST}/report", "main tbody tr"),
    ("care.auditor1", "/assignments/{to_answer}", ".govuk-task-list"),
    ("care.auditor1", "/assignments/{to_answer}/sections/about", ".app-question"),
    ("care.auditor1", "/assignments/{answered}/check", ".app-answer"),
    ("care.auditor1", "/audit-tools/mash/1", "main h2"),
    ("care.auditor1", "/audit-tools/mash/1/referral-form/booklet?kind=police", ".app-ticks"),
    ("coordinator", f"{FIRST}/reference-sheet", "main tbody tr"),
    ("coordinator", f"{FIRST}/trail", "main tbody tr"),
)


@pytest.fixture(scope="module")
def faults(demo: Demonstration, chromium: Browser) -> dict[str, list[str]]:
    """Open each of them once, on a desk's screen, and say what is wrong with it in either way."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    visits = Visits(demo, Window(context.new_page()))
    found = dict[str, list[str]](paper=[], colours=[])
    for who, address, holds in MAIN:
        visits.open(who, address)
        there = visits.page.locator(holds).count()
        missing = [] if there else [f"has no {holds}"]
        told = f"{address} as {who}: "
        found["colours"] += [told + each for each in faults_in_forced_colours(visits.page)]
        found["paper"] += [told + each for each in missing + faults_on_paper(visits.page)]
    context.close()
    return found


def test_on_paper_everything_can_be_read_whole_and_there_is_nothing_to_press(
    faults: dict[str, list[str]],
) -> None:
    assert not faults["paper"], "\n".join(faults["paper"])


def test_in_forced_colours_nothing_is_told_by_colour_alone_and_the_focus_is_seen(
    faults: dict[str, list[str]],
) -> None:
    assert not faults["colours"], "\n".join(faults["colours"])


@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("coordinator", FIRST, ["What each stage allows", "Moderation (now)"]),
        ("lead", f"{FIRST}/results?show=agencies", ["Grades by agency", "Outstanding"]),
    ],
)
def test_every_sheet_says_how_it_is_classified_and_which_it_is(
    visits: Visits, who: str, address: str, said: list[str]
) -> None:
    visits.open(who, address)
    sheets = PdfReader(io.BytesIO(visits.page.pdf(prefer_css_page_size=True))).pages
    told = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in sheets]
    for number, words in enumerate(told, 1):
        assert f"OFFICIAL-SENSITIVE, page {number} of {len(told)}" in words
    assert [each for each in said if each not in " ".join(told)] == []
