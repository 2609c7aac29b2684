"""The password is asked for again before what is final, and nothing is lost by it."""

import pytest

from app.db import Database
from app.identity.sign_ins import find_sign_in, note_use
from tests.browsing import Browser, Visitor, form_values, heading, soup, words
from tests.clock import SettableClock
from tests.factories import PASSWORD
from tests.world import World

NEW_PERSON = "/wexcombe/people/new"
ASKED = "Enter your password to go on"


@pytest.fixture
def coordinator(browse: Browser, database: Database, world: World, clock: SettableClock) -> Visitor:
    """The coordinator, who signed in 40 minutes ago and has worked since."""
    who = browse.as_(world.coordinator)
    work_on(database, who, clock, 40)
    return who


def work_on(database: Database, who: Visitor, clock: SettableClock, minutes: int) -> None:
    for _ in range(minutes // 20):
        clock.forward(minutes=20)
        # As looking at a page does; but here a look's own transaction is undone with all in it.
        with database.writing() as session:
            found = find_sign_in(session, who.cookie)
            assert found is not None
            note_use(session, found)


def test_who_typed_it_a_while_ago_types_it_again_and_goes_on_where_they_were(
    coordinator: Visitor,
) -> None:
    asked = coordinator.get(NEW_PERSON)
    assert ASKED in words(coordinator.follow(asked))
    where = asked.headers["location"]

    wrong = coordinator.submit(where, {"current": "three wrong words"})
    assert (wrong.status_code, heading(wrong)) == (422, f"{ASKED} That is not your password")

    right = coordinator.submit(where, {"current": PASSWORD})
    assert right.headers["location"] == NEW_PERSON
    assert coordinator.get(NEW_PERSON).status_code == 200


def test_a_form_that_was_opened_in_time_can_be_sent(
    browse: Browser, world: World, database: Database, clock: SettableClock
) -> None:
    who = browse.as_(world.coordinator)
    work_on(database, who, clock, 20)
    page = soup(who.get(NEW_PERSON))
    work_on(database, who, clock, 20)
    typed = {"name": "Ivo Marsh", "email": "ivo.marsh@alder.example", "role": "scrutineer"}
    answer = who.post("/wexcombe/people", {**form_values(page.select("main form")[0]), **typed})
    assert answer.status_code == 303
    assert "/people/" in answer.headers["location"]


def test_a_form_sent_long_after_is_not_taken(
    coordinator: Visitor, database: Database, clock: SettableClock
) -> None:
    work_on(database, coordinator, clock, 40)
    answer = coordinator.post("/wexcombe/people", {"name": "Ivo Marsh"})
    assert answer.headers["location"].startswith("/account/confirm")


def test_one_cannot_be_sent_elsewhere_by_it(coordinator: Visitor) -> None:
    where = "/account/confirm?next=//elsewhere.example/"
    assert coordinator.submit(where, {"current": PASSWORD}).headers["location"] == "/"


def test_guessing_it_is_counted_as_guessing_at_the_door(coordinator: Visitor) -> None:
    where = "/account/confirm?next=/"
    for _ in range(10):
        coordinator.submit(where, {"current": "three wrong words"})
    assert coordinator.submit(where, {"current": PASSWORD}).status_code == 429
