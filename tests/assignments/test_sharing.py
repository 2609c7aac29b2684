"""Giving subjects to agencies and auditors."""

from datetime import UTC, datetime

from bs4 import BeautifulSoup
from sqlmodel import select

from app.access import Role
from app.assignments.models import Assignment
from app.config import ROOT
from app.db import Database
from app.events.models import Event
from app.identity.models import Membership, Person
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import read_tools
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, Visitor, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.world import World


def _round(
    database: Database, world: World, stage: Stage = Stage.OPEN, many: int = 3
) -> tuple[Audit, list[Subject]]:
    with database.writing() as session:
        audit = open_audit(session, world, stage)
        return audit, [subject(session, audit, f"R-{n:04}", n) for n in range(1, many + 1)]


def _at(audit: Audit) -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/assignments"


def _option(page: BeautifulSoup, name: str) -> str:
    found = [o for o in page.select("#auditor option") if o.get_text().startswith(name)]
    assert found, f"{name} is not offered"
    return str(found[0]["value"])


def _holders(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.exec(select(Assignment.auditor_id).order_by("subject_id")))


def _give_all(visitor: Visitor, audit: Audit) -> str:
    sent = visitor.submit(_at(audit), {"do": "agencies"})
    return words(visitor.follow(sent)) if sent.status_code == 303 else words(soup(sent))


def test_the_coordinator_gives_every_subject_to_every_agency_at_once(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world, Stage.SAMPLING)
    coordinator = browse.as_(world.coordinator)
    assert "12 assignments: 12 without an auditor" in _give_all(coordinator, audit)
    assert "12 assignments" in _give_all(coordinator, audit), "again changes nothing"
    with database.reading() as session:
        event = session.exec(select(Event)).one()
    assert event.kind == "assignment.made"
    assert '"count":12' in event.details


