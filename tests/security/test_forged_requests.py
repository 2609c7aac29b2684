"""Forged, stale and foreign: every form, sent in every way that our pages would not send it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from app.identity.sign_ins import digest_of
from app.web.guard import COOKIE, token_for
from tests.security.addresses import DOORS
from tests.security.asking import FORM, FROM_HERE, Reply, encoded
from tests.security.crawl import actions_of
from tests.security.doors import address
from tests.security.premises import SECRET, Premises
from tests.security.reach import expected

NO_SESSION = {"POST /sign-in", "POST /links/{code}"}
"""Before there is a session there is nothing to bind a token to."""
SENDING = [route for route in DOORS if route.startswith("POST")]
GONE = "a cookie that was good until its session ended"


@dataclass(frozen=True)
class Forgery:
    """How a request differs from one that a page of ours sends."""

    refused: frozenset[int]
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """Headers instead of the usual ones; None leaves one out."""
    token: Callable[[Premises, str], str] | None = None
    body: Callable[[bytes], bytes] | None = None
    method: str = "POST"
    needs_session: bool = False


def _of_somebody_else(premises: Premises, who: str) -> str:
    return premises.token("nurse" if who != "nurse" else "officer")


SITE = "sec-fetch-site"
REFUSED, GARBLED = frozenset({403}), frozenset({403, 404, 422})
FORGERIES: Mapping[str, Forgery] = {
    "from nowhere": Forgery(REFUSED, {SITE: None}),
    "cross-site": Forgery(REFUSED, {SITE: "cross-site"}),
    "from a neighbour": Forgery(REFUSED, {SITE: "same-site"}),
    "typed in": Forgery(REFUSED, {SITE: "none"}),
    "another origin": Forgery(
        REFUSED, {SITE: None, "origin": "https://casefile.test.evil.example"}
    ),
    "no origin at all": Forgery(REFUSED, {SITE: None, "origin": "null"}),
    "an origin, and cross-site": Forgery(
        REFUSED, {SITE: "cross-site", "origin": "http://casefile.test"}
    ),
    "no token": Forgery(REFUSED, token=lambda *_: "", needs_session=True),
    "a wrong token": Forgery(REFUSED, token=lambda *_: "f" * 64, needs_session=True),
    "another's token": Forgery(REFUSED, token=_of_somebody_else, needs_session=True),
    "an ended session's token": Forgery(
        REFUSED, token=lambda *_: token_for(SECRET, digest_of(GONE)), needs_session=True
    ),
    "an ended session": Forgery(
        frozenset({401}),
        {"cookie": f"{COOKIE}={GONE}"},
        token=lambda *_: token_for(SECRET, digest_of(GONE)),
        needs_session=True,
    ),
    "JSON": Forgery(
        GARBLED, {"content-type": "application/json"}, body=lambda _: b'{"token": "x"}'
    ),
    "plain text": Forgery(GARBLED, {"content-type": "text/plain"}, body=lambda b: b"x" + b),
    "too many fields": Forgery(frozenset({422}), body=lambda b: b + b"&x=1" * 1001),
    "too large": Forgery(frozenset({413}), body=lambda b: b + b"&x=" + b"y" * 1_000_000),
    "not UTF-8": Forgery(frozenset({422}), body=lambda b: b + b"&x=\xff\xfe"),
    "percent-encoded, not UTF-8": Forgery(frozenset({422}), body=lambda b: b + b"&x=%ff%fe"),
    "files without an edge": Forgery(
        frozenset({400, 403, 404, 422}), {"content-type": "multipart/form-data"}
    ),
    "files cut short": Forgery(
        frozenset({400, 403, 404, 422}),
        {"content-type": "multipart/form-data; boundary=e"},
        body=lambda _: b'--e\r\nContent-Disposition: form-data; name="x"; filename="',
    ),
    "PUT": Forgery(frozenset({405}), method="PUT"),
    "DELETE": Forgery(frozenset({405}), method="DELETE"),
    "PATCH": Forgery(frozenset({405}), method="PATCH"),
}


def who_may(premises: Premises, route: str) -> str:
    """Somebody whose form would be taken."""
    actions = actions_of(premises.app)[route]
    if "{partnership}" not in route:
        return "officer"
    known = ("coordinator", "lead", "officer", "sharer", "police_lead", "owner")
    stage = DOORS[route].stage
    return next(w for w in known if expected(w, route, {}, stage, actions) & {200, 303})


def forge(premises: Premises, route: str, who: str, forgery: Forgery) -> Reply:
    door, (_, _, path) = DOORS[route], route.partition(" ")
    at = address(path, door.names, premises.grounds.refs)
    token = forgery.token(premises, who) if forgery.token else premises.token(who)
    body = encoded({**door.form(premises.facts), "token": token})
    usual = {**premises.as_(who), **FROM_HERE, "content-type": FORM}
    headers = {n: v for n, v in {**usual, **dict(forgery.headers)}.items() if v is not None}
    return premises.asker.ask(
        forgery.method, at, headers, forgery.body(body) if forgery.body else body
    )


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_form_is_refused_and_changes_nothing(premises: Premises, how: str) -> None:
    forgery, wrong = FORGERIES[how], []
    before = premises.counts()
    for route in SENDING:
        if route in NO_SESSION and (forgery.needs_session or how in {"JSON", "plain text"}):
            continue
        premises.stage(DOORS[route].stage)
        reply = forge(premises, route, who_may(premises, route), forgery)
        told = reply.failed or "Traceback" in reply.text or 'File "' in reply.text
        if reply.status not in forgery.refused or told:
            wrong.append(f"{route}: {reply.status} {reply.failed}")

    assert wrong == []
    assert premises.counts() == before


def test_an_origin_of_our_own_is_enough_for_an_older_browser(premises: Premises) -> None:
    route = "POST /{partnership}/assignments/{assignment}/local-record"
    from_here = Forgery(frozenset(), {SITE: None, "origin": "http://casefile.test"})
    assert forge(premises, route, "officer", from_here).status == 303


def test_looking_at_where_forms_go_changes_nothing(premises: Premises) -> None:
    """A form's values in an address, as a link in an e-mail would carry them."""
    before, statuses = premises.counts(), set()
    for route in SENDING:
        door, (_, _, path) = DOORS[route], route.partition(" ")
        premises.stage(door.stage)
        at = address(path, door.names, premises.grounds.refs)
        query = encoded({**door.form(premises.facts), "token": premises.token("coordinator")})
        for who in {who_may(premises, route), "coordinator"}:
            reply = premises.get(who, f"{at}?{query.decode()}")
            statuses.add(reply.status)
            assert not reply.failed, route

    assert statuses <= {200, 303, 403, 404, 405, 409, 422}
    assert premises.counts() == before


