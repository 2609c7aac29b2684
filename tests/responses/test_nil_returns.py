"""A nil return: the child is not known to the agency, declared, signed off and counted apart."""

import json

import pytest
from sqlmodel import select

from app.assignments.models import Assignment
from app.db import Database
from app.events.models import Event
from app.exports.counting import _stands
from app.findings.tallies import tallies_of
from app.responses.models import NilReturn, Response, SentVersion
from app.responses.returns import Return, returns_of
from app.responses.rules import ResponseState
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import AgencyKind
from tests.audit import DUE, assign, respond
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.responses.answering import Given, answered, complete, given, open_tab
from tests.responses.test_queries import ask, counted, tallies_are_exact
from tests.world import World

SEARCHED = "Niche, 2019 to now <all>"


def declare(browse: Browser, of: Given, who: object, searched: str = SEARCHED) -> int:
    visitor = browse.as_(who)  # type: ignore[arg-type]
    return visitor.submit(f"{of.at}/nil-return", {"searched": searched}).status_code


def sign_off(browse: Browser, world: World, of: Given) -> None:
    assert browse.as_(world.police_lead).submit(f"{of.at}/sending").status_code == 303


def test_the_auditor_declares_it_and_the_agency_lead_sends_it(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    assert "This child is not known to us" in words(browse.as_(world.officer).page(of.at))
    assert declare(browse, of, world.officer) == 303
    lead = browse.as_(world.police_lead)
    for where in ("", "/check"):
        page = words(lead.page(f"{of.at}{where}"))
        assert "This child is not known to Wexcombe Police" in page
        assert SEARCHED in page
    sign_off(browse, world, of)
    page = words(browse.as_(world.lead).page(of.at))
    assert "Sent: not known to the agency" in page
    with database.reading() as session:
        copy = json.loads(session.exec(select(SentVersion.answers)).one())
        kinds = list(session.exec(select(Event.kind)))
        told = " ".join(session.exec(select(Event.details)))
        assert session.exec(select(Assignment.sent_at)).one() is not None
    assert copy == {"~not_known": {"note": "", "searched": SEARCHED}}
    assert kinds == ["nil-return.declared", "response.sent"]
    assert "Niche" not in told
    assert counted(database) == 0
    assert tallies_are_exact(database)
    versions = words(browse.as_(world.lead).page(f"{of.at}/versions"))
    assert "Version 1: not known to the agency" in versions


def test_the_agency_lead_declares_it_where_nobody_audits_yet(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    with database.writing() as session:
        session.get_one(Assignment, of.assignment.id).auditor_id = None
    assert declare(browse, of, world.police_lead) == 303
    sign_off(browse, world, of)


def test_it_says_what_was_searched(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    with nothing_written(database):
        empty = officer.submit(f"{of.at}/nil-return", {"searched": " "})
    assert empty.status_code == 422
    assert "Say what you searched" in words(soup(empty))


def test_it_can_be_taken_back_until_it_is_sent_and_what_was_typed_stays(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"age_band": "under_1"})
    for who in (world.officer, world.police_lead):
        assert declare(browse, of, world.officer) == 303
        assert browse.as_(world.officer).get(f"{of.at}/sections/about").status_code == 409
        taken = browse.as_(who).submit(f"{of.at}/nil-return")
        assert taken.status_code == 303, who.name
        page = words(browse.as_(world.officer).page(of.at))
        assert "1 of" in page
    with database.reading() as session:
        assert session.exec(select(NilReturn)).all() == []
        assert session.exec(select(Response.state)).one() == ResponseState.DRAFT
    declare(browse, of, world.officer)
    sign_off(browse, world, of)
    with nothing_written(database):
        gone = browse.as_(world.officer).post(f"{of.at}/nil-return/withdrawal", {"version": "1"})
    assert gone.status_code == 409


def test_what_is_handed_back_or_returned_can_be_answered_after_all(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    declare(browse, of, world.officer)
    browse.as_(world.police_lead).submit(f"{of.at}/hand-back", {"words": "Look in the archive"})
    assert "Look in the archive" in words(browse.as_(world.officer).page(of.at))
    declare(browse, of, world.officer)
    sign_off(browse, world, of)
    assert ask(browse, world, of, parts_played="Is it under another name?") == 303
    answered_now = open_tab(browse.as_(world.officer), of.at).save({"age_band": "under_1"})
    assert answered_now.status_code == 200
    with database.reading() as session:
        assert session.exec(select(NilReturn)).all() == []
    assert tallies_are_exact(database)


@pytest.fixture
def beside_health(browse: Browser, database: Database, world: World) -> tuple[Given, str]:
    """Police do not know the child; health answered everything. In moderation."""
    of = given(database, world, Stage.MODERATION)
    answered(database, of)
    declare(browse, of, world.officer)
    sign_off(browse, world, of)
    with database.writing() as session:
        one = session.get_one(Subject, of.assignment.subject_id)
        health = assign(session, one, world.health, world.nurse)
        respond(
            session,
            of.audit,
            health,
            complete(of.audit.question_set, AgencyKind(world.health.kind)),
        )
        at = f"/wexcombe/rounds/{of.audit.round.ref}/subjects/{one.ref}"
    return of, at


def test_the_comparison_shows_it_and_none_of_what_was_typed(
    browse: Browser, world: World, beside_health: tuple[Given, str]
) -> None:
    _, at = beside_health
    for who in (world.lead, world.panel_police):
        page = browse.as_(who).page(f"{at}/comparison")
        assert "2 of 2 agencies sent" in words(page)
        cells = {words(c) for c in page.select("#answers td[data-agency='Wexcombe Police']")}
        assert "Not known to the agency" in cells
        assert "Not sent yet" not in words(page)
        assert not cells & {"Some words", "A line"}
    meeting = words(browse.as_(world.lead).page(f"{at}/comparison/form_worry"))
    assert "Not known to the agency" in meeting


def test_it_counts_as_returned_and_apart(
    browse: Browser, database: Database, world: World, beside_health: tuple[Given, str]
) -> None:
    of, _ = beside_health
    page = words(browse.as_(world.lead).page(f"/wexcombe/rounds/{of.audit.round.ref}/returns"))
    assert "Every agency has sent everything" in page
    assert "1 not known" in page
    with database.reading() as session:
        rows = returns_of(session, session.get_one(Round, of.audit.round.id), DUE)
        strand = session.exec(select(Strand)).first()
        assert strand
        assert tallies_of(session, strand, None, "").responses == 1
    assert {row.agency: _stands(row) for row in rows}["Wexcombe Police"] == "Nil return"


def test_the_report_tells_nil_returns_and_late_ones_among_others() -> None:
    row = Return("Police", 4, 0, 0, 0, 4, sent_late=1, not_known=2, last_saved=None, overdue="")
    assert _stands(row) == "Returned, 2 not known to it, 1 late"


def test_nobody_else_declares_it(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    body = {"version": "0", "searched": "Everything", "note": ""}
    with nothing_written(database):
        for who, status in (
            (world.nurse, 404),
            (world.health_lead, 404),
            (world.coordinator, 403),
            (world.lead, 404),
        ):
            assert browse.as_(who).post(f"{of.at}/nil-return", body).status_code == status
