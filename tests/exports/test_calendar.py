"""A calendar by link: the days of one's actions and rounds, and nothing that anybody typed."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from httpx import Response
from icalendar import Calendar, Event
from sqlmodel import select

from app.access import Role
from app.actions.models import ActionRevision, ActionUpdate, LearningAction
from app.db import Database
from app.events.models import Event as Happening
from app.findings.models import Finding
from app.identity.models import (
    Agency,
    CalendarLink,
    Membership,
    Partnership,
    Person,
)
from app.identity.sign_ins import TRIES, digest_of
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests.actions.test_actions import agreed_finding
from tests.browsing import Browser, Visitor, heading, soup, words
from tests.clock import SettableClock
from tests.comparisons.scene import Scene, move_to, stage_scene
from tests.conftest import nothing_written
from tests.exports.test_actions_file import action
from tests.factories import ident
from tests.factories import membership as join
from tests.people.test_confirming import work_on
from tests.world import World

AT = "/wexcombe/calendar"
DUE, REVIEW = date(2026, 10, 1), date(2027, 3, 1)


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    """A reported round with an action of the police, which the officer owns."""
    with database.writing() as session:
        scene = stage_scene(session, world, Stage.REPORTED)
        action(session, world, agreed_finding(session, world, scene), due=DUE, impact_on=REVIEW)
        return scene


def linked(visitor: Visitor) -> str:
    """Make a link and return its path."""
    answer = visitor.submit(AT, form="/calendar/link")
    assert answer.status_code == 200, heading(answer)
    shown = soup(answer).select_one("textarea#link")
    assert shown is not None
    return urlsplit(shown.get_text().strip()).path


def fetch(browse: Browser, path: str) -> Response:
    """Read a link as a calendar does: without a cookie, from anywhere."""
    browse.client.cookies.clear()
    return browse.client.get(path)


def days(answer: Response) -> dict[str, Event]:
    assert answer.status_code == 200, answer.text
    found = Calendar.from_ical(answer.content)
    assert found.errors == []
    events = {str(event["UID"]): event for event in found.events}
    assert len(events) == len(found.events)
    assert all(event.errors == [] for event in found.events)
    return events


def told(answer: Response) -> dict[str, date]:
    """What a calendar shows, without references, and on which day."""
    return {re.sub(r":.*", "", str(e["SUMMARY"])): e.start for e in days(answer).values()}


def the_action(database: Database, **values: object) -> LearningAction:
    with database.writing() as session:
        found = session.exec(select(LearningAction)).one()
        for name, value in values.items():
            setattr(found, name, value)
        return found


def in_calendar(browse: Browser, who: Person) -> dict[str, date]:
    return told(fetch(browse, linked(browse.as_(who))))


ACTION = {"Learning action due": DUE, "Impact review of an action": REVIEW}


# --- the link


def test_the_link_is_shown_once_and_only_its_digest_is_kept(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    officer = browse.as_(world.officer)
    assert "You have no link" in words(officer.page(AT))
    path = linked(officer)
    code = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(code) > 40
    with database.reading() as session:
        kept = session.exec(select(CalendarLink)).one()
        assert kept.digest == digest_of(code)
        events = [e for e in session.exec(select(Happening)) if e.kind.startswith("calendar")]
    assert [(e.kind, e.person_id, e.details) for e in events] == [
        ("calendar-link.made", world.officer.id, "{}")
    ]
    page = officer.page(AT)
    assert code not in str(page)
    assert "Made 15 September 2026 at 10:00am Last read by a calendar Not yet" in words(page)


def test_the_page_says_when_a_calendar_last_read_it(
    browse: Browser, world: World, scene: Scene, clock: SettableClock
) -> None:
    path = linked(browse.as_(world.officer))
    clock.forward(days=1)
    assert fetch(browse, path).status_code == 200
    told_then = words(browse.as_(world.officer).page(AT))
    assert "Last read by a calendar 16 September 2026 at 10:00am" in told_then


def test_a_new_link_ends_the_old_one_and_an_ended_one_reads_nothing(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    first = linked(browse.as_(world.officer))
    second = linked(browse.as_(world.officer))
    assert fetch(browse, first).status_code == 404
    assert fetch(browse, second).status_code == 200
    officer = browse.as_(world.officer)
    ended = officer.submit(AT, form="/calendar/link/end")
    assert "You have no link" in words(officer.follow(ended))
    assert fetch(browse, second).status_code == 404
    with nothing_written(database):
        assert browse.as_(world.officer).post(f"{AT}/link/end").status_code == 409


def test_one_person_has_one_link_in_each_partnership(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    here = linked(browse.as_(world.officer))
    with database.writing() as session:
        join(session, world.officer, world.elsewhere, Role.COORDINATOR)
    answer = browse.as_(world.officer).submit("/harrowmere/calendar", form="/calendar/link")
    shown = soup(answer).select_one("textarea#link")
    assert shown is not None
    there = urlsplit(shown.get_text().strip()).path
    assert told(fetch(browse, there)) == {}
    assert set(ACTION) <= set(told(fetch(browse, here)))


def test_making_a_link_asks_for_the_password_again_and_ending_one_does_not(
    browse: Browser, world: World, database: Database, clock: SettableClock, scene: Scene
) -> None:
    officer = browse.as_(world.officer)
    linked(officer)
    work_on(database, officer, clock, 60)
    assert officer.get(AT).status_code == 200
    work_on(database, officer, clock, 20)
    assert "/account/confirm" in officer.post(f"{AT}/link").headers["location"]
    assert officer.post(f"{AT}/link/end").headers["location"] == AT


@pytest.mark.parametrize("name", ["administrator", "subgroup_member"])
def test_who_has_no_dates_here_has_no_calendar(
    browse: Browser, world: World, scene: Scene, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    assert visitor.get(AT).status_code == 403
    assert visitor.post(f"{AT}/link").status_code == 403
    assert "Calendar of" not in words(visitor.page("/wexcombe/my-work"))


def test_it_is_found_from_my_work_and_from_the_actions(
    browse: Browser, world: World, scene: Scene
) -> None:
    officer = browse.as_(world.officer)
    for page in ("/wexcombe/my-work", "/wexcombe/actions"):
        assert officer.page(page).select(f'a[href="{AT}"]'), page


def test_the_link_begins_where_the_operator_says(
    browse: Browser, world: World, scene: Scene
) -> None:
    browse.client.app.state.public_address = "https://casefile.example.org"  # type: ignore[attr-defined]
    answer = browse.as_(world.officer).submit(AT, form="/calendar/link")
    shown = soup(answer).select_one("textarea#link")
    assert shown is not None
    link = shown.get_text().strip()
    assert re.fullmatch(r"https://casefile\.example\.org/calendar/[\w-]{43}\.ics", link)
    for event in days(fetch(browse, urlsplit(link).path)).values():
        assert str(event["URL"]).startswith("https://casefile.example.org/wexcombe/")


# --- what it carries


def test_an_action_is_an_all_day_event_with_a_way_to_its_page(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    answer = fetch(browse, linked(browse.as_(world.officer)))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    ref = the_action(database).ref
    at = f"http://casefile.test/wexcombe/actions/{ref}"
    due = days(answer)[f"{ref}-due@casefile"]
    assert due.to_ical().decode().replace("\r\n ", "").splitlines() == [
        "BEGIN:VEVENT",
        f"SUMMARY:Learning action due: {ref}",
        "DTSTART;VALUE=DATE:20261001",
        "DTEND;VALUE=DATE:20261002",
        "DTSTAMP:20260915T090000Z",
        f"UID:{ref}-due@casefile",
        "SEQUENCE:0",
        "CLASS:PRIVATE",
        f"DESCRIPTION:{world.partnership.name}. Sign in to read it: {at}",
        "LAST-MODIFIED:20260915T090000Z",
        "TRANSP:TRANSPARENT",
        f"URL:{at}",
        "END:VEVENT",
    ]
    calendar = Calendar.from_ical(answer.content)
    assert calendar["X-WR-CALNAME"] == f"Casefile: {world.partnership.name}"
    for line in (b"REFRESH-INTERVAL;VALUE=DURATION:PT6H", b"X-PUBLISHED-TTL:PT6H"):
        assert line + b"\r\n" in answer.content
    assert str(calendar["UID"]) == f"{world.officer.ref}-wexcombe@casefile"


ROUNDS = {"Returns due", "Panel due", "Report due"}
CARRIED = {
    "officer": set(ACTION),
    "police_lead": set(ACTION),
    "panel_police": set(),
    "nurse": set(),
    "health_lead": set(),
    "owner": set(),
    "coordinator": set(),
    "lead": set(),
    "scrutineer": set(),
}


@pytest.mark.parametrize("name", CARRIED)
def test_it_carries_own_actions_and_those_of_an_agency_one_leads(
    browse: Browser, world: World, scene: Scene, name: str
) -> None:
    """Others see the action on their pages, and it is not for them to do."""
    assert set(in_calendar(browse, world.people[name])) == CARRIED[name]


@pytest.mark.parametrize("name", ["coordinator", "lead"])
def test_whoever_sees_every_action_carries_those_that_they_own(
    browse: Browser, world: World, database: Database, scene: Scene, name: str
) -> None:
    the_action(database, owner_id=ident(world.people[name]))
    assert in_calendar(browse, world.people[name]) == ACTION


@pytest.mark.parametrize("name", ["officer", "police_lead", "coordinator"])
def test_while_the_panel_compares_no_calendar_says_that_it_found_something(
    browse: Browser, world: World, database: Database, scene: Scene, name: str
) -> None:
    """Not even the coordinator's, who sees the action on pages: calendars are shown to others."""
    if name == "coordinator":
        the_action(database, owner_id=ident(world.coordinator))
    path = linked(browse.as_(world.people[name]))
    assert set(ACTION) <= set(told(fetch(browse, path)))
    move_to(database, scene, Stage.MODERATION)
    assert set(told(fetch(browse, path))) == {"Panel due", "Report due"}
    move_to(database, scene, Stage.FINDINGS_AGREED)
    assert set(told(fetch(browse, path))) == {*ACTION, "Report due"}


