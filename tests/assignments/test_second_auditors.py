"""A second auditor judges the same file blind: who is drawn, who sees what, and what counts."""

import json
from dataclasses import dataclass, replace

import pytest
from sqlmodel import col, select

from app.access import Role
from app.assignments.models import Assignment, SharedSection
from app.assignments.queries import auditors_of
from app.assignments.rules import drawn_for_second
from app.db import Database
from app.events.models import Event
from app.findings.tallies import tallies_of
from app.identity.models import Membership, Person
from app.library.models import QuestionNumber
from app.responses.models import AnswerChange, NilReturn, Response, SentVersion
from app.responses.rules import ResponseState
from app.responses.tallies import recount, tallied
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import AgencyKind, Answer, State
from app.web.chrome import BANNER
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.responses.answering import complete
from tests.world import World


def drawn(database: Database) -> list[tuple[int, int]]:
    with database.reading() as session:
        query = select(Assignment.subject_id, Assignment.agency_id).where(Assignment.place == 2)
        return sorted(session.exec(query).all())


def ten(database: Database, world: World) -> Audit:
    with database.writing() as session:
        audit = open_audit(session, world)
        for number in range(1, 11):
            one = subject(session, audit, f"R-{number:04}", number)
            for agency in (world.police, world.health):
                assign(session, one, agency, None)
        return audit


def at(audit: Audit, page: str = "second-auditors") -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/{page}"


def test_a_share_of_each_agencys_subjects_is_drawn_by_a_seed_that_is_kept(
    browse: Browser, database: Database, world: World
) -> None:
    audit = ten(database, world)
    coordinator = browse.as_(world.coordinator)
    both = {"agency": [world.police.ref, world.health.ref], "share": "25%"}
    assert coordinator.submit(at(audit), both).status_code == 303
    made = drawn(database)
    assert len(made) == 6, "a quarter of ten, rounded up, for each of two agencies"
    with database.reading() as session:
        events = session.exec(select(Event)).all()
        refs = list(session.exec(select(Subject.ref)))
    told = [json.loads(event.details) for event in events]
    assert [event.kind for event in events] == ["second-auditors.drawn"] * 2
    for each in told:
        assert set(each["subjects"]) == drawn_for_second(refs, 25, each["seed"])
    assert browse.as_(world.coordinator).submit(at(audit), both).status_code == 303
    assert drawn(database) == made, "again adds nothing"
    more = {"agency": [world.police.ref], "share": "40"}
    browse.as_(world.coordinator).submit(at(audit), more)
    assert len(drawn(database)) == 7


def test_subjects_may_be_named_instead(browse: Browser, database: Database, world: World) -> None:
    audit = ten(database, world)
    coordinator = browse.as_(world.coordinator)
    named = {"agency": world.police.ref, "share": "", "labels": "r-0003, R-0007"}
    assert coordinator.submit(at(audit), named).status_code == 303
    assert len(drawn(database)) == 2
    with nothing_written(database):
        wrong = coordinator.submit(at(audit), {**named, "labels": "R-0001 R-9999"})
    assert wrong.status_code == 422
    assert "given R-9999" in words(soup(wrong))


@pytest.mark.parametrize("share", ["", "0", "101", "²", "-5"])
def test_a_share_is_a_percentage(
    browse: Browser, database: Database, world: World, share: str
) -> None:
    audit = ten(database, world)
    with nothing_written(database):
        body = {"agency": world.police.ref, "share": share}
        assert browse.as_(world.coordinator).submit(at(audit), body).status_code == 422
        nobody = browse.as_(world.coordinator).submit(at(audit), {"agency": [], "share": "5"})
        assert nobody.status_code == 422


def test_only_the_coordinator_draws_them(browse: Browser, database: Database, world: World) -> None:
    audit = ten(database, world)
    for who in (world.police_lead, world.lead, world.scrutineer, world.officer):
        assert browse.as_(who).get(at(audit)).status_code == 403, who.name


