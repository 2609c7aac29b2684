"""The answers as CSV: for those inside the round, marked, and never a formula."""

import csv
import io
import json

import openpyxl
import pytest
from httpx import Response
from sqlmodel import Session, select

from app.assignments.models import LocalRecord
from app.config import ROOT
from app.db import Database
from app.events.models import Event
from app.exports.codebook import HEAD, codebook
from app.rounds.rules import Stage
from app.tools import Answer, State, read_tools
from tests.audit import assign, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import CANARY, HAD_A_PART, Scene, grade, move_to, stage_scene
from tests.conftest import nothing_written
from tests.factories import ident
from tests.world import World


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def take(browse: Browser, world: World, scene: Scene, name: str = "coordinator") -> Response:
    return browse.as_(world.people[name]).submit(f"{scene.at}/exports")


def test_the_page_says_what_leaves_before_it_leaves(
    browse: Browser, world: World, scene: Scene
) -> None:
    told = words(browse.as_(world.coordinator).page(f"{scene.at}/exports"))
    assert "It covers 1 subject" in told
    assert "OFFICIAL-SENSITIVE, inside the round" in told
    assert "is recorded in the audit trail" in told


def test_every_sent_answer_is_a_row_in_words(browse: Browser, world: World, scene: Scene) -> None:
    found = rows(take(browse, world, scene))
    (worry,) = [
        row
        for row in found
        if row["Question id"] == "form_worry" and row["Agency"] == "Wexcombe Police"
    ]
    assert worry == {
        "Marking": "OFFICIAL-SENSITIVE, inside the round",
        "Subject": "R-7F3K",
        "Group": "Section 17",
        "Agency": "Wexcombe Police",
        "Question id": "form_worry",
        "Question": scene.audit.question_set.question["form_worry"].text,
        "State": "Answered",
        "Answer": "Inadequate",
        "Reason": CANARY,
        "Agreed answer": "",
    }
    absent = {row["State"] for row in found if row["Question id"] == "support_then"}
    assert absent == {"Not recorded on our file", "Not known to this agency"}
    assert {row["Marking"] for row in found} == {"OFFICIAL-SENSITIVE, inside the round"}


def test_the_agreed_answer_is_beside_them(browse: Browser, world: World, scene: Scene) -> None:
    lead = browse.as_(world.lead)
    lead.submit(f"{scene.comparison}/form_worry", {"decision": "good", "reason": "x"})
    lead.submit(f"{scene.comparison}/age_band", {"decision": "~not_agreed", "reason": "x"})
    found = rows(take(browse, world, scene, "lead"))
    agreed = {row["Question id"]: row["Agreed answer"] for row in found}
    assert agreed["form_worry"] == "Good"
    assert agreed["age_band"] == "Not agreed"


