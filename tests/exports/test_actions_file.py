"""The action tracker as a file: all that was asked for within reach, and never a formula."""

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from httpx import Response
from openpyxl.workbook import Workbook
from sqlmodel import Session, select

from app.actions.models import ActionRevision, ActionUpdate, LearningAction
from app.db import Database
from app.events.models import Event
from app.exports.actions_file import COLUMNS
from app.findings.models import Finding
from app.rounds.rules import Stage
from tests.actions.test_actions import agreed_finding
from tests.browsing import Browser, Visitor, heading, words
from tests.clock import SettableClock
from tests.comparisons.scene import Scene, move_to, stage_scene
from tests.conftest import nothing_written
from tests.factories import ident
from tests.people.test_confirming import work_on
from tests.world import World

AT = "/wexcombe/exports/actions"
HARD = "A & B <c> \N{SEEDLING} \N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} " + "x" * 4970


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    """A round with a police action, due on 1 October 2026, and one of health, a month later."""
    with database.writing() as session:
        scene = stage_scene(session, world)
        scene.audit.round.stage = Stage.REPORTED
        session.add(scene.audit.round)
        finding = agreed_finding(session, world, scene)
        action(session, world, finding)
        other = agreed_finding(session, world, scene, "Another")
        other.themes = ["VC"]
        health = {"agency_id": ident(world.health), "owner_id": ident(world.owner)}
        action(session, world, other, what="Read it aloud", due=date(2026, 11, 1), **health)
        return scene


def action(session: Session, world: World, finding: Finding, **other: object) -> LearningAction:
    given = {
        "what": "Ask for the worry",
        "how_we_will_know": "Dip sample",
        "agency_id": ident(world.police),
        "owner_id": ident(world.officer),
        "due": date(2026, 10, 1),
        "state": "agreed",
        "created_at": datetime.fromisoformat("2026-09-15T09:00:00+00:00"),
        **other,
    }
    made = LearningAction(finding_id=ident(finding), **given)
    session.add(made)
    session.flush()
    return made


def take(visitor: Visitor, query: str = "", sort: str = "xlsx") -> Response:
    answer = visitor.submit(f"{AT}?{query}", {"format": sort})
    assert answer.status_code == 200, heading(answer)
    return answer


def opened(answer: Response) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows(answer: Response) -> list[dict[str, object]]:
    head, *found = opened(answer)["Actions"].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


def lines(answer: Response) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def whats(answer: Response) -> list[object]:
    return [row["What will be done"] for row in rows(answer)]


def test_an_action_is_a_row_with_all_that_the_tracker_tells_of_it(
    browse: Browser, world: World, database: Database, scene: Scene, clock: SettableClock
) -> None:
    with database.writing() as session:
        first = session.exec(select(LearningAction).where(LearningAction.what != "x")).first()
        assert first is not None
        first.due, first.impact_on = date(2026, 10, 9), date(2027, 3, 1)
        moved = {"due_before": date(2026, 10, 1), "due_after": date(2026, 10, 9)}
        who = {"action_id": ident(first), "person_id": ident(world.lead)}
        session.add(ActionRevision(**who, **moved, at=clock.at, why="The trainer is ill"))
        for said in ("Asked for a trainer", "Found one"):
            session.add(ActionUpdate(**who, at=clock.at, state="agreed", words=said))
        ref = first.ref
    clock.forward(days=30)
    told, other = rows(take(browse.as_(world.coordinator)))
    assert told == {
        "Marking": "OFFICIAL-SENSITIVE",
        "Reference": ref,
        "What will be done": "Ask for the worry",
        "How we will know": "Dip sample",
        "Owner": "Police officer",
        "Agency": "Wexcombe Police",
        "First due date": datetime(2026, 10, 1),  # noqa: DTZ001 - as a workbook tells days
        "Due date now": datetime(2026, 10, 9),  # noqa: DTZ001
        "Revised due dates": "9 October 2026 (moved on 15 September 2026)",
        "State": "Agreed",
        "How it stands": "Overdue by 6 days",
        "Impact review": datetime(2027, 3, 1),  # noqa: DTZ001
        "Last update by": "Round lead",
        "Last update on": datetime(2026, 9, 15),  # noqa: DTZ001
        "Last update": "Found one",
        "Finding": "Plain",
        "Themes": scene.audit.tool.theme["REC"].title,
        "Round": scene.audit.round.title,
        "Subgroups": "Quality and performance subgroup",
    }
    assert other["Revised due dates"] is None
    assert other["Last update on"] is None
    assert "The trainer is ill" not in str([told, other])


