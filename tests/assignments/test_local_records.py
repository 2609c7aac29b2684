"""An agency's own number for a child is seen by that agency alone; the key is on paper only."""

from sqlmodel import select

from app.assignments.models import LocalRecord
from app.db import Database
from app.events.models import Event
from app.responses.rules import ResponseState
from tests.audit import open_audit, subject
from tests.browsing import Browser, soup, words
from tests.responses.answering import answered, given
from tests.world import World

NUMBER = "WP/26/0001"


def test_an_agency_keeps_its_own_number_and_sees_it_where_it_answers(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    officer.submit(f"{of.at}/local-record", {"number": NUMBER})
    for where in ("", "/sections/about"):
        assert NUMBER in words(officer.page(f"{of.at}{where}"))
    assert NUMBER in words(browse.as_(world.police_lead).page(of.at))
    with database.reading() as session:
        event = session.exec(select(Event)).one()
    assert event.kind == "local-record.kept"
    assert NUMBER not in event.details


def test_nobody_outside_the_agency_ever_sees_the_number(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    browse.as_(world.officer).submit(f"{of.at}/local-record", {"number": NUMBER})
    answered(database, of, ResponseState.SENT)
    for who in (world.coordinator, world.lead, world.scrutineer):
        visitor = browse.as_(who)
        for where in ("", "/check"):
            assert NUMBER not in visitor.page(f"{of.at}{where}").decode()
    for who, status in (
        (world.coordinator, 403),
        (world.scrutineer, 403),
        (world.lead, 404),
        (world.nurse, 404),
        (world.health_lead, 404),
        (world.panel_police, 404),
    ):
        visitor = browse.as_(who)
        assert visitor.get(f"{of.at}/local-record").status_code == status, who.name
        posted = visitor.post(f"{of.at}/local-record", {"number": "X"})
        assert posted.status_code == status, who.name


def test_a_number_is_changed_and_forgotten(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    for number, kept in ((NUMBER, [NUMBER]), ("B-2", ["B-2"]), ("", [])):
        officer.submit(f"{of.at}/local-record", {"number": number})
        with database.reading() as session:
            assert list(session.exec(select(LocalRecord.number))) == kept


def test_a_number_that_is_too_long_is_shown_again(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    refused = browse.as_(world.officer).submit(f"{of.at}/local-record", {"number": "9" * 61})
    assert refused.status_code == 422
    assert "Your record number must be 60 characters or fewer" in words(soup(refused))
    assert "9" * 61 in refused.text


def test_the_reference_sheet_is_for_the_business_unit_to_complete_by_hand(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        subject(session, audit)
        subject(session, audit, "R-2QXM", 2).state = "reserve"
    at = f"/wexcombe/rounds/{audit.round.ref}/reference-sheet"
    round_page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}")
    assert round_page.select(f'a[href="{at}"]')
    page = browse.as_(world.coordinator).page(at)
    assert "Nothing that is written on it may be typed into this service" in words(page)
    assert [th.get_text() for th in page.select("tbody th")] == ["R-7F3K"]
    assert all(not td.get_text(strip=True) for td in page.select("tbody td"))
    assert page.select("main input, main textarea") == []
    for who in (world.lead, world.police_lead, world.officer, world.scrutineer):
        assert browse.as_(who).get(at).status_code == 403
