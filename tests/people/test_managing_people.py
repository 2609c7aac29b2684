"""Coordinators and system administrators: who is here, what they may do, and who changes it."""

import pytest
from sqlmodel import select

from app.access import Actor, Held, NotNow, Role
from app.db import Database
from app.events import Happened
from app.events.models import Event
from app.identity.models import Membership, Person
from app.people.commands import record_departure
from tests import factories as make
from tests.browsing import FROM_HERE, Browser, heading, words
from tests.conftest import nothing_written
from tests.factories import ident, membership
from tests.world import World

PEOPLE = "/wexcombe/people"
NEW = {"name": "Ivo Marsh", "email": "ivo.marsh@alder.example", "role": "auditor"}


def at(person: Person) -> str:
    return f"{PEOPLE}/{person.ref}"


def roles_of(database: Database, who: Person) -> set[str]:
    with database.reading() as session:
        return set(session.exec(select(Membership.role).where(Membership.person_id == ident(who))))


def last_event(database: Database) -> Event:
    with database.reading() as session:
        found = session.exec(select(Event).order_by(Event.id.desc())).first()  # type: ignore[union-attr]
    assert found is not None
    return found


def test_the_list_names_everybody_here_and_nobody_from_elsewhere(
    browse: Browser, world: World
) -> None:
    text = words(browse.as_(world.coordinator).page(PEOPLE))

    here = [who for name, who in world.people.items() if name != "coordinator_elsewhere"]
    assert all(who.name in text and who.email in text for who in here)
    assert world.coordinator_elsewhere.name not in text


@pytest.mark.parametrize(
    ("search", "found"),
    [("NURSE", {"Named nurse"}), ("named.nurse", {"Named nurse"}), ("%", set()), ("_e_", set())],
)
def test_people_are_found_by_part_of_their_name_or_address(
    browse: Browser, world: World, search: str, found: set[str]
) -> None:
    page = browse.as_(world.coordinator).page(f"{PEOPLE}?search={search.replace('%', '%25')}")
    names = {row.get_text(strip=True) for row in page.select("#people tbody th a")}

    assert names == found


def test_a_search_for_nobody_says_so_and_shows_what_was_typed_as_text(
    browse: Browser, world: World
) -> None:
    page = browse.as_(world.coordinator).page(f"{PEOPLE}?search=<script>x")

    assert "Nobody in this list has “<script>x” in their name" in words(page)
    assert page.select("main script") == []


def test_a_long_list_comes_in_pages_of_fifty(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        for number in range(60):
            name = f"Constable {number:02}"
            make.person(session, world.partnership, Role.AUDITOR, world.police, name)
    coordinator = browse.as_(world.coordinator)
    first = coordinator.page(f"{PEOPLE}?search=constable")
    second = coordinator.page(f"{PEOPLE}?search=constable&page=2")

    assert "60 people" in words(first)
    rows = [len(page.select("#people tbody tr")) for page in (first, second)]
    assert rows == [50, 10]
    links = [str(a["href"]) for a in first.select(".govuk-pagination a")]
    assert f"{PEOPLE}?search=constable&show=here&page=2" in links


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "²"])
def test_a_page_number_that_cannot_be_read_is_no_error(
    browse: Browser, world: World, page: str
) -> None:
    assert browse.as_(world.coordinator).get(f"{PEOPLE}?page={page}").status_code == 200


def test_nobody_else_manages_people(browse: Browser, world: World, database: Database) -> None:
    allowed = {"coordinator", "administrator"}
    for name, who in world.people.items():
        visitor = browse.as_(who)
        expected = 200 if name in allowed else 404 if name == "coordinator_elsewhere" else 403
        assert visitor.get(PEOPLE).status_code == expected, name
        if name not in allowed:
            with nothing_written(database):
                answers = [
                    visitor.post(PEOPLE, NEW).status_code,
                    visitor.post(f"{at(world.nurse)}/link").status_code,
                    visitor.post(f"{at(world.nurse)}/departure").status_code,
                    visitor.post("/wexcombe/agencies", {"name": "A"}).status_code,
                    visitor.post("/wexcombe/people/import", {"people": "x"}).status_code,
                ]
            assert set(answers) == {expected}, name


