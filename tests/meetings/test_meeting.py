"""The panel's meetings: who is in the room, what goes into the record, and going on next time."""

import pytest
from bs4 import Tag
from sqlmodel import Session, select

from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.db import Database
from app.meetings.models import LearningPoint, Meeting, MeetingEntry, PutOff
from app.rounds.rules import Stage
from tests.audit import assign, respond, subject
from tests.browsing import Browser, Visitor, find_form, form_values, heading, soup, words
from tests.clock import SettableClock
from tests.comparisons.scene import HAD_A_PART, Scene, grade, move_to
from tests.conftest import nothing_written
from tests.world import World

REASON = {"decision": "good", "reason": "The line says it."}


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


def begin(lead: Visitor, scene: Scene, **given: object) -> str:
    page = lead.page(f"{scene.at}/meetings")
    present = [box["value"] for box in page.select("[name=present]")]
    answer = lead.submit(f"{scene.at}/meetings", {"present": present, "others": "", **given})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def goes_on(lead: Visitor, scene: Scene) -> str:
    """Where the meetings page leads the panel next; nowhere when nothing waits."""
    page = lead.page(f"{scene.at}/meetings")
    link = page.find("a", string=lambda text: text is not None and "next difference" in text)
    assert link or "No differences are left to decide, apart from what was put off" in words(page)
    return str(link["href"]) if isinstance(link, Tag) else ""


def stored(session: Session, table: type) -> list:  # type: ignore[type-arg]
    session.expire_all()
    return list(session.exec(select(table)))


def test_a_meeting_begins_at_the_first_difference(lead: Visitor, scene: Scene) -> None:
    assert begin(lead, scene) == f"{scene.comparison}/age_band"
    assert "Meeting begun" in words(lead.page(f"{scene.at}/trail"))
    told = words(lead.page(f"{scene.at}/meetings"))
    assert "The meeting that is open" in told
    assert "2 people in the room" in told


def test_somebody_is_in_the_room(
    lead: Visitor, scene: Scene, session: Session, database: Database
) -> None:
    with nothing_written(database):
        answer = lead.submit(f"{scene.at}/meetings", {"others": "  "})
    assert answer.status_code == 422
    assert "Choose who is in the room" in heading(answer)
    answer = lead.submit(f"{scene.at}/meetings", {"present": ["NOBODYHERE"]})
    assert answer.status_code == 422
    assert stored(session, Meeting) == []


def test_one_meeting_is_open_at_a_time(lead: Visitor, scene: Scene, session: Session) -> None:
    begin(lead, scene)
    assert lead.post(f"{scene.at}/meetings", {"others": "A minute taker"}).status_code == 303
    (kept,) = stored(session, Meeting)
    assert kept.others == ""


def test_what_is_decided_in_a_meeting_is_in_its_record_with_who_was_there(
    lead: Visitor, scene: Scene, world: World
) -> None:
    begin(lead, scene, others="Minute taker, business unit")
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    lead.submit(f"{scene.comparison}/age_band", {"decision": "~not_agreed", "reason": "Two dates."})
    record = lead.page(f"{scene.at}/meetings").select_one("main a[href*='/meetings/']")
    assert record is not None
    told = words(lead.page(str(record["href"])))
    assert world.lead.name in told
    assert "Minute taker, business unit" in told
    assert "Agreed: Good The line says it." in told
    assert "Not agreed: both views stand Two dates." in told


