"""Every page that the product has, opened in a browser over the demo as somebody who may."""

from collections.abc import Mapping

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from app.config import Environment, Settings
from app.db import Database
from app.main import create_app
from tests.browser.focus import walk_with_tab
from tests.browser.visits import Visits

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-pages")]

NOT_PAGES = {
    "/healthz",
    "/readyz",
    "/calendar/{code}.ics",
    "/{partnership}/assignments/{assignment}/token",
    "/account/person",
    "/{partnership}/rounds/{round}/exports/codebook",
}
NOBODY = ""
P = "/{partnership}"
ROUND = f"{P}/rounds/{{round}}"
SAMPLE = f"{ROUND}/strands/{{strand}}/sample"
FINDING = f"{ROUND}/findings/{{finding}}"
ASSIGNMENT = f"{P}/assignments/{{assignment}}"
TOOL = f"{P}/audit-tools/{{tool}}/{{version}}"

PLANNED = "/rounds/{planned}"
FIRST, SECOND, THIRD = "/rounds/{first}", "/rounds/{second}", "/rounds/{third}"
SAMPLED = f"{FIRST}/strands/{{first_strand}}/sample"
SAMPLING = f"{THIRD}/strands/{{third_strand}}/sample"
FORM = "/audit-tools/mash/1/referral-form"

