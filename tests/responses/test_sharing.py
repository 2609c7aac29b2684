"""Several auditors of an agency answer one response, each in sections of their own."""

import json
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, update
from sqlmodel import col, select

from app.access import Action, Actor, Held, NotNow, Role, scope
from app.assignments.models import Assignment, ConflictOfInterest, SharedSection
from app.assignments.queries import auditors_of
from app.assignments.shared_sections import Change
from app.assignments.waiting import lead_conflicts, work_left
from app.db import Database, now
from app.events.models import Event
from app.identity.models import Membership, Person
from app.responses.models import Response
from app.responses.queries import find_work
from app.responses.rules import ResponseState
from app.responses.sharing_commands import share_response
from app.rounds.models import RoundPerson
from app.samples.models import Subject
from app.tools import AgencyKind, Answer, State
from tests import factories as make
from tests.audit import assign, respond
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.responses.answering import (
    Given,
    answered,
    complete,
    given,
    open_tab,
    stored,
    words_asked,
)
from tests.responses.test_queries import ask, send
from tests.world import World

RECEIPT, JUDGEMENT = "receipt", "judgement"


@dataclass(frozen=True)
class Sharing:
    """A referral given to the police officer, and a colleague with whom it may be shared."""

    of: Given
    colleague: Person
    ref: str
    """What the colleague is chosen by."""

    @property
    def at(self) -> str:
        return self.of.at


@pytest.fixture
def sharing(database: Database, world: World) -> Sharing:
    of = given(database, world)
    with database.writing() as session:
        colleague = make.person(
            session, world.partnership, Role.AUDITOR, world.police, "Custody sergeant"
        )
        refs = {a.name: a.ref for a in auditors_of(session, of.audit.round, [world.police])}
    return Sharing(of, colleague, refs["Custody sergeant"])


def share(browse: Browser, world: World, sharing: Sharing, *sections: str, ref: str = "") -> int:
    """Share some sections with the colleague as the agency lead does; the rest are taken back."""
    lead = browse.as_(world.police_lead)
    page = lead.page(f"{sharing.at}/sharing")
    order = [str(i["value"]) for i in page.select("main input[name=section]")]
    chosen = [(ref or sharing.ref) if key in sections else "" for key in order]
    shown = [str(i["value"]) for i in page.select("main input[name=shown]")]
    body = {"section": order, "shown": shown, "auditor": chosen}
    return lead.post(f"{sharing.at}/sharing", body).status_code


