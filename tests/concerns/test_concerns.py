"""An immediate concern: what to do now, that it was raised, and who is told of it."""

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from sqlmodel import Session, select

from app.access import Actor, Held, Role
from app.assignments.models import Assignment
from app.concerns.models import Concern
from app.concerns.rules import DEFAULT_ADVICE
from app.db import Database
from app.identity.models import Person
from app.retention.commands import purge
from app.retention.forms import ConfirmedPurge
from app.rounds.models import Round
from app.rounds.retention import Kept
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, find_form, form_values, soup, words
from tests.comparisons.scene import Scene, stage_scene
from tests.conftest import nothing_written
from tests.factories import ident, membership
from tests.retention.scene import closed_round
from tests.rounds.plans import happened
from tests.world import World

HOME = "/wexcombe/my-work"
ADVICE = "/wexcombe/danger-advice"


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


def assignment_of(session: Session, who: Person) -> str:
    query = select(Assignment.ref).where(Assignment.auditor_id == who.id)
    return f"/wexcombe/assignments/{session.exec(query).one()}"


@pytest.fixture
def nurses(session: Session, world: World, scene: Scene) -> str:
    """The address of the nurse's response, which is not sent."""
    return assignment_of(session, world.nurse)


def raised_by_nurse(browse: Browser, world: World, nurses: str) -> None:
    nurse = browse.as_(world.nurse)
    assert nurse.submit(f"{nurses}/concern", form="/concern").status_code == 303


def alarms(page: BeautifulSoup) -> list[str]:
    return [line.get_text(" ", strip=True) for line in page.select(".app-alarm")]


def stored(database: Database) -> list[Concern]:
    with database.reading() as session:
        return list(session.exec(select(Concern).order_by(Concern.id)))  # type: ignore[arg-type]


def test_an_auditor_reads_what_to_do_now_before_recording_anything(
    world: World, browse: Browser, nurses: str
) -> None:
    nurse = browse.as_(world.nurse)
    (link,) = nurse.page(nurses).select(".app-concern a")

    page = nurse.page(str(link["href"]))

    told = words(page)
    assert told.index("ring 999") < told.index("Record that I raised an immediate concern")
    assert "has not written its own advice here yet" in told
    (form,) = page.select("main form")
    assert [str(field["name"]) for field in form.select("input, textarea, select")] == ["token"]


def test_what_is_recorded_is_role_agency_time_and_subject(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)

    (kept,) = stored(browse.database)
    assert (kept.person_id, kept.role) == (world.nurse.id, Role.AUDITOR)
    assert (kept.agency_id, kept.subject_id) == (world.health.id, scene.subject.id)
    assert kept.acknowledged_at is None
    (event,) = happened(browse.database, "concern.raised")
    assert (event.person_id, event.about) == (world.nurse.id, scene.subject.ref)
    assert json.loads(event.details) == {"role": "auditor", "agency": world.health.ref}