PAGES: Mapping[str, tuple[str, str]] = {
    # The route; who opens it; where, below the demo's partnership (or from the root: first four).
    "/": ("scrutineer", "/"),
    "/sign-in": (NOBODY, "/sign-in"),
    "/help": (NOBODY, "/help"),
    "/privacy": (NOBODY, "/privacy"),
    "/accessibility": (NOBODY, "/accessibility"),
    "/links/{code}": (NOBODY, "/links/{code}"),
    "/account/confirm": ("coordinator", "/account/confirm?next=/thornmere/people/new"),
    "/account/password": ("coordinator", "/account/password"),
    f"{P}/my-work": ("care.auditor1", "/my-work"),
    f"{P}/help": ("police.lead", "/help#own"),
    f"{P}/help/{{role}}": ("care.auditor1", "/help/coordinator"),
    f"{P}/search": ("coordinator", "/search?q=audit"),
    f"{P}/people": ("coordinator", "/people"),
    f"{P}/people/new": ("coordinator", "/people/new"),
    f"{P}/people/import": ("coordinator", "/people/import"),
    f"{P}/people/{{person}}": ("coordinator", "/people/{person}"),
    f"{P}/people/{{person}}/memberships/new": ("coordinator", "/people/{person}/memberships/new"),
    f"{P}/people/{{person}}/memberships/{{membership}}": (
        "coordinator",
        "/people/{person}/memberships/{membership}",
    ),
    f"{P}/people/{{person}}/details": ("coordinator", "/people/{person}/details"),
    f"{P}/people/{{person}}/departure": ("coordinator", "/people/{person}/departure"),
    f"{P}/agencies": ("coordinator", "/agencies"),
    f"{P}/agencies/new": ("coordinator", "/agencies/new"),
    f"{P}/agencies/{{agency}}": ("coordinator", "/agencies/{agency}"),
    f"{P}/subgroups": ("coordinator", "/subgroups"),
    f"{P}/subgroups/new": ("coordinator", "/subgroups/new"),
    f"{P}/subgroups/{{subgroup}}": ("coordinator", "/subgroups/{subgroup}"),
    f"{P}/audit-tools": ("care.auditor1", "/audit-tools"),
    TOOL: ("care.auditor1", "/audit-tools/mash/1"),
    f"{TOOL}/{{question_set}}/preview": ("care.auditor1", f"{FORM}/preview?kind=police"),
    f"{TOOL}/{{question_set}}/booklet": ("care.auditor1", f"{FORM}/booklet?kind=police"),
    f"{TOOL}/differences": ("care.auditor1", "/audit-tools/mash/2/differences"),
    f"{TOOL}/{{question_set}}/trial": ("care.auditor1", f"{FORM}/trial?kind=police"),
    f"{P}/themes/{{theme}}": ("coordinator", "/themes/VC"),
    f"{P}/bank/{{block}}/{{bank_question}}": ("coordinator", "/bank/cross-cutting/vc_seen"),
    f"{P}/rounds": ("coordinator", "/rounds"),
    f"{P}/rounds/new": ("coordinator", "/rounds/new?tool=mash.1"),
    ROUND: ("coordinator", FIRST),
    f"{ROUND}/plan": ("coordinator", f"{THIRD}/plan"),
    f"{ROUND}/dates": ("coordinator", f"{THIRD}/dates"),
    f"{ROUND}/agencies": ("coordinator", f"{THIRD}/agencies"),
    f"{ROUND}/people": ("coordinator", f"{THIRD}/people"),
    f"{ROUND}/subgroups": ("coordinator", f"{THIRD}/subgroups"),
    f"{ROUND}/planning": ("coordinator", f"{THIRD}/planning"),
    f"{ROUND}/copy": ("coordinator", f"{FIRST}/copy"),
    f"{ROUND}/tool-version": ("coordinator", f"{PLANNED}/tool-version"),
    f"{ROUND}/newer-version": ("coordinator", f"{THIRD}/newer-version"),
    f"{ROUND}/strands": ("coordinator", f"{PLANNED}/strands"),
    f"{ROUND}/contacts": ("coordinator", f"{THIRD}/contacts"),
    f"{ROUND}/judgement-rule": ("coordinator", f"{THIRD}/judgement-rule"),
    f"{ROUND}/priorities": ("coordinator", f"{THIRD}/priorities"),
    f"{ROUND}/retention": ("coordinator", f"{THIRD}/retention"),
    f"{ROUND}/data-protection": ("coordinator", f"{THIRD}/data-protection"),
    f"{ROUND}/stage": ("coordinator", f"{FIRST}/stage"),
    SAMPLE: ("coordinator", SAMPLED),
    f"{SAMPLE}/check": ("scrutineer", f"{SAMPLED}/check"),
    f"{SAMPLE}/list": ("coordinator", f"{SAMPLING}/list"),
    f"{SAMPLE}/list/{{list}}": ("coordinator", f"{SAMPLING}/list/{{list}}"),
    f"{SAMPLE}/list/{{list}}/removal": ("coordinator", f"{SAMPLING}/list/{{list}}/removal"),
    f"{SAMPLE}/rows": ("coordinator", f"{SAMPLING}/rows"),
    f"{SAMPLE}/rows/{{row}}/exclusion": ("coordinator", f"{SAMPLING}/rows/{{row}}/exclusion"),
    f"{SAMPLE}/draw": ("coordinator", f"{SAMPLING}/draw"),
    f"{SAMPLE}/subjects/new": ("coordinator", f"{SAMPLING}/subjects/new"),
    f"{SAMPLE}/subjects/{{subject}}/replacement": (
        "coordinator",
        f"{SECOND}/strands/{{second_strand}}/sample/subjects/{{subject}}/replacement",
    ),
    f"{ROUND}/assignments": ("coordinator", f"{FIRST}/assignments"),
    f"{ROUND}/returns": ("coordinator", f"{SECOND}/returns"),
    f"{ROUND}/second-auditors": ("coordinator", f"{SECOND}/second-auditors"),
    f"{P}/assignments": ("care.lead", "/assignments"),
    f"{ASSIGNMENT}/local-record": ("care.auditor1", "/assignments/{to_answer}/local-record"),
    f"{ROUND}/reference-sheet": ("coordinator", f"{FIRST}/reference-sheet"),
    ASSIGNMENT: ("care.auditor1", "/assignments/{to_answer}"),
    f"{ASSIGNMENT}/sections/{{section}}": (
        "care.auditor1",
        "/assignments/{to_answer}/sections/about",
    ),
    f"{ASSIGNMENT}/check": ("care.auditor1", "/assignments/{answered}/check"),
    f"{ASSIGNMENT}/files": ("care.auditor1", "/assignments/{to_answer}/files"),
    f"{ASSIGNMENT}/files/{{attachment}}/removal": (
        "care.auditor1",
        "/assignments/{to_answer}/files/{attachment}/removal",
    ),
    f"{ASSIGNMENT}/declaration": ("care.auditor1", "/assignments/{to_answer}/declaration"),
    f"{ASSIGNMENT}/sending": ("police.lead", "/assignments/{to_sign_off}/sending"),
    f"{ASSIGNMENT}/nil-return": ("care.auditor1", "/assignments/{to_answer}/nil-return"),
    f"{ASSIGNMENT}/conflict-of-interest": (
        "care.auditor1",
        "/assignments/{to_answer}/conflict-of-interest",
    ),
    f"{ASSIGNMENT}/sharing": ("care.lead", "/assignments/{to_answer}/sharing"),
    f"{ASSIGNMENT}/queries": ("lead", "/assignments/{answered}/queries"),
    f"{ASSIGNMENT}/versions": ("lead", "/assignments/{answered}/versions"),
    f"{ASSIGNMENT}/hand-back": ("police.lead", "/assignments/{to_sign_off}/hand-back"),
    f"{ROUND}/comparisons": ("lead", f"{FIRST}/comparisons"),
    f"{P}/danger-advice": ("coordinator", "/danger-advice"),
    f"{ROUND}/concerns": ("coordinator", f"{SECOND}/concerns"),
    f"{ROUND}/subjects/{{subject}}/concern": ("lead", f"{FIRST}/subjects/{{compared}}/concern"),
    f"{ASSIGNMENT}/concern": ("care.auditor1", "/assignments/{to_answer}/concern"),
    f"{ROUND}/agreement": ("lead", f"{FIRST}/agreement"),
    f"{ROUND}/subjects/{{subject}}/comparison": (
        "police.panel",
        f"{FIRST}/subjects/{{compared}}/comparison",
    ),
    f"{ROUND}/subjects/{{subject}}/comparison/{{question}}": (
        "lead",
        f"{FIRST}/subjects/{{compared}}/comparison/support_then",
    ),
    f"{ROUND}/subjects/{{subject}}/alike": ("lead", f"{FIRST}/subjects/{{next_compared}}/alike"),
    f"{ROUND}/subjects/{{subject}}/judgement": (
        "lead",
        f"{FIRST}/subjects/{{compared}}/judgement",
    ),
    f"{ROUND}/judgements": ("lead", f"{FIRST}/judgements"),
    f"{ROUND}/meetings": ("lead", f"{FIRST}/meetings"),
    f"{ROUND}/panels": ("lead", f"{FIRST}/panels"),
    f"{ROUND}/meetings/{{meeting}}": ("lead", f"{FIRST}/meetings/{{meeting}}"),
    f"{ROUND}/meetings/{{meeting}}/end": (
        "lead",
        "/rounds/{in_session}/meetings/{open_meeting}/end",
    ),
    f"{ROUND}/findings": ("lead", f"{FIRST}/findings"),
    f"{ROUND}/findings/new": (
        "lead",
        f"{FIRST}/findings/new?subject={{compared}}&question=support_then",
    ),
    FINDING: ("lead", f"{FIRST}/findings/{{agreed}}"),
    f"{FINDING}/wording": ("lead", f"{FIRST}/findings/{{draft}}/wording"),
    f"{FINDING}/agreement": ("lead", f"{FIRST}/findings/{{draft}}/agreement"),
    f"{P}/actions": ("coordinator", "/actions"),
    f"{FINDING}/actions/new": ("lead", f"{FIRST}/findings/{{agreed}}/actions/new"),
    f"{P}/actions/{{action}}": ("coordinator", "/actions/{action}"),
    f"{P}/actions/{{action}}/dates": ("lead", "/actions/{action}/dates"),
    f"{P}/actions/{{action}}/owner": ("lead", "/actions/{action}/owner"),
    f"{P}/exports/actions": ("coordinator", "/exports/actions?show=all"),
    f"{P}/calendar": ("owner", "/calendar"),
    f"{P}/packs": ("coordinator", "/packs"),
    f"{ROUND}/packs/{{subgroup}}": ("coordinator", f"{FIRST}/packs/{{subgroup}}"),
    f"{ROUND}/letters": ("lead", f"{FIRST}/letters"),
    f"{ROUND}/letters/{{agency}}": ("lead", f"{FIRST}/letters/{{agency}}"),
    f"{ROUND}/documents/{{document}}": ("lead", f"{FIRST}/documents/{{making}}"),
    f"{ROUND}/briefing": ("lead", f"{FIRST}/briefing"),
    f"{ROUND}/report": ("lead", f"{FIRST}/report"),
    f"{ROUND}/papers/{{paper}}/wording": ("lead", f"{FIRST}/papers/briefing/wording"),
    f"{ROUND}/papers/{{paper}}/draft-again": ("lead", f"{FIRST}/papers/report/draft-again"),
    f"{ROUND}/exports": ("lead", f"{FIRST}/exports"),
    f"{ROUND}/results": ("lead", f"{FIRST}/results"),
    f"{ROUND}/results/{{question}}": ("lead", f"{FIRST}/results/form_child_voice"),
    f"{P}/trail": ("coordinator", "/trail"),
    f"{P}/retention": ("coordinator", "/retention"),
    f"{ROUND}/purge": ("coordinator", "/rounds/{closed}/purge"),
    f"{ROUND}/hold": ("coordinator", f"{SECOND}/hold"),
    f"{ROUND}/trail": ("coordinator", f"{FIRST}/trail"),
}

