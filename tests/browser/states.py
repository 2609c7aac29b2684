"""Every state in which a page of the product can be met: what was refused, late, empty or over.

The answers are collected from the application on the grounds of `tests/security`, where every form
and who may send it are known; `test_states.py` shows them in Chromium.
"""

from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.access import Role
from app.db import Database
from app.identity.links import make_link
from app.identity.sign_ins import start_sign_in
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from tests import factories as make
from tests.security.addresses import DOORS, MINE, ROUND, SAMPLE
from tests.security.asking import FORM, FROM_HERE, Reply, encoded
from tests.security.crawl import DONE_ASIDE
from tests.security.doors import Names, address
from tests.security.premises import Premises
from tests.security.test_bad_input import KINDS, sent
from tests.security.test_forged_requests import who_may

EVERYBODY = ("panel_police", "police_lead", "officer", "owner", "subgroup_member", "administrator")
LOOKING = [route for route in DOORS if route.startswith("GET")]
SENDING = [r for r in DOORS if r.startswith("POST") and not r.endswith(DONE_ASIDE)]
PLAN = f"GET {ROUND}/plan"
KEPT = {"version", "ref", "label", "tool", "subject", "question"}
"""What stands in a form before anybody fills it in."""

Answers = Iterator[tuple[str, str, Reply]]
"""A route, how it was come to, and what was answered."""


BEGIN = f"POST {ROUND}/meetings"
BADLY = {
    f"POST {SAMPLE}/list/{{list}}/frame": {"window": "none"},
    f"POST {SAMPLE}/subjects/{{subject}}/replacement": {"reason": ""},
    f"POST {MINE}/local-record": {"number": "x" * 300},
}


class Shown(NamedTuple):
    """One answer of the application, and how somebody came to it."""

    route: str
    told: str
    reply: Reply

    @property
    def shape(self) -> str:
        """What makes it worth looking at, whatever is on it: each form comes back as its own."""
        came = self.reply.status
        return f"{self.route} {came}" if came == 422 else str(came)


def all_states(premises: Premises) -> list[Shown]:
    """Collect every answer that is a page; first those that are not met every day."""
    found = []
    for collect in COLLECTED:
        with premises.undone():
            for route, told, reply in collect(premises):
                if reply.header("content-type").startswith("text/html"):
                    found.append(Shown(route, f"{collect.__name__}: {route} {told}", reply))
    return found


def refusals(premises: Premises) -> Answers:
    """The page of every refusal, and signing in once too often."""
    premises.stage(Stage.OPEN)
    people = "/wexcombe/people"
    yield people, "too large", premises.post("coordinator", people, {"name": "x" * 1_000_001})
    yield people, "signed out", premises.post("nobody", people, {})
    yield people, "forged", premises.post("coordinator", people, {"token": "another"})
    yield people, "not allowed", premises.get("officer", people)
    yield "/nothing", "not there", premises.get("officer", "/wexcombe/nothing")
    yield PLAN, "not now", premises.look("coordinator", PLAN)
    yield "/links", "used up", premises.get("nobody", "/links/no-such-code")
    body = encoded({"email": "nobody@wexcombe.example", "password": "three wrong words"})
    for _ in range(11):
        reply = premises.asker.ask("POST", "/sign-in", {**FROM_HERE, "content-type": FORM}, body)
        yield "POST /sign-in", "wrongly", reply


def failures(premises: Premises) -> Answers:
    """The fault is ours, or the database is away."""
    with patch.object(premises.app.state, "tools", None):
        yield "/audit-tools", "faulty", premises.get("coordinator", "/wexcombe/audit-tools")

    def away(*_: object) -> NoReturn:
        raise OperationalError("SELECT", {}, OSError())

    with patch.object(Database, "reading", away), patch.object(Database, "writing", away):
        yield "/rounds", "without a database", premises.get("coordinator", "/wexcombe/rounds")


