"""Every file that leaves, opened again: no formula lives in it, and every word is as typed."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import category

import openpyxl
import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.db import Database, now
from app.exports import making
from app.exports.cells import neutral
from app.exports.models import PaperSection
from app.meetings.models import Meeting, MeetingEntry
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, Visitor
from tests.comparisons.scene import HAD_A_PART, Scene, grade, move_to, stage_scene
from tests.exports.test_packs import document_text, store
from tests.exports.test_papers import pdf_text
from tests.factories import ident
from tests.security.test_files_by_canary import FILES
from tests.world import World

SIGNS = (
    "A & B <c> \"quoted\" 'too' </w:t>",
    "Learning \N{SEEDLING} together",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} at home",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627",
    "=1+1",
    "+44 1632 960000",
    "-2 by the log",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    '=HYPERLINK("http://elsewhere.example")',
    "https://elsewhere.example/x",
    "{{ 7 * 7 }} {% raw %} #panic() $x$ *b* _i_ [l] \\ `code` // @ref",
    "007",
    "1e9",
    "one, two; three",
)
LONG = "word " * 999 + "ends."
LINES = "First line\n\nSecond line\n  third, set in"
EVERYTHING = "\n".join([*SIGNS, LINES])
T = TypeVar("T")
V = TypeVar("V")


class Here:
    """Stands in for the other process: makes a document where it is asked for."""

    async def run(self, work: Callable[[V], T], given: V) -> T:
        return work(given)


@dataclass(frozen=True)
class Taken:
    """A round in which everything that people wrote is hard to hold, and who takes it out."""

    lead: Visitor
    scene: Scene
    record: str

    def file(self, where: str, wanted: str) -> bytes:
        answer = self.lead.post(f"{self.scene.at}/{where}", {"format": wanted})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        return answer.content


@pytest.fixture
def taken(
    database: Database, world: World, browse: Browser, monkeypatch: pytest.MonkeyPatch
) -> Taken:
    monkeypatch.setattr(making, "POOL", Here())
    with database.writing() as session:
        scene = stage_scene(session, world)
        for place, words in enumerate((*SIGNS, LONG, LINES), 2):
            about = subject(session, scene.audit, f"R-S{place:02}Z", place)
            given = {
                **HAD_A_PART,
                "form_worry": grade("good", words),
                "worked_well": Answer(State.ANSWERED, (), words),
            }
            respond(session, scene.audit, assign(session, about, world.police, None), given)
        record = _write_everywhere(session, world, scene)
    move_to(database, scene, Stage.REPORTED)
    return Taken(browse.as_(world.lead), scene, record)


def _write_everywhere(session: Session, world: World, scene: Scene) -> str:
    """Put the words in every place that a paper takes them from; return the meeting's reference."""
    store(session, world, scene, world.subgroup, SIGNS[0])
    told = {"person_id": ident(world.lead), "at": now(session)}
    meeting = Meeting(
        round_id=ident(scene.audit.round),
        began_at=told["at"],
        began_by=ident(world.lead),
        others=EVERYTHING,
    )
    session.add(meeting)
    session.flush()
    session.add_all(
        [
            MeetingEntry(
                meeting_id=ident(meeting),
                subject_id=ident(scene.subject),
                kind="noted",
                words=LONG,
                reason=EVERYTHING,
                dissent=[[SIGNS[0], EVERYTHING]],
                **told,
            ),
            *(
                PaperSection(
                    round_id=ident(scene.audit.round),
                    paper=paper,
                    section=section,
                    words=EVERYTHING,
                    **told,
                )
                for paper, section in (("briefing", "tomorrow"), ("report", "method"))
            ),
        ]
    )
    run = session.connection().execute
    for statement, words in (
        ("UPDATE finding SET words = :words", f"{EVERYTHING}\n{LONG}"),
        ("UPDATE action SET what = :words", EVERYTHING[:500]),
        ("UPDATE action SET how_we_will_know = :words", EVERYTHING),
        ("UPDATE round SET title = :words", SIGNS[0]),
        ("UPDATE round SET purpose = :words", EVERYTHING),
        ("UPDATE round SET lines_of_enquiry = :words", EVERYTHING),
        ("UPDATE subgroup SET name = :words", SIGNS[5]),
        ("UPDATE agency SET name = :words WHERE kind = 'police'", SIGNS[10]),
    ):
        run(text(statement), {"words": words})
    return meeting.ref


STARTS = set("=+-@")


def file_of(content: bytes) -> io.StringIO:
    return io.StringIO(content.decode("utf-8-sig"), newline="")


def lines_of(words: str) -> list[str]:
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


