"""The trail: who reads it, and that it is complete page by page."""

import hashlib

from sqlmodel import Session, col, select

from app.access import Actor
from app.events import Happened, record
from app.events.models import Event
from tests.audit import open_audit
from tests.browsing import Browser, words
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