def forms_left_empty(premises: Premises) -> Answers:
    """Every form sent with nothing in it but what a page puts there by itself."""
    for route in SENDING:
        door, (_, _, path) = DOORS[route], route.partition(" ")
        premises.stage(door.stage)
        at = address(path, door.names, premises.grounds.refs)
        given = {name: words for name, words in door.form(premises.facts).items() if name in KEPT}
        with premises.undone():
            yield route, "", premises.post(who_may(premises, route), at, given)


def forms_filled_in_badly(premises: Premises) -> Answers:
    """Forms that nothing is missing from when they are empty, with one field that will not do."""
    for route, wrong in BADLY.items():
        premises.stage(DOORS[route].stage)
        with premises.undone():
            yield route, "badly", premises.send(who_may(premises, route), route, **wrong)
    premises.stage(Stage.MODERATION)
    premises.connection.execute(text("UPDATE meeting SET ended_at = began_at"))
    yield BEGIN, "with nobody there", premises.send("lead", BEGIN, others="")
    nurse = premises.grounds.people["nurse"]
    with premises.database.writing() as session:
        link = make_link(session, nurse, make.ident(premises.grounds.world.partnership))
    at = f"/links/{link.code}"
    yield "POST /links/{code}", "", premises.post("nobody", at, {"password": "x", "again": "y"})


def bad_input(premises: Premises) -> Answers:
    """Every form that came back because of what was in it."""
    for kind, bad in KINDS.items():
        premises.stage(bad.stage or DOORS[bad.route].stage)
        with premises.undone():
            yield bad.route, f"with {kind}", sent(premises, bad)


def late(premises: Premises) -> Answers:
    """What people meet when every day has passed."""
    premises.stage(Stage.MODERATION)
    days = "returns_due = '2026-08-01', panel_due = '2026-08-02', report_due = '2026-08-03'"
    premises.connection.execute(text(f"UPDATE round SET {days}"))
    premises.connection.execute(text("UPDATE action SET due = '2026-08-01', state = 'agreed'"))
    for route in LOOKING:
        if route.endswith(("work", "rounds", "actions", "returns", "planning", "}")):
            for who in ("coordinator", "lead", "police_lead", "officer", "owner"):
                yield route, f"as {who}", premises.look(who, route)


def empty(premises: Premises) -> Answers:
    """Every page of a partnership in which nothing has happened but that a round was begun."""
    values = premises.grounds.audits["a"].round.model_dump(exclude={"id", "ref", "partnership_id"})
    with premises.database.writing() as session:
        here = make.partnership(session, "emptyham", "Emptyham")
        alone = make.person(session, here, Role.COORDINATOR)
        begun = Round(partnership_id=make.ident(here), **values)
        session.add(begun)
        session.flush()
        strand = Strand(round_id=make.ident(begun), question_set="referral-form", title="Forms")
        session.add(strand)
        session.flush()
        premises.cookies["alone"] = start_sign_in(session, alone)
        premises.grounds.refs |= {"round.empty": begun.ref, "strand.empty": strand.ref}
    names: Names = {"partnership": "emptyham", "round": "round.empty", "strand": "strand.empty"}
    for stage in (Stage.DRAFT, Stage.MODERATION):
        premises.stage(stage)
        for route in LOOKING:
            yield route, f"at {stage}", premises.look("alone", route, names)


def over(premises: Premises) -> Answers:
    """What is left to look at when a round is closed, and when it is purged."""
    for stage in (Stage.CLOSED, Stage.PURGED):
        premises.stage(stage)
        for route in LOOKING:
            for who in ("coordinator", "officer"):
                yield route, f"as {who} at {stage}", premises.look(who, route)


def looks(premises: Premises) -> Answers:
    """What people meet who see less than a coordinator; of responses, those of every state."""
    for stage, people in ((Stage.MODERATION, EVERYBODY), (Stage.OPEN, ("officer", "lead"))):
        premises.stage(stage)
        for route in LOOKING:
            for who in people:
                every = DOORS[route].also if who == "officer" else ()
                for names in ({}, *every):
                    yield route, f"as {who} at {stage}", premises.look(who, route, names)


COLLECTED = (
    refusals,
    failures,
    forms_left_empty,
    forms_filled_in_badly,
    bad_input,
    late,
    empty,
    over,
    looks,
)
