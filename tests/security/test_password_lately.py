"""What is final or reaches far wants the password typed lately, whoever holds the session."""

from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import text

from app.web.guard import lately
from tests.security.addresses import DOORS, MINE, PERSON, ROUND
from tests.security.crawl import everything
from tests.security.premises import Premises
from tests.security.test_files_by_canary import CODEBOOK, FILES
from tests.security.test_forged_requests import who_may

IMPORT = "POST /{partnership}/people/import"
FAR = {
    *(set(FILES) - {CODEBOOK}),
    f"POST {MINE}/sending",
    f"POST {ROUND}/purge",
    f"POST {PERSON}/details",
    f"POST {PERSON}/link",
    f"POST {PERSON}/memberships",
    f"POST {PERSON}/memberships/{{membership}}",
    f"POST {PERSON}/departure",
    "POST /{partnership}/calendar/link",
    "POST /{partnership}/people",
    IMPORT,
    f"{IMPORT}/preview",
}
"""Files that leave with what agencies said, sign-off, purges, links that stand for somebody, and
changes of people and roles."""


def asking_for_it(premises: Premises) -> set[str]:
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(premises.app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.original_route.methods
        if any(each.call is lately for each in everything(context.dependant))
    }


def test_all_that_reaches_far_asks_for_it(premises: Premises) -> None:
    assert {r for r in asking_for_it(premises) if r.startswith("POST")} == FAR


def test_without_it_nothing_happens(premises: Premises) -> None:
    """Half an hour to open a page, and as long again to send what was typed there."""
    long_ago = text("UPDATE sign_in SET confirmed_at = '2026-09-15 07:59:00+00:00'")
    premises.connection.execute(long_ago)
    before, open_to = premises.counts(), []
    for route in sorted(FAR):
        premises.stage(DOORS[route].stage)
        reply = premises.send(who_may(premises, route), route)
        if not reply.header("location").startswith("/account/confirm?next="):
            open_to.append(f"{route}: {reply.status}")
    assert open_to == []
    assert premises.counts() == before