def test_overdue_actions_stay_and_closed_ones_go(
    browse: Browser, world: World, database: Database, scene: Scene, clock: SettableClock
) -> None:
    path = linked(browse.as_(world.officer))
    clock.forward(days=400)
    assert told(fetch(browse, path)) == ACTION
    for state, left in {
        "blocked": set(ACTION),
        "complete": {"Impact review of an action"},
        "verified": {"Impact review of an action"},
        "impact_shown": set(),
        "closed": set(),
        "superseded": set(),
    }.items():
        clock.forward(days=1)
        the_action(database, state=state)
        assert set(told(fetch(browse, path))) == left, state


def test_a_moved_day_is_the_same_event_in_a_later_edition(
    browse: Browser, world: World, database: Database, scene: Scene, clock: SettableClock
) -> None:
    path = linked(browse.as_(world.officer))
    before = days(fetch(browse, path))
    assert fetch(browse, path).content == fetch(browse, path).content
    ref = the_action(database).ref
    lead = browse.as_(world.lead)
    clock.forward(minutes=10)
    given = {"due.day": "9", "due.month": "11", "due.year": "2026", "why": "No room"}
    assert lead.submit(f"/wexcombe/actions/{ref}/dates", given).status_code == 303
    after = days(fetch(browse, path))
    assert set(after) == set(before)
    due, impact = after[f"{ref}-due@casefile"], after[f"{ref}-impact@casefile"]
    assert due.start == date(2026, 11, 9)
    assert (due["SEQUENCE"], due.DTSTAMP) == (1, datetime(2026, 9, 15, 9, 10, tzinfo=UTC))
    assert impact.to_ical() == before[f"{ref}-impact@casefile"].to_ical()


