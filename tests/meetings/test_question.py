"""The meeting page: one question, every voice, and the agreed answer."""

import json

import pytest
from httpx import Response
from sqlmodel import Session, col, select

from app.comparisons.models import AgreedAnswer
from app.db import Database
from app.events.models import Event
from app.meetings.models import LearningPoint
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerText
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, Visitor, find_form, form_values, heading, soup, words
from tests.comparisons.scene import Scene, move_to
from tests.conftest import nothing_written
from tests.world import World


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


def agreed(session: Session) -> list[AgreedAnswer]:
    session.expire_all()
    return list(session.exec(select(AgreedAnswer)))


def decide(lead: Visitor, scene: Scene, question: str, **given: str) -> Response:
    return lead.submit(f"{scene.comparison}/{question}", given)


def test_every_voice_is_there_with_its_whole_reason(lead: Visitor, scene: Scene) -> None:
    told = words(lead.page(f"{scene.comparison}/form_worry"))
    assert "2 of 2 questions that differ" in told
    assert "Wexcombe Children's Services Good The worry is in the first line." in told
    assert "Wexcombe Integrated Care Board Not sent yet" in told
    assert "unsent-health-words" not in told


def test_the_page_says_when_a_reason_is_needed_and_what_most_agencies_said(
    lead: Visitor, scene: Scene
) -> None:
    told = words(lead.page(f"{scene.comparison}/form_worry"))
    assert "Needed: no answer was given by more agencies than any other." in told
    told = words(lead.page(f"{scene.comparison}/form_child_voice"))
    assert "Needed unless the panel agrees to “Partly”, which most agencies said." in told
    told = words(lead.page(f"{scene.comparison}/worked_well"))
    assert "Needed when it is not agreed or put off." in told


def test_of_several_options_what_not_every_agency_chose_stands_out(
    lead: Visitor, scene: Scene, database: Database, world: World
) -> None:
    with database.writing() as session:
        about = subject(session, scene.audit, label="R-4T2M")
        for agency, auditor, chosen in (
            (world.social_care, world.social_worker, ("referrer", "receiver")),
            (world.police, world.officer, ("receiver",)),
        ):
            given = {"parts_played": Answer(State.ANSWERED, chosen)}
            respond(session, scene.audit, assign(session, about, agency, auditor), given)
        here = f"{scene.at}/subjects/{about.ref}/comparison/parts_played"
    page = lead.page(here)
    listed = [item.get_text() for item in page.select(".app-meeting__ticked li")]
    alone = [item.get_text() for item in page.select(".app-meeting__ticked strong")]
    assert len(listed) == 3
    assert alone == [listed[0]]


def test_the_levels_are_offered_with_what_has_to_be_seen(lead: Visitor, scene: Scene) -> None:
    page = lead.page(f"{scene.comparison}/form_worry")
    radios = [r["value"] for r in page.select("input[name=decision]")]
    assert radios[:4] == ["outstanding", "good", "requires_improvement", "inadequate"]
    assert radios[-2:] == ["~not_agreed", "~put_off"]
    hint = page.select_one("#decision-item-hint")
    assert hint is not None
    assert len(hint.get_text()) > 20
    first = page.select_one("#decision")
    assert first is not None
    assert first["aria-describedby"] == "decision-item-hint"


