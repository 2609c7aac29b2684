"""A button pressed twice does once what it does, whatever the first press was answered."""

import pytest

from tests.security.addresses import DOORS
from tests.security.crawl import DONE_ASIDE
from tests.security.premises import Premises
from tests.security.test_forged_requests import NO_SESSION, SENDING, who_may

TOLD_EACH_TIME = {"event", "event_head", "attempt"}
"""What is told as often as it happens, and tries at a password, which are all counted."""
LOOKED_AT = (
    "/preview",
    "/trial",
    "/list/{list}",
    "/exports/answers",
    "/exports/actions",
    "/file",
    "/files/{attachment}",
    "/link",
)
"""What changes nothing but is sent as a form, and links, of which the newest alone is good."""


@pytest.mark.parametrize(
    "route",
    [r for r in SENDING if r not in NO_SESSION and not r.endswith((*DONE_ASIDE, *LOOKED_AT))],
)
def test_the_second_press_adds_nothing(premises: Premises, route: str) -> None:
    premises.stage(DOORS[route].stage)
    who, form = who_may(premises, route), dict(DOORS[route].form(premises.facts))
    assert premises.send(who, route, **form).status in DOORS[route].opens  # type: ignore[arg-type]
    first = premises.counts()
    again = premises.send(who, route, **form)  # type: ignore[arg-type]

    assert again.status in {303, 401, 404, 409, 422}, again.status
    added = {name for name, many in premises.counts().items() if many != first[name]}
    assert added <= TOLD_EACH_TIME
    assert not added - {"attempt"} or again.status == 303
