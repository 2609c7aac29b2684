"""A second person at the meeting: who takes the minutes notes and words, and decides nothing."""

import pytest
from sqlmodel import Session, select

from app.comparisons.models import AgreedAnswer
from app.db import Database
from app.identity.models import Person
from app.meetings.models import LearningPoint, MeetingEntry, PutOff
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, words
from tests.comparisons.scene import Scene, move_to
from tests.conftest import nothing_written
from tests.world import World

GOOD = {"decision": "good", "reason": "The line says it."}


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


@pytest.fixture
def minutes(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.coordinator)


def meet(lead: Visitor, scene: Scene, who: Person) -> str:
    """Begin a meeting at which somebody takes the minutes, and return its address."""
    given = {"present": [], "others": "A scrutineer", "minutes": who.ref}
    assert lead.submit(f"{scene.at}/meetings", given).status_code == 303
    link = lead.page(f"{scene.at}/meetings").select_one("main a[href*='/meetings/']")
    assert link is not None
    return str(link["href"])


def stored(session: Session, table: type) -> list:  # type: ignore[type-arg]
    session.expire_all()
    return list(session.exec(select(table)))


def test_who_takes_the_minutes_is_in_the_room_as_that(
    lead: Visitor, scene: Scene, world: World
) -> None:
    record = meet(lead, scene, world.coordinator)
    told = words(lead.page(record))
    assert f"{world.coordinator.name}, Coordinator, taking the minutes" in told


def test_who_takes_the_minutes_notes_a_learning_point(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, session: Session
) -> None:
    meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    answer = minutes.submit(at, {"words": "Ask for the worry first."}, form="learning-points")
    assert answer.status_code == 303
    (point,) = stored(session, LearningPoint)
    assert (point.words, point.person_id) == ("Ask for the worry first.", world.coordinator.id)
    assert "Ask for the worry first." in words(lead.page(at))


def test_who_takes_the_minutes_decides_nothing(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, database: Database
) -> None:
    meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    assert not minutes.page(at).select("[name=decision]")
    with nothing_written(database):
        for address, given in (
            (at, {**GOOD, "version": "0"}),
            (f"{scene.at}/subjects/{scene.subject.ref}/alike", {"questions": ["form_child_voice"]}),
            (
                f"{scene.at}/subjects/{scene.subject.ref}/judgement",
                {"level": "good", "reason": "So."},
            ),
        ):
            assert minutes.post(address, given).status_code == 403


def test_a_reason_is_worded_and_what_was_decided_stays(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, session: Session
) -> None:
    record = meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    lead.submit(at, GOOD)
    answer = minutes.submit(at, {"reason": "The first line names it."}, form="/reason")
    assert answer.status_code == 303
    (kept,) = stored(session, AgreedAnswer)
    assert (kept.agreed, kept.reason, kept.version) == (True, "The first line names it.", 2)
    assert [e.kind for e in stored(session, MeetingEntry)] == ["agreed", "reasoned"]
    assert "Reason, in other words The first line names it." in words(lead.page(record))
    assert f"by {world.coordinator.name}" in words(lead.page(at))


def test_what_a_question_waits_for_is_worded_too(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, session: Session
) -> None:
    meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    lead.submit(at, {"decision": "~put_off", "reason": "Police look for it."})
    minutes.submit(at, {"reason": "Police look for the form by Friday."}, form="/reason")
    (kept,) = stored(session, PutOff)
    assert (kept.reason, kept.version) == ("Police look for the form by Friday.", 2)


def test_where_both_write_the_later_is_refused_and_shown_what_stands(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, session: Session
) -> None:
    meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    lead.submit(at, GOOD)
    seen_by_both = {"version": "1"}
    minutes.post(f"{at}/reason", {"reason": "In the minutes' words.", **seen_by_both})
    late = lead.post(at, {"decision": "inadequate", "reason": "It is not.", **seen_by_both})
    assert late.status_code == 409
    told = late.text
    assert "Somebody else recorded a decision" in told
    assert "In the minutes&#39; words." in told
    assert world.coordinator.name in told
    assert "It is not." in told
    (kept,) = stored(session, AgreedAnswer)
    assert (kept.reason, kept.version) == ("In the minutes' words.", 2)
    assert 'name="version" value="2"' in told
    again = {"decision": "inadequate", "reason": "It is not.", "version": "2"}
    assert lead.post(at, again).status_code == 303
    later = minutes.post(f"{at}/reason", {"reason": "From the old page.", "version": "2"})
    assert later.status_code == 409
    assert "It is not." in later.text


