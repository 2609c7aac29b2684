"""P14: what a coded answer costs on the disk, and what is kept of each change beside it."""

import tempfile
from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlmodel import Session

from app.assignments.models import Assignment
from app.db import Database, new_reference, now
from app.db.clock import system_clock
from app.db.prepared import Prepared, Values
from app.db.readiness import migrate
from app.library.numbers import numbers_of
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.responses.saving_statements import KEEP_CHANGE, PUT_ANSWER
from tests.audit import open_audit, subject
from tests.bench.measuring import Result
from tests.factories import ident
from tests.world import build_world

ANSWERS, AT_ONCE = 100_000, 40
"""How many answers, and how many responses are being answered at the same time."""

_SIZE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")


def measure() -> Iterator[Result]:
    """Store the answers as saves do, and weigh the tables with their indexes."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/storage.db"
        migrate(url)
        database = Database(url)
        with database.writing() as session:
            world = build_world(session)
            audit = open_audit(session, world)
            questions = sorted(numbers_of(session, audit.tool).number.values())[:100]
            responses = []
            for number in range(ANSWERS // len(questions)):
                given = Assignment(
                    subject_id=ident(subject(session, audit, f"R-{number}", number)),
                    agency_id=ident(world.police),
                    given_at=now(session),
                )
                session.add(given)
                session.flush()
                responses.append(_begun(session, given))
        rows = list(_saved(responses, questions, ident(world.officer)))
        answer = _weigh(database, PUT_ANSWER, [{**r, "state": 1} for r in rows])
        change = _weigh(database, KEEP_CHANGE, [{**r, "state": 0, "code": None} for r in rows])
        database.close()
    yield Result(
        "P14",
        f"bytes of a coded answer, {ANSWERS:,} stored, indexes included",
        f"{answer:.1f} B",
        "",
        answer,
        "<= 40",
        answer <= 40,
    )
    yield Result(
        "P14",
        "bytes of a change kept in answer_change, without words",
        f"{change:.1f} B",
        "",
        change,
        "reported",
        met=True,
    )


def _begun(session: Session, given: Assignment) -> int:
    made = Response(assignment_id=ident(given), state=ResponseState.DRAFT)
    session.add(made)
    session.flush()
    return ident(made)


def _saved(
    responses: Sequence[int], questions: Sequence[int], person: int
) -> Iterator[dict[str, object]]:
    """Answer question after question, in many responses at once."""
    pages, at = {response: new_reference() for response in responses}, system_clock()
    for start in range(0, len(responses), AT_ONCE):
        for version, question in enumerate(questions, 1):
            for response in responses[start : start + AT_ONCE]:
                yield {
                    "response": response,
                    "question": question,
                    "version": version,
                    "code": version % 5 + 1,
                    "page": pages[response],
                    "person": person,
                    "at": at,
                    "texts": "",
                }


def _weigh(database: Database, statement: Prepared, rows: Sequence[Values]) -> float:
    """Return by how many bytes a row makes the file grow, which holds pages in use alone."""
    with database.writing() as session:
        connection = session.connection()
        before: int = connection.execute(_SIZE).scalar_one()
        statement.run_each(connection, rows)
        after: int = connection.execute(_SIZE).scalar_one()
    return (after - before) / len(rows)
