"""The permission table, as its own rules have it: who reads, who answers, who manages."""

import pytest

from app.access import ANSWERING, EXEMPT, TABLE, Action, Actor, Held, Reach, Role, holds, scope
from app.config import ROOT
from app.people.permissions import permissions_markdown

HERE = 1
READS_ANSWERS = {Action.RESPONSE_SEE, Action.COMPARISON_SEE, Action.FINDING_SEE}


def actor(*held: Held, leads: tuple[int, ...] = (), panels: tuple[int, ...] = ()) -> Actor:
    return Actor(7, HERE, "A", held, frozenset(leads), frozenset(panels), frozenset())


def test_the_document_of_permissions_is_current() -> None:
    stored = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert stored == permissions_markdown(), "run `casefile write-docs`"


def test_the_document_names_every_action_and_role() -> None:
    rows = [line for line in permissions_markdown().splitlines() if line.startswith("| ")]

    assert sum(": " in row.split("|")[1] for row in rows) == len(Action)
    assert all(any(role.words in row for row in rows) for role in Role)


def test_people_are_managed_by_coordinators_and_system_administrators_alone() -> None:
    managing = {r for r in Role if TABLE[Action.PEOPLE_MANAGE][r] is not Reach.NONE}

    assert managing == {Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR}


@pytest.mark.parametrize("action", sorted(READS_ANSWERS))
def test_whoever_reads_every_agencys_answers_is_exempt_from_answering(action: Action) -> None:
    reading = {r for r in Role if TABLE[action][r] in {Reach.PARTNERSHIP, Reach.ROUND}}

    assert reading - EXEMPT <= {Role.PANEL_MEMBER}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SCRUTINEER])
def test_a_reader_of_everything_answers_nowhere_whatever_else_they_hold(role: Role) -> None:
    both = actor(Held(Role.AUDITOR, 3), Held(Role.AGENCY_LEAD, 3), Held(role))

    assert not any(holds(both, action) for action in ANSWERING)
    assert holds(both, Action.ASSIGNMENT_SEE)


def test_a_lead_answers_in_other_rounds_and_not_in_their_own() -> None:
    nurse = actor(Held(Role.AUDITOR, 3), leads=(11,))

    assert scope(nurse, Action.RESPONSE_ANSWER).barred == {11}
    assert holds(nurse, Action.RESPONSE_ANSWER)


def test_roles_add_up_each_with_its_own_reach() -> None:
    within = scope(actor(Held(Role.AGENCY_LEAD, 3), panels=(11, 12)), Action.ROUND_SEE)

    assert within.reaches == {Reach.AGENCY, Reach.ROUND}
    assert within.agencies == {3}
    assert within.rounds == {11, 12}


def test_an_agency_is_only_reached_by_the_role_that_is_held_for_it() -> None:
    two = actor(Held(Role.AGENCY_LEAD, 3), Held(Role.AUDITOR, 4))

    assert scope(two, Action.RESPONSE_SIGN_OFF).agencies == {3}


def test_nobody_reaches_anything_without_a_role() -> None:
    assert not any(holds(actor(), action) for action in Action)


def test_a_subgroup_member_sees_packs_and_actions_of_their_subgroups_and_no_answers() -> None:
    carried = {a for a in Action if TABLE[a][Role.SUBGROUP_MEMBER] is not Reach.NONE}

    assert carried == {
        Action.WORK_SEE,
        Action.ACTION_SEE,
        Action.ACTIONS_EXPORT,
        Action.PACK_SEE,
        Action.PAPER_SEE,
    }
    assert {TABLE[a][Role.SUBGROUP_MEMBER] for a in carried} == {Reach.OWN}


def test_no_agency_role_reaches_further_than_the_agency() -> None:
    wide = {
        (role, action)
        for role in (Role.AUDITOR, Role.AGENCY_LEAD)
        for action in Action
        if TABLE[action][role] in {Reach.PARTNERSHIP, Reach.ROUND}
    }

    assert wide == {(Role.AUDITOR, Action.TOOL_SEE), (Role.AGENCY_LEAD, Action.TOOL_SEE)}