def test_a_reason_pressed_twice_is_one(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, session: Session
) -> None:
    meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry"
    lead.submit(at, GOOD)
    given = {"reason": "The first line names it.", "version": "1"}
    assert [minutes.post(f"{at}/reason", given).status_code for _ in range(2)] == [303, 303]
    assert len(stored(session, MeetingEntry)) == 2


def test_nobody_minutes_who_was_not_asked_to_or_has_left_or_after_the_meeting(
    lead: Visitor, minutes: Visitor, browse: Browser, scene: Scene, world: World, database: Database
) -> None:
    record = meet(lead, scene, world.coordinator)
    at = f"{scene.comparison}/form_worry/learning-points"
    given = {"words": "Ask for the worry first."}
    for who in (world.panel_police, world.scrutineer):
        assert browse.as_(who).post(at, given).status_code == 403
    left = {"others": "A scrutineer", "minutes": "", "version": "1"}
    assert lead.post(f"{record}/room", left).status_code == 303
    with nothing_written(database):
        assert minutes.post(at, given).status_code == 403
    back = {"others": "A scrutineer", "minutes": world.coordinator.ref, "version": "2"}
    assert lead.post(f"{record}/room", back).status_code == 303
    assert minutes.post(at, given).status_code == 303
    assert lead.post(f"{record}/end", {"version": "3"}).status_code == 303
    with nothing_written(database):
        assert minutes.post(at, {"words": "Something else."}).status_code == 403


def test_a_panel_member_minutes_what_their_agency_opened_alone(
    lead: Visitor, browse: Browser, scene: Scene, world: World, database: Database
) -> None:
    meet(lead, scene, world.panel_police)
    panel, at = browse.as_(world.panel_police), f"{scene.comparison}/form_worry/learning-points"
    assert panel.post(at, {"words": "Ask for the worry first."}).status_code == 303
    with database.writing() as session:
        session.get_one(type(scene.police), scene.police.id).state = "draft"
    assert panel.post(at, {"words": "Ask for more."}).status_code == 404


@pytest.mark.parametrize("who", ["lead", "officer", "administrator"])
def test_the_minutes_are_taken_by_the_panel_or_a_coordinator(
    lead: Visitor, scene: Scene, world: World, who: str
) -> None:
    given = {"others": "A scrutineer", "minutes": getattr(world, who).ref}
    answer = lead.post(f"{scene.at}/meetings", given)
    assert answer.status_code == 422
    assert "Choose from the panel and the coordinators" in answer.text


def test_outside_moderation_no_reason_is_worded(
    lead: Visitor, minutes: Visitor, scene: Scene, world: World, database: Database
) -> None:
    meet(lead, scene, world.coordinator)
    lead.submit(f"{scene.comparison}/form_worry", GOOD)
    move_to(database, scene, Stage.FINDINGS_AGREED)
    given = {"reason": "Other words.", "version": "1"}
    assert minutes.post(f"{scene.comparison}/form_worry/reason", given).status_code == 409


def test_who_is_in_the_room_and_takes_no_minutes_writes_nothing(
    lead: Visitor, browse: Browser, scene: Scene, world: World, database: Database
) -> None:
    given = {"present": [world.panel_police.ref], "minutes": world.coordinator.ref}
    assert lead.submit(f"{scene.at}/meetings", given).status_code == 303
    panel = browse.as_(world.panel_police)
    at = f"{scene.comparison}/form_worry"
    assert not panel.page(at).select("form[action$='/learning-points']")
    with nothing_written(database):
        answer = panel.post(f"{at}/learning-points", {"words": "Ask for the worry first."})
    assert answer.status_code == 403