def test_the_first_auditor_is_never_the_second(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        one = subject(session, audit)
        assign(session, one, world.police, world.officer)
        assign(session, one, world.police, None, place=2)
        make.person(session, world.partnership, Role.AUDITOR, world.police, "Second officer")
    with database.reading() as session:
        refs = {a.name: a.ref for a in auditors_of(session, audit.round, [world.police])}
    lead = browse.as_(world.police_lead)
    body = {"do": "second", "subject": one.ref, "auditor": refs["Police officer"]}
    refused = lead.submit(at(audit, "assignments"), body)
    assert refused.status_code == 422
    assert "audits a ticked subject already" in words(soup(refused))
    assert lead.submit(at(audit, "assignments"), {"do": "shares"}).status_code == 303
    page = words(lead.page(at(audit, "assignments")))
    assert "Police officer" in page
    assert "Second: " in page
    with database.reading() as session:
        holders = session.exec(select(Assignment.auditor_id).order_by(col(Assignment.place))).all()
    assert holders[0] == ident(world.officer)
    assert holders[1] not in {None, ident(world.officer)}
    other = {**body, "do": "auditor"}
    with database.reading() as session:
        name = session.get_one(Person, holders[1]).name
    assert (
        lead.submit(at(audit, "assignments"), {**other, "auditor": refs[name]}).status_code == 422
    )


def test_sharing_out_leaves_the_second_place_empty_where_only_the_first_auditor_could_have_it(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        one = subject(session, audit)
        assign(session, one, world.police, None)
        assign(session, one, world.police, None, place=2)
        others = select(Membership).where(Membership.person_id == ident(world.panel_police))
        session.delete(session.exec(others).one())
    lead = browse.as_(world.police_lead)
    assert lead.submit(at(audit, "assignments"), {"do": "shares"}).status_code == 303
    with database.reading() as session:
        holders = session.exec(select(Assignment.auditor_id)).all()
    assert set(holders) == {ident(world.officer), None}


@dataclass(frozen=True)
class Pair:
    audit: Audit
    subject: Subject
    first: Assignment
    second: Assignment
    other: Person


@pytest.fixture
def pair(database: Database, world: World) -> Pair:
    """Two officers have one file; the first has sent, the second has declared. In moderation."""
    with database.writing() as session:
        audit = open_audit(session, world, Stage.MODERATION)
        one = subject(session, audit)
        other = make.person(
            session, world.partnership, Role.AUDITOR, world.police, "Second officer"
        )
        first = assign(session, one, world.police, world.officer)
        second = assign(session, one, world.police, other, place=2)
        answers = complete(audit.question_set, AgencyKind.POLICE)
        key = next(k for k, a in answers.items() if a.text == "Some words")
        for given, word, state in (
            (first, "zqfirstqz", ResponseState.SENT),
            (second, "zqsecondqz", ResponseState.WITH_AGENCY_LEAD),
        ):
            said = answers | {key: Answer(State.ANSWERED, (), word)}
            made = respond(session, audit, given, said, state)
            made.declared_by, made.declared_at = given.auditor_id, made.saved_at
            if state is ResponseState.SENT:
                given.sent_at = made.sent_at
        return Pair(audit, one, first, second, other)


def test_neither_sees_what_the_other_said_even_when_both_are_sent(
    browse: Browser, database: Database, world: World, pair: Pair
) -> None:
    for both_sent in (False, True):
        if both_sent:
            sending = f"/wexcombe/assignments/{pair.second.ref}/sending"
            browse.as_(world.police_lead).submit(sending)
        for who, theirs, own, foreign in (
            (world.officer, pair.second, pair.first, "zqsecondqz"),
            (pair.other, pair.first, pair.second, "zqfirstqz"),
        ):
            for page in ("", "/check", "/versions", "/local-record"):
                assert (
                    browse.as_(who).get(f"/wexcombe/assignments/{theirs.ref}{page}").status_code
                    == 404
                )
            for page in (f"assignments/{own.ref}/check", "my-work", "search?q=R-7F3K"):
                assert foreign not in browse.as_(who).get(f"/wexcombe/{page}").text
    with database.reading() as session:
        assert session.get_one(Assignment, pair.second.id).sent_at is not None


def test_the_panel_sees_the_subject_once_both_are_sent_and_only_the_first(
    browse: Browser, world: World, pair: Pair
) -> None:
    comparison = f"{at(pair.audit, 'subjects')}/{pair.subject.ref}/comparison"
    assert browse.as_(world.panel_police).get(comparison).status_code == 404
    sending = f"/wexcombe/assignments/{pair.second.ref}/sending"
    assert browse.as_(world.police_lead).submit(sending).status_code == 303
    for who in (world.panel_police, world.lead):
        page = browse.as_(who).page(comparison)
        assert "zqfirstqz" in str(page)
        assert "zqsecondqz" not in str(page)
        assert "1 of 1 agency sent" in words(page)


def test_what_the_second_auditor_says_counts_nowhere_and_is_kept(
    browse: Browser, database: Database, world: World, pair: Pair
) -> None:
    with database.reading() as session:
        before = tallied(session, pair.audit.strand)
        right = recount(session, pair.audit.strand)
    sending = f"/wexcombe/assignments/{pair.second.ref}/sending"
    assert browse.as_(world.police_lead).submit(sending).status_code == 303
    with database.reading() as session:
        assert tallied(session, pair.audit.strand) == before
        assert recount(session, pair.audit.strand) == right
        assert tallies_of(session, pair.audit.strand, None, "").responses == 1
    page = words(browse.as_(world.lead).page(f"/wexcombe/assignments/{pair.second.ref}/check"))
    assert "zqsecondqz" in page
    assert "second auditor" in page
    body = {"version": "1", "question": ["form_seen"], "words": ["Why?"]}
    lead = browse.as_(world.lead)
    returned = lead.post(f"/wexcombe/assignments/{pair.second.ref}/queries", body)
    assert returned.status_code == 303
    with database.reading() as session:
        assert tallied(session, pair.audit.strand) == before


def judged_twice(database: Database, world: World) -> Audit:
    """Ten subjects that two police officers judged and sent; seven times with the same answer."""
    audit = ten(database, world)
    choices = ["good"] * 7 + ["inadequate"] * 3
    with database.writing() as session:
        query = select(Assignment).where(Assignment.agency_id == world.police.id)
        other = make.person(
            session, world.partnership, Role.AUDITOR, world.police, "Second officer"
        )
        opens = {
            "parts_played": Answer(State.ANSWERED, ("referrer", "receiver")),
            "form_seen": Answer(State.ANSWERED, ("yes",)),
        }
        for chosen, first in zip(choices, list(session.exec(query)), strict=True):
            first.auditor_id = world.officer.id
            second = Assignment(
                subject_id=first.subject_id, agency_id=first.agency_id, place=2,
                auditor_id=other.id, given_at=first.given_at,
            )  # fmt: skip
            session.add(second)
            session.flush()
            for given, choice in ((first, chosen), (second, "good")):
                said = Answer(State.ANSWERED, (choice,), reason="Seen")
                respond(session, audit, given, {**opens, "form_worry": said})
        session.get_one(Round, audit.round.id).stage = Stage.MODERATION
    return audit


def told_of(browse: Browser, world: World, audit: Audit) -> str:
    return words(browse.as_(world.lead).page(at(audit, "agreement")))


def test_what_both_auditors_sent_is_told_of_as_agreement_and_nothing_before(
    browse: Browser, database: Database, world: World
) -> None:
    audit = judged_twice(database, world)
    question = audit.question_set.question["form_worry"].text
    with database.writing() as session:
        last = session.exec(select(Response).order_by(col(Response.id).desc())).first()
        assert last
        last.state = ResponseState.DRAFT
    assert f"{question} 9 not shown: fewer than 10 pairs" in told_of(browse, world, audit)
    with database.writing() as session:
        session.get_one(Response, last.id).state = ResponseState.SENT
    told = told_of(browse, world, audit)
    assert f"{question} 10 70% (" in told
    assert "No subject has a second auditor yet" not in told


@pytest.mark.parametrize("place", [1, 2])
def test_what_was_typed_before_a_child_was_declared_not_known_is_no_judgement_of_a_pair(
    browse: Browser, database: Database, world: World, place: int
) -> None:
    audit = judged_twice(database, world)
    with database.writing() as session:
        query = (
            select(Response.id)
            .join(Assignment, col(Assignment.id) == col(Response.assignment_id))
            .where(Assignment.place == place)
        )
        session.add(NilReturn(response_id=session.exec(query).first(), searched="All"))
    question = audit.question_set.question["form_worry"].text
    assert f"{question} 9 not shown: fewer than 10 pairs" in told_of(browse, world, audit)


# --- a lead of the agency reads what both answer, and is neither


def also_leads(database: Database, world: World, who: Person) -> None:
    with database.writing() as session:
        make.membership(session, who, world.partnership, Role.AGENCY_LEAD, world.police)


def in_two_places(
    database: Database, world: World, first: Person | None = None
) -> tuple[Audit, Subject, dict[str, str]]:
    """A file that the police judge twice, and what their auditors are chosen by."""
    with database.writing() as session:
        audit = open_audit(session, world)
        one = subject(session, audit)
        assign(session, one, world.police, first)
        assign(session, one, world.police, None, place=2)
        refs = {a.name: a.ref for a in auditors_of(session, audit.round, [world.police])}
    return audit, one, refs


def held(database: Database) -> list[int | None]:
    with database.reading() as session:
        query = select(Assignment.auditor_id).order_by(col(Assignment.place))
        return list(session.exec(query))


@pytest.mark.parametrize("do", ["auditor", "second"])
def test_a_lead_of_the_agency_is_given_neither_place_of_a_pair(
    browse: Browser, database: Database, world: World, do: str
) -> None:
    audit, one, refs = in_two_places(database, world)
    also_leads(database, world, world.officer)
    body = {"do": do, "subject": one.ref, "auditor": refs["Police officer"]}
    refused = browse.as_(world.police_lead).post(at(audit, "assignments"), body)
    assert refused.status_code == 422
    why = "Police officer leads this agency and may read what both auditors of a file answer"
    assert f"{why}: choose somebody else for 1 ticked subject" in words(soup(refused))
    assert held(database) == [None, None]


def test_a_lead_of_the_agency_still_audits_what_is_judged_once(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        one = subject(session, audit)
        assign(session, one, world.police, None)
        refs = {a.name: a.ref for a in auditors_of(session, audit.round, [world.police])}
    also_leads(database, world, world.officer)
    body = {"do": "auditor", "subject": one.ref, "auditor": refs["Police officer"]}
    lead = browse.as_(world.police_lead)
    assert lead.submit(at(audit, "assignments"), body).status_code == 303
    assert held(database) == [ident(world.officer)]


def test_sharing_out_gives_a_lead_of_the_agency_none_of_a_pair(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _, _ = in_two_places(database, world)
    also_leads(database, world, world.officer)
    lead = browse.as_(world.police_lead)
    assert lead.submit(at(audit, "assignments"), {"do": "shares"}).status_code == 303
    assert set(held(database)) == {ident(world.panel_police), None}


def test_a_lead_of_the_agency_shares_no_section_of_a_pair(
    browse: Browser, database: Database, world: World
) -> None:
    _, _, refs = in_two_places(database, world, world.officer)
    also_leads(database, world, world.panel_police)
    with database.reading() as session:
        given = session.exec(select(Assignment.ref).where(Assignment.place == 1)).one()
    sharing = f"/wexcombe/assignments/{given}/sharing"
    lead = browse.as_(world.police_lead)
    name = next(each for each in refs if each != "Police officer")
    page = lead.page(sharing)
    order = [str(i["value"]) for i in page.select("main input[name=section]")]
    chosen = [refs[name], *[""] * (len(order) - 1)]
    body = {"section": order, "shown": [""] * len(order), "auditor": chosen}
    refused = lead.post(sharing, body)
    assert refused.status_code == 422
    assert "leads this agency and may read" in words(soup(refused))


def test_what_a_lead_of_the_agency_audits_is_left_out_of_the_draw_and_refused_by_name(
    browse: Browser, database: Database, world: World
) -> None:
    audit = ten(database, world)
    also_leads(database, world, world.officer)
    with database.writing() as session:
        query = (
            select(Assignment)
            .join(Subject, col(Subject.id) == col(Assignment.subject_id))
            .where(Assignment.agency_id == world.police.id)
            .order_by(Subject.label)
        )
        theirs = list(session.exec(query))
        for each in theirs[:4]:
            each.auditor_id = world.officer.id
        led = {each.subject_id for each in theirs[:4]}
    coordinator = browse.as_(world.coordinator)
    named = {"agency": world.police.ref, "share": "", "labels": "R-0001 R-0007"}
    with nothing_written(database):
        refused = coordinator.post(at(audit), named)
    assert refused.status_code == 422
    assert "A lead of the agency audits R-0001 (" in words(soup(refused))
    sent = coordinator.submit(at(audit), {"agency": world.police.ref, "share": "100"})
    done = f"{coordinator.cookie}; {BANNER}={sent.cookies[BANNER]}"
    told = words(replace(coordinator, cookie=done).follow(sent))
    assert "6 second assignments made." in told
    assert "4 subjects left out: a lead of the agency audits there" in told
    assert {subject for subject, _ in drawn(database)} & led == set()


def test_a_pair_of_which_one_leads_the_agency_since_is_no_agreement_of_two(
    browse: Browser, database: Database, world: World
) -> None:
    audit = judged_twice(database, world)
    question = audit.question_set.question["form_worry"].text
    assert question in told_of(browse, world, audit)
    also_leads(database, world, world.officer)
    assert "How these are worked out" not in told_of(browse, world, audit)


def test_nor_is_one_of_which_a_lead_of_the_agency_answers_a_section(
    browse: Browser, database: Database, world: World
) -> None:
    audit = judged_twice(database, world)
    with database.writing() as session:
        given = session.exec(select(Assignment).where(Assignment.place == 2)).first()
        assert given
        lead = ident(world.police_lead)
        session.add(
            SharedSection(
                assignment_id=ident(given), section="about", person_id=lead, given_at=given.given_at
            )
        )
    question = audit.question_set.question["form_worry"].text
    assert f"{question} 9 not shown: fewer than 10 pairs" in told_of(browse, world, audit)


# --- who answered in one place before is not given the other


def gave(database: Database, how: str, one: Subject, who: Person) -> None:
    """Let somebody have saved or declared the first place, which is somebody else's by now."""
    with database.writing() as session:
        query = select(Assignment).where(Assignment.subject_id == one.id, Assignment.place == 1)
        first = session.exec(query).one()
        response = Response(assignment_id=ident(first), state=ResponseState.DRAFT)
        session.add(response)
        session.flush()
        key, moment = ident(response), first.given_at
        if how == "saved":
            question = session.exec(select(QuestionNumber.id)).first()
            session.add(
                AnswerChange(
                    response_id=key, question_id=question, version=1, page="p",
                    person_id=ident(who), at=moment, state=0,
                )
            )  # fmt: skip
        else:
            session.add(
                SentVersion(
                    response_id=key, number=1, sent_at=moment, declared_by=ident(who),
                    signed_off_by=ident(who), version=1, answers="{}",
                )
            )  # fmt: skip


@pytest.mark.parametrize("how", ["saved", "declared"])
def test_who_answered_in_one_place_before_is_not_given_the_other(
    browse: Browser, database: Database, world: World, how: str
) -> None:
    audit, one, refs = in_two_places(database, world, world.panel_police)
    gave(database, how, one, world.officer)
    lead = browse.as_(world.police_lead)
    body = {"do": "second", "subject": one.ref, "auditor": refs["Police officer"]}
    refused = lead.post(at(audit, "assignments"), body)
    assert refused.status_code == 422
    told = words(soup(refused))
    assert "Police officer audits a ticked subject already, or did so before" in told
    lead.submit(at(audit, "assignments"), {"do": "shares"})
    assert held(database) == [ident(world.panel_police), None]
    again = {**body, "do": "auditor"}
    assert lead.post(at(audit, "assignments"), again).status_code == 303, "their own place again"


def test_who_answered_in_one_place_before_shares_no_section_of_the_other(
    browse: Browser, database: Database, world: World
) -> None:
    _, one, refs = in_two_places(database, world)
    gave(database, "saved", one, world.officer)
    with database.writing() as session:
        second = session.exec(select(Assignment).where(Assignment.place == 2)).one()
        second.auditor_id = world.panel_police.id
        sharing = f"/wexcombe/assignments/{second.ref}/sharing"
    lead = browse.as_(world.police_lead)
    body = {"section": ["about"], "shown": [""], "auditor": [refs["Police officer"]]}
    refused = lead.post(sharing, body)
    assert refused.status_code == 422
    assert "audits this subject apart from it, or did so before" in refused.text