def test_subjects_may_be_given_to_some_agencies_only(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    coordinator = browse.as_(world.coordinator)
    some = {"do": "agencies", "agency": world.police.ref, "subject": subjects[0].ref}
    coordinator.submit(_at(audit), some)
    with database.reading() as session:
        made = session.exec(select(Assignment)).one()
    assert (made.subject_id, made.agency_id) == (ident(subjects[0]), ident(world.police))
    none = coordinator.submit(_at(audit), {"do": "agencies", "agency": []})
    assert none.status_code == 422
    assert "Tick the agencies" in words(soup(none))


def test_reserves_are_nobodys_work_and_what_was_replaced_is_closed(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    with database.writing() as session:
        assign(session, subjects[0], world.police, world.officer)
        session.get_one(Subject, ident(subjects[0])).state = "replaced"
        session.get_one(Subject, ident(subjects[1])).state = "reserve"
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(_at(audit))
    labels = [row.get_text(" ", strip=True) for row in page.select("tbody th")]
    assert labels == ["R-0003", "R-0001 Replaced"]
    assert "Replaced: closed" in words(page)
    assert "4 assignments" in _give_all(coordinator, audit), "of the one that is left"
    assert len(_holders(database)) == 5


def test_an_agency_lead_gives_ticked_subjects_to_an_auditor_of_their_own(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    _give_all(browse.as_(world.coordinator), audit)
    lead = browse.as_(world.police_lead)
    page = lead.page(_at(audit))
    assert [h.get_text() for h in page.select("thead th")][-1] == "Wexcombe Police"
    assert "Wexcombe Children's Services" not in words(page)
    ticked = [subjects[0].ref, subjects[2].ref]
    chosen = _option(page, "Police officer")
    lead.submit(_at(audit), {"do": "auditor", "auditor": chosen, "subject": ticked})
    page = lead.page(_at(audit))
    assert "Police officer: 2 open here, 2 in all rounds" in page.get_text()
    assert "3 assignments: 1 without an auditor" in words(page)


def test_an_agency_lead_cannot_touch_another_agencys_assignments(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    with database.writing() as session:
        assign(session, subjects[0], world.health, None)
        query = select(Membership).where(Membership.person_id == ident(world.nurse))
        nurse = session.exec(query).one()
    lead = browse.as_(world.police_lead)
    with nothing_written(database):
        for body in (
            {"do": "auditor", "auditor": nurse.ref, "subject": subjects[0].ref},
            {"do": "agencies", "agency": world.police.ref},
            {"do": "shares"},
        ):
            assert lead.post(_at(audit), body).status_code == 422
    assert _holders(database) == [None]


def test_subjects_are_shared_out_evenly_among_an_agencys_auditors(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world, many=5)
    _give_all(browse.as_(world.coordinator), audit)
    lead = browse.as_(world.police_lead)
    lead.submit(_at(audit), {"do": "shares"})
    with database.reading() as session:
        query = select(Assignment.auditor_id).where(Assignment.agency_id == ident(world.police))
        held = list(session.exec(query))
    assert sorted([held.count(ident(world.officer)), held.count(ident(world.panel_police))]) == [
        2,
        3,
    ]


def test_a_lead_of_the_round_a_coordinator_and_a_scrutineer_are_never_auditors_in_it(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    with database.writing() as session:
        assign(session, subjects[0], world.social_care, None)
        for who in (world.coordinator, world.scrutineer):
            make.membership(session, who, world.partnership, Role.AUDITOR, world.social_care)
    lead = browse.as_(world.social_care_lead)
    offered = lead.page(_at(audit)).select("#auditor option")
    assert [o.get_text().partition(":")[0] for o in offered] == [
        "Choose an auditor",
        "Social worker",
    ]
    with nothing_written(database):
        for who, why in (
            (world.lead, "leads this round"),
            (world.coordinator, "is a coordinator"),
            (world.scrutineer, "is a scrutineer"),
        ):
            body = {"do": "auditor", "auditor": _seat(database, who), "subject": subjects[0].ref}
            refused = lead.post(_at(audit), body)
            assert refused.status_code == 422
            assert why in words(soup(refused))
    assert _holders(database) == [None]


def _seat(database: Database, who: Person) -> str:
    with database.reading() as session:
        query = select(Membership.ref).where(
            Membership.person_id == ident(who), Membership.role == Role.AUDITOR
        )
        return session.exec(query).one()


def test_what_is_ticked_stays_ticked_when_the_auditor_was_forgotten(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    _give_all(browse.as_(world.coordinator), audit)
    body = {"do": "auditor", "subject": subjects[1].ref}
    refused = browse.as_(world.police_lead).post(_at(audit), body)
    assert refused.status_code == 422
    ticked = [str(box["value"]) for box in soup(refused).select("[name=subject][checked]")]
    assert ticked == [subjects[1].ref]
    assert "Choose an auditor" in words(soup(refused))


def test_a_sent_assignment_stays_with_its_auditor(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world)
    with database.writing() as session:
        made = assign(session, subjects[0], world.police, world.officer)
        respond(session, audit, made, {}, ResponseState.SENT)
        made.sent_at = made.given_at
    lead = browse.as_(world.police_lead)
    chosen = _option(lead.page(_at(audit)), "Panel member")
    lead.submit(_at(audit), {"do": "auditor", "auditor": chosen, "subject": subjects[0].ref})
    assert _holders(database) == [ident(world.officer)]


def test_nothing_is_given_out_when_the_round_is_past_it(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world)
    coordinator = browse.as_(world.coordinator)
    with database.writing() as session:
        session.get_one(Round, ident(audit.round)).stage = Stage.REPORTED
    assert "Give to this auditor" not in words(coordinator.page(_at(audit)))
    body = {"do": "agencies", "agency": world.police.ref}
    assert coordinator.post(_at(audit), body).status_code == 409


def test_who_sees_the_assignments_of_a_round(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world)
    for who, status in (
        (world.coordinator, 200),
        (world.lead, 200),
        (world.scrutineer, 200),
        (world.police_lead, 200),
        (world.officer, 404),
        (world.owner, 403),
        (world.coordinator_elsewhere, 404),
    ):
        assert browse.as_(who).get(_at(audit)).status_code == status, who.name
    lead = browse.as_(world.lead)
    assert "Give to this auditor" not in words(lead.page(_at(audit)))
    assert lead.post(_at(audit), {"do": "shares"}).status_code == 403


def test_nobody_is_offered_a_response_that_they_cannot_open(
    browse: Browser, database: Database, world: World
) -> None:
    """A draft is its agency's alone; what was sent is open to whoever reads the round."""
    audit, subjects = _round(database, world, many=2)
    with database.writing() as session:
        draft = assign(session, subjects[0], world.police, world.officer)
        sent = assign(session, subjects[1], world.police, world.officer)
        respond(session, audit, sent, {})
        sent.sent_at = datetime.now(UTC)
    for who, offered in (
        (world.coordinator, {sent.ref}),
        (world.lead, {sent.ref}),
        (world.scrutineer, {sent.ref}),
        (world.police_lead, {draft.ref, sent.ref}),
    ):
        visitor = browse.as_(who)
        links = {str(a["href"]) for a in visitor.page(_at(audit)).select("#subjects a[href]")}
        assert links == {f"/wexcombe/assignments/{ref}" for ref in offered}, who.name
        assert {visitor.get(link).status_code for link in links} == {200}


def test_an_agency_sees_nothing_of_a_round_before_it_is_open(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world, Stage.SAMPLING)
    with database.writing() as session:
        made = assign(session, subjects[0], world.police, world.officer)
    assert browse.as_(world.police_lead).get(_at(audit)).status_code == 404
    officer = browse.as_(world.officer)
    assert officer.get(f"/wexcombe/assignments/{made.ref}").status_code == 404


def test_a_long_round_comes_a_page_at_a_time(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world, many=53)
    coordinator = browse.as_(world.coordinator)
    assert len(coordinator.page(_at(audit)).select("tbody tr")) == 50
    assert len(coordinator.page(f"{_at(audit)}?page=2").select("tbody tr")) == 3


def test_what_is_wrong_on_the_second_page_is_said_there_with_every_tick_kept(
    browse: Browser, database: Database, world: World
) -> None:
    audit, subjects = _round(database, world, many=53)
    coordinator = browse.as_(world.coordinator)
    second = f"{_at(audit)}?page=2"
    last = subjects[-1].ref
    form = coordinator.page(second).select_one("form:has(#subjects)")
    assert form is not None
    assert str(form["action"]) == second
    ticks = {"subject": [last], "agency": [world.police.ref]}
    for where, what in (
        (second, {"do": "auditor", "auditor": "", **ticks}),
        (f"{_at(audit)}/withdrawal/preview?page=2", ticks),
    ):
        refused = coordinator.post(where, what)
        assert refused.status_code == 422
        page = soup(refused)
        assert len(page.select("tbody tr")) == 3
        ticked = [str(i["value"]) for i in page.select("main input:checked")]
        assert ticked == [last, world.police.ref]
        assert str(page.select_one("main form")["action"]) == second  # type: ignore[index]
    given = coordinator.post(second, {"do": "agencies", **ticks})
    assert given.headers["location"] == second


def test_the_table_is_called_after_several_of_what_it_lists(
    browse: Browser, database: Database, world: World
) -> None:
    tool = read_tools(ROOT / "audit_tools")["jtai-benchmark", 1]
    with database.writing() as session:
        audit = open_audit(session, world, tool=tool)
        subject(session, audit, "K-1")
    caption = browse.as_(world.coordinator).page(_at(audit)).select_one("#subjects-caption")
    assert words(caption) == "Criteria"  # type: ignore[arg-type]


def test_a_round_without_subjects_says_what_to_do(
    browse: Browser, database: Database, world: World
) -> None:
    audit, _ = _round(database, world, many=0)
    assert "Draw the sample first" in words(browse.as_(world.coordinator).page(_at(audit)))
    assert "no subjects in this round yet" in words(browse.as_(world.police_lead).page(_at(audit)))