def test_the_workbook_says_what_it_is_and_what_each_column_means(
    browse: Browser, world: World, scene: Scene
) -> None:
    book = opened(take(browse.as_(world.police_lead), "show=all"))
    assert book.sheetnames == ["Read me", "Actions", "Columns"]
    about = [str(row[0]) for row in book["Read me"].iter_rows(values_only=True)]
    assert about[0] == "OFFICIAL-SENSITIVE"
    assert f"that {world.police_lead.name} may see" in about[1]
    assert about[2] == "In every state"
    assert f"Taken by {world.police_lead.name} on 15 September 2026" in about[3]
    assert about[5].startswith("Left out: the answers that findings rest on")
    meant = dict(row[:2] for row in book["Columns"].iter_rows(min_row=2, values_only=True))
    assert meant == dict(COLUMNS)
    assert list(meant) == [cell.value for cell in book["Actions"][1]]
    assert book["Actions"].oddHeader.center.text == "OFFICIAL-SENSITIVE"


def test_it_is_narrowed_as_the_tracker_is(
    browse: Browser, world: World, scene: Scene, clock: SettableClock
) -> None:
    clock.forward(days=20)
    coordinator = browse.as_(world.coordinator)
    for query in (
        f"agency={world.health.ref}",
        "theme=VC",
        f"round={scene.audit.round.ref}&theme=VC",
        f"subgroup={world.subgroup.ref}&theme=VC",
    ):
        assert whats(take(coordinator, query)) == ["Read it aloud"], query
    assert whats(take(coordinator, "show=overdue")) == ["Ask for the worry"]
    link = coordinator.page("/wexcombe/actions?theme=VC").select_one(f'a[href^="{AT}"]')
    assert link is not None
    page = coordinator.page(str(link["href"]))
    assert "The file holds 1 action" in words(page)
    assert f"Theme: {scene.audit.tool.theme['VC'].title}" in words(page)


