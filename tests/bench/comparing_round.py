"""P5: every comparison of a round, 60 cases by 6 agencies by 60 questions."""

import tempfile
from collections.abc import Callable, Iterator

import pysqlite3.dbapi2 as sqlite

from app.comparisons.standing import WHAT_DIFFERS
from app.db import Database
from app.db.readiness import migrate
from app.tools import AgencyKind
from tests.bench.asking import page
from tests.bench.large import Large, agencies_of, large_round
from tests.bench.measuring import Result, at_most, in_turn
from tests.bench.pages import long_tool
from tests.factories import ident
from tests.world import build_world

CASES, AGENCIES, QUESTIONS = 60, 6, 60

# The cells of a round, as somebody would fetch them who knew its strand.
_CELLS = (
    "SELECT answer.response_id, answer.question_id, answer.state, answer.code FROM answer "
    "JOIN response ON response.id = answer.response_id "
    "JOIN assignment ON assignment.id = response.assignment_id "
    "JOIN subject ON subject.id = assignment.subject_id WHERE subject.strand_id = ?"
)


def measure() -> Iterator[Result]:
    """Ask for the queue before the panel, which lays every cell of the round side by side."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/round.db"
        migrate(f"sqlite:///{path}")
        database = Database(f"sqlite:///{path}")
        with database.writing() as session:
            world = build_world(session)
            agencies = agencies_of(session, world, list(AgencyKind)[:AGENCIES])
            large = large_round(session, world, long_tool(QUESTIONS), CASES, agencies)
        raw = _raw(path, large)
        assert len(raw()) == large.cells == CASES * AGENCIES * QUESTIONS
        ask = page(database, f"{large.address}/comparisons", large.cookie)

        def ask_first() -> None:
            for key in [key for key in database.cache if WHAT_DIFFERS in str(key)]:
                del database.cache[key]
            ask()

        first, again, cells = in_turn(ask_first, ask, raw)
        print(
            "     no page shows every cell of a round. The queue before the panel compares all of"
        )
        print(
            "     them, to say of each case how many differ; its table has 50 rows. A process does"
        )
        print("     so once, and after that for what was sent since")
        job = f"the queue of a round of {large.cells:,} cells, against fetching them (CPU)"
        yield at_most("P5", job, again, cells, 1.5)
        yield at_most(
            "P5", "the same, at the first look since the process began", first, cells, 1.5
        )
        database.close()


def _raw(path: str, large: Large) -> Callable[[], list[object]]:
    connection = sqlite.connect(path)
    strand = ident(large.audit.strand)

    def fetch() -> list[object]:
        found: list[object] = connection.execute(_CELLS, (strand,)).fetchall()
        return found

    return fetch
