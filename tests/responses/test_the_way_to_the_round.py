"""From the last answer to the round: check, declare, hand back, sign off and send."""

import json

from sqlmodel import select

from app.access import Role
from app.assignments.models import Assignment
from app.db import Database
from app.events.models import Event
from app.responses.models import Response, SentVersion
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests import factories as make
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.responses.answering import Given, answered, given, open_tab, words_asked
from tests.world import World


def test_check_answers_lists_what_is_wanted_with_the_way_to_each_question(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    page = browse.as_(world.officer).page(f"{of.at}/check")
    first = page.select_one(".govuk-inset-text details li a")
    assert first is not None
    assert first["href"] == f"{of.at}/sections/about#question-parts_played"
    assert first.get_text() == "Question 1: Select all that apply"
    assert "About this audit: 7 questions to finish" in words(page)
    assert "Declare complete" not in words(page)


def test_what_is_not_complete_cannot_be_declared(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"age_band": "unborn"})
    with nothing_written(database):
        refused = officer.post(f"{of.at}/declaration", {"version": "1"})
    assert refused.status_code == 422
    assert "cannot be declared complete yet" in words(soup(refused))
    assert _state(database) == ResponseState.DRAFT


def test_what_cannot_be_read_keeps_a_response_from_being_declared(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    number = words_asked(of)
    answered(database, of, **{number: Answer(State.UNREADABLE, (), "x" * 30_000)})
    refused = browse.as_(world.officer).post(f"{of.at}/declaration", {"version": "1"})
    assert refused.status_code == 422


def test_a_complete_response_goes_to_the_agency_lead_and_from_there_to_the_round(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of)
    officer = browse.as_(world.officer)
    assert "Nothing is missing" in words(officer.page(f"{of.at}/check"))
    page = officer.follow(officer.submit(f"{of.at}/declaration"))
    assert "is with the agency lead" in words(page)
    assert _state(database) == ResponseState.WITH_AGENCY_LEAD

    lead = browse.as_(world.police_lead)
    assert "Police officer declared this complete" in words(lead.page(of.at))
    assert "Sign off and send" in words(lead.page(f"{of.at}/check"))
    page = lead.follow(lead.submit(f"{of.at}/sending"))
    assert "Sent" in words(page)

    with database.reading() as session:
        response = session.exec(select(Response)).one()
        copy = session.exec(select(SentVersion)).one()
        assert session.exec(select(Assignment.sent_at)).one() == response.sent_at
        happened = list(session.exec(select(Event.kind)))
    assert (response.state, response.signed_off_by) == ("sent", world.police_lead.id)
    assert (copy.number, copy.declared_by, copy.version) == (1, world.officer.id, 1)
    assert json.loads(copy.answers)["parts_played"]["chosen"] == ["referrer"]
    assert happened == ["response.declared", "response.sent"]


def test_a_sent_copy_holds_closed_answers_too(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    closed = Answer(State.ANSWERED, ("yes",))
    answered(database, of, parts_played=Answer(State.ANSWERED, ("other",)), form_seen=closed)
    _declare(browse, world, of)
    browse.as_(world.police_lead).submit(f"{of.at}/sending")
    with database.reading() as session:
        frozen = json.loads(session.exec(select(SentVersion.answers)).one())
    assert frozen["form_seen"] == {"chosen": ["yes"], "state": "answered"}


def test_the_agency_lead_hands_back_with_a_reason_and_nothing_is_lost(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of)
    _declare(browse, world, of)
    lead = browse.as_(world.police_lead)
    empty = lead.submit(f"{of.at}/hand-back", {"words": " "})
    assert empty.status_code == 422
    assert "Say what the auditor should look at again" in words(soup(empty))
    lead.submit(f"{of.at}/hand-back", {"words": "Look at question 12 <again>."})
    page = browse.as_(world.officer).page(of.at)
    assert "Look at question 12 <again>." in words(page)
    assert "handed this back" in words(page)
    with database.reading() as session:
        event = session.exec(select(Event).where(Event.kind == "response.handed-back")).one()
    assert "question 12" not in event.details
    officer = browse.as_(world.officer)
    assert open_tab(officer, of.at).save({"age_band": "under_1"}).status_code == 200
    _declare(browse, world, of)


def test_an_agency_lead_who_audits_may_sign_off_their_own_and_it_is_recorded(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        make.membership(session, world.police_lead, world.partnership, Role.AUDITOR, world.police)
    of = given(database, world, auditor=world.police_lead)
    answered(database, of)
    lead = browse.as_(world.police_lead)
    lead.submit(f"{of.at}/declaration")
    assert "You completed this response yourself" in words(lead.page(f"{of.at}/sending"))
    lead.submit(f"{of.at}/sending")
    with database.reading() as session:
        copy = session.exec(select(SentVersion)).one()
    assert copy.declared_by == copy.signed_off_by == world.police_lead.id


def test_nobody_signs_off_what_changed_after_they_read_it(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of)
    officer = browse.as_(world.officer)
    with nothing_written(database):
        late = officer.post(f"{of.at}/declaration", {"version": "0"})
    assert late.status_code == 409
    assert _state(database) == ResponseState.DRAFT


def test_what_is_sent_is_not_sent_declared_or_handed_back_again(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of, ResponseState.SENT)
    lead, officer = browse.as_(world.police_lead), browse.as_(world.officer)
    with nothing_written(database):
        for who, where in ((lead, "sending"), (lead, "hand-back"), (officer, "declaration")):
            assert who.get(f"{of.at}/{where}").status_code == 409
            body = {"version": "1", **({"words": "Again"} if where == "hand-back" else {})}
            assert who.post(f"{of.at}/{where}", body).status_code == 409
        assert officer.get(f"{of.at}/sections/about").status_code == 409


def test_an_unsent_response_may_be_finished_in_moderation_and_at_no_other_late_stage(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of)
    officer = browse.as_(world.officer)
    for stage in (Stage.RETURNS_CLOSED, Stage.FINDINGS_AGREED, Stage.CLOSED):
        _stage(database, of, stage)
        assert officer.post(f"{of.at}/declaration", {"version": "1"}).status_code == 409
    _stage(database, of, Stage.MODERATION)
    assert officer.post(f"{of.at}/declaration", {"version": "1"}).status_code == 303
    assert browse.as_(world.police_lead).submit(f"{of.at}/sending").status_code == 303


def test_only_the_agencys_own_lead_signs_off(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of, ResponseState.WITH_AGENCY_LEAD)
    for who, status in (
        (world.health_lead, 404),
        (world.officer, 403),
        (world.coordinator, 403),
        (world.lead, 403),
        (world.scrutineer, 403),
    ):
        visitor = browse.as_(who)
        assert visitor.get(f"{of.at}/sending").status_code == status, who.name
        assert visitor.post(f"{of.at}/sending", {"version": "1"}).status_code == status


def test_the_lead_of_a_round_signs_nothing_off_in_it(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        make.membership(session, world.lead, world.partnership, Role.AGENCY_LEAD, world.police)
    of = given(database, world)
    answered(database, of, ResponseState.WITH_AGENCY_LEAD)
    assert browse.as_(world.lead).get(f"{of.at}/sending").status_code == 404


def test_a_draft_is_its_agencys_alone(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    response = answered(database, of)
    others = (world.nurse, world.health_lead, world.coordinator, world.lead, world.scrutineer)
    for who in (*others, world.panel_police):
        for where in ("", "/check"):
            assert browse.as_(who).get(f"{of.at}{where}").status_code == 404, who.name
    for who in (world.officer, world.police_lead):
        assert browse.as_(who).get(f"{of.at}/check").status_code == 200
    with database.writing() as session:
        session.get_one(Response, response.id).state = ResponseState.SENT
    for who in (world.coordinator, world.lead, world.scrutineer):
        page = browse.as_(who).page(f"{of.at}/check")
        assert "We made the referral" in words(page)
        assert "record" not in words(browse.as_(who).page(of.at)).lower().replace("on record", "")
    for who in (world.nurse, world.health_lead):
        assert browse.as_(who).get(of.at).status_code == 404


def test_every_page_of_a_subject_says_what_to_do_about_danger(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    answered(database, of)
    officer = browse.as_(world.officer)
    for where in ("", "/check", "/sections/about", "/declaration", "/local-record"):
        assert "If a child may be in danger now" in words(officer.page(f"{of.at}{where}"))
    _declare(browse, world, of)
    lead = browse.as_(world.police_lead)
    for where in ("/sending", "/hand-back"):
        assert "If a child may be in danger now" in words(lead.page(f"{of.at}{where}"))


def _declare(browse: Browser, world: World, of: Given) -> None:
    assert browse.as_(world.officer).submit(f"{of.at}/declaration").status_code == 303


def _state(database: Database) -> str:
    with database.reading() as session:
        return session.exec(select(Response.state)).one()


def _stage(database: Database, of: Given, stage: Stage) -> None:
    with database.writing() as session:
        session.get_one(Round, of.audit.round.id).stage = stage
