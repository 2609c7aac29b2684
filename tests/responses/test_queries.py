"""Query and return: the lead asks about a sent answer, and the agency looks at it again."""

import json

from sqlmodel import Session, col, select

from app.access import Role
from app.assignments.models import Assignment
from app.db import Database, now
from app.events.models import Event
from app.responses.models import Answer as AnswerRow
from app.responses.models import Query, Response, SentVersion
from app.responses.rules import ResponseState
from app.responses.tallies import recount, tallied, tallied_together
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import AgencyKind, Answer, State
from app.web.filters import day
from tests.audit import DUE, assign, respond, subject
from tests.browsing import Browser, soup, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.factories import person
from tests.responses.answering import Given, answered, complete, given, open_tab, words_asked
from tests.world import World


def sent(browse: Browser, database: Database, world: World, stage: Stage = Stage.OPEN) -> Given:
    """A response of the police that its auditor declared and their lead sent."""
    of = given(database, world, stage)
    answered(database, of)
    send(browse, world, of)
    return of


def send(browse: Browser, world: World, of: Given) -> None:
    assert browse.as_(world.officer).submit(f"{of.at}/declaration").status_code == 303
    assert browse.as_(world.police_lead).submit(f"{of.at}/sending").status_code == 303


def ask(browse: Browser, world: World, of: Given, **asked: str) -> int:
    lead = browse.as_(world.lead)
    chosen = "&".join(f"question={key}" for key in asked)
    page = lead.page(f"{of.at}/queries?{chosen}&ask=why")
    order = [str(i["value"]) for i in page.select("main input[name=question]")]
    typed = {"question": order, "words": [asked[key] for key in order]}
    version = str(page.select_one("main input[name=version]")["value"])  # type: ignore[index]
    return lead.post(f"{of.at}/queries", {"version": version, **typed}).status_code


def response_in(session: Session) -> Response:
    return session.exec(select(Response)).one()


def tallies_are_exact(database: Database) -> bool:
    with database.reading() as session:
        strand = session.exec(select(Strand)).first()
        assert strand
        one_by_one, together = tallied(session, strand), tallied_together(session, strand)
        counted = recount(session, strand)
        return one_by_one == counted and sum(together.values()) == sum(counted.values())


def counted(database: Database) -> int:
    with database.reading() as session:
        strand = session.exec(select(Strand)).first()
        assert strand
        return sum(tallied(session, strand).values())