def test_nul_in_what_was_typed_is_dropped(premises: Premises) -> None:
    """No database or export could hold it: whatever a form says is stored without."""
    for route in SENDING:
        door, (_, _, path) = DOORS[route], route.partition(" ")
        if door.file or route in NO_SESSION:
            continue
        premises.stage(door.stage)
        who = who_may(premises, route)
        at = address(path, door.names, premises.grounds.refs)
        clean = door.form(premises.facts)
        dirty = {
            n: [f"{w}\x00" for w in ([v] if isinstance(v, str) else v)] for n, v in clean.items()
        }
        with premises.undone():
            reply = premises.post(who, at, dirty)
        assert reply.status in door.opens | {422}, f"{route}: {reply.status} {reply.failed}"


@pytest.mark.parametrize(
    "odd", ["%00", "x%00y", "%FF%FE", "%F0%9F%A6%86", "..%2f..", "'--", "%0d%0aX:y", "a" * 3000]
)
def test_an_odd_reference_is_simply_not_there(premises: Premises, odd: str) -> None:
    wrong = []
    for route in DOORS:
        method, _, path = route.partition(" ")
        for parameter in (
            "partnership",
            "round",
            "assignment",
            "person",
            "subject",
            "question",
            "section",
            "tool",
            "version",
            "code",
            "row",
            "list",
            "finding",
            "action",
            "meeting",
            "paper",
            "subgroup",
            "strand",
            "agency",
            "membership",
        ):
            if f"{{{parameter}}}" not in path or method == "POST":
                continue
            who = "officer" if "/assignments/" in path else "lead"
            who = "coordinator" if "/people" in path or "/sample" in path else who
            reply = premises.look(who, route, {parameter: odd})
            if reply.status not in {400, 403, 404, 409} or reply.failed:
                wrong.append(f"{route} {parameter}: {reply.status} {reply.failed}")

    assert wrong == []


@pytest.mark.parametrize(
    "odd", ["%00", "%FF%FE", "'", "-1", "99999999999999999999", "%F0%9F%A6%86", "a" * 3000]
)
def test_an_odd_question_in_an_address_is_answered_in_words(premises: Premises, odd: str) -> None:
    asked = (
        "page",
        "search",
        "show",
        "kind",
        "theme",
        "to",
        "tool",
        "finding",
        "order",
        "only",
        "subject",
        "question",
        "reference",
        "outcome",
        "person",
        "next",
        "seed",
        "total",
    )
    query = "&".join(f"{name}={odd}" for name in asked)
    wrong = []
    for route in (r for r in DOORS if r.startswith("GET")):
        _, _, path = route.partition(" ")
        who = who_looks(route)
        premises.stage(DOORS[route].stage)
        at = address(path, DOORS[route].names, premises.grounds.refs)
        reply = premises.get(who, f"{at}?{query}")
        if (
            reply.status >= 500
            or reply.failed
            or reply.header("content-type") == "application/json"
        ):
            wrong.append(f"{route}: {reply.status} {reply.failed}")

    assert wrong == []


def who_looks(route: str) -> str:
    if "/assignments/{assignment}" in route:
        return "officer"
    return "lead" if "/findings" in route or "comparison" in route else "coordinator"
