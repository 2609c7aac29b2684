"""Until an agency has sent its own response and the round is in moderation, nothing derived from
another agency's answers reaches it."""

import pytest
from sqlmodel import select

from app.access import Role
from app.db import Database
from app.rounds.models import RoundPerson
from app.rounds.rules import Stage
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import CANARY, HAD_A_PART, Scene, grade, move_to, stage_scene
from tests.factories import membership
from tests.world import World

BEFORE = [Stage.OPEN, Stage.RETURNS_CLOSED]
AFTER = [Stage.FINDINGS_AGREED, Stage.REPORTED, Stage.CLOSED]


def everything(scene: Scene) -> list[str]:
    return [
        f"{scene.at}/comparisons",
        f"{scene.at}/comparisons?show=left",
        scene.comparison,
        f"{scene.comparison}?order=questions",
        f"{scene.comparison}/form_worry",
        f"{scene.at}/findings",
        f"{scene.at}/exports",
        "/wexcombe/actions?show=all",
        "/wexcombe/packs",
        f"{scene.at}/packs/nothing",
        f"/wexcombe/rounds/{scene.audit.round.ref}",
    ]


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.MODERATION])
def test_no_word_of_one_agency_reaches_anybody_who_is_not_exempt(
    browse: Browser, world: World, database: Database, scene: Scene, stage: Stage
) -> None:
    move_to(database, scene, stage)
    exempt = {"lead", "coordinator", "scrutineer"}
    opened = {"panel_police"} if stage is Stage.MODERATION else set()
    for name, person in world.people.items():
        if name in exempt | opened:
            continue
        visitor = browse.as_(person)
        for address in everything(scene):
            assert CANARY not in visitor.get(address).text, f"{name} at {address}"


@pytest.mark.parametrize("name", ["lead", "coordinator", "scrutineer"])
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.MODERATION, Stage.CLOSED])
def test_the_exempt_see_what_was_sent_from_the_stage_open_on(
    browse: Browser, world: World, database: Database, scene: Scene, name: str, stage: Stage
) -> None:
    move_to(database, scene, stage)
    assert CANARY in browse.as_(world.people[name]).get(scene.comparison).text


def test_a_panel_member_sees_a_subject_once_their_own_agency_has_sent(
    browse: Browser, world: World, scene: Scene
) -> None:
    panel = browse.as_(world.panel_police)
    assert "R-7F3K" in words(panel.page(f"{scene.at}/comparisons"))
    assert "Good" in words(panel.page(scene.comparison))
    meeting = panel.page(f"{scene.comparison}/form_worry")
    assert "The worry is in the first line." in words(meeting)
    assert meeting.select("main form") == []


@pytest.mark.parametrize("stage", [*BEFORE, *AFTER])
def test_outside_moderation_a_panel_member_finds_nothing(
    browse: Browser, world: World, database: Database, scene: Scene, stage: Stage
) -> None:
    move_to(database, scene, stage)
    panel = browse.as_(world.panel_police)
    assert "R-7F3K" not in panel.get(f"{scene.at}/comparisons").text
    assert panel.get(scene.comparison).status_code == 404
    assert panel.get(f"{scene.comparison}/form_worry").status_code == 404


def test_a_subject_that_the_own_agency_has_not_sent_is_as_if_it_did_not_exist(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        waiting = subject(session, scene.audit, "R-4WAI", 2)
        assign(session, waiting, world.police, world.officer)
        given = assign(session, waiting, world.social_care, None)
        respond(session, scene.audit, given, {**HAD_A_PART, "form_worry": grade("good", "x")})
        unasked = subject(session, scene.audit, "R-3UNA", 3)
        given = assign(session, unasked, world.social_care, None)
        respond(session, scene.audit, given, {**HAD_A_PART, "form_worry": grade("good", "x")})
    panel = browse.as_(world.panel_police)
    told = panel.get(f"{scene.at}/comparisons").text
    assert "R-7F3K" in told
    assert "R-4WAI" not in told
    assert "R-3UNA" not in told
    page = panel.get(scene.comparison).text
    assert "R-4WAI" not in page
    assert "R-3UNA" not in page
    nothing = panel.get(f"{scene.at}/subjects/NOSUCHREF2/comparison")
    for hidden in (waiting, unasked):
        answer = panel.get(f"{scene.at}/subjects/{hidden.ref}/comparison")
        assert answer.status_code == nothing.status_code == 404
        assert _but_reference(answer.text) == _but_reference(nothing.text)


def _but_reference(page: str) -> list[str]:
    return [line for line in page.splitlines() if "app-reference" not in line]


def test_what_other_agencies_answer_changes_nothing_for_a_blind_panel_member(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        waiting = subject(session, scene.audit, "R-4WAI", 2)
        assign(session, waiting, world.police, world.officer)
        given = assign(session, waiting, world.social_care, None)
    panel = browse.as_(world.panel_police)
    addresses = [f"{scene.at}/comparisons", f"{scene.at}/comparisons?show=left"]
    before = [panel.get(address) for address in addresses]
    with database.writing() as session:
        respond(session, scene.audit, given, {**HAD_A_PART, "form_worry": grade("good", "x")})
    after = [panel.get(address) for address in addresses]
    assert [a.text for a in after] == [b.text for b in before]
    assert [len(a.headers) for a in after] == [len(b.headers) for b in before]


def test_a_panel_member_of_two_agencies_waits_for_both(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        membership(session, world.panel_police, world.partnership, Role.AUDITOR, world.health)
    assert browse.as_(world.panel_police).get(scene.comparison).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("social_care_lead", 403),
        ("officer", 403),
        ("administrator", 403),
        ("subgroup_member", 403),
        ("owner", 403),
        ("coordinator_elsewhere", 404),
    ],
)
def test_those_without_a_part_in_comparing_are_turned_away(
    browse: Browser, world: World, scene: Scene, name: str, status: int
) -> None:
    visitor = browse.as_(world.people[name])
    assert visitor.get(scene.comparison).status_code == status
    assert visitor.get(f"{scene.at}/comparisons").status_code == status


def test_a_lead_reaches_only_the_rounds_they_lead(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        for part in session.exec(select(RoundPerson)):
            session.delete(part)
    answer = browse.as_(world.lead).get(scene.comparison)
    assert answer.status_code in {403, 404}
    assert CANARY not in answer.text


def test_a_subject_of_another_round_is_not_found_under_this_one(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        other = stage_scene(session, world)
    mixed = f"{scene.at}/subjects/{other.subject.ref}/comparison"
    assert browse.as_(world.lead).get(mixed).status_code == 404
