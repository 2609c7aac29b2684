"""Actions: planned from agreed findings, followed by their owners, agencies and subgroups."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.access import Role
from app.actions.models import ActionUpdate, LearningAction
from app.db import Database
from app.events.models import Event
from app.findings.models import Finding, FindingEvidence, FindingSubgroup
from app.identity.models import SubgroupPerson
from app.library.numbers import numbers_of
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, find_form, form_values, heading, soup, words
from tests.clock import SettableClock
from tests.comparisons.scene import Scene, move_to, stage_scene
from tests.conftest import nothing_written
from tests.factories import agency, ident, person
from tests.world import World


@dataclass(frozen=True)
class Planned:
    """An agreed finding that goes to the subgroup, with no action yet."""

    scene: Scene
    finding: Finding

    @property
    def at(self) -> str:
        return f"{self.scene.at}/findings/{self.finding.ref}"


def agreed_finding(session: Session, world: World, scene: Scene, title: str = "Plain") -> Finding:
    made = Finding(
        round_id=ident(scene.audit.round),
        kind="area_for_development",
        state="agreed",
        title=title,
        words="Forms say what happened.",
        themes=["REC"],
        written_by=ident(world.lead),
        written_at=datetime(2026, 9, 15, tzinfo=UTC),
    )
    session.add(made)
    session.flush()
    session.add(FindingSubgroup(finding_id=ident(made), subgroup_id=ident(world.subgroup)))
    return made


@pytest.fixture
def planned(database: Database, world: World) -> Planned:
    with database.writing() as session:
        scene = stage_scene(session, world)
        return Planned(scene, agreed_finding(session, world, scene))


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


def given(world: World, **other: str) -> dict[str, str]:
    return {
        "what": "Teach the front door to ask for the worry",
        "how_we_will_know": "Dip sample in March",
        "agency": world.police.ref,
        "owner": world.officer.ref,
        "due.day": "1",
        "due.month": "10",
        "due.year": "2026",
        **other,
    }


def plan(lead: Visitor, planned: Planned, world: World, **other: str) -> str:
    answer = lead.submit(f"{planned.at}/actions/new", given(world, **other))
    assert answer.status_code == 303, heading(answer)
    return answer.headers["location"]


def test_a_form_sent_again_with_anything_changed_is_another_action(
    lead: Visitor, planned: Planned, world: World
) -> None:
    first = plan(lead, planned, world)
    assert plan(lead, planned, world) == first
    reviewed = {"impact_on.day": "1", "impact_on.month": "3", "impact_on.year": "2027"}
    second = plan(lead, planned, world, **reviewed)
    assert second != first
    assert "1 March 2027" in words(lead.page(second))


def test_an_action_begins_as_a_proposal_with_its_history(
    lead: Visitor, planned: Planned, world: World
) -> None:
    told = words(lead.page(plan(lead, planned, world)))
    assert "Proposed" in told
    assert "Police officer, Wexcombe Police" in told
    assert "1 October 2026 (due in 16 days)" in told
    assert "Proposed by Round lead 15 September 2026" in told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", ""),
        ("what", "x" * 501),
        ("how_we_will_know", ""),
        ("agency", ""),
        ("agency", "NOSUCHREF2"),
        ("owner", "NOSUCHREF2"),
        ("due.day", "14"),
        ("due.day", "31"),
        ("state", "closed"),
        ("version", "3"),
        ("finding_id", "1"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_kept(
    lead: Visitor, planned: Planned, world: World, database: Database, field: str, value: str
) -> None:
    month = "9" if field == "due.day" else "10"
    with nothing_written(database):
        answer = lead.post(
            f"{planned.at}/actions", given(world, **{"due.month": month, field: value})
        )
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    with database.reading() as session:
        assert session.exec(select(LearningAction)).all() == []


def test_the_owner_is_of_the_agency_that_owns_it(
    lead: Visitor, planned: Planned, world: World
) -> None:
    answer = lead.post(f"{planned.at}/actions", given(world, owner=world.nurse.ref))
    assert answer.status_code == 422
    assert "Choose somebody of Wexcombe Police" in heading(answer)


def test_an_agency_without_people_here_may_have_any_owner(
    lead: Visitor, planned: Planned, world: World, database: Database
) -> None:
    with database.writing() as session:
        trust = agency(session, world.partnership, "Wexcombe Trust", "voluntary")
    plan(lead, planned, world, agency=trust.ref, owner=world.owner.ref)


@pytest.mark.parametrize("name", ["administrator", "scrutineer", "coordinator_elsewhere"])
def test_nobody_owns_an_action_who_could_not_update_it(
    lead: Visitor, planned: Planned, world: World, database: Database, name: str
) -> None:
    with database.writing() as session:
        trust = agency(session, world.partnership, "Wexcombe Trust", "voluntary")
    form = given(world, agency=trust.ref, owner=world.people[name].ref)
    assert lead.post(f"{planned.at}/actions", form).status_code == 422


def test_nothing_is_planned_from_a_draft(
    lead: Visitor, planned: Planned, world: World, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Finding, planned.finding.id).state = "draft"
    assert lead.get(f"{planned.at}/actions/new").status_code == 409
    assert lead.post(f"{planned.at}/actions", given(world)).status_code == 409


IMPACT = {"impact_on.day": "1", "impact_on.month": "3", "impact_on.year": "2027"}


def test_the_owner_follows_it_and_the_lead_verifies_shows_impact_and_closes_it(
    browse: Browser, planned: Planned, world: World, database: Database, session: Session
) -> None:
    action = plan(browse.as_(world.lead), planned, world, **IMPACT)
    move_to(database, planned.scene, Stage.ACTIONS_LIVE)
    officer = browse.as_(world.officer)
    done = (("agreed", ""), ("in_progress", "Trainer found"), ("complete", "Taught on 3 May"))
    for to, said in done:
        assert officer.submit(f"{action}", {"to": to, "words": said}).status_code == 303
    page = officer.page(action)
    assert "Complete (claimed)" in words(page)
    assert "Evidence given Taught on 3 May (Police officer" in words(page)
    assert page.select("input[value=verified]") == []
    seen = {"to": "verified", "words": "Read the register", "version": "4"}
    assert officer.post(f"{action}/updates", seen).status_code == 409
    lead = browse.as_(world.lead)
    assert lead.submit(action, {"to": "verified", "words": "Read the register"}).status_code == 303
    assert "Impact review in 167 days" in words(lead.page(action))
    made = {"to": "impact_shown", "words": "Nine of ten forms say the worry"}
    assert lead.submit(action, made).status_code == 303
    assert "Impact seen Nine of ten forms say the worry (Round lead" in words(lead.page(action))
    assert lead.submit(action, {"to": "closed"}).status_code == 303
    assert lead.page(action).select("input[name=to][value=in_progress]") == []
    assert [u.state for u in session.exec(select(ActionUpdate).order_by(ActionUpdate.id))] == [  # type: ignore[arg-type]
        "proposed",
        "agreed",
        "in_progress",
        "complete",
        "verified",
        "impact_shown",
        "closed",
    ]
    kinds = [e.kind for e in session.exec(select(Event)) if e.kind.startswith("action.")]
    assert kinds == ["action.planned", *["action.updated"] * 6]


def claimed(database: Database, by: int, **other: object) -> None:
    """Put the one action where its completion has been claimed."""
    with database.writing() as session:
        action = session.exec(select(LearningAction)).one()
        action.state, action.claimed_by, action.version = "complete", by, 4
        for name, value in other.items():
            setattr(action, name, value)


def test_a_lead_who_claimed_it_or_owns_it_leaves_the_verifying_to_another(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(browse.as_(world.lead), planned, world, **IMPACT)
    seen = {"to": "verified", "words": "Read the register", "version": "4"}
    claimed(database, ident(world.lead))
    assert browse.as_(world.lead).post(f"{action}/updates", seen).status_code == 409
    claimed(database, ident(world.officer), owner_id=ident(world.lead))
    assert browse.as_(world.lead).post(f"{action}/updates", seen).status_code == 409
    assert browse.as_(world.coordinator).post(f"{action}/updates", seen).status_code == 303


def test_evidence_is_verified_once_there_is_a_day_to_look_at_impact(
    lead: Visitor, planned: Planned, world: World, database: Database
) -> None:
    action = plan(lead, planned, world)
    claimed(database, ident(world.officer))
    answer = lead.submit(action, {"to": "verified", "words": "Read the register"})
    assert answer.status_code == 422
    assert "First set the day when we look" in heading(answer)
    given = {**IMPACT, "why": "Half a year after the training"}
    assert lead.submit(f"{action}/dates", given).status_code == 303
    answer = lead.submit(action, {"to": "verified", "words": "Read the register"})
    assert answer.status_code == 303


def moved(day: str, month: str, why: str) -> dict[str, str]:
    return {"due.day": day, "due.month": month, "due.year": "2026", "why": why}


def test_every_earlier_due_date_stays_with_who_moved_it_when_and_why(
    browse: Browser, planned: Planned, world: World, database: Database, clock: SettableClock
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    clock.forward(days=1)
    lead = browse.as_(world.lead)
    answer = lead.submit(f"{action}/dates", moved("1", "11", "The trainer is ill"))
    assert answer.status_code == 303, heading(answer)
    clock.forward(days=1)
    coordinator = browse.as_(world.coordinator)
    assert coordinator.submit(f"{action}/dates", moved("5", "12", "No room")).status_code == 303
    told = words(coordinator.page(action))
    assert "Due before 1 October 2026; 1 November 2026" in told
    first = "Due date moved from 1 October 2026 to 1 November 2026 by Round lead 16 September 2026"
    second = "Due date moved from 1 November 2026 to 5 December 2026 by"
    assert "The trainer is ill" in told
    assert told.index(second) < told.index(first) < told.index("Proposed by Round lead")
    with database.reading() as session:
        kinds = [e for e in session.exec(select(Event)) if e.kind == "action.redated"]
    assert len(kinds) == 2
    assert all("trainer" not in event.details for event in kinds)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("why", ""),
        ("why", "x" * 1001),
        ("due.day", "31"),
        ("due.month", "8"),
        ("due.day", ""),
        ("impact_on.year", "2025"),
        ("state", "closed"),
        ("claimed_by", "1"),
    ],
)
def test_dates_that_cannot_be_accepted_are_said_and_nothing_is_kept(
    lead: Visitor, planned: Planned, world: World, database: Database, field: str, value: str
) -> None:
    action = plan(lead, planned, world)
    form = {**moved("10", "11", "No room"), **IMPACT, "version": "1", field: value}
    with nothing_written(database):
        answer = lead.post(f"{action}/dates", form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_dates_moved_on_an_older_page_are_refused(
    lead: Visitor, planned: Planned, world: World
) -> None:
    action = plan(lead, planned, world)
    form = {**moved("10", "11", "No room"), "version": "1"}
    assert lead.post(f"{action}/dates", form).status_code == 303
    again = {**moved("12", "11", "No room"), "version": "1"}
    assert lead.post(f"{action}/dates", again).status_code == 409


def test_an_owner_asks_for_another_date_and_does_not_move_it(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.ACTIONS_LIVE)
    officer = browse.as_(world.officer)
    assert "Move the dates" not in words(officer.page(action))
    form = {**moved("10", "11", "No room"), "version": "1"}
    assert officer.post(f"{action}/dates", form).status_code == 403
    assert officer.get(f"{action}/dates").status_code == 403


def test_an_action_goes_to_another_owner_of_its_agency_and_its_history_says_why(
    lead: Visitor, browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(lead, planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    page = lead.page(action)
    assert page.select(f'a[href="{action}/owner"]')
    offered = words(lead.page(f"{action}/owner"))
    other = world.police_lead.name
    assert other in offered
    assert world.nurse.name not in offered, "another agency's people do not own it"
    form = {"owner": world.police_lead.ref, "why": "He has left", "version": "1"}
    assert lead.post(f"{action}/owner", form | {"why": ""}).status_code == 422
    assert lead.post(f"{action}/owner", form | {"owner": world.nurse.ref}).status_code == 422
    same = lead.post(f"{action}/owner", form | {"owner": world.officer.ref})
    assert (same.status_code, "owns it already" in same.text) == (422, True)
    assert lead.post(f"{action}/owner", form).status_code == 303
    told = words(lead.page(action))
    assert f"{other}, Wexcombe Police" in told
    assert f"Handed over from Police officer to {other}. He has left" in told
    assert "Teach the front door" in words(browse.as_(world.police_lead).page("/wexcombe/my-work"))
    older = form | {"owner": world.officer.ref}
    assert lead.post(f"{action}/owner", older).status_code == 409, "made from an older page"
    assert browse.as_(world.officer).post(f"{action}/owner", form).status_code == 403
    with database.reading() as session:
        assert [e.kind for e in session.exec(select(Event))].count("action.handed-over") == 1


def test_what_is_claimed_complete_stays_with_whoever_claimed_it(
    lead: Visitor, browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(lead, planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    officer = browse.as_(world.officer)
    for version, to in enumerate(("agreed", "in_progress", "complete"), start=1):
        said = {"to": to, "words": "It is in the handbook", "version": str(version)}
        assert officer.post(f"{action}/updates", said).status_code == 303
    assert lead.page(action).select(f'a[href="{action}/owner"]') == []
    form = {"owner": world.police_lead.ref, "why": "He has left", "version": "4"}
    assert lead.post(f"{action}/owner", form).status_code == 409


def test_whoever_leaves_is_told_of_their_actions_and_rounds(
    lead: Visitor, browse: Browser, planned: Planned, world: World
) -> None:
    plan(lead, planned, world)
    coordinator = browse.as_(world.coordinator)
    told = words(coordinator.page(f"/wexcombe/people/{world.officer.ref}/departure"))
    assert "1 open action is theirs: its page gives it to another owner." in told
    told = words(coordinator.page(f"/wexcombe/people/{world.lead.ref}/departure"))
    assert "They lead “MASH audit, autumn 2026”" in told
    told = words(coordinator.page(f"/wexcombe/people/{world.panel_police.ref}/departure"))
    assert "They sit on the panel of “MASH audit, autumn 2026”" in told


def test_an_update_made_on_an_older_page_is_refused(
    lead: Visitor, planned: Planned, world: World
) -> None:
    action = plan(lead, planned, world)
    said = {"to": "proposed", "words": "Asked for a trainer", "version": "1"}
    assert lead.post(f"{action}/updates", said).status_code == 303
    assert lead.post(f"{action}/updates", said).status_code == 409


@pytest.mark.parametrize(
    ("page", "good", "wrong"),
    [
        ("updates", {"to": "proposed", "words": "Asked for a trainer"}, {"words": ""}),
        (
            "dates",
            {"due.day": "10", "due.month": "11", "due.year": "2026", "why": "x"},
            {"why": ""},
        ),
        ("owner", {"owner": "", "why": "He has left"}, {"why": ""}),
    ],
)
def test_a_form_sent_back_does_not_undo_what_another_did_meanwhile(
    lead: Visitor,
    planned: Planned,
    world: World,
    page: str,
    good: dict[str, str],
    wrong: dict[str, str],
) -> None:
    action = plan(lead, planned, world)
    other = {"to": "proposed", "words": "Asked for a room", "version": "1"}
    assert lead.post(f"{action}/updates", other).status_code == 303
    form = {**good, "owner": world.police_lead.ref} if "owner" in good else good
    sent_back = lead.post(f"{action}/{page}", {**form, **wrong, "version": "1"})
    assert sent_back.status_code == 422

    again = {**form_values(find_form(soup(sent_back), f"{action}/{page}")), **form}

    assert lead.post(f"{action}/{page}", again).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [("to", "done"), ("words", "x" * 5001), ("due", "2030-01-01"), ("words", "")],
)
def test_an_update_that_cannot_be_accepted_is_said(
    lead: Visitor, planned: Planned, world: World, field: str, value: str
) -> None:
    action = plan(lead, planned, world)
    form = {"to": "proposed", "words": "Said", "version": "1", field: value}
    assert lead.post(f"{action}/updates", form).status_code == 422


BLIND = ["officer", "police_lead", "panel_police", "subgroup_member"]
OTHERS = ["nurse", "health_lead", "teacher", "owner"]


@pytest.mark.parametrize("name", BLIND)
def test_while_the_panel_compares_no_action_reaches_owner_agency_or_subgroup(
    browse: Browser, planned: Planned, world: World, name: str
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    visitor = browse.as_(world.people[name])
    assert visitor.get(action).status_code == 404
    assert "Teach the front door" not in visitor.get("/wexcombe/actions?show=all").text


@pytest.mark.parametrize("name", [*BLIND, *OTHERS, "coordinator", "scrutineer", "lead"])
def test_once_reported_each_sees_the_actions_within_their_reach(
    browse: Browser, planned: Planned, world: World, database: Database, name: str
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    reached = name not in {*OTHERS, "panel_police"}
    visitor = browse.as_(world.people[name])
    assert visitor.get(action).status_code == (200 if reached else 404)
    assert ("Teach the front" in visitor.get("/wexcombe/actions").text) is reached


def test_a_subgroup_oversees_and_does_not_update(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    for name in ("subgroup_member", "scrutineer"):
        visitor = browse.as_(world.people[name])
        assert visitor.page(action).select("main form") == []
        said = {"to": "agreed", "words": "", "version": "1"}
        assert visitor.post(f"{action}/updates", said).status_code == 403


def test_an_action_owner_on_the_subgroup_updates_their_own_and_reads_the_rest(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    with database.writing() as session:
        seat = SubgroupPerson(subgroup_id=ident(world.subgroup), person_id=ident(world.owner))
        session.add(seat)
    owner = browse.as_(world.owner)
    assert owner.page(action).select("main form") == []
    said = {"to": "agreed", "words": "", "version": "1"}
    assert owner.post(f"{action}/updates", said).status_code == 404


def test_overdue_is_counted_by_the_day_in_london(
    browse: Browser, planned: Planned, world: World, database: Database, clock: SettableClock
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    clock.at = datetime(2026, 10, 1, 22, 59, tzinfo=UTC)
    assert "due today" in words(browse.as_(world.coordinator).page(action))
    clock.at = datetime(2026, 10, 1, 23, 1, tzinfo=UTC)
    coordinator = browse.as_(world.coordinator)
    assert "Overdue by 1 day" in words(coordinator.page(action))
    assert "Overdue by 1 day" in words(coordinator.page("/wexcombe/actions?show=overdue"))


def test_the_list_can_be_narrowed(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    lead = browse.as_(world.lead)
    plan(lead, planned, world)
    assert "No actions are open" not in words(lead.page("/wexcombe/actions"))
    assert "Nothing is overdue" in words(lead.page("/wexcombe/actions?show=overdue"))
    assert "You own no actions" in words(lead.page("/wexcombe/actions?show=mine"))
    move_to(database, planned.scene, Stage.REPORTED)
    mine = browse.as_(world.officer).page("/wexcombe/actions?show=mine")
    assert "Teach the front door" in words(mine)
    one = f"/wexcombe/actions?finding={planned.finding.ref}"
    assert "Teach the front door" in words(lead.page(one))
    none = "/wexcombe/actions?finding=NOSUCHREF2"
    assert "There are no actions here" in words(lead.page(none))


def test_the_tracker_is_narrowed_by_agency_round_subgroup_and_theme(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    lead = browse.as_(world.lead)
    plan(lead, planned, world)
    with database.writing() as session:
        other = agreed_finding(session, world, planned.scene, "Another")
        other.themes = ["VC"]
        session.add(other)
        first = session.exec(select(LearningAction)).one()
        copied = first.model_dump(exclude={"id", "ref", "finding_id", "what", "agency_id"})
        more = {"what": "Read it aloud", "agency_id": ident(world.health)}
        session.add(LearningAction(**copied, **more, finding_id=ident(other)))

    def told(query: str) -> str:
        return words(lead.page(f"/wexcombe/actions?{query}"))

    assert "2 actions" in told("show=open")
    assert "2 actions" in told(f"round={planned.scene.audit.round.ref}")
    assert "2 actions" in told(f"subgroup={world.subgroup.ref}")
    for query in (f"agency={world.health.ref}", "theme=VC"):
        narrowed = told(query)
        assert "1 action" in narrowed
        assert "Read it aloud" in narrowed
        assert "Teach the front door" not in narrowed
    assert "2 actions" in told("theme=%25&agency=NOSUCHREF2"), (
        "what cannot be chosen changes nothing"
    )
    links = lead.page("/wexcombe/actions?theme=VC").select(".moj-sub-navigation a")
    assert all("theme=VC" in str(link["href"]) for link in links)


def test_the_board_shows_the_same_by_state_with_a_way_to_update(
    browse: Browser, planned: Planned, world: World
) -> None:
    lead = browse.as_(world.lead)
    action = plan(lead, planned, world)
    page = lead.page("/wexcombe/actions?view=board")
    assert [h.get_text() for h in page.select(".app-board h3")] == ["Proposed (1)"]
    assert page.select(f'.app-board a[href="{action}#update"]')


def test_a_button_of_the_board_moves_an_action_and_leads_back_to_the_same_board(
    browse: Browser, planned: Planned, world: World, database: Database, session: Session
) -> None:
    lead = browse.as_(world.lead)
    action = plan(lead, planned, world)
    here = "/wexcombe/actions?view=board&theme=REC"
    buttons = lead.page(here).select(".app-board button")
    assert [b.get_text() for b in buttons] == [f"Agree to do it: {given(world)['what']}"]
    answer = lead.submit(here, form=f"{action}/updates")
    assert answer.status_code == 303
    assert "view=board" in answer.headers["location"]
    assert "theme=REC" in answer.headers["location"]
    page = lead.follow(answer)
    assert [h.get_text() for h in page.select(".app-board h3")] == ["Agreed (1)"]
    # What must be explained is explained on the action's own page, with the step chosen there.
    blocked = page.select_one(f".app-board a[href='{action}?to=blocked#update']")
    assert blocked is not None
    there = lead.page(f"{action}?to=blocked")
    checked = there.select_one("[name=to][checked]")
    assert checked is not None
    assert checked["value"] == "blocked"


def test_the_board_has_no_button_for_who_may_only_read(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    for who in (world.scrutineer, world.subgroup_member):
        page = browse.as_(who).page("/wexcombe/actions?view=board")
        assert "Teach the front door" in words(page)
        assert page.select(".app-board button") == []
    owner = browse.as_(world.officer).page("/wexcombe/actions?view=board")
    assert [b.get_text()[:14] for b in owner.select(".app-board button")] == ["Agree to do it"]


def test_what_waits_for_somebody_to_look_is_found(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    lead = browse.as_(world.lead)
    plan(lead, planned, world)
    assert "Nothing waits to be verified" in words(lead.page("/wexcombe/actions?show=verify"))
    assert "Nothing waits for its impact" in words(lead.page("/wexcombe/actions?show=impact"))
    with database.writing() as session:
        session.exec(select(LearningAction)).one().state = "complete"
    assert "Teach the front door" in words(lead.page("/wexcombe/actions?show=verify"))


def test_a_member_follows_the_actions_that_came_to_their_subgroup(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    plan(browse.as_(world.lead), planned, world)
    member = browse.as_(world.subgroup_member)
    link = member.page("/wexcombe/my-work").select_one("a[href*=subgroup]")
    assert link is not None
    assert "Teach the front door" not in words(member.page(str(link["href"])))
    move_to(database, planned.scene, Stage.REPORTED)
    assert "Teach the front door" in words(member.page(str(link["href"])))


def test_a_long_list_has_pages(
    lead: Visitor, planned: Planned, world: World, database: Database
) -> None:
    action = plan(lead, planned, world)
    with database.writing() as session:
        first = session.exec(select(LearningAction)).one()
        copied = first.model_dump(exclude={"id", "ref"})
        session.add_all(LearningAction(**copied) for _ in range(51))
    assert action
    assert len(lead.page("/wexcombe/actions").select("tbody tr")) == 50
    assert len(lead.page("/wexcombe/actions?page=2").select("tbody tr")) == 2


def test_an_agency_lead_of_two_agencies_reaches_both_and_no_third(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    with database.writing() as session:
        elsewhere = person(session, world.elsewhere, Role.COORDINATOR)
    assert browse.as_(elsewhere).get(action).status_code == 404


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.IMPACT_REVIEWED, Stage.CLOSED])
def test_nothing_is_planned_at_other_stages(
    lead: Visitor, planned: Planned, world: World, database: Database, stage: Stage
) -> None:
    move_to(database, planned.scene, stage)
    assert lead.post(f"{planned.at}/actions", given(world)).status_code == 409


def test_what_was_typed_is_never_markup(lead: Visitor, planned: Planned, world: World) -> None:
    payload = "<script>alert('x')</script>"
    action = plan(lead, planned, world, what=payload, how_we_will_know=payload)
    lead.submit(action, {"words": payload})
    for address in (action, "/wexcombe/actions"):
        assert "<script>alert" not in lead.get(address).text


def test_evidence_never_shows_on_an_action(
    browse: Browser, planned: Planned, world: World, database: Database
) -> None:
    with database.writing() as session:
        session.add(
            FindingEvidence(
                finding_id=ident(planned.finding),
                subject_id=ident(planned.scene.subject),
                question_id=numbers_of(session, planned.scene.audit.tool).number["form_worry"],
            )
        )
    action = plan(browse.as_(world.lead), planned, world)
    move_to(database, planned.scene, Stage.REPORTED)
    assert "R-7F3K" not in browse.as_(world.officer).get(action).text