def shared(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {s.section: s.person_id for s in session.exec(select(SharedSection))}


def done(browse: Browser, sharing: Sharing, complete: str = "yes") -> int:
    body = {"complete": complete}
    return browse.as_(sharing.colleague).post(f"{sharing.at}/sections-complete", body).status_code


def declare(browse: Browser, world: World, sharing: Sharing, database: Database) -> int:
    with database.reading() as session:
        version = str(session.exec(select(Response.version)).one())
    officer = browse.as_(world.officer)
    return officer.post(f"{sharing.at}/declaration", {"version": version}).status_code


def test_the_agency_lead_shares_sections_and_each_reads_the_whole_and_answers_their_own(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    assert browse.as_(sharing.colleague).get(sharing.at).status_code == 404
    assert share(browse, world, sharing, RECEIPT, JUDGEMENT) == 303
    assert shared(database) == dict.fromkeys((RECEIPT, JUDGEMENT), ident(sharing.colleague))
    with database.reading() as session:
        event = session.exec(select(Event).where(Event.kind == "sections.shared")).one()
    assert json.loads(event.details)["sections"] == [
        f"{key}: {sharing.colleague.ref}" for key in (JUDGEMENT, RECEIPT)
    ]
    assert event.about == sharing.of.assignment.ref

    colleague = browse.as_(sharing.colleague)
    work = words(colleague.page("/wexcombe/my-work"))
    assert "Shared with you: Receipt and triage and Judgement" in work
    page = colleague.page(sharing.at)
    assert "Custody sergeant : Receipt and triage and Judgement" in words(page)
    ways = {a.get_text(strip=True): str(a["href"]) for a in page.select(".govuk-task-list a")}
    assert ways["Receipt and triage"].endswith("/sections/receipt")
    assert "/check#question-" in ways["About this audit"]
    assert "Police officer : the rest" in words(page)
    assert "Answered by Police officer" in words(page)
    assert "About this audit, answered by Police officer" in words(
        colleague.page(f"{sharing.at}/check")
    )
    assert colleague.get(f"{sharing.at}/sections/receipt").status_code == 200
    refused = colleague.get(f"{sharing.at}/sections/about")
    assert refused.status_code == 409
    assert "answered by Police officer" in words(soup(refused))
    officer = browse.as_(world.officer)
    assert officer.get(f"{sharing.at}/sections/receipt").status_code == 409
    assert officer.get(f"{sharing.at}/sections/about").status_code == 200


def as_chosen(page: BeautifulSoup, **choices: str) -> dict[str, list[str]]:
    """Fill in the page as it stands, with some sections given to somebody else on it."""
    body = {
        name: [str(i["value"]) for i in page.select(f"main input[name={name}]")]
        for name in ("section", "shown")
    }
    picked = [s.select_one("option[selected]") for s in page.select("select[name=auditor]")]
    stand = [str(each["value"]) if each else "" for each in picked]
    body["auditor"] = [
        choices.get(key, ref) for key, ref in zip(body["section"], stand, strict=True)
    ]
    return body


def test_a_page_that_was_opened_before_takes_no_section_from_anybody(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    """One tab gives a section to the sergeant; another, opened before, gives away the next one."""
    lead = browse.as_(world.police_lead)
    before = lead.page(f"{sharing.at}/sharing")
    assert share(browse, world, sharing, RECEIPT) == 303
    with database.reading() as session:
        every = auditors_of(session, sharing.of.audit.round, [world.police])
        panel = next(a.ref for a in every if a.person_id == ident(world.panel_police))
    body = as_chosen(before, judgement=panel)
    assert browse.as_(world.police_lead).post(f"{sharing.at}/sharing", body).status_code == 303
    assert shared(database) == {
        RECEIPT: ident(sharing.colleague),
        JUDGEMENT: ident(world.panel_police),
    }


def test_a_section_that_went_to_somebody_else_meanwhile_stays_with_them_and_the_page_says_so(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    lead = browse.as_(world.police_lead)
    before = lead.page(f"{sharing.at}/sharing")
    assert share(browse, world, sharing, RECEIPT) == 303
    with database.reading() as session:
        every = auditors_of(session, sharing.of.audit.round, [world.police])
        panel = next(a.ref for a in every if a.person_id == ident(world.panel_police))
    lead = browse.as_(world.police_lead)
    with nothing_written(database):
        body = as_chosen(before, receipt=panel, judgement=panel)
        refused = lead.post(f"{sharing.at}/sharing", body)
    assert refused.status_code == 409
    page = soup(refused)
    told = "“Receipt and triage” went to Custody sergeant since you opened the page"
    assert told in words(page)
    assert "“Judgement” went" not in words(page)
    again = as_chosen(page)
    chosen = dict(zip(again["section"], again["auditor"], strict=True))
    assert {key for key, ref in chosen.items() if ref == panel} == {RECEIPT, JUDGEMENT}
    assert browse.as_(world.police_lead).post(f"{sharing.at}/sharing", again).status_code == 303
    assert shared(database) == dict.fromkeys((RECEIPT, JUDGEMENT), ident(world.panel_police))


def test_the_same_sections_shared_twice_are_shared_once(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    lead = browse.as_(world.police_lead)
    body = as_chosen(lead.page(f"{sharing.at}/sharing"), receipt=sharing.ref)
    assert [lead.post(f"{sharing.at}/sharing", body).status_code for _ in "12"] == [303, 303]
    assert shared(database) == {RECEIPT: ident(sharing.colleague)}


def test_the_agencys_list_of_assignments_says_who_shares_what(
    browse: Browser, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    at = f"/wexcombe/rounds/{sharing.of.audit.round.ref}/assignments"
    told = "Police officer, shared with Custody sergeant"
    assert told in words(browse.as_(world.police_lead).page(at))
    assert "Custody sergeant" not in words(browse.as_(world.health_lead).page(at))


def test_the_comparison_names_all_who_answered(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT)
    done(browse, sharing)
    send(browse, world, sharing.of)
    with database.reading() as session:
        about = session.exec(select(Subject.ref)).one()
    at = f"/wexcombe/rounds/{sharing.of.audit.round.ref}/subjects/{about}/comparison"
    page = browse.as_(world.lead).page(f"{at}?names=shown")
    assert "Police officer, with Custody sergeant" in words(page)


def test_whoever_is_given_the_whole_shares_none_of_it(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    with database.reading() as session:
        about = session.exec(select(Subject.ref)).one()
    at = f"/wexcombe/rounds/{sharing.of.audit.round.ref}/assignments"
    body = {"do": "auditor", "subject": about, "auditor": sharing.ref}
    assert browse.as_(world.police_lead).post(at, body).status_code == 303
    assert shared(database) == {}
    assert browse.as_(world.officer).get(sharing.at).status_code == 404
    colleague = browse.as_(sharing.colleague)
    assert colleague.get(f"{sharing.at}/sections/about").status_code == 200


def test_an_answer_that_opens_more_in_a_section_that_was_complete_asks_for_it_again(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of, parts_played=Answer(State.ANSWERED, ("referrer",)))
    share(browse, world, sharing, "checks")
    assert done(browse, sharing) == 303
    tab = open_tab(browse.as_(world.officer), sharing.at)
    assert tab.save({"parts_played": ["referrer", "asked_for_checks"]}).status_code == 200
    told = words(browse.as_(world.officer).page(f"{sharing.at}/check"))
    assert "Custody sergeant: Checks and information (" in told
    home = words(browse.as_(sharing.colleague).page("/wexcombe/my-work"))
    assert "In progress" in home
    assert "Your sections are complete" not in home


def test_only_the_agency_lead_shares(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    body = {"section": [RECEIPT], "shown": [sharing.ref], "auditor": [""]}
    with nothing_written(database):
        for who, status in (
            (world.officer, 403),
            (sharing.colleague, 403),
            (world.coordinator, 403),
            (world.lead, 403),
            (world.health_lead, 404),
        ):
            assert browse.as_(who).get(f"{sharing.at}/sharing").status_code == status, who.name
            assert browse.as_(who).post(f"{sharing.at}/sharing", body).status_code == status


def test_the_whole_stays_with_its_auditor(
    browse: Browser, world: World, sharing: Sharing, database: Database
) -> None:
    """Who shares it declares nothing of the whole: neither complete nor unknown to the agency."""
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT)
    colleague = browse.as_(sharing.colleague)
    for page in ("declaration", "nil-return"):
        assert colleague.get(f"{sharing.at}/{page}").status_code == 404
        assert colleague.post(f"{sharing.at}/{page}", {"version": "1"}).status_code == 404
    assert "not known to us" not in words(colleague.page(sharing.at))


def test_nobody_saves_in_a_section_that_somebody_else_answers(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, JUDGEMENT)
    question = words_asked(sharing.of)
    theirs = open_tab(browse.as_(sharing.colleague), sharing.at, JUDGEMENT)
    assert theirs.save({question: "Ours to say"}).status_code == 200
    mine = open_tab(browse.as_(world.officer), sharing.at)
    assert mine.save({"age_band": "5_9"}).status_code == 200
    with nothing_written(database):
        for tab, says in ((mine, {question: "Mine"}), (theirs, {"age_band": "10_15"})):
            refused = tab.save(says)
            assert refused.status_code == 409
            assert "X-Refused-Shown" in refused.headers
            assert "Nothing was saved" in refused.text
            assert "What you typed is still on this page." in refused.text
        assert "“Judgement” is answered by Custody sergeant" in mine.save({question: "M"}).text
    assert stored(database, sharing.of)[question].text == "Ours to say"


def test_what_was_typed_into_a_section_that_was_taken_back_is_shown_to_be_passed_on(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    """Without scripts the form is sent whole: the answer keeps what was typed."""
    share(browse, world, sharing, JUDGEMENT)
    question = words_asked(sharing.of)
    colleague = browse.as_(sharing.colleague)
    tab = open_tab(colleague, sharing.at, JUDGEMENT)
    share(browse, world, sharing, RECEIPT)
    with nothing_written(database):
        form = {"page": tab.page, "base": tab.base, "section": JUDGEMENT, "asked": [question]}
        refused = colleague.post(f"{sharing.at}/answers", {**form, question: "Long <words>"})
    assert refused.status_code == 409
    told = words(soup(refused))
    assert "“Judgement” is answered by Police officer" in told
    assert "Long <words>" in told


def test_save_and_continue_leads_through_ones_own_sections(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT, JUDGEMENT)
    colleague = browse.as_(sharing.colleague)
    page = colleague.page(f"{sharing.at}/sections/{RECEIPT}")
    assert "section 1 of 2" in words(page)
    assert "Next: Judgement" in words(page)
    sent = colleague.submit(f"{sharing.at}/sections/{RECEIPT}", form="/answers")
    assert sent.headers["location"].endswith(f"/sections/{JUDGEMENT}")
    sent = colleague.submit(f"{sharing.at}/sections/{JUDGEMENT}", form="/answers")
    assert sent.headers["location"].endswith("/check")


def test_the_whole_is_declared_once_everybody_says_that_theirs_is_complete(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT)
    check = words(browse.as_(world.officer).page(f"{sharing.at}/check"))
    assert "Custody sergeant: Receipt and triage (not said to be complete yet)" in check
    assert "Declare complete" not in check
    with nothing_written(database):
        assert declare(browse, world, sharing, database) == 422
    assert "My sections are complete" in words(
        browse.as_(sharing.colleague).page(f"{sharing.at}/check")
    )
    assert done(browse, sharing) == 303
    assert "Your sections are complete" in words(
        browse.as_(sharing.colleague).page("/wexcombe/my-work")
    )
    assert "Declare complete" in words(browse.as_(world.officer).page(f"{sharing.at}/check"))
    assert done(browse, sharing, "no") == 303
    assert declare(browse, world, sharing, database) == 422
    assert done(browse, sharing) == 303
    assert declare(browse, world, sharing, database) == 303
    assert done(browse, sharing, "no") == 409, "it is with the agency lead now"
    with database.reading() as session:
        kinds = [e.kind for e in session.exec(select(Event).order_by(col(Event.id)))]
    assert kinds[-4:] == [
        "sections.completed",
        "sections.reopened",
        "sections.completed",
        "response.declared",
    ]


def test_a_section_with_something_missing_is_not_said_to_be_complete(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of, **{words_asked(sharing.of): Answer()})
    share(browse, world, sharing, JUDGEMENT)
    with nothing_written(database):
        assert done(browse, sharing) == 422
    told = words(browse.as_(world.officer).page(f"{sharing.at}/check"))
    assert "Custody sergeant: Judgement (1 question to finish)" in told


def test_what_opens_in_a_section_afterwards_is_waited_for_again(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, JUDGEMENT)
    assert done(browse, sharing) == 303
    tab = open_tab(browse.as_(sharing.colleague), sharing.at, JUDGEMENT)
    assert tab.save({words_asked(sharing.of): ""}).status_code == 200
    assert declare(browse, world, sharing, database) == 422


def test_the_agency_lead_takes_a_section_back_and_its_answers_stay(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, JUDGEMENT)
    question = words_asked(sharing.of)
    tab = open_tab(browse.as_(sharing.colleague), sharing.at, JUDGEMENT)
    tab.save({question: "Kept"})
    assert share(browse, world, sharing) == 303
    assert shared(database) == {}
    assert stored(database, sharing.of)[question].text == "Kept"
    assert browse.as_(sharing.colleague).get(sharing.at).status_code == 404
    assert tab.save({question: "Late"}).status_code == 404
    officer = browse.as_(world.officer)
    assert officer.get(f"{sharing.at}/sections/{JUDGEMENT}").status_code == 200


def test_what_is_handed_back_is_waited_for_from_everybody_again(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT)
    done(browse, sharing)
    declare(browse, world, sharing, database)
    lead = browse.as_(world.police_lead)
    assert lead.submit(f"{sharing.at}/hand-back", {"words": "Look again"}).status_code == 303
    colleague = browse.as_(sharing.colleague)
    assert "Handed back to you" in words(colleague.page("/wexcombe/my-work"))
    assert "Look again" in words(colleague.page(sharing.at))
    assert declare(browse, world, sharing, database) == 422


def test_a_query_goes_to_whoever_answers_its_section(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT, JUDGEMENT)
    done(browse, sharing)
    send(browse, world, sharing.of)
    number = words_asked(sharing.of)
    assert ask(browse, world, sharing.of, **{number: "Who said so?"}) == 303
    page = browse.as_(sharing.colleague).page(sharing.at)
    assert "(for you)" in words(page)
    way = page.select_one(f"main a[href$='/sections/{JUDGEMENT}#question-{number}']")
    assert way is not None
    assert "Returned with queries" in words(browse.as_(sharing.colleague).page("/wexcombe/my-work"))
    officer = browse.as_(world.officer).page(sharing.at)
    assert "(for Custody sergeant)" in words(officer)
    assert declare(browse, world, sharing, database) == 422, "their word is waited for"
    assert done(browse, sharing) == 303
    assert declare(browse, world, sharing, database) == 303


def test_a_query_about_another_section_leaves_them_done(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, JUDGEMENT)
    done(browse, sharing)
    send(browse, world, sharing.of)
    assert ask(browse, world, sharing.of, form_seen="Which?") == 303
    assert "Your sections are complete" in words(
        browse.as_(sharing.colleague).page("/wexcombe/my-work")
    )
    assert declare(browse, world, sharing, database) == 303


def test_whoever_declared_a_conflict_is_not_shared_with_and_a_sharer_may_declare_one(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    colleague = browse.as_(sharing.colleague)
    declared = colleague.submit(f"{sharing.at}/conflict-of-interest", {"kind": "knows"})
    assert declared.status_code == 303
    assert shared(database) == {}
    with database.reading() as session:
        assert session.exec(select(Assignment.auditor_id)).one() == ident(world.officer)
        assert session.exec(select(ConflictOfInterest)).one().person_id == ident(sharing.colleague)
    assert colleague.get(sharing.at).status_code == 404
    lead = browse.as_(world.police_lead)
    with nothing_written(database):
        body = {"section": [RECEIPT], "shown": [""], "auditor": [sharing.ref]}
        refused = lead.post(f"{sharing.at}/sharing", body)
    assert refused.status_code == 422
    assert "Custody sergeant: conflict of interest" in words(soup(refused))


def test_two_blind_auditors_never_share_and_never_read_one_another(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    with database.writing() as session:
        other = make.person(session, world.partnership, Role.AUDITOR, world.police, "Inspector")
        about = session.exec(select(Subject)).one()
        second = assign(session, about, world.police, other, place=2)
        said = complete(sharing.of.audit.question_set, AgencyKind.POLICE)
        respond(session, sharing.of.audit, second, said, ResponseState.DRAFT)
        refs = {a.name: a.ref for a in auditors_of(session, sharing.of.audit.round, [world.police])}
    with nothing_written(database):
        assert share(browse, world, sharing, RECEIPT, ref=refs["Inspector"]) == 422
    assert share(browse, world, sharing, RECEIPT) == 303
    theirs = Sharing(Given(sharing.of.audit, second, other), sharing.colleague, sharing.ref)
    with nothing_written(database):
        assert share(browse, world, theirs, JUDGEMENT) == 422, "the first one's sharer"
        body = {"do": "second", "subject": about.ref, "auditor": sharing.ref}
        at = f"/wexcombe/rounds/{sharing.of.audit.round.ref}/assignments"
        assert browse.as_(world.police_lead).post(at, body).status_code == 422
    for page in ("", "/check", "/sections/about", "/local-record"):
        assert browse.as_(sharing.colleague).get(f"{theirs.at}{page}").status_code == 404
        assert browse.as_(other).get(f"{sharing.at}{page}").status_code == 404


def test_a_person_of_another_agency_is_not_shared_with(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    with database.reading() as session:
        mine = Membership.person_id == ident(world.nurse)
        nurse = session.exec(select(Membership.ref).where(mine)).one()
    with nothing_written(database):
        assert share(browse, world, sharing, RECEIPT, ref=nurse) == 422
        body = {"section": ["no-such"], "shown": [""], "auditor": [sharing.ref]}
        lead = browse.as_(world.police_lead)
        assert lead.post(f"{sharing.at}/sharing", body).status_code == 422
        body = {"section": [RECEIPT, JUDGEMENT], "shown": ["", ""], "auditor": [sharing.ref]}
        assert lead.post(f"{sharing.at}/sharing", body).status_code == 422


@pytest.mark.parametrize("how", ["left", "role taken"])
def test_what_somebody_who_leaves_shared_is_the_auditors_again(
    browse: Browser, database: Database, world: World, sharing: Sharing, how: str
) -> None:
    answered(database, sharing.of)
    share(browse, world, sharing, RECEIPT)
    with database.writing() as session:
        who, here = ident(sharing.colleague), ident(world.partnership)
        (said,) = work_left(session, who, here)
        assert "1 section shared with them" in said
        if how == "left":
            session.get_one(Person, who).left_at = now(session)
        else:
            session.delete(
                session.exec(select(Membership).where(Membership.person_id == who)).one()
            )
    officer = browse.as_(world.officer)
    assert officer.get(f"{sharing.at}/sections/{RECEIPT}").status_code == 200
    assert declare(browse, world, sharing, database) == 303


def test_whoever_answers_a_section_does_not_lead_the_round(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    with database.reading() as session:
        round_id = ident(sharing.of.audit.round)
        assert lead_conflicts(session, round_id, ident(sharing.colleague))


def test_a_section_stays_with_whoever_may_not_audit_any_more_until_it_is_given_on(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    with database.writing() as session:
        key, colleague = ident(sharing.of.audit.round), ident(sharing.colleague)
        session.add(RoundPerson(round_id=key, person_id=colleague, role=Role.LEAD))
    lead = browse.as_(world.police_lead)
    [chosen] = lead.page(f"{sharing.at}/sharing").select("option[selected]:not([value=''])")
    assert chosen.get_text() == "Custody sergeant, may not audit in this round"
    assert lead.submit(f"{sharing.at}/sharing").status_code == 303
    assert shared(database) == {RECEIPT: ident(sharing.colleague)}


def test_a_subject_that_was_replaced_takes_nothing_from_anybody(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    tab = open_tab(browse.as_(sharing.colleague), sharing.at, RECEIPT)
    with database.writing() as session:
        session.connection().execute(update(Subject).values(state="replaced"))
    assert tab.save({words_asked(sharing.of): "Late"}).status_code == 409
    assert done(browse, sharing) == 409
    lead = browse.as_(world.police_lead)
    assert lead.get(f"{sharing.at}/sharing").status_code == 409


def test_an_assignment_given_by_mistake_is_taken_back_with_its_shares(
    browse: Browser, database: Database, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    at = f"/wexcombe/rounds/{sharing.of.audit.round.ref}/assignments/withdrawal"
    body = {"assignment": [sharing.of.assignment.ref]}
    assert browse.as_(world.coordinator).post(at, body).status_code == 303
    assert shared(database) == {}


def test_a_file_stands_beside_ones_own_questions_alone(
    browse: Browser, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, JUDGEMENT)
    question = words_asked(sharing.of)
    offered = [
        str(option["value"])
        for option in browse.as_(sharing.colleague)
        .page(f"{sharing.at}/files")
        .select("#question option")
    ]
    assert question in offered
    assert "age_band" not in offered
    file = {"attachment": ("note.txt", b"Seen", "text/plain")}
    officer = browse.as_(world.officer)
    refused = officer.post(f"{sharing.at}/files", {"question": question}, file)
    assert refused.status_code == 422
    assert "is answered by Custody sergeant" in words(soup(refused))


def test_signing_in_again_is_for_whoever_has_the_page(
    browse: Browser, world: World, sharing: Sharing
) -> None:
    share(browse, world, sharing, RECEIPT)
    page = browse.as_(sharing.colleague).page(f"{sharing.at}/sections/{RECEIPT}")
    assert "Sign in again as Custody sergeant" in str(page)
    token = f"{sharing.at}/token?person={sharing.colleague.ref}"
    assert browse.as_(sharing.colleague).get(token).status_code == 200


def test_what_was_taken_back_a_moment_ago_is_not_shared_and_says_so(
    database: Database, world: World, sharing: Sharing
) -> None:
    held = (Held(Role.AGENCY_LEAD, ident(world.police)),)
    actor = Actor(ident(world.police_lead), ident(world.partnership), "A lead", held=held)
    with database.writing() as session:
        within = scope(actor, Action.SECTIONS_SHARE)
        work = find_work(session, within, {"assignment": sharing.of.assignment.ref})
        assert work
        auditors = {a.ref: a for a in auditors_of(session, work.round, [world.police])}
        with database.writing() as meanwhile:
            meanwhile.connection().execute(delete(Assignment))
        with pytest.raises(NotNow, match="taken back from your agency"):
            share_response(session, actor, work, {RECEIPT: Change(None, auditors[sharing.ref])})
