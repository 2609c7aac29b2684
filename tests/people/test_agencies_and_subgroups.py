"""Agencies and subgroups: added, renamed, seated, and kept to their partnership."""

import pytest
from sqlmodel import select

from app.access import Role
from app.db import Database
from app.events import Happened
from app.events.models import Event
from app.identity.models import Agency, PartnershipAgency
from app.tools import AgencyKind
from tests import factories as make
from tests.browsing import Browser, heading, words
from tests.conftest import nothing_written
from tests.factories import ident, membership
from tests.world import World

AGENCIES, SUBGROUPS = "/wexcombe/agencies", "/wexcombe/subgroups"


def kinds_told(database: Database) -> list[str]:
    with database.reading() as session:
        return [e.kind for e in session.exec(select(Event).order_by(Event.id))]  # type: ignore[arg-type]


def test_an_agency_is_added_with_its_kind_in_words(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    form = coordinator.page(f"{AGENCIES}/new")
    assert all(kind.words in words(form) for kind in AgencyKind)
    added = coordinator.submit(f"{AGENCIES}/new", {"name": "Fen Housing", "kind": "housing"})

    row = coordinator.follow(added).find("th", string="Fen Housing")
    assert row is not None
    assert "Housing" in row.parent.get_text()  # type: ignore[union-attr]
    assert kinds_told(database) == [Happened.AGENCY_JOINED]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "", "kind": "police"}, "Enter the name of the agency"),
        ({"name": "A"}, "Choose what kind of agency it is"),
        ({"name": "A", "kind": "circus"}, "choose one of the answers offered"),
        ({"name": " wexcombe   POLICE ", "kind": "police"}, "There is an agency of this name"),
        ({"name": "A", "kind": "police", "ref": "X"}, "This form does not ask for “ref”"),
    ],
)
def test_an_agency_that_cannot_be_added_so_is_explained(
    browse: Browser, world: World, database: Database, given: dict[str, str], said: str
) -> None:
    with nothing_written(database):
        answer = browse.as_(world.coordinator).post(AGENCIES, given)

    assert answer.status_code == 422
    assert said in heading(answer)


def test_an_agency_is_renamed(browse: Browser, world: World, database: Database) -> None:
    coordinator = browse.as_(world.coordinator)
    address = f"{AGENCIES}/{world.police.ref}"
    renamed = coordinator.submit(address, {"name": "Wexcombe Constabulary"})

    assert "Wexcombe Constabulary" in words(coordinator.follow(renamed))
    assert kinds_told(database) == [Happened.AGENCY_RENAMED]
    clash = coordinator.submit(address, {"name": world.health.name})
    assert clash.status_code == 422
    same = coordinator.submit(address, {"name": "Wexcombe CONSTABULARY"})
    assert same.status_code == 303


