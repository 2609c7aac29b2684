"""Staying signed in, and no longer than that."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.access import Role
from app.config import Settings
from app.db import Database
from app.db.readiness import migrate
from app.identity.models import Membership, Person, SignIn
from app.identity.sign_ins import ABSOLUTE, IDLE, sweep_sign_ins
from app.main import create_app
from app.web.guard import COOKIE
from tests.browsing import FROM_HERE, Browser, Visitor, heading
from tests.clock import SettableClock
from tests.factories import ident, membership
from tests.world import World, build_world

PAGE = "/wexcombe/people"


def signed_in(visitor: Visitor) -> bool:
    answer = visitor.get(PAGE)
    assert answer.status_code == 200 or "/sign-in" in answer.headers["location"]
    return answer.status_code == 200


def test_a_session_idle_for_half_an_hour_has_ended(
    browse: Browser, world: World, clock: SettableClock
) -> None:
    visitor = browse.as_(world.coordinator)
    clock.at += IDLE - timedelta(seconds=1)
    assert signed_in(visitor)
    clock.at += IDLE

    assert not signed_in(visitor)


def test_a_session_in_use_lives_on_but_never_past_twelve_hours(
    browse: Browser, world: World, clock: SettableClock
) -> None:
    visitor = browse.as_(world.coordinator)
    started = clock.at
    while clock.at - started < ABSOLUTE - timedelta(minutes=20):
        clock.forward(minutes=20)
        assert visitor.post("/wexcombe/agencies").status_code == 422
    clock.at = started + ABSOLUTE

    assert not signed_in(visitor)


def test_looking_at_pages_is_use_too(
    tmp_path: Path, settings: Settings, clock: SettableClock
) -> None:
    """On a file of its own: inside a test's transaction a write during a read would be undone."""
    url = f"sqlite:///{tmp_path}/casefile.db"
    migrate(url)
    own = Database(url, clock)
    with own.writing() as session:
        made = build_world(session)
    with TestClient(create_app(settings, own), follow_redirects=False) as client:
        visitor = Browser(client, own).as_(made.coordinator)
        for _ in range(3):
            clock.forward(minutes=20)
            assert signed_in(visitor)


def test_a_clock_set_back_may_end_a_session_and_never_lengthens_one(
    browse: Browser, world: World, clock: SettableClock
) -> None:
    visitor = browse.as_(world.coordinator)
    clock.forward(minutes=-5)

    assert not signed_in(visitor)


def test_a_role_taken_away_is_gone_at_the_next_request(
    browse: Browser, world: World, database: Database
) -> None:
    visitor = browse.as_(world.coordinator)
    assert signed_in(visitor)
    with database.writing() as session:
        session.delete(_membership_of(database, world.coordinator))
        membership(session, world.coordinator, world.partnership, Role.AUDITOR, world.police)

    assert visitor.get(PAGE).status_code == 403


def test_somebody_with_no_role_left_finds_that_the_partnership_does_not_exist(
    browse: Browser, world: World, database: Database
) -> None:
    visitor = browse.as_(world.coordinator)
    with database.writing() as session:
        session.delete(_membership_of(database, world.coordinator))

    assert visitor.get(PAGE).status_code == 404


def test_somebody_who_left_is_signed_out_at_the_next_request(
    browse: Browser, world: World, database: Database, clock: SettableClock
) -> None:
    visitor = browse.as_(world.coordinator)
    with database.writing() as session:
        session.get_one(Person, world.coordinator.id).left_at = clock.at

    assert not signed_in(visitor)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(browse: Browser, world: World) -> None:
    visitor = browse.as_(world.coordinator)
    thief = {"Cookie": f"{COOKIE}={visitor.cookie}"}
    assert browse.client.get(PAGE, headers=thief).status_code == 200

    answer = visitor.post("/sign-out")

    assert answer.status_code == 303
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert browse.client.get(PAGE, headers=thief).status_code == 303


def test_signing_out_one_browser_leaves_another_signed_in(browse: Browser, world: World) -> None:
    one, other = browse.as_(world.coordinator), browse.as_(world.coordinator)
    one.post("/sign-out")

    assert not signed_in(one)
    assert signed_in(other)


def test_signing_out_needs_the_token_of_the_session(browse: Browser, world: World) -> None:
    visitor = browse.as_(world.coordinator)
    forged = browse.client.post("/sign-out", headers={**visitor.headers, **FROM_HERE})

    assert forged.status_code == 403
    assert signed_in(visitor)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 64, "é".encode().decode("latin-1")])
def test_a_made_up_cookie_signs_nobody_in(browse: Browser, world: World, cookie: str) -> None:
    answer = browse.client.get(PAGE, headers={"Cookie": f"{COOKIE}={cookie}".encode("latin-1")})

    assert answer.status_code == 303, heading(answer)


def test_only_the_digest_of_a_cookie_is_stored(
    browse: Browser, world: World, database: Database
) -> None:
    visitor = browse.as_(world.coordinator)
    with database.reading() as session:
        stored = session.exec(select(SignIn)).all()

    assert stored
    assert all(visitor.cookie not in row.digest for row in stored)


def test_sweeping_removes_what_is_over_and_nothing_else(
    browse: Browser, world: World, database: Database, clock: SettableClock
) -> None:
    old = browse.as_(world.coordinator)
    clock.at += IDLE + timedelta(seconds=1)
    new = browse.as_(world.coordinator)
    with database.writing() as session:
        sweep_sign_ins(session)
    with database.reading() as session:
        assert len(session.exec(select(SignIn)).all()) == 1

    assert signed_in(new)
    assert not signed_in(old)


def _membership_of(database: Database, who: Person) -> Membership:
    with database.reading() as session:
        return session.exec(select(Membership).where(Membership.person_id == ident(who))).one()
