"""Independence again, without knowing where to look: what another agency does changes nothing.

Only other agencies' responses are changed: not begun, a draft, declared, sent, other answers. What
the people of an agency that has not sent can fetch stays the same to the byte.
"""

import hashlib
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.rounds.rules import Stage
from tests.factories import ident
from tests.security.addresses import DOORS, ROUND, SUBJECT
from tests.security.asking import Reply
from tests.security.crawl import PROVING, actions_of
from tests.security.doors import Names, address
from tests.security.premises import Premises
from tests.security.reach import expected

_OWN_TO_EACH_ANSWER = re.compile(
    rb'(app-reference__code">[0-9a-f]+)|(name="(page|ref|label)" value="[^"]*")'
)
"""The reference of a refusal, and what a page is given so that sending it twice counts once."""


def without_what_is_new(body: bytes) -> bytes:
    """A page without what is of its own in each answer."""
    return _OWN_TO_EACH_ANSWER.sub(b"", body)


UNSENT = {
    "nurse": "agency_id != {health}",
    "health_lead": "agency_id != {health}",
    "school_lead": "agency_id != {school}",
    "panel_police": "agency_id != {police} AND subject_id = {subject}",
}
"""People whose agency has not sent, and which assignments are then not theirs to know about. The
panel's police have sent for other subjects, and not for this one."""

NEVER = {
    "officer": "agency_id != {police}",
    "teacher": "agency_id != {school}",
    "owner": "true",
    "subgroup_member": "true",
}
"""People who read no other agency's answers at any stage, and no decision of the panel's."""

DECIDED = (
    "UPDATE agreed_answer SET agreed = true, reason = 'Other words', version = 9",
    "UPDATE judgement SET level = 'inadequate', reason = 'Other words'",
    "UPDATE meeting_entry SET kind = 'agreed', words = 'Good', reason = 'Other words'",
    "UPDATE meeting SET others = 'Somebody else', version = 9",
    "UPDATE learning_point SET words = 'Other words'",
    "UPDATE meeting_person SET minutes = true, part = 'Other words'",
    "UPDATE tally SET count = count + 7",
    "UPDATE strand_tally SET count = count + 7",
    "DELETE FROM dissent",
    "DELETE FROM put_off",
    "DELETE FROM concern",
)
"""What the panel decided, and what is counted of the answers."""

ASKED_BESIDES = {
    f"GET {ROUND}/comparisons": ("sort=left", "show=waiting&sort=ready", "show=ready"),
    f"GET {SUBJECT}": (
        "only=left&section=about",
        "names=shown&reasons=open",
        "onward=next",
        "onward=back",
    ),
    f"GET {ROUND}/agreement": ("sort=most",),
}
"""What can be asked of the pages on which agencies stand side by side, and where they lead on."""

OTHERS = "SELECT id FROM response WHERE assignment_id IN (SELECT id FROM assignment WHERE {who})"
CHANGES = {
    "not begun": (
        "DELETE FROM answer_text WHERE response_id IN ({others})",
        "DELETE FROM answer_change WHERE response_id IN ({others})",
        "DELETE FROM answer WHERE response_id IN ({others})",
        "DELETE FROM sent_version WHERE response_id IN ({others})",
        "DELETE FROM query WHERE response_id IN ({others})",
        "DELETE FROM nil_return WHERE response_id IN ({others})",
        "DELETE FROM response WHERE id IN ({others})",
        "UPDATE assignment SET sent_at = NULL WHERE {who}",
    ),
    "a draft": (
        "UPDATE response SET state = 'draft', sent_at = NULL, answered = 3 WHERE id IN ({others})",
        "UPDATE assignment SET sent_at = NULL WHERE {who}",
    ),
    "sent, with other answers": (
        "UPDATE response SET state = 'sent', version = 40, sent_at = {at} WHERE id IN ({others})",
        "UPDATE assignment SET sent_at = {at} WHERE {who}",
        "UPDATE answer_text SET text = 'Other words' WHERE response_id IN ({others})",
        "UPDATE answer SET state = 2, code = NULL WHERE response_id IN ({others})",
    ),
    "returned with queries": (
        (
            "UPDATE response SET state = 'draft', sent_at = NULL, returned_at = {at} "
            "WHERE id IN ({others})"
        ),
        "UPDATE assignment SET sent_at = NULL WHERE {who}",
    ),
    "not known": (
        "UPDATE response SET state = 'sent', sent_at = {at} WHERE id IN ({others})",
        "UPDATE assignment SET sent_at = {at} WHERE {who}",
        (
            "INSERT INTO nil_return (response_id, searched, note) SELECT id, 'All of it', '' "
            "FROM response WHERE id IN ({others}) "
            "AND id NOT IN (SELECT response_id FROM nil_return)"
        ),
    ),
    "another auditor": ("UPDATE assignment SET auditor_id = NULL WHERE {who}",),
}


