"""Kinds of bad input, each told in a sentence that says what to do; and nothing is stored.

The kinds stand in `bad_plans`, `bad_decisions` and `bad_learning`: a row for each, named in words.
"""

import pytest
from bs4 import BeautifulSoup

from tests.browsing import words
from tests.security.addresses import DOORS
from tests.security.asking import FROM_HERE, Reply, multipart
from tests.security.bad import Bad
from tests.security.bad_decisions import DECISIONS
from tests.security.bad_learning import LEARNING, LISTS
from tests.security.bad_plans import PLANS
from tests.security.doors import address
from tests.security.premises import Premises
from tests.security.stored import differing, rows_of
from tests.security.test_forged_requests import who_may

KINDS = {**PLANS, **DECISIONS, **LEARNING}
PREVIEW = "/wexcombe/people/import/preview"


def said(reply: Reply) -> str:
    assert not reply.failed
    return words(BeautifulSoup(reply.text, "lxml"))


def sent(premises: Premises, bad: Bad) -> Reply:
    """Send a form of the table with what is wrong in it."""
    door, (_, _, path) = DOORS[bad.route], bad.route.partition(" ")
    wrong = bad.wrong(premises.facts) if callable(bad.wrong) else bad.wrong
    values = {**door.form(premises.facts), **wrong}
    at = address(path, {**door.names, **bad.names}, premises.grounds.refs)
    kept = {name: value for name, value in values.items() if value is not None}
    return premises.post(bad.who or who_may(premises, bad.route), at, kept)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_what_to_do_and_nothing_is_stored(premises: Premises, kind: str) -> None:
    bad = KINDS[kind]
    premises.stage(bad.stage or DOORS[bad.route].stage)
    before = rows_of(premises)
    reply = sent(premises, bad)
    assert (reply.status, bad.said in said(reply)) == (bad.status, True), said(reply)
    assert differing(before, rows_of(premises)) == set()


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_people_that_cannot_be_read_is_told_so(premises: Premises, kind: str) -> None:
    data, told = LISTS[kind]
    before, token = rows_of(premises), premises.token("coordinator")
    kept, body = multipart({"token": token}, "file", "people.csv", data)
    own = {**premises.as_("coordinator"), **FROM_HERE, "content-type": kept}
    reply = premises.asker.ask("POST", PREVIEW, own, body)
    assert (reply.status, told in said(reply)) == (422, True), said(reply)
    assert differing(before, rows_of(premises)) == set()