def test_people_of_another_partnership_do_not_exist_here(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    stranger = at(world.coordinator_elsewhere)
    unknown = coordinator.get(f"{PEOPLE}/BCDFGHJKMN")
    with nothing_written(database):
        for address in ("", "/departure", "/memberships/new"):
            answer = coordinator.get(f"{stranger}{address}")
            assert answer.status_code == 404
            assert heading(answer) == heading(unknown)
        for address in ("/link", "/departure", "/memberships"):
            assert coordinator.post(f"{stranger}{address}").status_code == 404


def test_a_membership_is_only_found_under_its_own_person_and_partnership(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        extra = membership(session, world.nurse, world.partnership, Role.SCRUTINEER)
        foreign = membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
    coordinator = browse.as_(world.coordinator)
    with nothing_written(database):
        wrong_parent = coordinator.post(f"{at(world.officer)}/memberships/{extra.ref}")
        elsewhere = coordinator.post(f"{at(world.nurse)}/memberships/{foreign.ref}")

    assert (wrong_parent.status_code, elsewhere.status_code) == (404, 404)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "Enter their name"),
        ({"name": "x" * 121}, "Name must be 120 characters or fewer"),
        ({"email": "not an address"}, "Write an e-mail address in full"),
        ({"email": ""}, "Enter their e-mail address"),
        ({"role": ""}, "Choose a role"),
        ({"role": "lead"}, "Audit lead is a role in one round"),
        ({"role": "system_administrator", "agency": ""}, "Only a system administrator gives"),
        ({"role": "king"}, "choose one of the answers offered"),
        ({"agency": ""}, "An auditor works for an agency: choose which"),
        ({"agency": "BCDFGHJKMN"}, "Choose one of the agencies listed"),
        ({"role": "coordinator"}, "acts for the whole partnership: choose no agency"),
        ({"person_id": "1"}, "This form does not ask for “person_id”"),
        ({"password_hash": "x"}, "This form does not ask for “password_hash”"),
        ({"left_at": "x"}, "This form does not ask for “left_at”"),
    ],
)
def test_somebody_who_cannot_be_added_so_is_explained_and_nothing_is_stored(
    browse: Browser, world: World, database: Database, given: dict[str, str], said: str
) -> None:
    form = {**NEW, "agency": world.police.ref, **given}
    with nothing_written(database):
        answer = browse.as_(world.coordinator).post(PEOPLE, form)

    assert answer.status_code == 422
    assert said in heading(answer)
    with database.reading() as session:
        assert session.exec(select(Person).where(Person.email == NEW["email"])).all() == []


def test_what_was_typed_stays_in_the_form(browse: Browser, world: World) -> None:
    answer = browse.as_(world.coordinator).post(PEOPLE, {**NEW, "agency": ""})

    assert 'value="Ivo Marsh"' in answer.text
    assert 'value="auditor" checked' in answer.text


