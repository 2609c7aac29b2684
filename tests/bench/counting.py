"""P7: the results of a round of 500 organisations, with a million answers stored."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pysqlite3.dbapi2 as sqlite

from app.comparisons.blindness import Sight
from app.comparisons.queries import sheet_for
from app.db import Database
from app.db.readiness import migrate
from app.findings.results import Result as Shown
from app.findings.results import results
from app.findings.tallies import tallies_of
from app.responses.tallies import rebuild
from app.rounds.models import Round, Strand
from app.tools import AgencyKind
from tests.bench.asking import page
from tests.bench.large import Large, agencies_of, large_round
from tests.bench.measuring import Result, at_most, in_turn
from tests.bench.pages import long_tool
from tests.factories import ident
from tests.world import build_world

ORGANISATIONS, QUESTIONS = 500, 150
MANY, FEW = 1_000_000, 150_000
TIMES = 3

_COUNTED = (
    "SELECT answer.question_id, answer.state, answer.code, count(*) FROM answer "
    "JOIN response ON response.id = answer.response_id "
    "JOIN assignment ON assignment.id = response.assignment_id "
    "JOIN subject ON subject.id = assignment.subject_id "
    "WHERE subject.strand_id = ? AND subject.state = 'chosen' AND response.state = 'sent' "
    "GROUP BY answer.question_id, answer.state, answer.code"
)


def measure(*, full: bool) -> Iterator[Result]:
    """Read a round's results from its tallies, and count them by SQL."""
    wanted = MANY if full else FEW
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/county.db"
        migrate(f"sqlite:///{path}")
        database = Database(f"sqlite:///{path}")
        stored, rounds = 0, []
        with database.writing() as session:
            world = build_world(session)
            kinds = [AgencyKind.SCHOOL] * ORGANISATIONS
            agencies = agencies_of(session, world, kinds)
            tool = long_tool(QUESTIONS)
            while stored < wanted:
                rounds.append(large_round(session, world, tool, 1, agencies))
                rebuild(session, rounds[-1].audit.strand)
                stored += rounds[-1].cells
        large = rounds[len(rounds) // 2]
        grouped = _grouped(path, large)
        read = _read(database, large)
        assert sum(int(count) for *_, count in grouped()) == sum(each.asked for each in read())
        whole = page(database, f"{large.address}/results", large.cookie)
        ours, by_sql, html = in_turn(read, grouped, whole, times=TIMES)
        size = f"{ORGANISATIONS} x {QUESTIONS}, {stored:,} answers stored"
        yield at_most("P7", f"results from tallies, {size} (CPU)", ours, by_sql, 0.05)
        job = "the whole page of them: sign-in, guard, agencies, HTML"
        yield replace(at_most("P7", job, html, by_sql, 0), goal="reported", met=True)
        database.close()


def _grouped(path: str, large: Large) -> Callable[[], list[tuple[int, ...]]]:
    connection = sqlite.connect(path)
    strand = ident(large.audit.strand)

    def count() -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = connection.execute(_COUNTED, (strand,)).fetchall()
        return found

    return count


def _read(database: Database, large: Large) -> Callable[[], list[Shown]]:
    """Do what the page of results does before it is HTML."""

    def read() -> list[Shown]:
        with database.reading() as session:
            strand = session.get_one(Strand, ident(large.audit.strand))
            sight = Sight(
                session.get_one(Round, ident(large.audit.round)),
                everything=True,
                agencies=frozenset(),
            )
            tallied = tallies_of(session, strand, None, "")
            return results(sheet_for(session, sight, strand), tallied, "", "")

    return read