PAPERS = (
    "packs/{subgroup}/document",
    "briefing/document",
    "report/document",
    "meetings/{meeting}/document",
    "letters/{agency}/document",
)
SHORT = "briefing/document"
"""The paper of one page, which holds no words of a finding."""


def addresses(taken: Taken, world: World) -> dict[str, str]:
    """Where each paper is taken."""
    named = {
        "subgroup": world.subgroup.ref,
        "meeting": taken.record,
        "agency": world.police.ref,
    }
    return {paper: paper.format(**named) for paper in PAPERS}


def test_a_word_document_holds_every_word_and_no_field(taken: Taken, world: World) -> None:
    for paper, where in addresses(taken, world).items():
        content = taken.file(where, "docx")
        told = " ".join(document_text(content).split())
        assert [line for line in lines_of(EVERYTHING) if line not in told] == [], paper
        assert paper == SHORT or LONG in told
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            body = packed.read("word/document.xml").decode()
        assert not any(field in body for field in ("w:instrText", "w:hyperlink", "w:fldSimple"))


def test_a_pdf_holds_every_word(taken: Taken, world: World, database: Database) -> None:
    if not database.embedded:
        return  # what it is made of is the same as for the Word document
    for paper, where in addresses(taken, world).items():
        told = pdf_text(taken.file(where, "pdf")).split()
        # A word that fits no line is broken in two, so where lines end says nothing.
        whole = "".join(told)
        missing = [
            line
            for line in lines_of(EVERYTHING)
            if not any("".join(each.split()) in whole for each in (line, named(line)))
        ]
        assert missing == [], paper
        assert paper == SHORT or told.count("word") >= 999


def named(line: str) -> str:
    """A line as a PDF has it whose fonts draw no pictographs."""
    whole = line.replace("\N{ZERO WIDTH JOINER}", "")
    return "".join(f"[{unicodedata.name(c).lower()}]" if category(c) == "So" else c for c in whole)


def test_the_answers_are_as_they_were_typed_and_no_formula(taken: Taken) -> None:
    typed = {*SIGNS, LONG, LINES}
    rows = list(csv.DictReader(file_of(taken.file("exports/answers", "csv"))))
    answers = {row["Answer"] for row in rows if row["Question id"] == "worked_well"}
    assert {neutral(words) for words in typed} <= answers & {row["Reason"] for row in rows}
    assert neutral(SIGNS[10]) in {row["Agency"] for row in rows}
    assert [c for row in rows for c in row.values() if c.lstrip()[:1] in STARTS] == []

    told = cells_of(taken.file("exports/answers", "xlsx"), {"s"})
    assert typed <= told


def cells_of(content: bytes, kinds: set[str]) -> set[object]:
    """What the cells of a workbook hold, of these kinds only, and in which nothing lives."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == kinds
    assert [cell for cell in cells if cell.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        told = {name: packed.read(name) for name in packed.namelist()}
    assert [n for n, part in told.items() if b"<f>" in part or b"yperlink>" in part] == []
    assert [n for n in told if "external" in n.lower() or "vba" in n.lower()] == []
    return {cell.value for cell in cells}


def test_the_actions_are_as_they_were_typed_and_no_formula(taken: Taken) -> None:
    wanted = {"show": "all"}
    answer = taken.lead.post("/wexcombe/exports/actions", {**wanted, "format": "csv"})
    rows = list(csv.DictReader(file_of(answer.content)))
    assert [row["How we will know"] for row in rows] == [EVERYTHING]
    assert [row["Round"] for row in rows] == [SIGNS[0]]
    assert [c for row in rows for c in row.values() if c.lstrip()[:1] in STARTS] == []

    answer = taken.lead.post("/wexcombe/exports/actions", {**wanted, "format": "xlsx"})
    typed = {EVERYTHING, EVERYTHING[:500], SIGNS[0], SIGNS[5]}
    assert typed <= cells_of(answer.content, {"s", "d"})


def test_the_codebook_holds_no_formula(taken: Taken) -> None:
    answer = taken.lead.get(f"{taken.scene.at}/exports/codebook")
    rows = list(csv.reader(file_of(answer.content)))
    assert len(rows) > 10
    assert [c for row in rows for c in row if c.lstrip()[:1] in STARTS] == []


def test_there_is_no_other_file() -> None:
    """A file that is not opened above would leave unread."""
    opened = {*PAPERS, "exports/answers", "exports/codebook", "exports/actions"}
    opened.add("documents/{document}/file")  # one of these papers, made a while before
    opened.add("assignments/{assignment}/files/{attachment}")  # as it came: see tests/attachments
    below = {route.partition("/{partnership}/")[2] for route in FILES}
    assert opened == {path.removeprefix("rounds/{round}/") for path in below}
