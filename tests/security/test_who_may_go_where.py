"""Every route, for everybody, at several stages: what the permission table says is what happens."""

import re
from collections.abc import Iterator

from sqlalchemy import text

from app.access import Action
from app.rounds.rules import Stage
from tests.factories import ident
from tests.security.addresses import DOORS, MINE, SUBJECT
from tests.security.asking import Reply
from tests.security.crawl import Visit, actions_of
from tests.security.doors import Names, names_in
from tests.security.premises import Premises
from tests.security.reach import expected

NOWHERE = "2222222222"
GUARDED = [route for route in DOORS if "{partnership}" in route]
SENDING = [route for route in GUARDED if route.startswith("POST")]
NO_THING = {
    "role",
    "partnership",
    "tool",
    "version",
    "question_set",
    "theme",
    "block",
    "bank_question",
    "section",
    "question",
    "code",
    "paper",
}
SUBJECT_PAGE = f"GET {SUBJECT}"
_REFERENCE = re.compile(rb'(app-reference__code">)[0-9a-f]+')


def test_every_door_is_listed(premises: Premises) -> None:
    assert set(actions_of(premises.app)) == set(DOORS)


def test_looking_is_as_the_table_says(walked: list[Visit]) -> None:
    assert [visit.told for visit in walked if visit.status not in visit.wanted] == []
    assert sum(visit.status == 200 for visit in walked) > 200


def test_every_page_opens_to_somebody_at_some_stage(
    premises: Premises, walked: list[Visit]
) -> None:
    closed = {visit.route for visit in walked} - {v.route for v in walked if v.status == 200}
    for stage in (Stage.DRAFT, Stage.SAMPLING, Stage.OPEN, Stage.MODERATION, Stage.CLOSED):
        premises.stage(stage)
        for who in ("coordinator", "lead", "officer", "police_lead"):
            closed -= {route for route in closed if premises.look(who, route).status == 200}

    assert closed == set()


def test_changing_is_as_the_table_says(sent: list[Visit]) -> None:
    assert [visit.told for visit in sent if visit.status not in visit.wanted] == []


def test_whoever_may_change_something_can(premises: Premises) -> None:
    """The forms of the table are good ones: somebody's is taken, and leaves an event."""
    actions, untaken = actions_of(premises.app), []
    # Of the round's meetings one is open, and is gone on with.
    silent = {"/meetings", "/preview", "/list/{list}", f"{MINE}/answers"}
    silent |= {"/trial"}  # keeps nothing
    # This tool has one of each, so there is no other.
    silent |= {"/tool-version", "/newer-version", "/strands"}
    for route in SENDING:
        stage = DOORS[route].stage
        premises.stage(stage)
        for who in ("coordinator", "lead", "officer", "sharer", "police_lead", "owner"):
            with premises.undone():
                if not expected(who, route, {}, stage, actions[route]) <= {200, 303, 422}:
                    continue
                before = premises.counts()["event"]
                status = premises.send(who, route).status
                told = premises.counts()["event"] - before
                told = min(told, 1) if route.endswith("/copy") else told  # one for each part
                if status not in {200, 303} or told != (not route.endswith(tuple(silent))):
                    untaken.append(f"{who} {route}: {status}, {told} events")
                break

    assert untaken == []


