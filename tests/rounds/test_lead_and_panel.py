"""Who leads a round and who sits on its panel."""

import json

from sqlmodel import Session, col, select

from app.access import Role
from app.identity.models import Membership, Person
from app.rounds.models import RoundPerson
from app.rounds.rules import Stage
from tests import factories as make
from tests.audit import Audit, open_audit
from tests.browsing import Browser, Visitor, heading, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.rounds.plans import at, happened, stored
from tests.world import World


def choose(visitor: Visitor, audit: Audit, lead: Person | None, *panel: Person) -> int:
    chosen = {"lead": lead.ref if lead else "", "panel": [who.ref for who in panel]}
    return visitor.submit(f"{at(audit)}/people", chosen).status_code


def people_now(browse: Browser, audit: Audit) -> dict[int, str]:
    with browse.database.reading() as session:
        query = select(RoundPerson).where(col(RoundPerson.round_id) == audit.round.id)
        return {part.person_id: part.role for part in session.exec(query)}


def test_a_lead_and_a_panel_are_chosen_and_then_others(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert choose(coordinator, audit, world.health_lead, world.officer, world.teacher) == 303
    assert people_now(browse, audit) == {
        world.health_lead.id: "lead",
        world.officer.id: "panel_member",
        world.teacher.id: "panel_member",
    }
    details = json.loads(happened(browse.database, "round.changed")[0].details)
    panel = sorted([world.officer.ref, world.teacher.ref])
    assert details == {"changed": ["people"], "lead": world.health_lead.ref, "panel": panel}


def test_the_new_lead_reaches_the_round_at_once_and_the_old_one_no_longer(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)

    choose(browse.as_(world.coordinator), audit, world.officer)

    assert browse.as_(world.officer).get(at(audit)).status_code == 200
    assert browse.as_(world.lead).get(at(audit)).status_code == 404
    assert browse.as_(world.panel_police).get(at(audit)).status_code == 404


def test_lead_and_panel_member_can_change_places(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.MODERATION)

    assert choose(browse.as_(world.coordinator), audit, world.panel_police, world.lead) == 303

    assert people_now(browse, audit) == {
        world.panel_police.id: "lead",
        world.lead.id: "panel_member",
    }


def test_nobody_is_both(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    both = {"lead": world.officer.ref, "panel": [world.officer.ref]}

    answer = coordinator.submit(f"{at(audit)}/people", both)

    assert answer.status_code == 422
    assert "The lead chairs the panel" in heading(answer)


def test_a_lead_may_be_left_open_while_the_round_is_planned(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert choose(coordinator, audit, None) == 303

    assert "Nobody chosen yet" in words(coordinator.page(at(audit)))
    assert "Nobody is chosen to lead." in words(coordinator.page(at(audit)))


OUTSIDE = ("scrutineer", "administrator", "subgroup_member", "owner", "coordinator_elsewhere")


def test_who_may_not_lead_is_not_offered_and_not_taken(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    offered = coordinator.page(f"{at(audit)}/people").select("#lead option")

    with nothing_written(browse.database):
        for who in OUTSIDE:
            person = world.people[who]
            assert person.ref not in {option.get("value") for option in offered}, who
            assert choose(coordinator, audit, person, world.officer) == 422, who


def test_who_may_not_sit_on_the_panel_is_not_offered_and_not_taken(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    offered = coordinator.page(f"{at(audit)}/people").select("[name=panel]")

    with nothing_written(browse.database):
        for who in (*OUTSIDE, "coordinator"):
            person = world.people[who]
            assert person.ref not in {box["value"] for box in offered}, who
            assert choose(coordinator, audit, world.lead, world.officer, person) == 422, who


def test_a_coordinator_may_lead(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert choose(coordinator, audit, world.coordinator, world.officer) == 303


def test_a_coordinator_who_also_audits_may_not_sit_on_the_panel(
    session: Session, world: World, browse: Browser
) -> None:
    make.membership(session, world.coordinator, world.partnership, Role.AUDITOR, world.police)
    audit = stored(session, world, Stage.DRAFT)

    assert choose(browse.as_(world.coordinator), audit, world.lead, world.coordinator) == 422


def test_the_panel_is_of_agencies_that_take_part(
    session: Session, world: World, browse: Browser
) -> None:
    probation = make.agency(session, world.partnership, "Wexcombe Probation", "probation")
    outside = make.person(session, world.partnership, Role.AUDITOR, probation)
    audit = stored(session, world, Stage.DRAFT)

    assert choose(browse.as_(world.coordinator), audit, world.lead, outside) == 422


def test_an_agency_of_another_partnership_makes_nobody_a_panel_member(
    session: Session, world: World, browse: Browser
) -> None:
    """The police serve both partnerships; this officer is a member of the other one only."""
    there = make.person(session, world.elsewhere, Role.AUDITOR, world.police, "Officer elsewhere")
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert "Officer elsewhere" not in words(coordinator.page(f"{at(audit)}/people"))
    assert choose(coordinator, audit, world.lead, there) == 422


def test_a_reference_of_nobody_is_refused(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    for ref in ("ZZZZZZZZZZ", "1", "x" * 11, "' OR 1=1"):
        for chosen in ({"lead": ref}, {"panel": [ref]}):
            assert coordinator.submit(f"{at(audit)}/people", chosen).status_code == 422, ref


def test_somebody_who_has_left_can_no_longer_be_chosen(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    world.officer.left_at = clock()
    session.add(world.officer)
    audit = stored(session, world, Stage.DRAFT)

    assert choose(browse.as_(world.coordinator), audit, world.lead, world.officer) == 422


def test_why_a_person_cannot_lead_is_asked_of_the_later_steps(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    asked: list[tuple[int, int]] = []

    def has_subjects(_: Session, round_id: int, person_id: int) -> list[str]:
        asked.append((round_id, person_id))
        return ["They have been given 2 subjects in this round."]

    browse.client.app.state.lead_conflicts = (has_subjects,)  # type: ignore[attr-defined]
    coordinator = browse.as_(world.coordinator)
    chosen = {"lead": world.officer.ref, "panel": [world.nurse.ref]}
    answer = coordinator.submit(f"{at(audit)}/people", chosen)

    assert answer.status_code == 422
    assert "They have been given 2 subjects" in heading(answer)
    assert asked == [(audit.round.id, world.officer.id)]
    assert people_now(browse, audit)[world.lead.id or 0] == "lead"


def test_a_lead_who_stays_is_not_asked_about_again(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    refuse = (lambda *_: ["No."],)
    browse.client.app.state.lead_conflicts = refuse  # type: ignore[attr-defined]

    assert choose(browse.as_(world.coordinator), audit, world.lead, world.nurse) == 303


def test_a_person_with_two_roles_is_offered_once_with_both(
    session: Session, world: World, browse: Browser
) -> None:
    make.membership(session, world.officer, world.partnership, Role.AGENCY_LEAD, world.police)
    audit = stored(session, world, Stage.DRAFT)

    page = browse.as_(world.coordinator).page(f"{at(audit)}/people")

    offered = page.select(f'[name=panel][value="{world.officer.ref}"]')
    assert len(offered) == 1
    assert "Wexcombe Police, Agency lead, Auditor" in words(page)


def test_a_panel_member_who_lost_their_role_is_found_before_the_round_moves(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    with browse.database.writing() as writing:
        held = select(Membership).where(Membership.person_id == world.panel_police.id)
        writing.delete(writing.exec(held).one())

    text = words(browse.as_(world.coordinator).page(f"{at(audit)}/stage"))

    assert f"{world.panel_police.name} is on the panel and has left" in text


def test_whoever_left_and_comes_back_gets_no_round_back(
    session: Session, world: World, browse: Browser
) -> None:
    over = open_audit(session, world, Stage.CLOSED)
    audit = stored(session, world)
    coordinator = browse.as_(world.coordinator)
    departure = f"/wexcombe/people/{world.lead.ref}/departure"
    told = words(coordinator.page(departure))
    assert f"They lead “{audit.round.title}” and stop being its lead: others can be chosen." in told
    coordinator.submit(departure)
    coordinator.submit(f"/wexcombe/people/{world.panel_police.ref}/departure")
    assert people_now(browse, audit) == people_now(browse, over) == {}
    for event in happened(browse.database, "round.changed"):
        assert json.loads(event.details)["lead"] == ""
    assert {e.scope for e in happened(browse.database, "round.changed")} == {
        audit.round.ref,
        over.round.ref,
    }
    assert "Nobody who is still here" in words(coordinator.page(at(over)))

    with browse.database.writing() as writing:
        back = writing.get_one(Person, world.lead.id)
        back.left_at = None
        make.membership(writing, back, world.partnership, Role.AUDITOR, world.health)
    for each in (audit, over):
        assert browse.as_(world.lead).get(f"{at(each)}/comparisons").status_code == 403


def test_a_departure_changes_no_round_of_another_partnership(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)
    with browse.database.writing() as writing:
        make.membership(writing, world.lead, world.elsewhere, Role.SCRUTINEER)

    browse.as_(world.coordinator_elsewhere).submit(f"/harrowmere/people/{world.lead.ref}/departure")

    assert people_now(browse, audit)[world.lead.id or 0] == "lead"