STATES = (
    # Pages that came out otherwise than usual: who, where, and what is answered.
    ("coordinator", "/rounds/new", 200),
    ("coordinator", "/rounds/new?tool=none", 422),
    ("coordinator", FIRST.replace("{first}", "NOTTHERE22"), 404),
    ("care.auditor1", "/people", 403),
    ("coordinator", f"{FIRST}/plan", 409),
    ("administrator", "/my-work", 200),
    ("care.auditor1", "/search?q=NOTTHERE22", 200),
    ("coordinator", f"{FIRST}/trail?since=soon", 422),
    ("coordinator", f"{FIRST}/trail?until=2020-01-01", 200),
    ("lead", f"{FIRST}/results?show=agencies", 200),
    ("lead", f"{SECOND}/results", 200),
    ("coordinator", "/actions?show=all&view=board", 200),
    ("owner", "/exports/actions", 200),
    ("administrator", "/calendar", 403),
    ("scrutineer", f"{FIRST}/subjects/{{compared}}/judgement", 200),
    (
        "lead",
        f"{FIRST}/subjects/{{compared}}/comparison?only=differences&names=shown&reasons=open",
        200,
    ),
    ("lead", f"{FIRST}/subjects/{{compared}}/comparison?only=left&section=nowhere", 200),
    ("coordinator", f"{SECOND}/comparisons?show=waiting&sort=left", 200),
    ("police.panel", f"{FIRST}/meetings/{{meeting}}", 200),
    ("subgroup1", "/packs", 200),
    ("police.lead", "/packs", 200),
    ("lead", f"{FIRST}/documents/{{waiting}}", 200),
    ("lead", f"{FIRST}/documents/{{ready}}", 200),
    ("lead", f"{FIRST}/documents/{{failed}}", 200),
    ("police.lead", "/my-work", 200),
    ("police.lead", "/assignments/{to_sign_off}/check", 200),
    ("care.auditor1", "/assignments/{answered}", 200),
)


