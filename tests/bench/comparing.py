"""P6: one case before the panel, 8 agencies by 150 questions, against fetching its cells."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pysqlite3.dbapi2 as sqlite
from sqlmodel import Session

from app.access import Actor, Held, Role
from app.comparisons.blindness import sight_of
from app.comparisons.grid import Links, Words, grid
from app.comparisons.looking import Looking
from app.comparisons.order import groups
from app.comparisons.queries import compare, find_subject
from app.db import Database
from app.db.readiness import migrate
from app.identity.sign_ins import start_sign_in
from app.library.commands import pin_version
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import AgencyKind
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.bench.asking import page
from tests.bench.large import varied
from tests.bench.measuring import Result, at_most, in_turn
from tests.bench.pages import long_tool
from tests.bench.statements import noted
from tests.factories import ident
from tests.world import World, build_world

AGENCIES, QUESTIONS, TIMES = 8, 150, 2
_CODED = "SELECT response_id, question_id, state, code FROM answer WHERE response_id IN ({})"
_WORDED = "SELECT response_id, question_id, part, text FROM answer_text WHERE response_id IN ({})"


@dataclass(frozen=True)
class Case:
    """A subject whose agencies have all sent, and the coordinator who looks at it."""

    round: int
    ref: str
    address: str
    responses: tuple[int, ...]
    coordinator: Actor
    cookie: str


def measure() -> Iterator[Result]:
    """Fetch the cells raw, make the table, and make the whole page."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/case.db"
        migrate(f"sqlite:///{path}")
        database = Database(f"sqlite:///{path}")
        statements = noted(database.reader)
        with database.writing() as session:
            world = build_world(session)
            case = _case(session, world, AGENCIES, QUESTIONS)
            small = _case(session, world, 2, 40)
        table = _table(database, case)
        assert table().count("<td") > AGENCIES * QUESTIONS
        cells, ours, whole = in_turn(
            _raw(path, case), table, page(database, case.address, case.cookie), times=TIMES
        )
        size = f"{AGENCIES} agencies x {QUESTIONS} questions"
        yield at_most("P6", f"comparison to HTML, {size} (CPU)", ours, cells, 2)
        yield at_most("P6", "the whole request: sign-in, guard, page around it", whole, cells, 2)
        yield _constant(database, case, small, statements)
        database.close()


def _case(session: Session, world: World, agencies: int, questions: int) -> Case:
    """Store a subject that so many agencies have answered, each a little differently."""
    tool = long_tool(questions)
    first = open_audit(session, world, Stage.MODERATION)
    first.round.tool_version_id = pin_version(session, tool)
    audit = Audit(first.round, first.strand, tool)
    about = subject(session, audit)
    responses = []
    for place, kind in enumerate(list(AgencyKind)[:agencies]):
        agency = make.agency(session, world.partnership, f"Agency {place}", kind)
        answers = varied(audit.question_set, kind, place)
        given = assign(session, about, agency, None)
        responses.append(ident(respond(session, audit, given, answers)))
    return Case(
        round=ident(audit.round),
        ref=about.ref,
        address=f"/wexcombe/rounds/{audit.round.ref}/subjects/{about.ref}/comparison",
        responses=tuple(responses),
        coordinator=Actor(
            person_id=ident(world.coordinator),
            partnership_id=ident(world.partnership),
            name=world.coordinator.name,
            held=(Held(Role.COORDINATOR),),
        ),
        cookie=start_sign_in(session, world.coordinator),
    )


def _raw(path: str, case: Case) -> Callable[[], object]:
    """Fetch every cell and every word of the case, and do nothing with them."""
    connection = sqlite.connect(path)
    marks = ", ".join("?" * len(case.responses))

    def fetch() -> object:
        coded = connection.execute(_CODED.format(marks), case.responses).fetchall()
        return coded, connection.execute(_WORDED.format(marks), case.responses).fetchall()

    return fetch


def _table(database: Database, case: Case) -> Callable[[], str]:
    """Read and lay the case, and join the table, as the route does."""
    known: Words = {}

    def make_table() -> str:
        with database.reading() as session:
            sight = sight_of(case.coordinator, session.get_one(Round, case.round))
            found = find_subject(session, sight, case.ref)
            assert found is not None
            comparison = compare(session, sight, found)
            grouped = groups(comparison, Looking())
            return str(grid(comparison, grouped, Links(case.address, may_agree=True), known))

    return make_table


def _constant(
    database: Database, case: Case, small: Case, statements: list[list[object]]
) -> Result:
    """Count the statements of a page of any size."""
    counts = []
    for each in (case, small):
        ask = page(database, each.address, each.cookie)
        ask()
        statements.clear()
        ask()
        counts.append(len(statements))
    many, few = counts
    job = "SQL statements of that page, and of one of 2 x 40"
    return Result("P6", job, str(many), str(few), many / few, "constant", many == few)