def places(premises: Premises, who: str, stage: Stage) -> Iterator[tuple[str, Names]]:
    """Everything that somebody can look at, or might if others' answers opened it to them."""
    actions = actions_of(premises.app)
    for route in (r for r in DOORS if r.startswith("GET /{partnership}")):
        if "/audit-tools/" in route or "/people" in route:
            continue
        for names in ({}, *DOORS[route].also):
            if "harrowmere" not in names.values() and expected(
                who, route, names, stage, actions[route]
            ) != {403}:
                yield route, names


def fetched(premises: Premises, who: str, stage: Stage) -> dict[str, str]:
    """A digest of every answer to one person, its headers included."""
    found = {}
    for route, names in places(premises, who, stage):
        found[f"{route} {dict(names)}"] = told_by(premises.look(who, route, names))
        here = address(
            route.removeprefix("GET "), {**DOORS[route].names, **names}, premises.grounds.refs
        )
        for query in ASKED_BESIDES.get(route, ()):
            found[f"{route} {dict(names)} {query}"] = told_by(premises.get(who, f"{here}?{query}"))
    return found


def told_by(reply: Reply) -> str:
    """A digest of one answer."""
    headers = sorted(h for h in reply.headers if h[0] != "content-length")
    told = hashlib.sha256(repr((reply.status, headers)).encode() + without_what_is_new(reply.body))
    return f"{reply.status} {told.hexdigest()}"


def change(premises: Premises, who: str, what: str) -> None:
    """Change what is not of this person's agency."""
    world, grounds = premises.grounds.world, premises.grounds
    subject = premises.value(f"SELECT id FROM subject WHERE ref = '{grounds.refs['subject.a.2']}'")
    given = {name: ident(getattr(world, name)) for name in ("health", "school", "police")}
    theirs = (UNSENT | NEVER)[who].format(subject=subject, **given)
    others = OTHERS.format(who=theirs)
    for statement in CHANGES[what]:
        sql = statement.format(who=theirs, others=others, at="'2026-09-14 10:00:00'")
        premises.connection.execute(text(sql))


@pytest.mark.parametrize("who", UNSENT)
def test_what_another_agency_does_changes_nothing_for_who_has_not_sent(
    premises: Premises, who: str
) -> None:
    stages = (
        (Stage.OPEN, Stage.MODERATION)
        if premises.database.embedded or PROVING
        else (Stage.MODERATION,)
    )
    for stage in stages:
        premises.stage(stage)
        before = fetched(premises, who, stage)
        assert len(before) > 20
        for what in CHANGES:
            with premises.undone():
                change(premises, who, what)
                after = fetched(premises, who, stage)
            assert {at: told for at, told in after.items() if before[at] != told} == {}, what


@pytest.mark.parametrize("who", NEVER)
def test_who_never_reads_others_is_told_nothing_by_any_answer_or_decision(
    premises: Premises, who: str
) -> None:
    for stage in (Stage.MODERATION, Stage.REPORTED)[: 2 if premises.database.embedded else 1]:
        premises.stage(stage)
        before = fetched(premises, who, stage)
        with premises.undone():
            change(premises, who, "sent, with other answers")
            for statement in DECIDED:
                premises.connection.execute(text(statement))
            after = fetched(premises, who, stage)
        assert {at: told for at, told in after.items() if before[at] != told} == {}


def test_the_changes_do_change_something_for_who_may_read_all(premises: Premises) -> None:
    premises.stage(Stage.MODERATION)
    page = f"GET {SUBJECT}"
    before = premises.look("coordinator", page).body
    table = premises.look("coordinator", f"GET {ROUND}/assignments").body
    for what in CHANGES:
        with premises.undone():
            change(premises, "nurse", what)
            same = premises.look("coordinator", page).body == before
            assert (
                not same or premises.look("coordinator", f"GET {ROUND}/assignments").body != table
            )
