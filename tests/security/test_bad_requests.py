"""Requests that no page of ours makes: told in words, or as if they had not been made."""

from collections.abc import Mapping

import pytest
from sqlalchemy import text

from app.rounds.rules import Stage
from tests.security.addresses import DOORS, ROUND
from tests.security.asking import FORM, FROM_HERE, encoded
from tests.security.doors import address
from tests.security.premises import Premises
from tests.security.stored import differing, rows_of
from tests.security.test_bad_input import said
from tests.security.test_non_interference import without_what_is_new

UNREADABLE = "The form could not be read. Reload the page and try again"

# --- forms as no page of ours sends them


def _part(name: str, value: bytes) -> bytes:
    return b'--e\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (
        name.encode(),
        value,
    )


IN_PARTS = "multipart/form-data; boundary=e"
SHAPES: Mapping[str, tuple[str, bytes, int, str]] = {
    # The content type, what stands in the body beside the token, the status, and what is said.
    **{
        f"a form in {letters}": (
            f"{IN_PARTS}; charset={letters}",
            _part("name", b"\\ud800"),
            422,
            UNREADABLE,
        )
        for letters in ("unicode_escape", "raw_unicode_escape", "utf-7", "punycode", "undefined")
    },
    "a form of 1,001 parts": (IN_PARTS, _part("name", b"x") * 1001, 422, UNREADABLE),
    "a part of more than a megabyte": (IN_PARTS, _part("name", b"x" * 1_100_000), 422, UNREADABLE),
    "a file where a name is asked": (
        IN_PARTS,
        b'--e\r\nContent-Disposition: form-data; name="name"; filename="x"\r\n\r\nx\r\n',
        422,
        "Enter",
    ),
    "a form of more than 12 megabytes": (
        IN_PARTS,
        _part("name", b"x" * 12_000_001),
        413,
        "larger than 12 MB",
    ),
    "half a character": (FORM, b"&name=%ED%A0%80", 422, UNREADABLE),
    "a name in Latin-1": (FORM, b"&name=Caf\xe9", 422, UNREADABLE),
    "a form as XML": ("application/xml", b"<name>New subgroup</name>", 403, ""),
    "a form as JSON": ("application/json", b'{"name": "New subgroup"}', 403, ""),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_form_in_an_odd_shape_is_refused_in_words(premises: Premises, shape: str) -> None:
    kind, inside, status, told = SHAPES[shape]
    before, token = premises.counts(), premises.token("coordinator").encode()
    body = _part("token", token) + inside + b"--e--\r\n" if b"\r\n" in inside else b""
    body = body or (inside if status == 403 else b"token=" + token + inside)
    own = {**premises.as_("coordinator"), **FROM_HERE, "content-type": kind}
    reply = premises.asker.ask("POST", "/wexcombe/subgroups", own, body)
    assert (reply.status, told in said(reply)) == (status, True), said(reply)
    assert premises.counts() == before


def test_half_a_form_is_nobodys(premises: Premises) -> None:
    """The connection was lost: the agencies whose boxes had not arrived would be taken out."""
    route = f"POST {ROUND}/agencies"
    premises.stage(DOORS[route].stage)
    before, facts = rows_of(premises), premises.facts
    at = address(route.removeprefix("POST "), {}, premises.grounds.refs)
    values = {**DOORS[route].form(facts), "token": premises.token("coordinator")}
    body = encoded(dict(sorted(values.items(), reverse=True))).rpartition(b"&")[0]
    own = {**premises.as_("coordinator"), **FROM_HERE, "content-type": FORM}
    reply = premises.asker.ask("POST", at, own, body, whole=False)
    assert (reply.status, reply.failed) == (0, "no answer")
    assert differing(before, rows_of(premises)) == set()
    assert premises.asker.ask("POST", at, own, body).status == 303


@pytest.mark.parametrize("header", ["http://[", "http://]", "//[::1", "\xff", "null", "a:b:c"])
def test_an_address_that_cannot_be_read_in_a_header_opens_nothing(
    premises: Premises, header: str
) -> None:
    before = premises.counts()
    own = {**premises.as_("coordinator"), "content-type": FORM, "origin": header}
    assert premises.asker.ask("POST", "/wexcombe/subgroups", own, b"name=x").status == 403
    long_ago = text("UPDATE sign_in SET confirmed_at = '2026-09-14 09:00:00+00:00'")
    premises.connection.execute(long_ago)
    reply = premises.post("coordinator", "/wexcombe/people", {"name": "x"}, referer=header)
    assert reply.header("location").startswith("/account/confirm?next=")
    assert premises.counts() == before


# --- addresses that ask for what no page of ours asks

NOT_ASKED = {
    "a page before the first": (f"GET {ROUND}/trail", "?page=-1"),
    "a page of nothing": (f"GET {ROUND}/trail", "?page=0"),
    "a page of the house's trail before the first": ("GET /{partnership}/trail", "?page=-9"),
    "actions to take of another partnership's agency": (
        "GET /{partnership}/exports/actions",
        "?agency={agency.harrowmere}",
    ),
    "a page in other digits": (f"GET {ROUND}/trail", "?page=%D9%A1"),
    "a page as a power of ten": ("GET /{partnership}/rounds", "?page=1e99"),
    "a page of 5,000 digits": ("GET /{partnership}/people", f"?page={'9' * 5000}"),
    "the page twice": ("GET /{partnership}/actions", "?page=7&page=-7"),
    "a page of a queue": (f"GET {ROUND}/comparisons", "?page=1.5"),
    "a page of closed rounds": ("GET /{partnership}/retention", "?page=x"),
    "an order that there is not": (f"GET {ROUND}/comparisons", "?order=grade%20desc"),
    "results of another partnership's agency": (
        f"GET {ROUND}/results",
        "?agency={agency.harrowmere}",
    ),
    "results of another round's strand": (f"GET {ROUND}/results", "?strand={strand.b.drawn}"),
    "results of a stratum that there is not": (f"GET {ROUND}/results", "?stratum=%25"),
    "results of a section and theme that there are not": (
        f"GET {ROUND}/results",
        "?section=about'--&theme=x",
    ),
    "results in a way that there is not": (f"GET {ROUND}/results", "?show=names"),
    "actions of another partnership's round": ("GET /{partnership}/actions", "?round={round.c}"),
    "actions of a subgroup elsewhere": (
        "GET /{partnership}/actions",
        "?subgroup={subgroup.harrowmere}",
    ),
    "actions in a view that there is not": ("GET /{partnership}/actions", "?view=../../etc"),
    "actions shown in a way that there is not": ("GET /{partnership}/actions", "?show=secret"),
    "actions of a finding that is a wildcard": (
        "GET /{partnership}/actions",
        "?show=open&finding=%25",
    ),
    "findings of a kind that there is not": (f"GET {ROUND}/findings", "?kind=%27&theme=_"),
    "people of a sort that there is not": ("GET /{partnership}/people", "?show=dead"),
    "a state of an action that there is not": ("GET /{partnership}/actions/{action}", "?nothing=1"),
    "a thousand questions": (f"GET {ROUND}/trail", f"?{'&'.join(f'q{n}=1' for n in range(1000))}"),
}
"""Of each, the page it is asked of: what cannot be asked is as if it were not asked."""


@pytest.mark.parametrize("asked", NOT_ASKED)
def test_what_cannot_be_asked_is_as_if_it_were_not_asked(premises: Premises, asked: str) -> None:
    premises.stage(Stage.MODERATION)
    route, query = NOT_ASKED[asked]
    if "retention" in route:
        premises.stage(Stage.CLOSED)
    at = address(route.removeprefix("GET "), {}, premises.grounds.refs)
    for name, ref in premises.grounds.refs.items():
        query = query.replace(f"{{{name}}}", ref)
    plain, odd = premises.get("coordinator", at), premises.get("coordinator", at + query)
    assert (plain.status, odd.status, odd.failed) == (200, 200, "")
    assert without_what_is_new(odd.body) == without_what_is_new(plain.body)


@pytest.mark.parametrize(
    "typed",
    [
        "%25",
        "%25%25",
        "_",
        "__",
        "%5C",
        "%5C%25",
        "%2A%2A",
        "''",
        "%22%22",
        "%ED%A0%80x",
        "x" * 9999,
    ],
)
def test_signs_that_a_database_knows_find_nothing(premises: Premises, typed: str) -> None:
    for who in ("coordinator", "officer", "owner"):
        reply = premises.get(who, f"/wexcombe/search?q={typed}")
        assert reply.status == 200
        assert premises.grounds.refs["round.a"] not in reply.text
        assert "Nothing you can open has this reference" in said(reply) or len(typed) == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("since=2026-02-31", "From: write a day like 2026-11-03"),
        ("until=9999-12-31", "To: write a day like 2026-11-03"),
        ("since=0001-01-01", "From: write a day like 2026-11-03"),
        ("since=last+week", "From: write a day like 2026-11-03"),
        ("since=2026-09-02&until=2026-09-01", "To must be the same day as From, or later"),
    ],
)
def test_days_of_the_trail_that_cannot_be_read_are_named(
    premises: Premises, query: str, told: str
) -> None:
    at = f"/wexcombe/rounds/{premises.grounds.refs['round.a']}/trail?{query}"
    reply = premises.get("coordinator", at)
    assert (reply.status, told in said(reply)) == (422, True)
