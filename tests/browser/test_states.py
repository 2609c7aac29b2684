"""Every state of a page in Chromium: refused, failed, empty, late, blind, read-only, over."""

import pytest
from playwright.sync_api import Browser, Route

from app.db.readiness import migrate
from app.web.assets import BUILT
from tests.browser.shapes import Shapes
from tests.browser.states import SENDING, Shown, all_states
from tests.browser.window import Window
from tests.security.addresses import FINDING, MEETING, MINE, PERSON, ROUND, SAMPLE
from tests.security.asking import HOST
from tests.security.premises import laid_out

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser-states")]

MUST_COME = {401, 403, 404, 409, 413, 422, 429, 500, 503}
NOTHING_TO_FILL_IN = {
    "POST /sign-out",
    f"POST {PERSON}/link",
    f"POST {PERSON}/memberships/{{membership}}",
    f"POST {PERSON}/departure",
    "POST /{partnership}/subgroups/{subgroup}/seats/{person}/end",
    f"POST {SAMPLE}/list/{{list}}/removal",
    f"POST {SAMPLE}/rows/{{row}}/inclusion",
    f"POST {MINE}/concern",
    f"POST {MINE}/declaration",
    f"POST {MINE}/files/{{attachment}}",
    f"POST {MINE}/files/{{attachment}}/removal",
    f"POST {MINE}/nil-return/withdrawal",
    f"POST {MINE}/sending",
    f"POST {MEETING}/end",
    f"POST {FINDING}/evidence/withdrawal",
    f"POST {FINDING}/agreement",
    f"POST {ROUND}/documents/{{document}}/file",
    "POST /{partnership}/calendar/link",
    "POST /{partnership}/calendar/link/end",
    f"POST {ROUND}/assignments/withdrawal",
    f"POST {ROUND}/hold/end",
    f"POST {ROUND}/subjects/{{subject}}/concern",
}
"""Forms of a single button, which cannot come back with an error."""
TRIAL = "POST /{partnership}/audit-tools/{tool}/{version}/{question_set}/trial"
"""It says on the same page what is missing, and `test_every_kind_of_subject` looks at it."""
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Every state; collected before Chromium begins an event loop of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('states')}/grounds.db"
    migrate(url)
    with laid_out(url) as premises:
        return all_states(premises)


def test_every_refusal_and_every_form_that_comes_back_is_among_them(states: list[Shown]) -> None:
    assert {each.reply.status for each in states} >= MUST_COME
    back = {each.route for each in states if each.reply.status == 422}
    assert set(SENDING) - back == NOTHING_TO_FILL_IN | {TRIAL}


def test_every_state_is_accessible_and_quiet_and_hides_nothing_that_has_the_focus(
    states: list[Shown], chromium: Browser
) -> None:
    shapes, faults = Shapes(), list[str]()
    context = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    window = Window(context.new_page())
    for each in states:
        if shapes.new(each.shape, each.reply.text):
            faults += [f"{each.told}: {fault}" for fault in faults_of(window, each)]
    context.close()
    assert not faults, "\n".join(faults)


def faults_of(window: Window, shown: Shown) -> list[str]:
    """Show one answer as it came, and say what is wrong with it."""

    def answer(route: Route) -> None:
        path = route.request.url.partition(HOST)[2].partition("?")[0]
        if path.startswith("/assets/"):
            kept = BUILT / path.removeprefix("/assets/")
            route.fulfill(body=kept.read_bytes(), content_type=KINDS[kept.suffix])
        else:
            reply = shown.reply
            headers = {name: value for name, value in reply.headers if name != "set-cookie"}
            route.fulfill(status=reply.status, headers=headers, body=reply.body)

    window.page.unroute_all()
    window.page.route("**/*", answer)
    window.page.goto(f"https://{HOST}/")
    found = [*window.faults_at_every_width(), *window.complaints]
    window.complaints.clear()
    return found
