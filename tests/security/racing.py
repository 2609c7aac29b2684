"""Letting two people act at once, with real commits, when both have read everything."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from threading import Barrier, BrokenBarrierError

import pytest
from sqlmodel import Session, col, select

from app.access import Actor, Held, NotAllowed, NotNow, Role
from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, find_subject
from app.db import Database
from app.db.readiness import migrate
from app.events.models import Event
from app.findings.commands import Wording
from app.findings.rules import FindingKind
from app.meetings.commands import BeforePanel
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import AgencyKind
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.conftest import DATABASES
from tests.factories import ident
from tests.responses.answering import complete
from tests.security.conftest import another_database
from tests.security.crawl import PROVING
from tests.security.furniture import QUESTION
from tests.world import World, build_world

AGAIN = 20 if PROVING else 2
BEHIND = 0.1
"""Seconds that who comes second waits, so that the first is done by then."""

Ready = Callable[[], None]
Act = Callable[[Session, Ready], None]
"""Reads what a page shows, says that it is ready, waits for the other, and then acts."""

NAMES = count(1)


@dataclass(frozen=True)
class Field:
    """A database of its own with Wexcombe in it, and one round to race in."""

    url: str
    world: World
    audit: Audit

    @property
    def embedded(self) -> bool:
        return self.url.startswith("sqlite")

    def new_round(self, stage: Stage) -> "Field":
        with opened(self.url) as database, database.writing() as session:
            return replace(self, audit=open_audit(session, self.world, stage))

    def actor(self, name: str) -> Actor:
        who, role, agency = {
            "coordinator": (self.world.coordinator, Role.COORDINATOR, None),
            "lead": (self.world.lead, Role.AUDITOR, self.world.social_care),
            "officer": (self.world.officer, Role.AUDITOR, self.world.police),
            "police_lead": (self.world.police_lead, Role.AGENCY_LEAD, self.world.police),
        }[name]
        leads = frozenset({ident(self.audit.round)}) if name == "lead" else frozenset[int]()
        held = (Held(role, ident(agency) if agency else None),)
        place = ident(self.world.partnership)
        return Actor(ident(who), place, who.name, held=held, leads=leads)

    def at_once(self, one: Act, other: Act, behind: int | None = None) -> list[str]:
        """Let two act; "done", or the words of a refusal, for each."""
        together = Barrier(2)

        def wait(which: int) -> None:
            try:
                together.wait(5)
            except BrokenBarrierError:
                raise AssertionError("the other never came") from None
            if which == behind:
                time.sleep(BEHIND)

        def act(which: int) -> str:
            with opened(self.url) as database:
                # SQLite's second writer cannot even read until the first is done.
                if self.embedded:
                    wait(which)
                try:
                    with database.writing() as session:
                        ready = (lambda: None) if self.embedded else (lambda: wait(which))
                        (one, other)[which](session, ready)
                except (NotAllowed, NotNow) as refusal:
                    return str(refusal)
                return "done"

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(act, (0, 1)))

    def events(self) -> list[str]:
        """What happened in this round, in order."""
        with opened(self.url) as database, database.reading() as session:
            query = select(Event.kind).where(Event.scope == self.audit.round.ref)
            return list(session.exec(query.order_by(col(Event.sequence))))

    def one(self, statement: str) -> object:
        with opened(self.url) as database, database.reading() as session:
            return session.connection().exec_driver_sql(statement).scalar_one()


class opened:  # noqa: N801 - read as a word in `with`
    def __init__(self, url: str) -> None:
        self.database = Database(url)

    def __enter__(self) -> Database:
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.close()


@pytest.fixture(scope="module", params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Field:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('races')}/own.db"
    else:
        server = request.getfixturevalue("postgresql_url")
        url = another_database(server, f"races_{next(NAMES)}")
    migrate(url)
    with opened(url) as database, database.writing() as session:
        world = build_world(session)
        audit = open_audit(session, world)
    return Field(url, world, audit)


def before_panel(session: Session, field: Field, ref: str) -> BeforePanel:
    within = session.get_one(Round, ident(field.audit.round))
    sight = sight_of(field.actor("lead"), within)
    found = find_subject(session, sight, ref)
    assert found
    comparison = compare(session, sight, found)
    row = comparison.row(QUESTION)
    assert row
    return BeforePanel(within, found.subject, comparison, row)


def compared(field: Field) -> str:
    with opened(field.url) as database, database.writing() as session:
        chosen = subject(session, field.audit)
        for agency, who in (
            (field.world.police, field.world.officer),
            (field.world.health, field.world.nurse),
        ):
            given = assign(session, chosen, agency, who)
            kind = AgencyKind(agency.kind)
            respond(session, field.audit, given, complete(field.audit.question_set, kind))
        return chosen.ref


def wording() -> Wording:
    return Wording(kind=next(iter(FindingKind)), title="A finding", words="What was learnt")
