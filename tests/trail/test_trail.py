"""The trail: who reads it, and that it is complete page by page."""

import hashlib
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from app.access import Actor
from app.db.clock import LONDON
from app.events import Happened, record
from app.events.models import Event
from tests.audit import Audit, assign, open_audit, subject
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.factories import ident
from tests.world import World


def told(session: Session, world: World, scope: str, times: int = 1) -> None:
    actor = Actor(ident(world.coordinator), ident(world.partnership), world.coordinator.name)
    for number in range(times):
        record(
            session,
            actor,
            Happened.ROUND_MOVED,
            partnership_id=ident(world.partnership),
            scope=scope,
            about=scope,
            step=number + 1,
        )


def test_a_rounds_history_is_read_newest_first(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    told(session, world, audit.round.ref, times=53)
    session.flush()
    session.commit()
    visitor = browse.as_(world.coordinator)

    first = words(visitor.page(f"/wexcombe/rounds/{audit.round.ref}/trail"))
    last = words(visitor.page(f"/wexcombe/rounds/{audit.round.ref}/trail?page=2"))

    assert "53 events" in first
    assert "Step: 53" in first
    assert "Step: 3 " not in first
    assert "Step: 3 " in last
    assert world.coordinator.name in first


def test_only_lead_coordinator_and_scrutineer_read_it(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    session.commit()
    trail = f"/wexcombe/rounds/{audit.round.ref}/trail"

    def status(who: str) -> int:
        return browse.as_(world.people[who]).get(trail).status_code

    assert {status(who) for who in ("coordinator", "lead", "scrutineer")} == {200}
    assert {status(who) for who in ("nurse", "police_lead", "subgroup_member", "owner")} == {403}
    assert status("coordinator_elsewhere") == 404


def test_an_event_is_numbered_within_its_round(session: Session, world: World) -> None:
    told(session, world, "ROUNDONE22", times=2)
    told(session, world, "ROUNDTWO22")
    session.flush()

    query = select(Event.scope, Event.sequence).order_by(col(Event.id))
    assert session.exec(query).all() == [("ROUNDONE22", 1), ("ROUNDONE22", 2), ("ROUNDTWO22", 1)]


def test_an_event_commits_to_its_salted_details(session: Session, world: World) -> None:
    told(session, world, "ROUNDONE22", times=2)
    session.flush()
    one, two = session.exec(select(Event)).all()

    assert one.commitment == hashlib.sha256(one.salt + one.details.encode()).digest()
    assert one.salt != two.salt


def trail_of(audit: Audit, **filters: str) -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/trail?{urlencode(filters)}"


def test_the_trail_is_filtered_by_what_who_and_when(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    told(session, world, audit.round.ref)
    clock.forward(days=2)
    told(session, world, audit.round.ref, times=2)
    lead = Actor(ident(world.lead), ident(world.partnership), world.lead.name)
    given = {"partnership_id": ident(world.partnership), "scope": audit.round.ref}
    record(session, lead, Happened.ANSWER_AGREED, **given)  # type: ignore[arg-type]
    record(session, None, Happened.ROUND_CHANGED, **given)  # type: ignore[arg-type]
    session.commit()
    visitor = browse.as_(world.coordinator)
    today = clock.at.astimezone(LONDON).date().isoformat()

    def events(**filters: str) -> str:
        return words(visitor.page(trail_of(audit, **filters)))

    assert "5 events" in events()
    assert "3 events like this" in events(what="round.moved")
    assert "1 event like this" in events(who=world.lead.ref)
    assert "1 event like this" in events(who="operator")
    assert "4 events like this" in events(since=today)
    assert "2 events like this" in events(since=today, until=today, what="round.moved")
    assert "No event is like this" in events(until="2020-01-01")
    assert "No event is like this" in events(who=world.nurse.ref)
    assert world.nurse.name not in events()


def test_the_pages_of_a_filtered_trail_keep_the_filters(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    told(session, world, audit.round.ref, times=53)
    session.commit()
    visitor = browse.as_(world.coordinator)

    page = visitor.page(trail_of(audit, what="round.moved"))
    following = page.select_one("a[rel=next]")

    assert following is not None
    assert "what=round.moved&page=2" in str(following["href"])
    assert "Step: 3 " in words(visitor.page(str(following["href"])))


def test_a_day_that_cannot_be_read_is_said_at_its_field(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    session.commit()
    visitor = browse.as_(world.coordinator)

    for wrong in ({"since": "soon"}, {"since": "2026-10-02", "until": "2026-10-01"}):
        answer = visitor.get(trail_of(audit, **wrong))
        assert answer.status_code == 422
        assert "Error: Trail" in answer.text
        assert next(iter(wrong.values())) in answer.text


def test_the_trail_names_what_it_is_about(session: Session, world: World, browse: Browser) -> None:
    audit = open_audit(session, world)
    given = assign(session, subject(session, audit), world.police, world.officer)
    actor = Actor(ident(world.coordinator), ident(world.partnership), world.coordinator.name)
    of = {"partnership_id": ident(world.partnership), "scope": audit.round.ref}
    record(
        session, actor, Happened.ASSIGNMENT_MADE, about=given.ref,
        agencies=[world.police.ref, world.health.ref], **of,  # type: ignore[arg-type]
    )  # fmt: skip
    record(session, actor, Happened.ROUND_CHANGED, about="NOWHERE222", **of)  # type: ignore[arg-type]
    session.commit()

    told = words(browse.as_(world.coordinator).page(trail_of(audit)))

    assert "Assignment made : R-7F3K, Wexcombe Police" in told
    assert "Agencies: Wexcombe Police, Wexcombe Integrated Care Board" in told
    assert given.ref not in told
    assert "Reference NOWHERE222" in told, "what is not found keeps its reference"


HOUSE = "/wexcombe/trail"


def test_what_is_done_about_people_is_read_in_the_partnerships_own_trail(
    world: World, browse: Browser
) -> None:
    coordinator = browse.as_(world.coordinator)
    at = f"/wexcombe/people/{world.nurse.ref}/memberships"
    assert coordinator.submit(f"{at}/new", {"role": "scrutineer", "agency": ""}).status_code == 303
    assert coordinator.submit(
        "/wexcombe/subgroups/new", {"name": "Exploitation subgroup"}
    ).status_code == 303  # fmt: skip

    told = words(coordinator.page(HOUSE))

    assert f"{world.coordinator.name} Role given : {world.nurse.name} Role: scrutineer" in told
    assert "Subgroup formed : Exploitation subgroup" in told
    assert "1 event like this" in words(coordinator.page(f"{HOUSE}?what=role.given"))
    assert "Role given" in words(browse.as_(world.administrator).page(HOUSE))


def test_the_partnerships_own_trail_has_no_round_and_no_other_partnership_in_it(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    told(session, world, audit.round.ref)
    record(
        session, None, Happened.PERSON_ADDED,
        partnership_id=ident(world.elsewhere), scope=world.elsewhere.slug,
    )  # fmt: skip
    session.commit()

    page = words(browse.as_(world.coordinator).page(HOUSE))

    assert "Nothing has happened yet." in page
    assert "Person added" in words(
        browse.as_(world.coordinator_elsewhere).page("/harrowmere/trail")
    )


def test_only_those_who_look_after_people_read_the_partnerships_own_trail(
    world: World, browse: Browser
) -> None:
    def status(who: str) -> int:
        return browse.as_(world.people[who]).get(HOUSE).status_code

    assert {status(who) for who in ("coordinator", "administrator")} == {200}
    assert {status(who) for who in ("lead", "scrutineer", "nurse", "owner")} == {403}
    assert status("coordinator_elsewhere") == 404