def test_an_agency_of_another_partnership_cannot_be_named(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        theirs = make.agency(session, world.elsewhere, "Harrowmere Police", "police")
    answer = browse.as_(world.coordinator).post(PEOPLE, {**NEW, "agency": theirs.ref})

    assert answer.status_code == 422


def test_somebody_known_elsewhere_gets_a_membership_and_keeps_name_and_password(
    browse: Browser, world: World, database: Database
) -> None:
    known = world.coordinator_elsewhere
    form = {"name": "Another Name", "email": known.email.upper(), "role": "scrutineer"}
    added = browse.as_(world.coordinator).post(PEOPLE, form)
    page = words(browse.as_(world.coordinator).page(added.headers["location"]))

    assert known.name in page
    assert "Another Name" not in page
    assert "Coordinator" not in page.replace(known.name, "")
    with database.reading() as session:
        stored = session.exec(select(Person).where(Person.email == known.email)).one()
    assert (stored.name, stored.password_hash) == (known.name, known.password_hash)


def test_somebody_who_is_here_already_is_not_added_again(browse: Browser, world: World) -> None:
    form = {**NEW, "email": world.nurse.email, "agency": world.health.ref}
    answer = browse.as_(world.coordinator).post(PEOPLE, form)

    assert answer.status_code == 422
    assert "here already" in heading(answer)


def test_a_role_is_given_and_taken_away_and_the_trail_says_so(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    given = coordinator.submit(f"{at(world.nurse)}/memberships/new", {"role": "scrutineer"})
    assert given.status_code == 303
    assert roles_of(database, world.nurse) == {"auditor", "scrutineer"}
    assert last_event(database).kind == Happened.ROLE_GIVEN
    page = coordinator.page(at(world.nurse))
    assert "they can neither answer nor sign off" in words(page)

    [take] = [a["href"] for a in page.select("#roles a") if "Scrutineer" in a.get_text()]
    assert coordinator.submit(str(take)).status_code == 303
    assert roles_of(database, world.nurse) == {"auditor"}
    event = last_event(database)
    assert (event.kind, event.about) == (Happened.ROLE_TAKEN, world.nurse.ref)


def test_a_role_that_is_held_is_not_given_twice(browse: Browser, world: World) -> None:
    form = {"role": "auditor", "agency": world.health.ref}
    answer = browse.as_(world.coordinator).post(f"{at(world.nurse)}/memberships", form)

    assert answer.status_code == 422
    assert "has this role already" in heading(answer)


def test_a_change_of_roles_signs_the_person_out(browse: Browser, world: World) -> None:
    nurse = browse.as_(world.nurse)
    form = {"role": "action_owner", "agency": ""}
    browse.as_(world.coordinator).post(f"{at(world.nurse)}/memberships", form)

    assert "/sign-in" in nurse.get("/").headers["location"]


def test_the_only_role_is_not_taken_but_the_person_leaves(
    browse: Browser, world: World, database: Database
) -> None:
    with database.reading() as session:
        only = session.exec(
            select(Membership).where(Membership.person_id == ident(world.nurse))
        ).one()
    with nothing_written(database):
        answer = browse.as_(world.coordinator).post(f"{at(world.nurse)}/memberships/{only.ref}")

    assert answer.status_code == 409


def test_nobody_changes_their_own_roles(browse: Browser, world: World, database: Database) -> None:
    for who in (world.coordinator, world.administrator):
        visitor = browse.as_(who)
        assert visitor.page(at(who)).select("main form") == []
        with nothing_written(database):
            form = {"role": "scrutineer", "agency": ""}
            assert visitor.post(f"{at(who)}/memberships", form).status_code == 403
            assert visitor.post(f"{at(who)}/departure").status_code == 403
            assert visitor.post(f"{at(who)}/link").status_code == 403


def test_only_a_system_administrator_makes_or_removes_another(
    browse: Browser, world: World, database: Database
) -> None:
    form = {"role": "system_administrator", "agency": ""}
    coordinator = browse.as_(world.coordinator)
    assert coordinator.post(f"{at(world.scrutineer)}/memberships", form).status_code == 422
    assert coordinator.post(f"{at(world.administrator)}/departure").status_code == 403

    administrator = browse.as_(world.administrator)
    assert administrator.post(f"{at(world.scrutineer)}/memberships", form).status_code == 303
    assert "system_administrator" in roles_of(database, world.scrutineer)


def test_the_last_coordinator_stays_until_another_has_joined(
    browse: Browser, world: World, database: Database
) -> None:
    administrator = browse.as_(world.administrator)
    address = f"{at(world.coordinator)}/departure"
    assert administrator.get(address).status_code == 409
    with database.writing() as session:
        second = make.person(session, world.partnership, Role.COORDINATOR)
        second.password_hash = None
        session.add(second)
    refused = administrator.post(address)
    assert refused.status_code == 409
    assert "Nobody else who has joined is a coordinator" in refused.text

    with database.writing() as session:
        session.get_one(Person, second.id).password_hash = "joined"
    assert administrator.post(address).status_code == 303


def test_two_administrators_who_see_each_other_off_at_once_leave_one(
    world: World, database: Database
) -> None:
    """The second was let through the door before the first had been seen off."""
    with database.writing() as session:
        other = make.person(session, world.partnership, Role.SYSTEM_ADMINISTRATOR)
    first, second = (
        Actor(ident(who), ident(world.partnership), who.name, (Held(Role.SYSTEM_ADMINISTRATOR),))
        for who in (world.administrator, other)
    )
    with database.writing() as session:
        record_departure(session, first, other)
    with database.writing() as session, pytest.raises(NotNow, match="Nobody else"):
        record_departure(session, second, world.administrator)


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", FROM_HERE),
        ("0" * 64, FROM_HERE),
        ("right", {"Sec-Fetch-Site": "cross-site"}),
        ("right", {"Origin": "https://evil.example"}),
        ("right", {}),
    ],
)
def test_a_forged_form_changes_nothing(
    browse: Browser, world: World, database: Database, token: str, headers: dict[str, str]
) -> None:
    visitor = browse.as_(world.coordinator)
    sent = {"token": visitor.token if token == "right" else token}
    forms = {
        PEOPLE: {**NEW, "agency": world.police.ref},
        f"{at(world.nurse)}/link": {},
        f"{at(world.nurse)}/departure": {},
        f"{at(world.nurse)}/memberships": {"role": "scrutineer", "agency": ""},
        "/wexcombe/agencies": {"name": "A", "kind": "police"},
        "/wexcombe/subgroups": {"name": "A"},
    }
    with nothing_written(database):
        for address, form in forms.items():
            answer = browse.client.post(
                address, data={**form, **sent}, headers={**visitor.headers, **headers}
            )
            assert answer.status_code == 403, address


def test_the_token_of_another_session_is_refused(browse: Browser, world: World) -> None:
    coordinator, other = browse.as_(world.coordinator), browse.as_(world.administrator)
    answer = browse.client.post(
        f"{at(world.nurse)}/departure",
        data={"token": other.token},
        headers={**coordinator.headers, **FROM_HERE},
    )

    assert answer.status_code == 403


def test_names_are_stored_on_one_line_and_shown_as_text(browse: Browser, world: World) -> None:
    form = {**NEW, "name": " Ivo\n\t<b>Marsh</b>\u202e ", "agency": world.police.ref}
    coordinator = browse.as_(world.coordinator)
    page = coordinator.follow(coordinator.post(PEOPLE, form))

    assert page.select("h1 b") == []
    assert page.select_one("h1").get_text() == "Ivo <b>Marsh</b>"  # type: ignore[union-attr]