def test_nothing_unsent_no_record_number_and_nobody_by_name_is_in_it(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        session.add(
            LocalRecord(
                subject_id=ident(scene.subject),
                agency_id=ident(world.police),
                number="POL-LOCAL-4711",
            )
        )
    text = take(browse, world, scene).text
    assert "unsent-health-words" not in text
    assert "POL-LOCAL-4711" not in text
    assert "Wexcombe Integrated Care Board" not in text
    for person in world.people.values():
        assert person.name not in text
        assert person.email not in text


def test_no_cell_is_a_formula(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        other = subject(session, scene.audit, "R-5FRM", 2)
        answers = {
            **HAD_A_PART,
            "form_worry": grade("good", "=cmd|' /C calc'!A0"),
            "worked_well": Answer(State.ANSWERED, (), '\t@SUM(1)\n-2, "quoted"'),
        }
        respond(session, scene.audit, assign(session, other, world.police, None), answers)
    found = rows(take(browse, world, scene))
    told = [row for row in found if row["Subject"] == "R-5FRM"]
    assert "'=cmd|' /C calc'!A0" in {row["Reason"] for row in told}
    assert '\'\t@SUM(1)\n-2, "quoted"' in {row["Answer"] for row in told}
    for row in found:
        assert not any(cell.lstrip()[:1] in set("=+-@") for cell in row.values() if cell)


def test_the_file_opens_as_what_it_is(browse: Browser, world: World, scene: Scene) -> None:
    answer = take(browse, world, scene)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.endswith(b"\r\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    name = f'attachment; filename="answers-{scene.audit.round.ref}.csv"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["coordinator", "lead"])
def test_taking_it_is_recorded(
    browse: Browser, world: World, scene: Scene, session: Session, name: str
) -> None:
    take(browse, world, scene, name)
    event = session.exec(select(Event).where(Event.kind == "answers.exported")).one()
    assert event.scope == scene.audit.round.ref
    assert event.person_id == world.people[name].id
    assert json.loads(event.details) == {"format": "csv", "subjects": 1}


@pytest.mark.parametrize(
    "name",
    ["scrutineer", "panel_police", "police_lead", "officer", "subgroup_member", "administrator"],
)
def test_nobody_else_takes_answers_out(
    browse: Browser, world: World, scene: Scene, database: Database, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    with nothing_written(database):
        assert visitor.get(f"{scene.at}/exports").status_code == 403
        answer = visitor.post(f"{scene.at}/exports/answers")
    assert answer.status_code == 403
    assert CANARY not in answer.text


def test_before_the_round_is_open_there_is_nothing_to_take(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    move_to(database, scene, Stage.SAMPLING)
    visitor = browse.as_(world.coordinator)
    with nothing_written(database):
        assert visitor.post(f"{scene.at}/exports/answers").status_code == 409


def test_a_form_with_more_in_it_is_refused(
    browse: Browser, world: World, scene: Scene, database: Database
) -> None:
    with nothing_written(database):
        visitor = browse.as_(world.coordinator)
        answer = visitor.post(f"{scene.at}/exports/answers", {"agency": "all"})
    assert answer.status_code == 422


def test_the_workbook_keeps_every_text_and_says_what_each_question_means(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    hard = "=1+1 A & B <c> \N{SEEDLING} \N{HEBREW LETTER ALEF} " + "x" * 4900
    with database.writing() as session:
        other = subject(session, scene.audit, "R-5FRM", 2)
        given = {**HAD_A_PART, "worked_well": Answer(State.ANSWERED, (), hard)}
        respond(session, scene.audit, assign(session, other, world.police, None), given)
    visitor = browse.as_(world.coordinator)
    answer = visitor.post(f"{scene.at}/exports/answers", {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Read me", "Answers", "Codebook"]
    assert "OFFICIAL-SENSITIVE" in str(book["Read me"]["A1"].value)
    cells = [cell for row in book["Answers"].iter_rows() for cell in row]
    assert hard in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    meant = {row[1]: row for row in book["Codebook"].iter_rows(values_only=True)}
    assert meant["form_worry"][5].startswith("Outstanding; Good")
    assert meant["form_worry"][6] == "best first"
    codebook = visitor.get(f"{scene.at}/exports/codebook").content.decode("utf-8-sig")
    told = list(csv.reader(io.StringIO(codebook, newline="")))
    assert [row[1] for row in told] == [str(row) for row in meant]


def test_the_codebook_says_who_is_asked_also_where_only_the_section_does(
    database: Database, world: World
) -> None:
    tool = read_tools(ROOT / "audit_tools")["csa-thematic", 1]
    with database.writing() as session:
        audit = open_audit(session, world, tool=tool)
        meant = [dict(zip(HEAD, row, strict=True)) for row in codebook(session, audit.round)]
    asked = audit.question_set.asked_of.values()
    of_every_kind = set.intersection(*({each.question.id for each in kind} for kind in asked))
    told = {row["Question id"] for row in meant if row["Asked of"] == "every agency"}
    assert told == of_every_kind
    of_some = {row["Section"]: row["Asked of"] for row in meant if row["Question id"] not in told}
    education = next(each for each in audit.question_set.sections if each.id == "education")
    assert of_some[education.title] == "School, Early years, Education services"
