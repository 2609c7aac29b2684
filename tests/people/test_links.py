"""Invitations and resets: shown once, used once, and never to become somebody one may not be."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.access import Role
from app.db import Database
from app.events import Happened
from app.events.models import Event
from app.identity.links import Purpose
from app.identity.models import Link, Person
from tests import factories as make
from tests.browsing import Browser, heading, soup, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.factories import PASSWORD, ident, membership
from tests.people.door import CHOSEN, link_on, set_password, sign_in
from tests.world import World


def at(person: Person, place: str = "wexcombe") -> str:
    return f"/{place}/people/{person.ref}"


@pytest.fixture
def invited(database: Database, world: World) -> Person:
    """Somebody at the police who has no password yet."""
    with database.writing() as session:
        who = make.person(session, world.partnership, Role.AUDITOR, world.police, "Ivo Marsh")
        who.password_hash = None
        session.add(who)
        return who


def test_only_the_digest_of_a_link_is_stored_and_no_page_shows_it_again(
    browse: Browser, world: World, database: Database, invited: Person
) -> None:
    coordinator = browse.as_(world.coordinator)
    link = link_on(coordinator.post(f"{at(invited)}/link"))
    code = link.removeprefix("/links/")
    with database.reading() as session:
        stored = session.exec(select(Link)).one()
        told = " ".join(event.details for event in session.exec(select(Event)))

    assert len(code) >= 43
    assert code not in (stored.digest, told)
    assert code not in coordinator.get(at(invited)).text


def test_a_link_works_once(browse: Browser, world: World, invited: Person) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))

    assert set_password(browse.client, link, CHOSEN).status_code == 303
    again = set_password(browse.client, link, "another three words")
    assert again.status_code == 404
    assert "does not work any more" in heading(again)
    assert browse.client.get(link).status_code == 404
    assert sign_in(browse.client, invited.email, CHOSEN).status_code == 303


def test_opening_a_link_does_not_use_it_up(browse: Browser, world: World, invited: Person) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    for _ in range(3):
        assert invited.email in browse.client.get(link).text

    assert set_password(browse.client, link, CHOSEN).status_code == 303


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_ends_when_its_time_is_over(
    browse: Browser, world: World, invited: Person, clock: SettableClock, purpose: Purpose
) -> None:
    who = invited if purpose is Purpose.INVITATION else world.nurse
    link = link_on(browse.as_(world.coordinator).post(f"{at(who)}/link"))
    clock.at += purpose.lives - timedelta(seconds=1)
    assert browse.client.get(link).status_code == 200
    clock.forward(seconds=1)

    assert browse.client.get(link).status_code == 404
    assert set_password(browse.client, link, CHOSEN).status_code == 404


def test_a_newer_link_puts_an_end_to_an_older_one(
    browse: Browser, world: World, invited: Person
) -> None:
    coordinator = browse.as_(world.coordinator)
    old = link_on(coordinator.post(f"{at(invited)}/link"))
    new = link_on(coordinator.post(f"{at(invited)}/link"))

    assert browse.client.get(old).status_code == 404
    assert browse.client.get(new).status_code == 200


def test_unknown_used_and_expired_links_get_the_same_answer(
    browse: Browser, world: World, invited: Person
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    set_password(browse.client, link, CHOSEN)
    browse.client.cookies.clear()

    assert browse.client.get(link).text == browse.client.get("/links/unknown").text


def test_a_weak_or_mistyped_password_is_explained_and_the_link_lives_on(
    browse: Browser, world: World, invited: Person
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    short = set_password(browse.client, link, "short")
    unlike = set_password(browse.client, link, CHOSEN, again="copper window lamp")

    assert "Use at least 12 characters" in heading(short)
    assert "The two passwords are not the same" in heading(unlike)
    assert set_password(browse.client, link, CHOSEN).status_code == 303


def test_a_password_is_never_shown_back(browse: Browser, world: World, invited: Person) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    answer = set_password(browse.client, link, CHOSEN, again="something else here")

    assert CHOSEN not in answer.text


def test_a_reset_signs_the_person_out_everywhere(browse: Browser, world: World) -> None:
    nurse = browse.as_(world.nurse)
    link = link_on(browse.as_(world.coordinator).post(f"{at(world.nurse)}/link"))
    assert nurse.get("/").headers["location"] == "/wexcombe/my-work"

    set_password(browse.client, link, CHOSEN)

    assert "/sign-in" in nurse.get("/").headers["location"]
    assert sign_in(browse.client, world.nurse.email, PASSWORD).status_code == 422


def test_inviting_and_joining_are_in_the_trail_under_the_right_names(
    browse: Browser, world: World, database: Database, invited: Person
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    set_password(browse.client, link, CHOSEN)
    again = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    set_password(browse.client, again, "another three words")
    with database.reading() as session:
        told = [(e.kind, e.person_id) for e in session.exec(select(Event).order_by(Event.id))]

    who, by = ident(invited), ident(world.coordinator)
    assert told == [
        (Happened.PERSON_INVITED, by),
        (Happened.PERSON_JOINED, who),
        (Happened.PERSON_RESET, by),
        (Happened.PASSWORD_CHANGED, who),
    ]


def test_no_link_for_somebody_with_a_role_elsewhere_and_not_a_word_of_where(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(at(world.nurse))
    assert page.select("form[action$='/link']") == []
    assert "Harrowmere" not in str(page)
    assert "Scrutineer" not in words(page)

    with nothing_written(database):
        refused = coordinator.post(f"{at(world.nurse)}/link")
    assert refused.status_code == 403
    assert "Harrowmere" not in refused.text


def test_whoever_manages_both_partnerships_may_make_the_link(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
        membership(session, world.coordinator, world.elsewhere, Role.COORDINATOR)

    assert browse.as_(world.coordinator).post(f"{at(world.nurse)}/link").status_code == 200


def test_a_coordinator_cannot_become_a_system_administrator_through_a_link(
    browse: Browser, world: World, database: Database
) -> None:
    with nothing_written(database):
        refused = browse.as_(world.coordinator).post(f"{at(world.administrator)}/link")

    assert refused.status_code == 403
    made = browse.as_(world.administrator).post(f"{at(world.coordinator)}/link")
    assert made.status_code == 200


def test_a_role_given_elsewhere_withdraws_the_links_made_before(
    browse: Browser, world: World, invited: Person
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    given = {"name": "Anybody", "email": invited.email, "role": "scrutineer", "agency": ""}
    added = browse.as_(world.coordinator_elsewhere).post("/harrowmere/people", given)

    assert added.status_code == 303
    assert set_password(browse.client, link, CHOSEN).status_code == 404


def test_a_link_made_by_a_coordinator_dies_when_its_owner_becomes_an_administrator(
    browse: Browser, world: World, invited: Person
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    administrator = browse.as_(world.administrator)
    given = {"role": "system_administrator", "agency": ""}
    assert administrator.post(f"{at(invited)}/memberships", given).status_code == 303

    assert browse.client.get(link).status_code == 404


def test_another_role_here_leaves_the_invitation_alone(
    browse: Browser, world: World, invited: Person
) -> None:
    coordinator = browse.as_(world.coordinator)
    link = link_on(coordinator.post(f"{at(invited)}/link"))
    coordinator.post(f"{at(invited)}/memberships", {"role": "scrutineer", "agency": ""})

    assert browse.client.get(link).status_code == 200


def test_a_link_of_somebody_who_left_is_dead(
    browse: Browser, world: World, invited: Person
) -> None:
    coordinator = browse.as_(world.coordinator)
    link = link_on(coordinator.post(f"{at(invited)}/link"))
    coordinator.post(f"{at(invited)}/departure")

    assert set_password(browse.client, link, CHOSEN).status_code == 404


def test_a_link_form_with_a_field_of_its_own_or_from_elsewhere_sets_nothing(
    browse: Browser, world: World, invited: Person, database: Database
) -> None:
    link = link_on(browse.as_(world.coordinator).post(f"{at(invited)}/link"))
    given = {"password": CHOSEN, "again": CHOSEN}
    here = {"Sec-Fetch-Site": "same-origin"}
    more = browse.client.post(link, data={**given, "email": "x@y.example"}, headers=here)
    there = browse.client.post(link, data=given, headers={"Sec-Fetch-Site": "cross-site"})

    assert (more.status_code, there.status_code) == (422, 403)
    with database.reading() as session:
        assert session.get_one(Person, invited.id).password_hash is None


def test_the_page_with_the_link_may_be_kept_by_nobody(
    browse: Browser, world: World, invited: Person
) -> None:
    answer = browse.as_(world.coordinator).post(f"{at(invited)}/link")

    assert answer.headers["cache-control"] == "no-store"
    assert re.search(r"until \d+ September 2026", words(soup(answer)))


def test_a_link_begins_with_the_public_address_whatever_host_was_asked(
    browse: Browser, world: World
) -> None:
    browse.client.app.state.public_address = "https://audits.example.org"  # type: ignore[attr-defined]
    shown = browse.as_(world.coordinator).post(f"/wexcombe/people/{world.nurse.ref}/link")
    link = soup(shown).select_one("textarea#link")
    assert link is not None
    assert link.get_text(strip=True).startswith("https://audits.example.org/links/")