def test_outside_a_meeting_decisions_stand_and_are_in_no_record(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    assert "goes into no record" in words(lead.page(f"{scene.comparison}/form_worry"))
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    assert len(stored(session, AgreedAnswer)) == 1
    assert stored(session, MeetingEntry) == []


def test_the_record_keeps_what_was_decided_then(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    begin(lead, scene)
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    again = {"decision": "inadequate", "reason": "Read again."}
    lead.submit(f"{scene.comparison}/form_worry", again)
    assert [entry.words for entry in stored(session, MeetingEntry)] == ["Good", "Inadequate"]
    assert len(stored(session, AgreedAnswer)) == 1


def test_people_come_and_go_and_a_meeting_ends(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    begin(lead, scene)
    (meeting,) = stored(session, Meeting)
    here = f"{scene.at}/meetings/{meeting.ref}"
    answer = lead.post(f"{here}/room", {"others": "A scrutineer", "version": "1"})
    assert answer.status_code == 303
    assert "A scrutineer" in words(lead.page(here))
    late = lead.post(f"{here}/room", {"others": "Late", "version": "1"})
    assert late.status_code == 409
    assert "Somebody else changed this meeting" in words(soup(late))
    kept = form_values(find_form(soup(late), "/room"))
    assert (kept["others"], kept["version"]) == ("Late", "2")
    asked = words(lead.page(f"{here}/end"))
    assert "Who was in the room is then fixed" in asked
    assert "Leave it open" in asked
    assert lead.post(f"{here}/end", {"version": "2"}).status_code == 303
    assert lead.get(f"{here}/end").status_code == 409
    told = words(lead.page(f"{scene.at}/meetings"))
    assert "Earlier meetings" in told
    assert "Begin a meeting" in told
    assert lead.post(f"{here}/end", {"version": "3"}).status_code == 409


def test_who_leaves_stays_in_the_record_with_what_they_were_and_until_when(
    lead: Visitor, scene: Scene, session: Session, clock: SettableClock, world: World
) -> None:
    begin(lead, scene)
    (meeting,) = stored(session, Meeting)
    here = f"{scene.at}/meetings/{meeting.ref}"
    told = words(lead.page(here))
    assert f"{world.lead.name}, Lead of the round" in told
    stays, leaves = f"{world.panel_police.name}, Panel member, Wexcombe Police", world.lead
    assert stays in told
    clock.forward(minutes=20)
    lead.submit(f"{here}", {"present": [world.panel_police.ref]}, form="/room")
    told = words(lead.page(here))
    assert f"{leaves.name}, Lead of the round, until 10:20am" in told
    assert f"{stays}, until" not in told
    assert "1 person in the room" in words(lead.page(f"{scene.at}/meetings"))
    clock.forward(minutes=20)
    both = [world.panel_police.ref, world.lead.ref]
    lead.submit(f"{here}", {"present": both}, form="/room")
    assert "until" not in words(lead.page(here)).partition("Somebody came or left")[0]


def test_who_comes_later_is_in_the_record_from_then(
    lead: Visitor, scene: Scene, session: Session, clock: SettableClock, world: World
) -> None:
    begin(lead, scene, present=[world.lead.ref])
    (meeting,) = stored(session, Meeting)
    here = f"{scene.at}/meetings/{meeting.ref}"
    clock.forward(minutes=5)
    both = [world.panel_police.ref, world.lead.ref]
    lead.submit(here, {"present": both}, form="/room")
    told = words(lead.page(here))
    assert f"{world.panel_police.name}, Panel member, Wexcombe Police, from 10:05am" in told


def test_what_is_put_off_waits_with_its_reason_and_is_not_met_again_by_going_on(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    begin(lead, scene)
    later = {"decision": "~put_off", "reason": "Police bring the log next time."}
    answer = lead.submit(f"{scene.comparison}/form_worry", later)
    assert answer.headers["location"] == f"{scene.comparison}/age_band"
    assert goes_on(lead, scene).endswith("/age_band")
    assert "Police bring the log next time." in words(lead.page(f"{scene.at}/meetings"))
    lead.submit(f"{scene.comparison}/age_band", {"decision": "age_1_to_4", "reason": "The form."})
    assert goes_on(lead, scene) == ""
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    assert stored(session, PutOff) == []


def test_putting_off_takes_back_what_was_decided(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    lead.submit(f"{scene.comparison}/form_worry", {"decision": "~put_off", "reason": "Ask again."})
    assert stored(session, AgreedAnswer) == []
    assert len(stored(session, PutOff)) == 1


def test_nothing_is_put_off_without_saying_why(lead: Visitor, scene: Scene) -> None:
    answer = lead.submit(f"{scene.comparison}/form_worry", {"decision": "~put_off", "reason": ""})
    assert answer.status_code == 422
    assert "Say what the panel waits for" in heading(answer)


def test_an_agency_that_does_not_agree_says_so_beside_the_decision(
    lead: Visitor, scene: Scene, browse: Browser, world: World, session: Session
) -> None:
    field = f"dissent.{world.police.ref}"
    lead.submit(f"{scene.comparison}/form_worry", {**REASON, field: "The log says otherwise."})
    (dissent,) = stored(session, Dissent)
    assert dissent.agency_id == world.police.id
    told = words(browse.as_(world.scrutineer).page(f"{scene.comparison}/form_worry"))
    assert "Wexcombe Police does not agree: The log says otherwise." in told
    lead.submit(f"{scene.comparison}/form_worry", {**REASON, field: ""})
    assert stored(session, Dissent) == []


def test_only_agencies_of_the_comparison_can_dissent(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    answer = lead.post(
        f"{scene.comparison}/form_worry", {**REASON, "version": "0", "dissent.SOMEBODY22": "No."}
    )
    assert answer.status_code == 422
    assert stored(session, AgreedAnswer) == []


def test_what_all_said_alike_is_agreed_at_once(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    alike = f"{scene.at}/subjects/{scene.subject.ref}/alike"
    page = lead.page(alike)
    offered = [str(box["value"]) for box in page.select("[name=questions]")]
    assert "form_child_voice" in offered
    assert "form_worry" not in offered
    assert "Partly" in words(page)
    answer = lead.submit(alike, {"questions": ["form_child_voice"]})
    assert answer.headers["location"] == scene.comparison
    (kept,) = stored(session, AgreedAnswer)
    assert (kept.agreed, kept.reason, kept.version) == (True, "", 1)
    assert "form_child_voice" not in [
        str(box["value"]) for box in lead.page(alike).select("[name=questions]")
    ]


@pytest.mark.parametrize("chosen", [[], ["form_worry"], ["no_such_question"]])
def test_what_differs_is_never_agreed_in_bulk(
    lead: Visitor, scene: Scene, session: Session, chosen: list[str]
) -> None:
    alike = f"{scene.at}/subjects/{scene.subject.ref}/alike"
    assert lead.post(alike, {"questions": chosen}).status_code == 422
    assert stored(session, AgreedAnswer) == []


def test_a_learning_point_is_noted_on_the_spot_and_becomes_a_finding(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    begin(lead, scene)
    here = f"{scene.comparison}/form_worry"
    answer = lead.post(f"{here}/learning-points", {"words": "Ask for the worry first."})
    assert answer.headers["location"] == here
    assert "Ask for the worry first." in words(lead.page(here))
    (point,) = stored(session, LearningPoint)
    listed = lead.page(f"{scene.at}/findings")
    link = listed.select_one(f"a[href*='{point.ref}']")
    assert link is not None
    assert "Ask for the worry first." in words(lead.page(str(link["href"])))


def test_an_empty_learning_point_is_refused_and_the_decision_stays_in_the_form(
    lead: Visitor, scene: Scene
) -> None:
    answer = lead.post(f"{scene.comparison}/form_worry/learning-points", {"words": " "})
    assert answer.status_code == 422
    assert "Write what is to be learnt" in heading(answer)


JUDGED = {"level": "requires_improvement", "reason": "Help came late.", "version": "0"}


def judgement_at(scene: Scene) -> str:
    return f"{scene.at}/subjects/{scene.subject.ref}/judgement"


def test_a_case_is_judged_with_a_reason_beside_the_agencies_own_grades(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    assert lead.post(judgement_at(scene), {**JUDGED, "reason": ""}).status_code == 422
    assert lead.post(judgement_at(scene), {**JUDGED, "level": "splendid"}).status_code == 422
    assert lead.post(judgement_at(scene), JUDGED).status_code == 303
    (kept,) = stored(session, Judgement)
    assert (kept.level, kept.version) == ("requires_improvement", 1)
    assert "Requires improvement" in words(lead.page(scene.comparison))
    assert (
        lead.post(judgement_at(scene), {**JUDGED, "reason": "From an older page."}).status_code
        == 409
    )
    assert lead.submit(judgement_at(scene), {"level": "good"}).status_code == 303
    assert stored(session, Judgement)[0].level == "good"


def test_who_judges_second_keeps_what_they_typed_beside_what_stands_now(
    lead: Visitor, scene: Scene, session: Session, database: Database
) -> None:
    at = f"{scene.at}/subjects/{scene.subject.ref}/judgement"
    old = dict(form_values(find_form(lead.page(at), "/judgement")))
    lead.submit(at, {"level": "good", "reason": "The child was safer."})
    late = {**old, "level": "inadequate", "reason": "Nobody asked the child."}
    with nothing_written(database):
        answer = lead.post(at, late)
    assert answer.status_code == 409
    page = soup(answer)
    assert "Somebody else recorded a judgement of this case" in words(page)
    assert "Judged so far: Good (The child was safer.)" in words(page)
    typed = form_values(find_form(page, "/judgement"))
    assert (typed["level"], typed["reason"]) == ("inadequate", "Nobody asked the child.")
    assert lead.post(at, dict(typed)).status_code == 303
    (kept,) = stored(session, Judgement)
    assert (kept.level, kept.version) == ("inadequate", 2)


def test_the_shift_from_each_agencys_own_grade_is_shown(
    lead: Visitor, database: Database, world: World, scene: Scene
) -> None:
    with database.writing() as session:
        about = subject(session, scene.audit, label="R-9T2M")
        for agency, auditor, level in (
            (world.social_care, world.social_worker, "good"),
            (world.police, world.officer, "inadequate"),
        ):
            respond(
                session,
                scene.audit,
                assign(session, about, agency, auditor),
                {**HAD_A_PART, "grade_response": grade(level, "As the file shows.")},
            )
        at = f"{scene.at}/subjects/{about.ref}/judgement"
    assert "Panel:" not in words(lead.page(at))
    lead.post(at, JUDGED)
    told = words(lead.page(at))
    assert "Good Panel: one level lower As the file shows." in told
    assert "Inadequate Panel: one level higher" in told
    overview = words(lead.page(f"{scene.at}/judgements"))
    assert "Higher than 1 grade, lower than 1 grade" in overview
    assert "Requires improvement" in words(lead.page(f"{scene.at}/comparisons"))


def test_each_question_is_asked_once_above_the_grades_that_agencies_gave(
    lead: Visitor, scene: Scene
) -> None:
    page = lead.page(judgement_at(scene))
    asked = [heading.get_text() for heading in page.select(".app-meeting__answers h2")]
    assert len(asked) == len(set(asked)) == len(page.select(".app-meeting__answers dl"))


def test_the_comparison_leads_from_the_differences_to_what_is_alike_to_the_judgement(
    lead: Visitor, scene: Scene, browse: Browser, world: World
) -> None:
    def next_step() -> str:
        found = lead.page(scene.comparison).select_one("main a.govuk-button")
        return str(found["href"]).removeprefix(f"{scene.at}/subjects/") if found else ""

    ref = scene.subject.ref
    assert next_step() == f"{ref}/comparison/age_band"
    lead.submit(f"{scene.comparison}/age_band", {"decision": "age_1_to_4", "reason": "The form."})
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    assert next_step() == f"{ref}/alike"
    lead.submit(f"{scene.at}/subjects/{ref}/alike", {})
    assert next_step() == f"{ref}/judgement"
    lead.post(judgement_at(scene), JUDGED)
    assert next_step() == ""
    reader = browse.as_(world.scrutineer).page(scene.comparison)
    assert reader.select("main a.govuk-button") == []


def test_a_panel_member_reads_records_and_judgements_of_what_is_open_to_them_alone(
    lead: Visitor, scene: Scene, browse: Browser, world: World, database: Database
) -> None:
    begin(lead, scene)
    lead.submit(f"{scene.comparison}/form_worry", REASON)
    with database.reading() as session:
        ref = session.exec(select(Meeting.ref)).one()
    record = f"{scene.at}/meetings/{ref}"
    panel = browse.as_(world.panel_police)
    assert "The line says it." in words(panel.page(record))
    move_to(database, scene, Stage.FINDINGS_AGREED)
    assert "The line says it." not in words(panel.page(record))
    assert "The line says it." in words(lead.page(record))


@pytest.mark.parametrize("who", ["coordinator", "scrutineer", "panel_police"])
def test_only_the_lead_holds_the_meeting(
    browse: Browser, world: World, scene: Scene, session: Session, who: str
) -> None:
    reader = browse.as_(getattr(world, who))
    for where, given in (
        (f"{scene.at}/meetings", {"others": "Me"}),
        (f"{scene.at}/subjects/{scene.subject.ref}/alike", {"questions": ["form_child_voice"]}),
        (judgement_at(scene), JUDGED),
        (f"{scene.comparison}/form_worry/learning-points", {"words": "Mine."}),
    ):
        assert reader.post(where, given).status_code == 403
    assert stored(session, Meeting) == []


def test_outside_moderation_no_meeting_begins(
    lead: Visitor, scene: Scene, database: Database
) -> None:
    move_to(database, scene, Stage.FINDINGS_AGREED)
    assert "Begin a meeting" not in words(lead.page(f"{scene.at}/meetings"))
    assert lead.post(f"{scene.at}/meetings", {"others": "Me"}).status_code == 409
    assert lead.post(judgement_at(scene), JUDGED).status_code == 409