def test_the_days_ahead_of_rounds_show_to_who_sees_the_round(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    the_action(database, state="closed")
    paths = {name: linked(browse.as_(world.people[name])) for name in ("lead", "officer", "owner")}
    for stage, lead, officer in (
        (Stage.DRAFT, set(), set()),
        (Stage.SAMPLING, ROUNDS, set()),
        (Stage.OPEN, ROUNDS, ROUNDS),
        (Stage.MODERATION, ROUNDS - {"Returns due"}, ROUNDS - {"Returns due"}),
        (Stage.FINDINGS_AGREED, {"Report due"}, {"Report due"}),
        (Stage.REPORTED, set(), set()),
    ):
        move_to(database, scene, stage)
        wanted = {"lead": lead, "officer": officer, "owner": set()}
        seen = {name: set(told(fetch(browse, path))) for name, path in paths.items()}
        assert seen == wanted, stage


def test_a_round_whose_plan_changed_is_a_later_edition(
    browse: Browser, world: World, database: Database, scene: Scene, clock: SettableClock
) -> None:
    move_to(database, scene, Stage.OPEN)
    path = linked(browse.as_(world.coordinator))
    uid = f"{scene.audit.round.ref}-returns-due@casefile"
    before = days(fetch(browse, path))[uid]
    clock.forward(minutes=10)
    moved = {"returns_due.day": "20", "panel_due.day": "31"}
    answer = browse.as_(world.coordinator).submit(f"{scene.at}/dates", moved)
    assert answer.status_code == 303, heading(answer)
    after = days(fetch(browse, path))[uid]
    assert (before.start, after.start) == (date(2026, 10, 16), date(2026, 10, 20))
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert datetime(2026, 9, 15, 9, 10, tzinfo=UTC) == after.DTSTAMP


HARD = "zqcanary; A & B, <c> \\n \N{SEEDLING} \N{HEBREW LETTER ALEF}"


def test_nothing_that_anybody_typed_is_in_it(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    move_to(database, scene, Stage.FINDINGS_AGREED)
    made = the_action(database, what=HARD, how_we_will_know=HARD)
    with database.writing() as session:
        for table in (Agency, Person):
            for row in session.exec(select(table)):
                row.name = f"{HARD} {row.ref}"
        for finding in session.exec(select(Finding)):
            finding.title = finding.words = HARD
        audit = session.get_one(Round, scene.audit.round.id)
        audit.title = audit.purpose = audit.lines_of_enquiry = HARD
        who = {"action_id": ident(made), "person_id": ident(world.lead), "at": made.created_at}
        session.add(ActionUpdate(**who, state="agreed", words=HARD))
        days_moved = {"due_before": DUE, "due_after": DUE, "impact_after": REVIEW}
        session.add(ActionRevision(**who, **days_moved, why=HARD))
    answer = fetch(browse, linked(browse.as_(world.officer)))
    assert len(days(answer)) == 3
    whole = answer.content.decode().replace("\r\n ", "")
    assert "zqcanary" not in whole
    assert "R-7F3K" not in whole
    assert scene.audit.tool.title not in whole


def test_a_partnerships_name_is_folded_and_escaped_so_that_it_comes_back_whole(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    name = f"{HARD} {'long ' * 12}\N{SEEDLING}".replace("zqcanary", "Wexcombe")[:120]
    with database.writing() as session:
        session.get_one(Partnership, world.partnership.id).name = name
    answer = fetch(browse, linked(browse.as_(world.officer)))
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert Calendar.from_ical(answer.content)["X-WR-CALNAME"] == f"Casefile: {name}"
    for event in days(answer).values():
        assert str(event["DESCRIPTION"]).startswith(f"{name}. Sign in to read it: http")


# --- where it ends


def gone(browse: Browser, path: str) -> None:
    answer, unknown = fetch(browse, path), fetch(browse, "/calendar/no-such-code.ics")
    assert answer.status_code == 404
    assert (answer.content, answer.headers) == (unknown.content, unknown.headers)
    assert answer.text == "There is no such calendar."


def test_it_dies_when_its_person_leaves_and_does_not_come_back_with_them(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    path = linked(browse.as_(world.officer))
    left = browse.as_(world.coordinator).submit(f"/wexcombe/people/{world.officer.ref}/departure")
    assert left.status_code == 303
    gone(browse, path)
    with database.writing() as session:
        who = session.get_one(Person, world.officer.id)
        who.left_at, who.password_hash = None, "x"
        join(session, who, world.partnership, Role.AUDITOR, world.police)
    gone(browse, path)


def test_it_dies_when_its_person_can_no_longer_sign_in(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    path = linked(browse.as_(world.officer))
    with database.writing() as session:
        session.get_one(Person, world.officer.id).password_hash = None
    gone(browse, path)


def test_it_dies_with_the_password_it_was_made_under(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    path = linked(browse.as_(world.officer))
    answer = browse.as_(world.coordinator).submit(
        f"/wexcombe/people/{world.officer.ref}", form="/link"
    )
    shown = soup(answer).select_one("textarea#link")
    assert shown is not None
    reset = urlsplit(shown.get_text().strip()).path
    assert fetch(browse, path).status_code == 200
    three = "otter bridge quarry"
    done = browse.as_(world.nurse).post(reset, {"password": three, "again": three})
    assert done.status_code == 303
    gone(browse, path)


def test_it_reads_nothing_once_the_last_role_that_has_dates_is_gone(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    path = linked(browse.as_(world.officer))
    with database.writing() as session:
        held = session.exec(
            select(Membership).where(Membership.person_id == world.officer.id)
        ).one()
        held.role, held.agency_id = Role.SUBGROUP_MEMBER, None
    gone(browse, path)


def test_what_it_carries_is_asked_of_the_roles_held_at_every_reading(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    path = linked(browse.as_(world.police_lead))
    assert told(fetch(browse, path)) == ACTION
    with database.writing() as session:
        held = session.exec(
            select(Membership).where(Membership.person_id == world.police_lead.id)
        ).one()
        held.agency_id = ident(world.school)
    assert told(fetch(browse, path)) == {}


def test_a_link_read_too_often_waits_and_another_does_not(
    browse: Browser, world: World, scene: Scene, clock: SettableClock
) -> None:
    path, other = linked(browse.as_(world.officer)), linked(browse.as_(world.nurse))
    for _ in range(TRIES):
        assert fetch(browse, path).status_code == 200
    limited = fetch(browse, path)
    assert limited.status_code == 429
    assert limited.text.endswith("Try again in five minutes.")
    assert fetch(browse, other).status_code == 200
    clock.forward(minutes=5)
    assert fetch(browse, path).status_code == 200


def test_trying_links_out_is_limited_and_keeps_nobody_from_their_own(
    browse: Browser, world: World, scene: Scene
) -> None:
    path = linked(browse.as_(world.officer))
    tried = [fetch(browse, f"/calendar/guess-{n}.ics").status_code for n in range(TRIES + 2)]
    assert tried == [404] * TRIES + [429] * 2
    assert fetch(browse, path).status_code == 200
    signed_in = browse.client.post(
        "/sign-in",
        data={"email": world.officer.email, "password": "three wrong words"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert signed_in.status_code == 422, "signing in is counted apart"