def unlike(reply: Reply) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer without the reference that each refusal has of its own."""
    return reply.status, list(reply.headers), _REFERENCE.sub(rb"\1", reply.body)


def test_out_of_reach_is_the_same_as_not_there(premises: Premises) -> None:
    """Byte for byte, headers too: or an answer would say that somebody else has such a thing."""
    actions, different, compared = actions_of(premises.app), [], 0
    for route in GUARDED:
        premises.stage(DOORS[route].stage)
        method = premises.look if route.startswith("GET") else premises.send
        for who in ("officer", "two_hats", "panel_police", "owner"):
            for names in ({}, *DOORS[route].also):
                if expected(who, route, names, DOORS[route].stage, actions[route]) != {404}:
                    continue
                innermost = [p for p in names_in(route) if p not in NO_THING][-1]
                there = method(who, route, names)
                not_there = method(who, route, {**names, innermost: NOWHERE})
                compared += 1
                if unlike(there) != unlike(not_there):
                    different.append(f"{who} {route} {names}")

    assert different == []
    assert compared > 50


def mismatched() -> Iterator[tuple[str, Names]]:
    """Addresses in which one thing is not of the other, whoever may see both."""
    for route in GUARDED:
        within = [p for p in names_in(route) if p not in NO_THING - {"partnership", "paper"}]
        for parameter in within if len(within) > 1 else ():
            if parameter == "round" and any(
                each in route for each in ("/packs/", "/papers/", "/letters/")
            ):
                # Every round has a briefing, and one subgroup or agency is told of several rounds.
                continue
            if other := _of_another(parameter, childless=within[-1] == "round"):
                yield route, {parameter: other}


def _of_another(parameter: str, *, childless: bool) -> str | None:
    """The same sort of thing, of another round, person or partnership."""
    fixed = {
        "partnership": "harrowmere",
        "person": "person.coordinator_elsewhere",
        "membership": "membership.coordinator_elsewhere",
        "subgroup": "subgroup.harrowmere",
        "agency": "agency.harrowmere",
        "assignment": "assignment.c.police.1",
        "action": "action.c",
    }
    of_b = {
        "round": "round.c" if childless else "round.b",
        "strand": "strand.b.listed",
        "subject": "subject.b.1",
        "finding": "finding.b.draft",
        "list": "list.b",
        "row": "row.b",
        "document": "document.b",
        "meeting": "meeting.b",
        "paper": "subgroup.harrowmere",
    }
    return {**fixed, **of_b}.get(parameter)


def let_some_in_everywhere(premises: Premises) -> None:
    """Make one person lead of every round, and two of the police at home in both partnerships."""
    people, run = premises.grounds.people, premises.connection.execute
    run(text("DELETE FROM round_person"))
    lead = "INSERT INTO round_person (round_id, person_id, role) SELECT id, :who, 'lead' FROM round"
    run(text(lead), {"who": ident(people["both"])})
    run(text("UPDATE requested_document SET person_id = :who"), {"who": ident(people["both"])})
    for who in ("officer", "police_lead"):
        given = {"who": ident(people[who]), "was": ident(people[f"{who}_elsewhere"])}
        run(text("UPDATE membership SET person_id = :who WHERE person_id = :was"), given)
        run(text("UPDATE assignment SET auditor_id = :who WHERE auditor_id = :was"), given)


def who_reaches_both(route: str, actions: list[Action]) -> str:
    """Somebody who could do this to either of two things."""
    own = {Action.RESPONSE_SEE, Action.RESPONSE_ANSWER, Action.LOCAL_RECORD_KEEP}
    own |= {Action.CONFLICT_DECLARE, Action.NIL_RETURN_DECLARE}
    if own & set(actions):
        return "officer"
    leads = {Action.RESPONSE_SIGN_OFF, Action.SECTIONS_SHARE}
    return "police_lead" if leads & set(actions) else "both"


def test_a_child_of_another_parent_is_not_found(premises: Premises) -> None:
    """Round a with a strand of b, Wexcombe with a round of Harrowmere: by who may see both."""
    let_some_in_everywhere(premises)
    actions, found, tried = actions_of(premises.app), [], 0
    for route, names in mismatched():
        premises.stage(DOORS[route].stage)
        ask = premises.look if route.startswith("GET") else premises.send
        with premises.undone():
            reply = ask(who_reaches_both(route, actions[route]), route, names)
        tried += 1
        if reply.status != 404:
            found.append(f"{route} {dict(names)}: {reply.status}")

    assert found == []
    assert tried > 100


def test_the_same_people_reach_each_thing_by_its_own_parents(premises: Premises) -> None:
    """Or the test above would prove nothing."""
    let_some_in_everywhere(premises)
    actions, missing = actions_of(premises.app), []
    for route in {route for route, _ in mismatched() if route.startswith("GET")}:
        premises.stage(DOORS[route].stage)
        status = premises.look(who_reaches_both(route, actions[route]), route).status
        if status not in {200, 409}:
            missing.append(f"{route}: {status}")

    assert missing == []


def test_a_role_taken_away_is_gone_at_the_next_request(premises: Premises) -> None:
    page = "GET /{partnership}/people"
    assert premises.look("coordinator", page).status == 200
    take = text("DELETE FROM membership WHERE person_id = :who AND role = 'coordinator'")
    premises.connection.execute(take, {"who": ident(premises.grounds.people["coordinator"])})
    assert premises.look("coordinator", page).status == 404


def test_a_part_in_a_round_taken_away_is_gone_at_the_next_request(premises: Premises) -> None:
    premises.stage(Stage.MODERATION)
    page, form = SUBJECT_PAGE, f"POST {SUBJECT}/{{question}}"
    for who in ("lead", "panel_police"):
        assert premises.look(who, page).status == 200
    premises.connection.execute(text("DELETE FROM round_person"))
    for who in ("lead", "panel_police"):
        assert premises.look(who, page).status == 403
    assert premises.send("lead", form).status == 403


def test_work_taken_away_is_gone_at_the_next_request(premises: Premises) -> None:
    page, form = f"GET {MINE}/check", f"POST {MINE}/answers"
    assert premises.look("officer", page).status == 200
    premises.connection.execute(text("UPDATE assignment SET auditor_id = NULL"))
    assert premises.look("officer", page).status == 404
    assert premises.send("officer", form).status == 404


def test_an_agency_lead_of_another_agency_now_reaches_nothing_of_the_old(
    premises: Premises,
) -> None:
    page = f"GET {MINE}/check"
    declared = {"assignment": "assignment.a.police.2"}
    assert premises.look("police_lead", page, declared).status == 200
    move = text("UPDATE membership SET agency_id = :agency WHERE person_id = :who")
    world = premises.grounds.world
    given = {"agency": ident(world.school), "who": ident(world.police_lead)}
    premises.connection.execute(move, given)
    assert premises.look("police_lead", page, declared).status == 404
    assert premises.send("police_lead", f"POST {MINE}/sending").status == 404


def test_a_person_who_leaves_is_signed_out_at_the_next_request(premises: Premises) -> None:
    page = "GET /{partnership}/my-work"
    assert premises.look("nurse", page).status == 200
    leave = text("UPDATE person SET left_at = :at WHERE id = :who")
    given = {"at": "2026-09-15 08:00:00+00:00", "who": ident(premises.grounds.people["nurse"])}
    premises.connection.execute(leave, given)
    assert premises.look("nurse", page).status == 303
    assert premises.send("nurse", f"POST {MINE}/local-record").status == 401
