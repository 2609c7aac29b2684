"""The chase list: how far each agency is, and whom to ask for what is missing."""

from bs4 import BeautifulSoup
from sqlalchemy import event
from sqlmodel import Session

from app.access import Role
from app.db import now
from app.responses.returns import returns_of
from app.responses.rules import ResponseState
from app.rounds.rules import Stage
from tests.audit import DUE, Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.factories import person
from tests.world import World


def row(page: BeautifulSoup, agency: str) -> list[str]:
    """The cells of an agency's row, as they read."""
    head = next(th for th in page.select("tbody th") if th.get_text(strip=True) == agency)
    assert head.parent is not None
    return [" ".join(cell.get_text(" ").split()) for cell in head.parent.select("td")]


def begun(session: Session, world: World, stage: Stage = Stage.OPEN) -> Audit:
    """The police have sent one of two and begun the other; health has begun neither of its two."""
    audit = open_audit(session, world, stage)
    first, second = subject(session, audit), subject(session, audit, "R-BBBB", 2)
    sent = assign(session, first, world.police, world.officer)
    respond(session, audit, sent, {})
    draft = assign(session, second, world.police, world.officer)
    respond(session, audit, draft, {}, ResponseState.DRAFT)
    assign(session, first, world.health, world.nurse)
    assign(session, second, world.health, None)
    return audit


def test_each_agency_is_counted_and_the_one_with_most_left_comes_first(
    session: Session, world: World, browse: Browser
) -> None:
    audit = begun(session, world)
    session.commit()

    page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}/returns")

    assert "Waiting for 3 responses of 4, from 2 agencies" in words(page)
    assert row(page, world.health.name)[:5] == ["2", "2", "0", "0", "0"]
    assert row(page, world.police.name)[:5] == ["2", "0", "1", "0", "1"]
    assert row(page, "All agencies")[:6] == ["4", "2", "1", "0", "1", "3 responses"]
    names = [th.get_text(strip=True) for th in page.select("tbody th")]
    assert names[:2] == [world.health.name, world.police.name]
    assert names[2:] == [world.school.name, world.social_care.name, "All agencies"]
    assert "Nothing given" in row(page, world.school.name)[5]


def test_it_says_whom_to_write_to(session: Session, world: World, browse: Browser) -> None:
    audit = begun(session, world)
    away = person(session, world.partnership, Role.AGENCY_LEAD, world.police, "Gone Away")
    away.left_at = now(session)
    person(session, world.elsewhere, Role.AGENCY_LEAD, world.police, "Other County")
    session.add(away)
    session.commit()

    page = browse.as_(world.lead).page(f"/wexcombe/rounds/{audit.round.ref}/returns")

    assert world.police_lead.name in row(page, world.police.name)[6]
    assert page.select_one(f"a[href='mailto:{world.police_lead.email}']")
    assert "Gone Away" not in words(page)
    assert "Other County" not in words(page)


def test_an_agency_without_a_lead_is_the_coordinators_to_mend(
    session: Session, world: World, browse: Browser
) -> None:
    audit = begun(session, world)
    world.health_lead.left_at = now(session)
    session.add(world.health_lead)
    session.commit()
    at = f"/wexcombe/rounds/{audit.round.ref}/returns"

    asked = browse.as_(world.coordinator).page(at)
    told = browse.as_(world.scrutineer).page(at)

    assert "Nobody is agency lead here yet" in row(asked, world.health.name)[6]
    assert asked.select_one("td a[href='/wexcombe/people']")
    assert "Nobody is agency lead here yet" in row(told, world.health.name)[6]
    assert told.select_one("td a[href='/wexcombe/people']") is None


def test_overdue_is_said_with_the_day_it_was_due(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = begun(session, world)
    session.commit()
    at = f"/wexcombe/rounds/{audit.round.ref}/returns"
    clock.forward(days=(DUE - clock.at.date()).days)
    assert "overdue" not in words(browse.as_(world.coordinator).page(at))

    clock.forward(days=2)

    page = browse.as_(world.coordinator).page(at)
    assert "2 days overdue since 16 October 2026" in row(page, world.health.name)[5]
    assert "overdue" not in row(page, world.school.name)[5]


def test_when_everything_is_sent_it_says_so(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    given = assign(session, subject(session, audit), world.police, world.officer)
    respond(session, audit, given, {})
    session.commit()

    page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}/returns")

    assert "Every agency has sent everything: 1 response" in words(page)
    assert row(page, world.police.name)[5] == "All sent"


def test_a_replaced_subject_is_not_waited_for(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    replaced = subject(session, audit)
    assign(session, replaced, world.police, world.officer)
    replaced.state = "replaced"
    session.add(replaced)
    session.commit()

    page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}/returns")

    assert "No agency has been given anything to answer yet" in words(page)
    assert page.select_one("table") is None


def test_after_the_returns_are_closed_it_says_what_can_still_be_done(
    session: Session, world: World, browse: Browser
) -> None:
    audit = begun(session, world, Stage.RETURNS_CLOSED)
    session.commit()

    page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}/returns")

    assert "Returns are closed, so what is missing cannot be sent now" in words(page)


def test_no_agency_reads_how_far_the_others_are(
    session: Session, world: World, browse: Browser
) -> None:
    audit = begun(session, world, Stage.MODERATION)
    session.commit()
    at = f"/wexcombe/rounds/{audit.round.ref}"

    def status(who: str) -> int:
        return browse.as_(world.people[who]).get(f"{at}/returns").status_code

    assert {status(who) for who in ("coordinator", "lead", "scrutineer")} == {200}
    assert {status(who) for who in ("police_lead", "officer", "coordinator_elsewhere")} == {404}
    assert {status(who) for who in ("panel_police", "owner", "subgroup_member")} <= {403, 404}
    assert browse.as_(world.lead).page(at).select_one(f"main a[href='{at}/returns']")
    assert browse.as_(world.police_lead).page(at).select_one(f"a[href='{at}/returns']") is None


def test_my_work_says_what_is_waited_for_in_each_round(
    session: Session, world: World, browse: Browser
) -> None:
    audit = begun(session, world)
    session.commit()
    said = "Waiting for 3 responses from 2 agencies"

    for who in (world.coordinator, world.lead):
        page = browse.as_(who).page("/wexcombe/my-work")
        link = page.select_one(f"main a[href='/wexcombe/rounds/{audit.round.ref}/returns']")
        assert link is not None
        row = link.find_parent("li")
        assert row is not None
        assert said in row.get_text()
    for who in (world.scrutineer, world.police_lead, world.panel_police):
        assert said not in words(browse.as_(who).page("/wexcombe/my-work"))


def test_the_number_of_statements_does_not_grow_with_the_round(
    session: Session, world: World
) -> None:
    audit = begun(session, world)
    told: list[str] = []
    connection = session.connection()

    def count() -> int:
        told.clear()
        returns_of(session, audit.round, DUE)
        return len(told)

    event.listen(connection, "before_cursor_execute", lambda *sent: told.append(sent[2]))
    few = count()
    for number in range(3, 13):
        given = subject(session, audit, f"R-C{number:03}", number)
        for agency in (world.social_care, world.police, world.health, world.school):
            assign(session, given, agency, None)

    assert count() == few == 2
