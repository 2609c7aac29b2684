"""Whatever people type is shown as they typed it, and never becomes part of a page.

The words stand in every field of text before everybody looks everywhere; every page is then read
as a browser reads it. That a browser runs none of it is shown in `tests/browser`.
"""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

import app.main  # noqa: F401 - registers every form
from app.rounds.rules import Stage
from tests.security.addresses import DOORS, ROUND
from tests.security.asking import Reply
from tests.security.crawl import DONE_ASIDE, actions_of
from tests.security.doors import Names, address
from tests.security.payloads import (
    ELSEWHERE,
    IN_JSON,
    NAMES_OF_OURS,
    NOT_WORDS,
    SAID,
    SAME_AS,
    TYPED,
    WORDS,
    fill,
    text_columns,
    text_fields,
)
from tests.security.premises import Premises
from tests.security.reach import expected
from tests.security.test_forged_requests import NO_SESSION, SENDING, who_looks, who_may

WORKS = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)
NOT_HERE = {"agreed_answer.text", "draw.statement", "subject.reason"}
"""Shown on no page of these grounds: of an agreed choice, of a made draw, of a drawn subject."""


def test_every_column_that_holds_words_is_tried() -> None:
    known = {*TYPED, *IN_JSON}
    assert known <= set(text_columns())
    ours = {c for c in text_columns() if {c, c.partition(".")[2]} & NAMES_OF_OURS}
    assert set(text_columns()) - known - ours == set()


def test_every_field_in_which_people_write_ends_in_a_column_that_is_tried() -> None:
    assert set(WORDS.values()) | set(ELSEWHERE) <= {*TYPED, *text_fields()}
    unknown = set()
    for field in text_fields():
        form, _, name = field.partition(".")
        same = f"{SAME_AS.get(form, form)}.{name}"
        if name not in NOT_WORDS and WORDS.keys().isdisjoint({same, ELSEWHERE.get(field)}):
            unknown.add(field)
    assert unknown == set()


def faults_of(page: BeautifulSoup) -> list[str]:
    """What a browser would run, follow or load that we did not write."""
    foreign = "script:not([src]), iframe, object, embed, img, svg script, base"
    wrong = [f"element: {each}" for each in page.select(foreign)]
    for element in page.select("*"):
        for name, value in element.attrs.items():
            if name.startswith("on") or not re.fullmatch(r"[a-z][a-z0-9:_-]*", name, re.IGNORECASE):
                wrong.append(f"<{element.name} {name}>")
            if name in {"href", "src", "action", "formaction"} and WORKS.match(str(value)):
                wrong.append(f"{name}: {value}")
    return wrong


def words_of(page: BeautifulSoup) -> str:
    """Everything a page says, in its text and its attributes."""
    named = (str(value) for element in page.select("*") for value in element.attrs.values())
    return " ".join([page.get_text(), *named])


def wrong_in(reply: Reply) -> tuple[list[str], set[str]]:
    """What is wrong with a page, and the marks that it shows."""
    body = reply.text
    marks = set(re.findall(r"q\d\dq", body))
    if not reply.header("content-type").startswith("text/html") or "onerror" not in body:
        return [], marks
    page = BeautifulSoup(body, "html.parser")
    wrong = faults_of(page)
    if "<img src onerror" in body or "{{" in body.replace("{{7*7}}", ""):
        wrong.append("raw")
    said = words_of(page)
    wrong += [f"changed: {mark}" for mark in marks if f"{SAID}{mark}" not in said]
    return wrong, marks


STAGES = (Stage.MODERATION, Stage.SAMPLING, Stage.REPORTED)
LOOKING = ("coordinator", "lead", "officer", "police_lead", "subgroup_member")


def shown_to(premises: Premises, stage: Stage) -> Iterator[tuple[str, str, Names]]:
    """Every page that there is for somebody at a stage; refusals are the same for everybody."""
    actions = actions_of(premises.app)
    for route in (r for r in DOORS if r.startswith("GET /{partnership}")):
        for names in ({}, *DOORS[route].also[:2]):
            for who in LOOKING:
                if 200 in expected(who, route, names, stage, actions[route]):
                    yield who, route, names
    yield from (("officer", f"GET {ROUND}/{page}", {}) for page in ("plan", "trail", "findings"))


def test_what_people_typed_is_words_on_every_page(premises: Premises) -> None:
    marks, shown, wrong = fill(premises.connection), set[str](), []
    for stage in STAGES if premises.database.embedded else STAGES[:1]:
        premises.stage(stage)
        for who, route, names in shown_to(premises, stage):
            reply = premises.look(who, route, names)
            faults, seen = wrong_in(reply)
            wrong += [f"{who} {route}: {reply.status} {fault}" for fault in faults]
            wrong += [f"{who} {route}: {reply.failed}"] * bool(reply.failed)
            shown |= seen
    assert wrong == []
    unseen = {marks[mark] for mark in set(marks) - shown}
    if premises.database.embedded:  # PostgreSQL is walked at one stage
        assert unseen <= NOT_HERE


@pytest.mark.parametrize("route", [r for r in SENDING if r not in NO_SESSION])
def test_what_comes_back_with_a_refused_form_is_words(premises: Premises, route: str) -> None:
    """Typed into every field, one at a time: what is not taken is shown again."""
    premises.stage(DOORS[route].stage)
    if route.endswith(DONE_ASIDE):
        return
    who = who_may(premises, route)
    for name in (*DOORS[route].form(premises.facts), SAID):
        with premises.undone():
            reply = premises.send(who, route, **{name: SAID})
        faults, _ = wrong_in(reply)
        assert (faults, reply.failed) == ([], ""), name


ASKED = "q search show kind theme to tool finding subject question reference reason next what since"


@pytest.mark.parametrize("route", [r for r in DOORS if r.startswith("GET")])
def test_what_an_address_asks_comes_back_as_words(premises: Premises, route: str) -> None:
    premises.stage(DOORS[route].stage)
    query = "&".join(f"{name}={SAID.replace('&', '%26')}" for name in ASKED.split())
    at = address(route.removeprefix("GET "), DOORS[route].names, premises.grounds.refs)
    reply = premises.get(who_looks(route), f"{at}?{query}")
    faults, _ = wrong_in(reply)
    assert (faults, reply.failed) == ([], "")
    assert not WORKS.match(reply.header("location"))
