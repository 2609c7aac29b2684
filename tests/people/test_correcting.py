"""Putting right what somebody is called, and the address they sign in with."""

import json

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.access import Role
from app.db import Database
from app.events.models import Event
from app.identity.models import Person
from tests import factories as make
from tests.browsing import Browser, heading, words
from tests.conftest import nothing_written
from tests.factories import PASSWORD, membership
from tests.people.door import sign_in
from tests.world import World


def details(who: Person) -> str:
    return f"/wexcombe/people/{who.ref}/details"


def told(database: Database) -> list[dict[str, object]]:
    with database.reading() as session:
        events = session.exec(select(Event).where(Event.kind == "person.corrected")).all()
        return [json.loads(event.details) for event in events]


def test_a_name_and_an_address_are_put_right(
    world: World, browse: Browser, client: TestClient, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)

    answer = coordinator.submit(
        details(world.nurse), {"name": "Nell Ward", "email": "Nell.Ward@health.example"}
    )
    page = words(coordinator.follow(answer))

    assert "Nell Ward" in page
    assert "nell.ward@health.example" in page
    assert told(database) == [{"changed": ["name", "address"]}]
    assert sign_in(client, "nell.ward@health.example", PASSWORD).status_code == 303
    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 422


def test_a_new_address_signs_out_and_a_new_name_does_not(
    world: World, browse: Browser, database: Database
) -> None:
    nurse = browse.as_(world.nurse)
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(details(world.nurse), {"name": "Nell Ward"})
    assert nurse.get("/wexcombe/my-work").status_code == 200

    coordinator.submit(details(world.nurse), {"email": "nell.ward@health.example"})

    assert nurse.get("/wexcombe/my-work").status_code == 303


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "  "}, "Enter their name"),
        ({"email": "nell.ward"}, "Write an e-mail address in full"),
        ({"email": ""}, "Enter their e-mail address"),
        ({}, "Change the name or the address"),
        ({"role": "coordinator"}, "This form does not ask for “role”"),
    ],
)
def test_what_cannot_be_is_explained_and_kept_out(
    world: World, browse: Browser, database: Database, given: dict[str, str], said: str
) -> None:
    with nothing_written(database):
        answer = browse.as_(world.coordinator).submit(details(world.nurse), given)

    assert answer.status_code == 422
    assert said in heading(answer)


def test_an_address_that_somebody_has_cannot_be_taken_and_nobody_is_told_whose_it_is(
    world: World, browse: Browser, database: Database
) -> None:
    theirs = world.coordinator_elsewhere
    with nothing_written(database):
        answer = browse.as_(world.coordinator).submit(
            details(world.nurse), {"name": "Nell Ward", "email": theirs.email}
        )

    assert answer.status_code == 422
    assert "This address cannot be used: choose another" in heading(answer)
    assert theirs.name not in answer.text


def test_nobody_changes_the_address_of_somebody_they_could_make_no_link_for(
    session: Session, world: World, browse: Browser, database: Database
) -> None:
    membership(session, world.nurse, world.elsewhere, Role.SYSTEM_ADMINISTRATOR)
    session.commit()
    coordinator = browse.as_(world.coordinator)

    for who in (world.administrator, world.nurse, world.coordinator):
        with nothing_written(database):
            page = coordinator.get(details(who))
            posted = coordinator.post(details(who), {"name": "X", "email": "x@health.example"})
        assert (page.status_code, posted.status_code) == (403, 403), who.name
        assert details(who) not in str(coordinator.page(details(who).removesuffix("/details")))


def test_the_way_there_is_on_the_persons_page(world: World, browse: Browser) -> None:
    page = browse.as_(world.coordinator).page(details(world.nurse).removesuffix("/details"))

    assert page.select(f'a[href="{details(world.nurse)}"]')


def test_people_of_elsewhere_are_not_there(session: Session, world: World, browse: Browser) -> None:
    other = make.person(session, world.elsewhere, Role.SCRUTINEER)
    session.commit()

    assert browse.as_(world.coordinator).get(details(other)).status_code == 404
