"""Every form, filled in badly in every way: told in a sentence, and nothing is stored.

What a field should hold is not this test's business. Whatever is put there, the answer is either
what the form does with good words, or a page that says what to do; never a failure. A try at a
password is counted, and that is all that is ever stored.
"""

import pytest
from bs4 import BeautifulSoup

from tests.browsing import words
from tests.security.addresses import DOORS
from tests.security.crawl import DONE_ASIDE, PROVING
from tests.security.premises import Premises
from tests.security.stored import differing, rows_of
from tests.security.test_forged_requests import NO_SESSION, SENDING, who_may

BAD = {
    "nothing": "",
    "spaces": "   \t ",
    "twenty digits": "9" * 20,
    "less than nothing": "-1",
    "not a whole number": "1.5e3",
    "another script's digits": "\u0661\u0662",
    "a day that never was": "31",
    "far in the future": "99999",
    "words": "the day before yesterday",
    "far too many words": "long " * 40_000,
    "NUL": "a\x00b",
    "right to left": "\u202eabc",
    "emoji": "👩‍👩‍👧",
    "a lone accent": "\u0301",
    "a new line": "one\r\ntwo",
    "a formula": "=HYPERLINK(1)",
    "a mark-up": "<b>&amp;",
    "a path": "../../etc/passwd",
    "a reference to nothing": "ZZZZZZZZZZ",
}
TELLING = ("nothing", "twenty digits", "far too many words")
"""Tried in every field of every form; the others in some, unless proving."""
ROUTES = [r for r in SENDING if r not in NO_SESSION and not r.endswith(DONE_ASIDE)]
ANSWERS = {200, 303, 403, 404, 409, 422}


def kinds_for(premises: Premises, number: int) -> list[str]:
    """Every kind when proving; else those that tell most, and in turn some of the others."""
    if PROVING:
        return list(BAD)
    if not premises.database.embedded:
        return list(TELLING[1:])
    others = [kind for kind in BAD if kind not in TELLING]
    return [*TELLING, *others[number % 4 :: 4]]


@pytest.mark.parametrize("route", ROUTES)
def test_a_form_filled_in_badly_is_answered_in_words_and_stores_nothing(
    premises: Premises, route: str
) -> None:
    premises.stage(DOORS[route].stage)
    who, before = who_may(premises, route), rows_of(premises)
    wrong: list[str] = []
    for number, name in enumerate(DOORS[route].form(premises.facts)):
        for kind in kinds_for(premises, number + ROUTES.index(route)):
            with premises.undone():
                reply = premises.send(who, route, **{name: BAD[kind]})
                told = f"{name}, {kind}: {reply.status}"
                if reply.status not in ANSWERS or reply.failed:
                    wrong.append(told)
                if reply.status in {409, 422}:
                    stored = differing(before, rows_of(premises))
                    if any(not cell.startswith("attempt[") for cell in stored):
                        wrong.append(f"{told}, and yet it stored {stored}")
                    if not words(BeautifulSoup(reply.text, "lxml")):
                        wrong.append(f"{told}, without a word")
    assert wrong == []