def test_all_rows_leave_and_not_a_page_of_them(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        finding = session.exec(select(Finding)).first()
        assert finding is not None
        for number in range(250):
            action(session, world, finding, what=f"Action {number}")
    coordinator = browse.as_(world.coordinator)
    assert len(set(map(str, whats(take(coordinator))))) == 252
    assert len(lines(take(coordinator, sort="csv"))) == 252


SEEN = {
    "coordinator": {"Ask for the worry", "Read it aloud"},
    "lead": {"Ask for the worry", "Read it aloud"},
    "scrutineer": {"Ask for the worry", "Read it aloud"},
    "subgroup_member": {"Ask for the worry", "Read it aloud"},
    "police_lead": {"Ask for the worry"},
    "officer": {"Ask for the worry"},
    "health_lead": {"Read it aloud"},
    "owner": {"Read it aloud"},
}


@pytest.mark.parametrize("name", SEEN)
def test_everybody_takes_what_they_see_and_no_more(
    browse: Browser, world: World, scene: Scene, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    assert set(map(str, whats(take(visitor)))) == SEEN[name]
    assert {row["What will be done"] for row in lines(take(visitor, sort="csv"))} == SEEN[name]


@pytest.mark.parametrize("name", ["police_lead", "officer", "owner", "subgroup_member", "nurse"])
def test_while_the_panel_compares_nothing_leaves_with_owner_agency_or_subgroup(
    browse: Browser, world: World, scene: Scene, database: Database, name: str
) -> None:
    move_to(database, scene, Stage.MODERATION)
    visitor = browse.as_(world.people[name])
    assert "There is no action to take" in words(visitor.page(AT))
    with nothing_written(database):
        answer = visitor.post(AT, {"format": "xlsx"})
    assert answer.status_code == 409
    assert "Ask for the worry" not in answer.text


def test_a_system_administrator_takes_none(browse: Browser, world: World, scene: Scene) -> None:
    administrator = browse.as_(world.administrator)
    assert administrator.get(AT).status_code == 403
    assert administrator.post(AT).status_code == 403


def test_taking_it_is_told_in_the_trail_of_every_round_it_comes_from(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    with database.writing() as session:
        other = stage_scene(session, world, Stage.REPORTED)
        action(session, world, agreed_finding(session, world, other))
    take(browse.as_(world.police_lead), sort="csv")
    with database.reading() as session:
        events = session.exec(select(Event).where(Event.kind == "actions.exported")).all()
    told = {event.scope: json.loads(event.details) for event in events}
    rounds = {each.audit.round.ref for each in (scene, other)}
    assert told == {ref: {"actions": 1, "format": "csv"} for ref in rounds}
    assert {event.person_id for event in events} == {world.police_lead.id}
    trail = browse.as_(world.coordinator).page(f"{other.at}/trail")
    assert "Actions exported" in words(trail)


def test_the_password_is_asked_for_again_after_a_while(
    browse: Browser, world: World, scene: Scene, database: Database, clock: SettableClock
) -> None:
    coordinator = browse.as_(world.coordinator)
    work_on(database, coordinator, clock, 40)
    asked = coordinator.get(f"{AT}?theme=VC")
    assert asked.status_code == 303
    wanted = "/account/confirm?next=%2Fwexcombe%2Fexports%2Factions%3Ftheme%3DVC"
    assert asked.headers["location"] == wanted


def test_a_choice_that_has_gone_never_makes_the_file_larger(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    for name, value in (("agency", world.school.ref), ("theme", "NONE"), ("show", "odd")):
        with nothing_written(database):
            assert coordinator.post(AT, {name: value}).status_code == 409


@pytest.mark.parametrize("more", [{"format": "pdf"}, {"owner": "x"}, {"theme": "x" * 201}])
def test_a_form_that_asks_for_something_else_is_refused(
    browse: Browser, world: World, scene: Scene, database: Database, more: dict[str, str]
) -> None:
    with nothing_written(database):
        assert browse.as_(world.coordinator).post(AT, more).status_code == 422


@pytest.mark.parametrize(
    "typed",
    [HARD[:500], "=1+1", "+44", "-2", "@SUM(1)", "\t=1", '=HYPERLINK("x")', "https://x.example"],
)  # fmt: skip
def test_text_is_intact_and_no_cell_is_a_formula(
    browse: Browser, world: World, database: Database, scene: Scene, typed: str
) -> None:
    with database.writing() as session:
        first = session.exec(select(LearningAction)).first()
        assert first is not None
        first.what = first.how_we_will_know = typed
        said = HARD if typed == HARD[:500] else typed
        who = {"action_id": ident(first), "person_id": ident(world.lead)}
        session.add(ActionUpdate(**who, at=first.created_at, state="agreed", words=said))
    coordinator = browse.as_(world.coordinator)
    book = opened(take(coordinator))
    found = {str(cell.value) for row in book["Actions"].iter_rows() for cell in row}
    assert {typed, said} <= found
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    neutral = typed if typed[0] in "Ah" else f"'{typed}"
    plain = lines(take(coordinator, sort="csv"))
    assert neutral in {row["What will be done"] for row in plain}
    for row in plain:
        assert not any(cell.lstrip()[:1] in set("=+-@") for cell in row.values() if cell)


def test_the_file_is_sent_to_be_kept_and_named_after_nobody(
    browse: Browser, world: World, scene: Scene
) -> None:
    answer = take(browse.as_(world.coordinator), sort="csv")
    name = 'attachment; filename="actions-wexcombe-2026-09-15.csv"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-store"
    assert lines(answer)[0]["First due date"] == "2026-10-01"
