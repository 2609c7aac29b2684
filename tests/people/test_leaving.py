"""Leaving: what ends, what stays, and what a partnership never learns of another."""

from sqlmodel import Session, select

from app.access import Role
from app.db import Database
from app.events import Happened
from app.events.models import Event
from app.identity.models import Membership, Person, SubgroupPerson
from tests import factories as make
from tests.browsing import Browser, heading, words
from tests.conftest import nothing_written
from tests.factories import PASSWORD, ident, membership
from tests.people.door import sign_in
from tests.world import World

PEOPLE = "/wexcombe/people"


def departure(person: Person) -> str:
    return f"{PEOPLE}/{person.ref}/departure"


def stored(database: Database, who: Person) -> Person:
    with database.reading() as session:
        return session.get_one(Person, ident(who))


def test_the_page_that_asks_lists_all_that_they_hold(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        make.subgroup(session, world.partnership, "Neglect subgroup", world.nurse)
        membership(session, world.nurse, world.partnership, Role.ACTION_OWNER)
    with nothing_written(database):
        page = words(browse.as_(world.coordinator).page(departure(world.nurse)))

    assert "Auditor, Wexcombe Integrated Care Board; Action owner" in page
    assert "Neglect subgroup" in page


def test_later_steps_say_what_work_they_still_hold(browse: Browser, world: World) -> None:
    asked: list[tuple[int, int]] = []

    def assignments(_: Session, person: int, partnership: int) -> list[str]:
        asked.append((person, partnership))
        return ["2 assignments: they show as unassigned until somebody else has them"]

    browse.client.app.state.on_departure = (assignments,)  # type: ignore[attr-defined]
    page = browse.as_(world.coordinator).page(departure(world.nurse))

    assert "2 assignments: they show as unassigned" in words(page)
    assert page.select("main a[href='/wexcombe/assignments']")
    page = browse.as_(world.administrator).page(departure(world.nurse))
    assert page.select("main a[href='/wexcombe/assignments']") == [], "they could not open it"
    assert "Their agency lead or the coordinator can give it to somebody else" in words(page)
    assert set(asked) == {(ident(world.nurse), ident(world.partnership))}


def test_leaving_ends_roles_seats_and_sessions_and_is_in_the_trail(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        make.subgroup(session, world.partnership, "Neglect subgroup", world.nurse)
    nurse = browse.as_(world.nurse)
    coordinator = browse.as_(world.coordinator)
    left = coordinator.submit(departure(world.nurse))

    assert left.headers["location"] == PEOPLE
    assert "/sign-in" in nurse.get("/").headers["location"]
    with database.reading() as session:
        assert session.exec(_held_by(world.nurse)).all() == []
        seats = select(SubgroupPerson).where(SubgroupPerson.person_id == ident(world.nurse))
        assert session.exec(seats).all() == []
        [event] = session.exec(select(Event)).all()
    assert (event.kind, event.about) == (Happened.PERSON_LEFT, world.nurse.ref)
    assert world.nurse.name not in event.details
    assert sign_in(browse.client, world.nurse.email, PASSWORD).status_code == 422


def test_somebody_who_left_is_listed_apart_with_the_day(browse: Browser, world: World) -> None:
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(departure(world.nurse))
    assert world.nurse.name not in words(coordinator.page(PEOPLE)).replace("has left", "")
    assert world.nurse.name in words(coordinator.page(f"{PEOPLE}?show=left"))
    page = coordinator.page(f"{PEOPLE}/{world.nurse.ref}")

    assert "Left 15 September 2026" in words(page)
    assert page.select("form[action$='/link']") == []
    assert coordinator.post(departure(world.nurse)).status_code == 404


def test_somebody_who_comes_back_needs_a_new_invitation(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(departure(world.nurse))
    form = {"role": "auditor", "agency": world.health.ref}
    back = coordinator.post(f"{PEOPLE}/{world.nurse.ref}/memberships", form)

    assert back.status_code == 303
    assert "Not yet invited" in words(coordinator.page(f"{PEOPLE}/{world.nurse.ref}"))
    assert stored(database, world.nurse).left_at is None
    assert sign_in(browse.client, world.nurse.email, PASSWORD).status_code == 422


def test_leaving_one_partnership_leaves_the_other_alone(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
        there = make.subgroup(session, world.elsewhere, "Theirs", world.nurse)
    page = browse.as_(world.coordinator).page(departure(world.nurse))
    assert "Harrowmere" not in str(page)
    assert "Theirs" not in words(page)
    assert "Scrutineer" not in words(page)
    browse.as_(world.coordinator).submit(departure(world.nurse))

    with database.reading() as session:
        [held] = session.exec(_held_by(world.nurse)).all()
        assert session.get(SubgroupPerson, (there.id, world.nurse.id))
    assert held.partnership_id == ident(world.elsewhere)
    assert stored(database, world.nurse).left_at is None
    assert sign_in(browse.client, world.nurse.email, PASSWORD).status_code == 303


def test_who_left_another_partnership_is_not_known_here(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
    browse.as_(world.coordinator_elsewhere).post(f"/harrowmere/people/{world.nurse.ref}/departure")
    coordinator = browse.as_(world.coordinator)

    assert "Nobody has left" in words(coordinator.page(f"{PEOPLE}?show=left"))
    assert "Left" not in words(coordinator.page(f"{PEOPLE}/{world.nurse.ref}")).replace(
        "has left", ""
    )


def test_leaving_twice_at_once_is_one_departure(
    browse: Browser, world: World, database: Database
) -> None:
    first, second = browse.as_(world.coordinator), browse.as_(world.administrator)
    answers = [v.post(departure(world.nurse)).status_code for v in (first, second)]
    with database.reading() as session:
        assert len(session.exec(select(Event)).all()) == 1

    assert answers == [303, 404]


def test_a_system_administrator_is_seen_off_by_another_alone(browse: Browser, world: World) -> None:
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(f"{PEOPLE}/{world.administrator.ref}")
    assert page.select("a[href$='/departure']") == []

    refused = coordinator.get(departure(world.administrator))
    assert refused.status_code == 403
    assert "Only a system administrator" in refused.text, heading(refused)


def _held_by(who: Person):  # noqa: ANN202
    return select(Membership).where(Membership.person_id == ident(who))