def pages_of_the_product() -> set[str]:
    """Return the path of every route that answers to being looked at with a page."""
    settings = Settings(environment=Environment.DEVELOPMENT, _env_file=None)
    app = create_app(settings, Database("sqlite://"))
    looked_at = {
        context.path
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute) and "GET" in context.original_route.methods
    }
    return looked_at - NOT_PAGES


def test_every_page_is_in_the_table() -> None:
    assert pages_of_the_product() == set(PAGES)


def test_every_page_is_accessible_and_quiet_and_hides_nothing_that_has_the_focus(
    visits: Visits,
) -> None:
    faults: list[str] = []
    for who, address in PAGES.values():
        faults += faults_of(visits, who, address)
    assert faults == []


def test_every_refusal_and_other_state_is_accessible_too(visits: Visits) -> None:
    faults: list[str] = []
    for who, address, status in STATES:
        faults += faults_of(visits, who, address, status)
    assert faults == []


def faults_of(visits: Visits, who: str, address: str, status: int = 200) -> list[str]:
    """Open a page, go through it with the Tab key, and say what is wrong with it at any width."""
    window = visits.window
    try:
        visits.open(who, address, status)
    except AssertionError as error:
        return [str(error)]
    found = [*walk_with_tab(window.page), *window.faults_at_every_width(), *window.complaints]
    window.complaints.clear()
    return [f"{address} as {who or 'nobody'}: {each}" for each in found]


def test_the_link_to_a_calendar_is_made_by_keyboard_shown_once_and_ended(visits: Visits) -> None:
    visits.open("owner", "/calendar")
    page = visits.page
    for name in ("Make a link", "Make a new link"):
        page.get_by_role("button", name=name).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        visits.window.check()
        assert page.get_by_label("Link for your calendar").input_value().endswith(".ics")
        page.get_by_role("link", name="I have copied it").click()
    visits.window.check()
    with page.expect_navigation():
        page.get_by_role("button", name="End the link").click()
    assert page.get_by_text("You have no link.").is_visible()


def test_after_the_back_button_a_form_still_works(visits: Visits) -> None:
    visits.open("care.auditor1", "/assignments/{to_answer}/sections/about")
    page = visits.page
    page.check("[name=age_band][value=unborn]")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").last.click()
    assert not page.url.endswith("/about")
    page.go_back()
    page.check("[name=age_band][value=under_1]")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").last.click()
    assert not page.url.endswith("/answers"), page.locator("h1").inner_text()
    visits.open("care.auditor1", "/assignments/{to_answer}/sections/about")
    assert page.locator("[name=age_band]:checked").input_value() == "under_1"
    assert visits.window.complaints == []
