"""P10 and P11: every answer of a round as a CSV file and as a workbook, a part at a time."""

import asyncio
import csv
import io
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from dataclasses import dataclass

import pysqlite3.dbapi2 as sqlite
import xlsxwriter

from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, subjects_in_sight
from app.db import Database
from app.db.readiness import migrate
from app.exports.answers import HEAD, AnswerRows, answers_file
from app.exports.answers_book import alone, answers_book, together
from app.exports.codebook import codebook
from app.rounds.models import Round
from app.tools import AgencyKind
from tests.bench.large import Large, agencies_of, large_round
from tests.bench.measuring import Result, at_most, in_turn
from tests.bench.pages import long_tool
from tests.bench.start import anonymous_megabytes
from tests.factories import ident
from tests.world import build_world

AGENCIES, QUESTIONS = 8, 150
MANY = {"P10": 1_000_000, "P11": 100_000}
FEW = {"P10": 60_000, "P11": 12_000}
FLAT = 8
"""Megabytes by which memory may grow after the first tenth: a page or two of either file."""

_ROWS = (
    "SELECT subject.label, subject.stratum, agency.name, question.key, answer.state, answer.code, "
    "said.text, reason.text FROM answer "
    "JOIN question ON question.id = answer.question_id "
    "JOIN response ON response.id = answer.response_id "
    "JOIN assignment ON assignment.id = response.assignment_id "
    "JOIN subject ON subject.id = assignment.subject_id "
    "JOIN agency ON agency.id = assignment.agency_id "
    "LEFT JOIN answer_text AS said ON said.response_id = answer.response_id "
    "AND said.question_id = answer.question_id AND said.part = 1 "
    "LEFT JOIN answer_text AS reason ON reason.response_id = answer.response_id "
    "AND reason.question_id = answer.question_id AND reason.part = 3 "
    "WHERE subject.strand_id = ?"
)


@dataclass(frozen=True)
class Leaving:
    """A round stored for one benchmark."""

    path: str
    database: Database
    large: Large


def measure(wanted: Collection[str], *, full: bool) -> Iterator[Result]:
    """Give every answer of a round as the product does, and as its library alone would."""
    for id_, measured in (("P10", _as_csv), ("P11", _as_workbook)):
        if id_ in wanted:
            with tempfile.TemporaryDirectory() as folder:
                leaving = _stored(f"{folder}/leaving.db", (MANY if full else FEW)[id_])
                yield from measured(leaving)
                leaving.database.close()


def _stored(path: str, answers: int) -> Leaving:
    migrate(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        world = build_world(session)
        agencies = agencies_of(session, world, list(AgencyKind)[:AGENCIES])
        cases = -(-answers // (AGENCIES * QUESTIONS))
        large = large_round(session, world, long_tool(QUESTIONS), cases, agencies)
    return Leaving(path, database, large)


def _as_csv(leaving: Leaving) -> Iterator[Result]:
    connection = sqlite.connect(leaving.path)
    strand = ident(leaving.large.audit.strand)

    def raw() -> int:
        size, held = 0, io.StringIO()
        writer = csv.writer(held)
        cursor = connection.execute(_ROWS, (strand,))
        while rows := cursor.fetchmany(1000):
            writer.writerows(rows)
            size += len(held.getvalue().encode())
            held.seek(0)
            held.truncate()
        return size

    ours, theirs = in_turn(lambda: _taken(_csv(leaving)), raw)
    job = f"CSV of {leaving.large.cells:,} answers, against csv.writer over the cursor (CPU)"
    yield at_most("P10", job, ours, theirs, 1.5)
    yield _flat("P10", "CSV", lambda: _csv(leaving))


def _as_workbook(leaving: Leaving) -> Iterator[Result]:
    with leaving.database.reading() as session:
        sight = sight_of(leaving.large.coordinator, _round(session, leaving))
        found = subjects_in_sight(session, sight)
        answers = AnswerRows(alone, together)
        cells = [row for each in found for row in answers.of(each, compare(session, sight, each))]

    def library() -> None:
        with tempfile.TemporaryFile() as made:
            book = xlsxwriter.Workbook(made, {"constant_memory": True})
            sheet = book.add_worksheet("Answers")
            for number, row in enumerate([HEAD, *cells]):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell)
            book.close()

    ours, theirs = in_turn(lambda: _taken(_workbook(leaving)), library)
    job = f"XLSX of {len(cells):,} answers, against XlsxWriter given the cells (CPU)"
    yield at_most("P11", job, ours, theirs, 1.2)
    yield _flat("P11", "XLSX", lambda: _workbook(leaving))


def _csv(leaving: Leaving) -> AsyncIterator[bytes]:
    with leaving.database.reading() as session:
        sight = sight_of(leaving.large.coordinator, _round(session, leaving))
        found = subjects_in_sight(session, sight)
    return answers_file(leaving.database, sight, found)


def _workbook(leaving: Leaving) -> AsyncIterator[bytes]:
    with leaving.database.reading() as session:
        about = _round(session, leaving)
        sight = sight_of(leaving.large.coordinator, about)
        found, questions = subjects_in_sight(session, sight), codebook(session, about)
    return answers_book(leaving.database, sight, found, questions, ("Measured",))


def _round(session: object, leaving: Leaving) -> Round:
    found: Round = session.get_one(Round, ident(leaving.large.audit.round))  # type: ignore[attr-defined]
    return found


def _taken(parts: AsyncIterator[bytes]) -> int:
    """Take a whole file, keeping nothing of it; return its size."""

    async def take() -> int:
        return sum([len(part) async for part in parts])

    return asyncio.run(take())


def _flat(id_: str, kind: str, begin: Callable[[], AsyncIterator[bytes]]) -> Result:
    """Take the file once more, watching by how much memory grows after its first tenth."""
    whole = _taken(begin())

    async def watch() -> tuple[float, float]:
        size, early, most = 0, 0.0, 0.0
        async for part in begin():
            size += len(part)
            held = anonymous_megabytes(os.getpid())
            if size <= whole / 10 or not early:
                early = max(early, held)
            most = max(most, held)
        return early, most

    early, most = asyncio.run(watch())
    grown = most - early
    return Result(
        id_,
        f"memory while the {kind} leaves: at its highest, and by its first tenth",
        f"{most:.0f} MB",
        f"{early:.0f} MB",
        most / early,
        f"+{FLAT} MB",
        grown <= FLAT,
    )