def test_the_lead_and_the_coordinator_are_told_at_their_next_request(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    watching = [browse.as_(who) for who in (world.lead, world.coordinator)]
    pages = (HOME, scene.at, scene.comparison, f"{scene.at}/returns", f"{scene.at}/trail")
    assert {str(alarms(each.page(page))) for each in watching for page in pages} == {"[]"}

    raised_by_nurse(browse, world, nurses)

    told = {str(alarms(each.page(page))) for each in watching for page in pages}
    assert told == {"['1 immediate concern not acknowledged in MASH audit, autumn 2026']"}


def test_a_page_that_a_whole_room_reads_names_neither_agency_nor_subject(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)

    (told,) = alarms(browse.as_(world.lead).page(f"{scene.comparison}/form_worry"))

    assert world.health.name not in told
    assert scene.subject.label not in told


def test_a_round_that_somebody_else_leads_is_no_concern_of_theirs(
    session: Session, world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    with browse.database.writing() as writing:
        other = stage_scene(writing, world)

    coordinator = browse.as_(world.coordinator)

    assert alarms(coordinator.page(other.at)) == []
    assert len(alarms(coordinator.page(scene.at))) == 1


def test_acknowledging_says_what_was_done_and_ends_the_alarm(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    lead = browse.as_(world.lead)
    listing = f"{scene.at}/concerns"
    before = words(lead.page(listing))
    assert "1 immediate concern raised, 1 not acknowledged" in before
    assert f"Auditor, {world.health.name}" in before
    assert "Immediate concerns : 1 not acknowledged, 1 raised" in words(lead.page(scene.at))

    answer = lead.submit(listing, {"outcome": "front_door"}, form="/acknowledgement")

    told = words(lead.follow(answer))
    assert f"by {world.lead.name} What was done Front door told" in told
    assert alarms(lead.page(HOME)) == []
    (event,) = happened(browse.database, "concern.acknowledged")
    assert (event.person_id, json.loads(event.details)) == (
        world.lead.id,
        {"outcome": "Front door told"},
    )
    assert "by Round lead. Front door told" in words(
        browse.as_(world.nurse).page(f"{nurses}/concern")
    )


def test_acknowledging_without_saying_what_was_done_is_refused(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    lead = browse.as_(world.lead)

    with nothing_written(browse.database):
        answer = lead.submit(f"{scene.at}/concerns", form="/acknowledgement")

    assert answer.status_code == 422
    assert "Choose what was done" in answer.text


def test_a_concern_on_a_later_page_is_refused_and_acknowledged_on_that_page(
    world: World, browse: Browser, scene: Scene, nurses: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for of_pages in ("app.web.paging.ROWS", "app.concerns.routes.ROWS"):
        monkeypatch.setattr(of_pages, 2)
    raised_by_nurse(browse, world, nurses)
    of_subject = f"{scene.at}/subjects/{scene.subject.ref}/concern"
    for who in (world.coordinator, world.lead):
        assert browse.as_(who).submit(of_subject, form="/concern").status_code == 303
    lead, second = browse.as_(world.lead), f"{scene.at}/concerns?page=2"
    (form,) = lead.page(second).select("main form")
    assert str(form["action"]).endswith("/acknowledgement?page=2")

    refused = lead.post(str(form["action"]))

    assert refused.status_code == 422
    (again,) = soup(refused).select("main form")
    assert (again["action"], "Choose what was done" in words(again)) == (form["action"], True)
    answer = lead.post(str(form["action"]), {"outcome": "known"})
    assert answer.headers["location"] == second


def test_a_concern_is_acknowledged_once(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    (kept,) = stored(browse.database)
    at = f"{scene.at}/concerns/{kept.ref}/acknowledgement"
    coordinator = browse.as_(world.coordinator)

    sent = [coordinator.post(at, {"outcome": each}).status_code for each in ("known", "in_error")]

    assert sent == [303, 409]
    assert stored(browse.database)[0].outcome == "known"


def test_raising_twice_while_one_waits_says_so(world: World, browse: Browser, nurses: str) -> None:
    raised_by_nurse(browse, world, nurses)
    nurse = browse.as_(world.nurse)

    page = nurse.page(f"{nurses}/concern")
    again = nurse.post(f"{nurses}/concern")

    assert "It waits to be acknowledged" in words(page)
    assert page.select("main form") == []
    assert again.status_code == 409
    assert "raised an immediate concern about this already" in again.text
    assert len(stored(browse.database)) == 1


def test_once_it_is_acknowledged_another_may_be_raised(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    browse.as_(world.lead).submit(
        f"{scene.at}/concerns", {"outcome": "in_error"}, form="/acknowledgement"
    )

    raised_by_nurse(browse, world, nurses)

    assert len(stored(browse.database)) == 2


def everything_read_by(visitor: Visitor, pages: list[str]) -> Iterator[str]:
    for page in pages:
        yield f"{page} {visitor.page(page)}"


def test_no_other_agency_can_tell_that_one_was_raised(
    session: Session, world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    """Not from a page, and not from what becomes of their own concern about the same subject."""
    own = assignment_of(session, world.officer)
    question = f"{scene.comparison}/form_worry"
    others = [
        (browse.as_(who), pages)
        for who, pages in (
            (world.officer, [HOME, own, f"{own}/concern", f"{own}/check"]),
            (world.police_lead, [HOME, scene.at, own, f"{scene.at}/assignments"]),
            (world.health_lead, [HOME, scene.at, f"{scene.at}/assignments"]),
            (world.panel_police, [HOME, scene.at, scene.comparison, question]),
        )
    ]
    before = [list(everything_read_by(*each)) for each in others]

    raised_by_nurse(browse, world, nurses)

    assert [list(everything_read_by(*each)) for each in others] == before
    officer, _ = others[0]
    assert officer.post(f"{own}/concern").status_code == 303
    assert len(stored(browse.database)) == 2


def test_only_the_lead_the_coordinator_and_the_scrutineer_open_the_list(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    people = (
        world.lead,
        world.coordinator,
        world.scrutineer,
        world.nurse,
        world.health_lead,
        world.panel_police,
        world.coordinator_elsewhere,
    )

    opened = [browse.as_(who).get(f"{scene.at}/concerns").status_code for who in people]

    assert opened == [200, 200, 200, 403, 403, 403, 404]
    scrutineer = browse.as_(world.scrutineer)
    assert scrutineer.page(f"{scene.at}/concerns").select("main form") == []
    assert alarms(scrutineer.page(scene.at)) == []


def test_a_panel_member_raises_one_from_the_comparison(
    world: World, browse: Browser, scene: Scene
) -> None:
    member = browse.as_(world.panel_police)
    (link,) = member.page(f"{scene.comparison}/form_worry").select(".app-concern a")

    assert member.submit(str(link["href"]), form="/concern").status_code == 303

    (kept,) = stored(browse.database)
    assert (kept.role, kept.agency_id) == (Role.PANEL_MEMBER, world.police.id)


def test_a_lead_raises_one_as_the_lead(world: World, browse: Browser, scene: Scene) -> None:
    at = scene.comparison.replace("/comparison", "/concern")

    assert browse.as_(world.lead).submit(at, form="/concern").status_code == 303

    (kept,) = stored(browse.database)
    assert (kept.role, kept.agency_id) == (Role.LEAD, None)


@pytest.mark.parametrize("stage", [Stage.RETURNS_CLOSED, Stage.REPORTED, Stage.CLOSED])
def test_one_can_be_raised_when_nothing_else_can_be_changed(
    session: Session, world: World, browse: Browser, scene: Scene, nurses: str, stage: Stage
) -> None:
    with browse.database.writing() as writing:
        writing.get_one(Round, scene.audit.round.id).stage = stage

    raised_by_nurse(browse, world, nurses)

    assert len(alarms(browse.as_(world.coordinator).page(scene.at))) == 1


def test_who_cannot_see_the_subject_cannot_raise_a_concern_about_it(
    world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    about = scene.comparison.replace("/comparison", "/concern")
    for who, at, status in (
        (world.officer, nurses + "/concern", 404),
        (world.teacher, about, 403),
        (world.owner, nurses + "/concern", 403),
    ):
        with nothing_written(browse.database):
            assert browse.as_(who).post(at).status_code == status


def test_nothing_more_than_the_press_is_taken(world: World, browse: Browser, nurses: str) -> None:
    nurse = browse.as_(world.nurse)

    with nothing_written(browse.database):
        assert nurse.post(f"{nurses}/concern", {"words": "The child is"}).status_code == 422


def test_a_coordinator_writes_what_people_are_told(
    world: World, browse: Browser, nurses: str
) -> None:
    coordinator = browse.as_(world.coordinator)
    assert "still the text that comes with Casefile" in words(coordinator.page(HOME))
    assert DEFAULT_ADVICE.splitlines()[0] in words(coordinator.page(ADVICE))

    answer = coordinator.submit(
        ADVICE, {"line": "Ring Wexcombe front door.", "words": "Ring it by day.\nRing it by night."}
    )

    assert "Version 1" in words(coordinator.follow(answer))
    assert "still the text" not in words(coordinator.page(HOME))
    (event,) = happened(browse.database, "danger-advice.changed")
    assert json.loads(event.details) == {"version": 1}
    nurse = browse.as_(world.nurse)
    told = words(nurse.page(f"{nurses}/concern"))
    assert "Ring it by day. Ring it by night." in told
    assert "has not written its own" not in told
    assert "Ring Wexcombe front door." in words(nurse.page(nurses))


def test_two_coordinators_do_not_undo_each_others_advice(
    session: Session, world: World, browse: Browser
) -> None:
    membership(session, world.lead, world.partnership, Role.COORDINATOR)
    session.commit()
    given = {"line": "Ring 999.", "words": "First", "version": "0"}
    assert browse.as_(world.coordinator).post(ADVICE, given).status_code == 303

    with nothing_written(browse.database):
        answer = browse.as_(world.lead).post(ADVICE, {**given, "words": "Second"})

    assert answer.status_code == 409


def test_advice_that_says_nothing_is_refused_and_kept_on_the_page(
    world: World, browse: Browser
) -> None:
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        answer = coordinator.submit(ADVICE, {"line": "", "words": "Ring the front door"})

    assert answer.status_code == 422
    assert "Ring the front door" in answer.text


def test_advice_sent_back_does_not_undo_what_another_wrote_meanwhile(
    session: Session, world: World, browse: Browser
) -> None:
    membership(session, world.lead, world.partnership, Role.COORDINATOR)
    session.commit()
    given = {"line": "Ring 999.", "words": "First", "version": "0"}
    browse.as_(world.coordinator).post(ADVICE, given)
    late = browse.as_(world.lead)
    sent_back = late.post(ADVICE, {**given, "line": ""})
    assert sent_back.status_code == 422

    again = {**form_values(find_form(soup(sent_back), ADVICE)), "line": "Ring 101."}

    assert late.post(ADVICE, again).status_code == 409


def test_a_concern_stays_when_the_answers_go_and_goes_with_the_trails_details(
    session: Session, world: World, browse: Browser, scene: Scene, nurses: str
) -> None:
    raised_by_nurse(browse, world, nurses)
    with browse.database.writing() as writing:
        closed = closed_round(writing, world)
        kept = writing.exec(select(Concern)).one()
        about = writing.get_one(Round, closed.audit.round.id)
        subject = writing.get_one(type(scene.subject), scene.subject.id)
        subject.strand_id, subject.label = ident(closed.audit.strand), "R-2222"
    actor = Actor(
        ident(world.coordinator),
        ident(world.partnership),
        "C",
        held=(Held(Role.COORDINATOR),),
    )

    def left_after(*kinds: Kept) -> list[str]:
        with browse.database.writing() as writing:
            seen = writing.get_one(Round, about.id)
            given = ConfirmedPurge(kinds=list(kinds), title=seen.title)
            purge(writing, actor, seen, given)
        return [each.ref for each in stored(browse.database)]

    assert left_after(*(kind for kind in Kept if kind is not Kept.TRAIL)) == [kept.ref]
    assert left_after(Kept.TRAIL) == []