def test_the_lead_returns_a_response_with_a_reason_for_each_question(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    number = words_asked(of)
    assert counted(database) > 20
    status = ask(browse, world, of, form_seen="Which <form> was it?", **{number: "Who said so?"})
    assert status == 303

    with database.reading() as session:
        response = response_in(session)
        assert (response.state, response.sent_at) == (ResponseState.DRAFT, None)
        assert (response.declared_by, response.signed_off_by) == (None, None)
        assert session.exec(select(Assignment.sent_at)).one() is None
        assert len(session.exec(select(AnswerRow)).all()) > 20
        assert len(session.exec(select(SentVersion)).all()) == 1
        asked = session.exec(select(Query)).all()
        event = session.exec(select(Event).where(Event.kind == "response.returned")).one()
    assert {(q.number, q.words) for q in asked} == {
        (1, "Which <form> was it?"),
        (1, "Who said so?"),
    }
    assert json.loads(event.details)["queries"] == 2
    assert "form" not in event.details
    assert counted(database) == 0
    assert tallies_are_exact(database)


def test_the_agency_sees_each_query_beside_its_question(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    ask(browse, world, of, form_seen="Which <form> was it?")
    for who in (world.officer, world.police_lead):
        for where in ("", "/check"):
            page = browse.as_(who).page(f"{of.at}{where}")
            assert "Which <form> was it?" in words(page), (who.name, where)
            assert "Not changed" in words(page)
    page = browse.as_(world.officer).page(of.at)
    assert "returned this on" in words(page)
    way = page.select_one("main a[href$='#question-form_seen']")
    assert way is not None
    assert "/sections/" in str(way["href"])
    assert "Returned with queries" in words(browse.as_(world.officer).page("/wexcombe/my-work"))
    for stranger in (world.nurse, world.health_lead, world.lead, world.coordinator):
        assert browse.as_(stranger).get(of.at).status_code == 404, stranger.name


def test_sent_again_it_is_a_new_version_and_the_lead_sees_what_changed(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    number = words_asked(of)
    ask(browse, world, of, form_seen="Which form?", **{number: "Who said so?"})
    officer = browse.as_(world.officer)
    assert open_tab(officer, of.at, "judgement").save({number: "The social worker"}).is_success
    send(browse, world, of)

    page = browse.as_(world.lead).page(of.at)
    assert "asked about 2 answers before this was sent again: 1 changed, 1 not" in words(page)
    assert "It was: Some words" in words(browse.as_(world.lead).page(f"{of.at}/check"))
    with database.reading() as session:
        copies = session.exec(select(SentVersion).order_by(col(SentVersion.number))).all()
        response = response_in(session)
    assert [copy.number for copy in copies] == [1, 2]
    assert "Some words" in copies[0].answers
    assert "The social worker" in copies[1].answers
    assert response.returned_at is None
    assert response.first_sent_at == copies[0].sent_at
    assert tallies_are_exact(database)
    assert counted(database) > 20


def test_what_is_asked_twice_is_told_from_what_was_asked_before(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    ask(browse, world, of, form_seen="The first time")
    send(browse, world, of)
    ask(browse, world, of, form_seen="The second time")
    page = words(browse.as_(world.officer).page(of.at))
    assert "The second time" in page
    assert "The first time" not in page


def test_a_response_that_is_back_is_in_no_comparison(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world, Stage.MODERATION)
    with database.writing() as session:
        one = session.get_one(Subject, of.assignment.subject_id)
        given_out = assign(session, one, world.health, world.nurse)
        answers = complete(of.audit.question_set, AgencyKind(world.health.kind))
        respond(session, of.audit, given_out, answers)
        at = f"/wexcombe/rounds/{of.audit.round.ref}/subjects/{one.ref}/comparison"
    panel, lead = browse.as_(world.panel_police), browse.as_(world.lead)
    assert panel.get(at).status_code == 200
    assert "2 of 2 agencies sent" in words(lead.page(at))
    ask(browse, world, of, form_seen="Which form?")
    assert browse.as_(world.panel_police).get(at).status_code == 404
    assert "1 of 2 agencies sent" in words(browse.as_(world.lead).page(at))
    send(browse, world, of)
    assert browse.as_(world.panel_police).get(at).status_code == 200


def test_whoever_goes_back_to_choose_others_finds_what_they_ticked(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    lead = browse.as_(world.lead)
    reasons = lead.page(f"{of.at}/queries?question=form_seen&ask=why")
    back = str(reasons.select_one(".govuk-back-link")["href"])  # type: ignore[index]
    ticked = [str(i["value"]) for i in lead.page(back).select("main input:checked")]
    assert ticked == ["form_seen"]


def test_a_query_names_a_question_and_says_why(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    lead = browse.as_(world.lead)
    missed = lead.get(f"{of.at}/queries?ask=why")
    assert missed.status_code == 422
    assert "Tick one or more questions" in words(soup(missed).select_one("#question-error"))  # type: ignore[arg-type]
    assert len(soup(missed).select("main fieldset > legend")) > 1
    with nothing_written(database):
        for question, why in ((["form_seen"], [" "]), (["form_seen"], ["x" * 2001]), ([], [])):
            body = {"version": "1", "question": question, "words": why}
            assert lead.post(f"{of.at}/queries", body).status_code == 422
        nowhere = {"version": "1", "question": ["no_such"], "words": ["Why?"]}
        assert lead.post(f"{of.at}/queries", nowhere).status_code == 422
    empty = lead.post(
        f"{of.at}/queries", {"version": "1", "question": ["form_seen"], "words": [""]}
    )
    assert "Say what the agency should look at" in words(soup(empty))


def test_a_response_is_returned_once_and_only_while_it_could_be_sent_again(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    lead = browse.as_(world.lead)
    body = {"version": "1", "question": ["form_seen"], "words": ["Which?"]}
    for stage in (Stage.RETURNS_CLOSED, Stage.FINDINGS_AGREED):
        with database.writing() as session:
            session.get_one(Round, of.audit.round.id).stage = stage
        assert lead.post(f"{of.at}/queries", body).status_code == 409
        assert "Query and return" not in words(lead.page(of.at))
    with database.writing() as session:
        session.get_one(Round, of.audit.round.id).stage = Stage.MODERATION
    assert lead.post(f"{of.at}/queries", body).status_code == 303
    assert lead.post(f"{of.at}/queries", body).status_code == 404
    assert counted(database) == 0


def test_only_the_lead_of_the_round_returns(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    body = {"version": "1", "question": ["form_seen"], "words": ["Which?"]}
    with nothing_written(database):
        for who in (world.coordinator, world.scrutineer, world.police_lead, world.officer):
            assert browse.as_(who).post(f"{of.at}/queries", body).status_code == 403, who.name


def test_the_returns_say_what_is_back_with_its_agency(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    at = f"/wexcombe/rounds/{of.audit.round.ref}/returns"
    assert "Returned with queries" not in words(browse.as_(world.lead).page(at))
    ask(browse, world, of, form_seen="Which form?", parts_played="Which parts?")
    page = words(browse.as_(world.lead).page(at))
    assert "Returned with queries, not sent again yet" in page
    assert "R-7F3K Wexcombe Police 2 answers" in page


def test_what_was_sent_in_time_and_came_back_is_overdue_nowhere(
    browse: Browser, database: Database, world: World, clock: SettableClock
) -> None:
    of = sent(browse, database, world)
    clock.forward(days=(DUE - clock.at.date()).days + 3)
    back = day(clock.at)
    ask(browse, world, of, form_seen="Which form?")
    clock.forward(days=2)
    with database.writing() as session:
        session.get_one(Round, of.audit.round.id).stage = Stage.MODERATION
    at = f"/wexcombe/rounds/{of.audit.round.ref}"
    pages = {
        f"{at}/returns": world.lead,
        f"{at}/comparisons": world.lead,
        "/wexcombe/my-work": world.police_lead,
    }
    for address, who in pages.items():
        told = words(browse.as_(who).page(address))
        assert "overdue" not in told, address
        assert f"eturned with queries since {back}" in told, address
    told = words(browse.as_(world.officer).page("/wexcombe/my-work"))
    assert ("overdue" in told, "Returned with queries" in told) == (False, True)
    assert "no response and no action is overdue" in words(
        browse.as_(world.lead).page("/wexcombe/my-work")
    )
    with database.writing() as session:  # another one never came
        other = subject(session, of.audit, "R-4WAI", 2)
        assign(session, other, world.police, world.officer)
    told = words(browse.as_(world.lead).page(f"{at}/returns"))
    assert "2 responses 5 days overdue since" in told
    assert f"1 of them Returned with queries since {back}" in told
    assert "5 days overdue" in words(browse.as_(world.police_lead).page("/wexcombe/my-work"))
    chased = words(browse.as_(world.lead).page("/wexcombe/my-work"))
    assert "1 response" in chased


def test_the_returns_say_which_of_two_auditors_has_what_came_back(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    with database.writing() as session:
        kept = session.get_one(Subject, of.assignment.subject_id)
        other = person(session, world.partnership, Role.AUDITOR, world.police, "Other officer")
        second = assign(session, kept, world.police, other, place=2)
        draft = respond(session, of.audit, second, {}, ResponseState.DRAFT)
        draft.returned_at = now(session)
        session.add(draft)
    ask(browse, world, of, form_seen="Which form?")
    page = words(browse.as_(world.lead).page(f"/wexcombe/rounds/{of.audit.round.ref}/returns"))
    assert "R-7F3K, first auditor Wexcombe Police 1 answer" in page
    assert "R-7F3K, second auditor Wexcombe Police 0 answers" in page
    for who in (world.officer, other):
        assert who.name not in page


def test_a_response_without_an_answer_can_still_be_asked_about(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    number = words_asked(of)
    answered(database, of, **{number: Answer(State.NOT_RECORDED)})
    send(browse, world, of)
    assert ask(browse, world, of, **{number: "Is it in the paper file?"}) == 303
