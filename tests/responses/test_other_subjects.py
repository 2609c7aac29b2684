"""What is no child's file: nothing on its pages speaks of a child."""

from sqlmodel import select

from app.assignments.models import ConflictOfInterest
from app.config import ROOT
from app.db import Database
from app.tools import Tool, read_tools
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.responses.answering import Given, given
from tests.world import World


def school_return(database: Database, world: World) -> Given:
    tool: Tool = read_tools(ROOT / "audit_tools")["section-157-175", 1]
    return given(database, world, agency=world.school, auditor=world.teacher, tool=tool)


def test_a_school_return_is_not_said_to_be_a_child_that_is_not_known(
    browse: Browser, database: Database, world: World
) -> None:
    of = school_return(database, world)
    teacher = browse.as_(world.teacher)
    page = words(teacher.page(of.at))
    assert "not known to us" not in page
    assert "record number" not in page
    with nothing_written(database):
        assert teacher.get(f"{of.at}/nil-return").status_code == 409
        assert (
            teacher.post(
                f"{of.at}/nil-return", {"version": "0", "searched": "Everything"}
            ).status_code
            == 409
        )
        assert teacher.get(f"{of.at}/local-record").status_code == 409
        assert teacher.post(f"{of.at}/local-record", {"number": "UPN 7"}).status_code == 409


def test_a_conflict_of_interest_over_a_school_return_names_no_child(
    browse: Browser, database: Database, world: World
) -> None:
    of = school_return(database, world)
    teacher = browse.as_(world.teacher)
    at = f"{of.at}/conflict-of-interest"
    assert "Worked with this child" not in (shown := words(teacher.page(at)))
    assert "the child" not in shown
    refused = teacher.submit(at, {})
    assert refused.status_code == 422
    assert "the child" not in words(soup(refused))
    assert teacher.submit(at, {"kind": "worked"}).status_code == 303
    with database.reading() as session:
        assert session.exec(select(ConflictOfInterest.kind)).one() == "worked"
    table = f"/wexcombe/rounds/{of.audit.round.ref}/assignments"
    told = words(browse.as_(world.coordinator).page(table))
    assert "conflict of interest (worked there, or on what is audited)" in told


def test_taking_a_school_return_back_names_no_child(
    browse: Browser, database: Database, world: World
) -> None:
    of = school_return(database, world)
    table = f"/wexcombe/rounds/{of.audit.round.ref}/assignments"
    coordinator = browse.as_(world.coordinator)
    ticked = str(coordinator.page(table).select_one("main [name=subject]")["value"])  # type: ignore[index]
    body = {"subject": [ticked], "agency": [world.school.ref]}
    page = words(soup(coordinator.post(f"{table}/withdrawal/preview", body)))
    assert "1 assignment would go" in page
    assert "record number" not in page