def test_a_shared_agency_is_not_one_partnerships_to_rename(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        session.add(
            PartnershipAgency(partnership_id=ident(world.elsewhere), agency_id=ident(world.police))
        )
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(f"{AGENCIES}/{world.police.ref}")
    assert page.select("main form") == []
    assert "Harrowmere" not in str(page)
    with nothing_written(database):
        refused = coordinator.post(f"{AGENCIES}/{world.police.ref}/name", {"name": "Ours"})

    assert refused.status_code == 409


def test_an_agency_of_another_partnership_does_not_exist_here(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        theirs = make.agency(session, world.elsewhere, "Harrowmere Police", "police")
    coordinator = browse.as_(world.coordinator)
    assert coordinator.get(f"{AGENCIES}/{theirs.ref}").status_code == 404
    assert coordinator.post(f"{AGENCIES}/{theirs.ref}/name", {"name": "x"}).status_code == 404
    assert "Harrowmere" not in words(coordinator.page(AGENCIES))
    with database.reading() as session:
        assert session.get_one(Agency, theirs.id).name == "Harrowmere Police"


def test_a_partnership_without_agencies_or_subgroups_is_told_what_they_are_for(
    browse: Browser, world: World
) -> None:
    there = browse.as_(world.coordinator_elsewhere)

    assert "There are no agencies yet" in words(there.page("/harrowmere/agencies"))
    assert "There are no subgroups yet" in words(there.page("/harrowmere/subgroups"))


def test_a_subgroup_is_formed_and_people_sit_on_it(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    formed = coordinator.submit(f"{SUBGROUPS}/new", {"name": "Neglect subgroup"})
    address = formed.headers["location"]
    assert "Nobody sits on it yet" in words(coordinator.follow(formed))

    seated = coordinator.submit(address, {"person": world.nurse.ref}, form="/seats")
    page = coordinator.follow(seated)
    assert "Named nurse Not yet: give the role Subgroup member" in words(page)
    unseated = coordinator.submit(address, form=f"/seats/{world.nurse.ref}/end")
    assert "Nobody sits on it yet" in words(coordinator.follow(unseated))
    assert kinds_told(database) == [
        Happened.SUBGROUP_FORMED,
        Happened.SUBGROUP_SEATED,
        Happened.SUBGROUP_UNSEATED,
    ]


def test_a_subgroup_member_reads_what_it_receives(browse: Browser, world: World) -> None:
    page = browse.as_(world.coordinator).page(f"{SUBGROUPS}/{world.subgroup.ref}")

    assert f"{world.subgroup_member.name} Yes" in words(page)


def test_nobody_sits_twice_or_from_elsewhere(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    seats = f"{SUBGROUPS}/{world.subgroup.ref}/seats"
    with nothing_written(database):
        for ref in (world.subgroup_member.ref, world.coordinator_elsewhere.ref, "", "BCDFGHJKMN"):
            assert coordinator.post(seats, {"person": ref}).status_code == 422
        gone = coordinator.post(f"{seats}/{world.nurse.ref}/end")
    assert gone.status_code == 409


def test_a_name_is_used_for_one_subgroup_in_a_partnership(browse: Browser, world: World) -> None:
    name = {"name": world.subgroup.name.upper()}

    assert browse.as_(world.coordinator).post(SUBGROUPS, name).status_code == 422
    there = browse.as_(world.coordinator_elsewhere)
    assert there.post("/harrowmere/subgroups", name).status_code == 303


def test_a_subgroup_of_another_partnership_does_not_exist_here(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        theirs = make.subgroup(session, world.elsewhere, "Theirs")
        membership(session, world.coordinator_elsewhere, world.partnership, Role.SCRUTINEER)
    coordinator = browse.as_(world.coordinator)
    seats = f"{SUBGROUPS}/{theirs.ref}/seats"

    assert coordinator.get(f"{SUBGROUPS}/{theirs.ref}").status_code == 404
    assert coordinator.post(seats, {"person": world.nurse.ref}).status_code == 404
    assert coordinator.post(f"{seats}/{world.nurse.ref}/end").status_code == 404


def test_a_subgroup_is_renamed(browse: Browser, world: World, database: Database) -> None:
    coordinator = browse.as_(world.coordinator)
    at = f"{SUBGROUPS}/{world.subgroup.ref}"

    renamed = coordinator.submit(at, {"name": "Scrutiny and learning subgroup"}, form="/name")

    assert "Scrutiny and learning subgroup" in words(coordinator.follow(renamed))
    assert kinds_told(database) == [Happened.SUBGROUP_RENAMED]


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Enter the name of the subgroup"), ("  neglect SUBGROUP", "There is a subgroup of this")],
)
def test_a_subgroup_that_cannot_be_called_so_keeps_its_name(
    browse: Browser, world: World, database: Database, name: str, said: str
) -> None:
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(f"{SUBGROUPS}/new", {"name": "Neglect subgroup"})
    at = f"{SUBGROUPS}/{world.subgroup.ref}"

    with nothing_written(database):
        answer = coordinator.submit(at, {"name": name}, form="/name")

    assert answer.status_code == 422
    assert said in heading(answer)
    assert world.subgroup.name in words(coordinator.page(at))


def test_a_subgroup_may_be_called_what_it_is_called_in_other_capitals(
    browse: Browser, world: World
) -> None:
    at = f"{SUBGROUPS}/{world.subgroup.ref}"
    answer = browse.as_(world.coordinator).submit(
        at, {"name": world.subgroup.name.upper()}, form="/name"
    )

    assert answer.status_code == 303