def test_an_agreed_answer_is_stored_beside_the_originals_which_stay(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    originals = list(session.exec(select(AnswerRow))), list(session.exec(select(AnswerText)))
    before = [row.model_dump() for rows in originals for row in rows]
    answer = decide(lead, scene, "form_worry", decision="good", reason="The line says it.")
    assert answer.status_code == 303
    session.expire_all()
    originals = list(session.exec(select(AnswerRow))), list(session.exec(select(AnswerText)))
    assert [row.model_dump() for rows in originals for row in rows] == before
    (kept,) = agreed(session)
    assert (kept.agreed, kept.reason, kept.version) == (True, "The line says it.", 1)
    assert "Good" in words(lead.page(scene.comparison))


def test_saving_goes_on_to_the_next_difference(lead: Visitor, scene: Scene) -> None:
    answer = decide(lead, scene, "form_worry", decision="good", reason="So it is.")
    assert answer.headers["location"] == f"{scene.comparison}/age_band"
    answer = decide(lead, scene, "age_band", decision="age_1_to_4", reason="The form.")
    assert answer.headers["location"] == scene.comparison
    assert "2 agreed" in words(lead.follow(answer))


@pytest.mark.parametrize("decision", ["good", "outstanding", "~not_agreed"])
def test_where_there_is_no_majority_a_reason_is_wanted(
    lead: Visitor, scene: Scene, session: Session, database: Database, decision: str
) -> None:
    with nothing_written(database):
        answer = decide(lead, scene, "form_worry", decision=decision)
    assert answer.status_code == 422
    assert agreed(session) == []


def test_agreeing_with_everybody_needs_no_reason(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    assert decide(lead, scene, "form_child_voice", decision="partly").status_code == 303
    assert agreed(session)[0].reason == ""


def test_departing_from_what_everybody_said_needs_a_reason(lead: Visitor, scene: Scene) -> None:
    answer = decide(lead, scene, "form_child_voice", decision="no")
    assert answer.status_code == 422
    assert "not the answer that most agencies gave" in heading(answer)


def test_not_agreed_keeps_both_views(lead: Visitor, scene: Scene, session: Session) -> None:
    reason = "Police read the second page only."
    answer = decide(lead, scene, "form_worry", decision="~not_agreed", reason=reason)
    assert answer.status_code == 303
    (kept,) = agreed(session)
    assert (kept.agreed, kept.state, kept.code) == (False, None, None)
    told = words(lead.page(scene.comparison))
    assert "Not agreed: both views stand" in told
    assert reason in told


def test_an_absence_can_be_agreed(lead: Visitor, scene: Scene) -> None:
    given = {"decision": "~not_recorded", "reason": "No file shows it."}
    assert decide(lead, scene, "support_then", **given).status_code == 303
    page = lead.page(f"{scene.comparison}/support_then")
    assert form_values(find_form(page))["decision"] == "~not_recorded"


def test_a_date_can_be_agreed(lead: Visitor, scene: Scene) -> None:
    given = {"decision": "this", "value.day": "3", "value.month": "3", "value.year": "2026"}
    assert decide(lead, scene, "sent_on", **given).status_code == 303
    page = lead.page(f"{scene.comparison}/sent_on")
    assert form_values(find_form(page))["value.month"] == "3"


def test_several_options_and_words_can_be_agreed(lead: Visitor, scene: Scene) -> None:
    both = {"decision": "this", "value": ["referrer", "receiver"]}
    assert lead.submit(f"{scene.comparison}/parts_played", both).status_code == 303
    words_agreed = {"decision": "this", "value": "Both were quick to call."}
    assert lead.submit(f"{scene.comparison}/worked_well", words_agreed).status_code == 303
    told = words(lead.page(scene.comparison))
    assert "Both were quick to call." in told
    values = form_values(find_form(lead.page(f"{scene.comparison}/parts_played")))
    assert values["value"] == ["referrer", "receiver"]


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("form_worry", {}),
        ("form_worry", {"decision": "splendid", "reason": "x"}),
        ("form_worry", {"decision": "~not_known", "reason": "x"}),
        ("form_worry", {"decision": "good", "reason": "x" * 5001}),
        ("sent_on", {"decision": "this", "reason": "x"}),
        ("sent_on", {"decision": "this", "value.day": "31", "value.month": "2", "reason": "x"}),
        ("worked_well", {"decision": "this", "value": "  "}),
        ("parts_played", {"decision": "this", "reason": "x"}),
        ("form_worry", {"decision": "good", "reason": "x", "person_id": "1"}),
        ("form_worry", {"decision": "good", "reason": "x", "agreed": "1"}),
        ("form_worry", {"decision": "good", "reason": "x", "version": "many"}),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_kept(
    lead: Visitor,
    scene: Scene,
    session: Session,
    question: str,
    given: dict[str, str],
) -> None:
    at = f"{scene.comparison}/{question}"
    answer = lead.post(at, {"version": "0", "value": "", **given})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert agreed(session) == []


def test_a_decision_can_be_changed_while_the_round_is_in_moderation(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    decide(lead, scene, "form_worry", decision="good", reason="First.")
    answer = decide(lead, scene, "form_worry", decision="inadequate", reason="Second.")
    assert answer.status_code == 303
    (kept,) = agreed(session)
    assert (kept.reason, kept.version) == ("Second.", 2)


def test_a_decision_made_on_an_older_page_is_refused(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    at = f"{scene.comparison}/form_worry"
    given = {"decision": "good", "reason": "Mine.", "version": "0"}
    assert lead.post(at, given).status_code == 303
    assert lead.post(at, {**given, "reason": "Late."}).status_code == 409
    assert lead.post(at, {**given, "reason": "Later.", "version": "7"}).status_code == 409
    (kept,) = agreed(session)
    assert (kept.reason, kept.version) == ("Mine.", 1)


WAITS = {"decision": "~put_off", "reason": "Police look for the form."}
GOOD = {"decision": "good", "reason": "The form was read again."}


def opened(lead: Visitor, scene: Scene) -> dict[str, str | list[str]]:
    """Open the question in a tab, and keep what its form holds."""
    return form_values(find_form(lead.page(f"{scene.comparison}/form_worry")))


@pytest.mark.parametrize("first", [GOOD, WAITS])
@pytest.mark.parametrize("meanwhile", [GOOD, WAITS])
def test_a_tab_from_before_it_was_put_off_and_decided_again_overwrites_nothing(
    lead: Visitor,
    scene: Scene,
    session: Session,
    first: dict[str, str],
    meanwhile: dict[str, str],
) -> None:
    at = f"{scene.comparison}/form_worry"
    assert decide(lead, scene, "form_worry", **first).status_code == 303
    old = opened(lead, scene)
    again = {**meanwhile, "reason": "Somebody else was heard."}
    for given in ({**WAITS, "reason": "A second thought."}, again):
        assert decide(lead, scene, "form_worry", **given).status_code == 303
    stale = {**old, "decision": ["inadequate"], "reason": ["From the old tab."]}
    assert lead.post(at, stale).status_code == 409
    assert lead.post(at, {**old, **{k: [v] for k, v in WAITS.items()}}).status_code == 409
    assert "Somebody else was heard." in words(lead.page(at)) + str(opened(lead, scene))


@pytest.mark.parametrize("given", [GOOD, WAITS])
def test_a_decision_pressed_twice_is_one(
    lead: Visitor, scene: Scene, session: Session, given: dict[str, str]
) -> None:
    at = f"{scene.comparison}/form_worry"
    form = {**opened(lead, scene), **{name: [value] for name, value in given.items()}}
    assert [lead.post(at, form).status_code for _ in range(2)] == [303, 303]
    told = session.exec(
        select(Event).where(col(Event.kind).in_(["answer.agreed", "question.put-off"]))
    )
    assert len(list(told)) == 1


def test_pressed_again_with_another_reason_it_is_refused(lead: Visitor, scene: Scene) -> None:
    at = f"{scene.comparison}/form_worry"
    form = {**opened(lead, scene), **{name: [value] for name, value in WAITS.items()}}
    assert lead.post(at, form).status_code == 303
    assert lead.post(at, {**form, "reason": ["Another reason."]}).status_code == 409


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.RETURNS_CLOSED, Stage.FINDINGS_AGREED])
def test_outside_moderation_nothing_is_agreed(
    lead: Visitor, scene: Scene, session: Session, database: Database, stage: Stage
) -> None:
    move_to(database, scene, stage)
    at = f"{scene.comparison}/form_worry"
    assert lead.page(at).select("main form") == []
    given = {"decision": "good", "reason": "x", "version": "0"}
    assert lead.post(at, given).status_code == 409
    assert agreed(session) == []


@pytest.mark.parametrize("name", ["coordinator", "scrutineer", "panel_police", "police_lead"])
def test_only_the_lead_of_the_round_records_what_was_agreed(
    browse: Browser, world: World, scene: Scene, session: Session, name: str
) -> None:
    given = {"decision": "good", "reason": "x", "version": "0"}
    visitor = browse.as_(world.people[name])
    assert visitor.post(f"{scene.comparison}/form_worry", given).status_code == 403
    assert agreed(session) == []


def test_a_question_that_nobody_was_asked_is_not_found(lead: Visitor, scene: Scene) -> None:
    assert lead.get(f"{scene.comparison}/reply_education").status_code == 404
    assert lead.get(f"{scene.comparison}/no_such_question").status_code == 404


def test_the_trail_says_that_it_was_agreed_and_not_what(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    decide(lead, scene, "form_worry", decision="good", reason="Never in the trail.")
    event = session.exec(select(Event).where(Event.kind == "answer.agreed")).one()
    assert json.loads(event.details) == {"question": "form_worry", "agreed": "yes"}
    assert (event.scope, event.about) == (scene.audit.round.ref, scene.subject.ref)


def test_noting_a_learning_point_leaves_what_is_being_decided_as_typed(
    lead: Visitor, scene: Scene, database: Database, world: World
) -> None:
    at = f"{scene.comparison}/form_worry"
    dissent = f"dissent.{world.police.ref}"
    typed = {"decision": "good", "reason": "Read again.", dissent: "We saw it otherwise."}
    noted = {"version": "0", "words": "Ask for the worry first.", **typed}
    answer = lead.post(f"{at}/learning-points", noted)
    assert answer.status_code == 200
    page = soup(answer)
    assert "Learning point noted" in words(page)
    assert "Ask for the worry first." in words(page)
    form = find_form(page, at)
    held = form_values(form)
    assert {name: held[name] for name in typed} == typed
    assert held["words"] == ""
    with database.reading() as session:
        assert agreed(session) == []
    assert lead.post(at, {name: v for name, v in held.items() if name != "csrf"}).status_code == 303


def test_a_learning_point_that_was_typed_beside_a_decision_is_noted_with_it(
    lead: Visitor, scene: Scene, database: Database
) -> None:
    point = "Ask for the worry first."
    for refused, status in (("", 422), ("good", 303)):
        answer = decide(lead, scene, "form_worry", decision=refused, reason="Why.", words=point)
        assert answer.status_code == status
        if status == 422:
            assert soup(answer).select_one("details[open] #words") is not None
            assert point in answer.text
    with database.reading() as session:
        assert list(session.exec(select(LearningPoint.words))) == [point]
        assert len(agreed(session)) == 1
