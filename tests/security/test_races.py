"""Two people at once, on databases with real commits: one is obeyed, the other is told in words.

Both have read everything before either changes it. On SQLite, with its one writer, the second
reads only when the first is done; on PostgreSQL they truly overlap.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from threading import Barrier, BrokenBarrierError

import pytest
from sqlmodel import Session, col, select

from app.access import Action, Actor, Held, NotNow, Role, scope
from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, find_subject
from app.db import Database, now
from app.db.readiness import migrate
from app.events.models import Event
from app.findings.commands import Seen, Wording, agree_finding, write_finding
from app.findings.evidence import Pointer, pointed_at
from app.findings.queries import find_finding
from app.findings.rules import FindingKind
from app.identity.models import Partnership, Person
from app.meetings.commands import BeforePanel, agree_answer
from app.meetings.rules import Decision
from app.people.commands import record_departure, take_role
from app.people.memberships import memberships_of
from app.responses.commands import declare_complete, send_response
from app.responses.queries import find_work
from app.responses.rules import ResponseState
from app.retention.commands import place_hold, purge
from app.retention.forms import ConfirmedPurge, PlacedHold
from app.rounds.commands import move_round
from app.rounds.models import Round, RoundMove
from app.rounds.plans import Move
from app.rounds.retention import Kept
from app.rounds.rules import Stage
from app.samples.canonical import digest
from app.samples.drawing import draw_sample
from app.samples.forms import Confirmed
from app.samples.queries import Sampled, frame_of, referrals_of
from app.tools import AgencyKind
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.conftest import DATABASES
from tests.factories import ident
from tests.responses.answering import complete
from tests.samples.sampling import DESIGN, Sampling
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

_names = count(1)


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
        with _opened(self.url) as database, database.writing() as session:
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
            with _opened(self.url) as database:
                # SQLite's second writer cannot even read until the first is done.
                if self.embedded:
                    wait(which)
                try:
                    with database.writing() as session:
                        ready = (lambda: None) if self.embedded else (lambda: wait(which))
                        (one, other)[which](session, ready)
                except NotNow as refusal:
                    return str(refusal)
                return "done"

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(act, (0, 1)))

    def events(self) -> list[str]:
        """What happened in this round, in order."""
        with _opened(self.url) as database, database.reading() as session:
            query = select(Event.kind).where(Event.scope == self.audit.round.ref)
            return list(session.exec(query.order_by(col(Event.sequence))))

    def one(self, statement: str) -> object:
        with _opened(self.url) as database, database.reading() as session:
            return session.connection().exec_driver_sql(statement).scalar_one()


class _opened:  # noqa: N801 - read as a word in `with`
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
        url = another_database(server, f"races_{next(_names)}")
    migrate(url)
    with _opened(url) as database, database.writing() as session:
        world = build_world(session)
        audit = open_audit(session, world)
    return Field(url, world, audit)


# --- what there is to do, each as its route does it


@dataclass(frozen=True)
class Deed:
    """Something to be done, in a round made ready for it."""

    within: Field
    act: Act
    event: str
    to: Stage
    """The next stage, at which it is no longer allowed."""
    proof: str
    """Counts what it leaves behind."""


def _responded(field: Field, state: ResponseState) -> str:
    with _opened(field.url) as database, database.writing() as session:
        chosen = subject(session, field.audit)
        given = assign(session, chosen, field.world.police, field.world.officer)
        answers = complete(field.audit.question_set, AgencyKind.POLICE)
        made = respond(session, field.audit, given, answers, state)
        made.declared_by = ident(field.world.officer)
        session.add(made)
        return given.ref


def _response(assignment: str, state: str) -> str:
    given = f"SELECT id FROM assignment WHERE ref = '{assignment}'"
    return f"SELECT id FROM response WHERE assignment_id = ({given}) AND state = '{state}'"


def sign_off(field: Field) -> Deed:
    field = field.new_round(Stage.OPEN)
    ref, actor = _responded(field, ResponseState.WITH_AGENCY_LEAD), field.actor("police_lead")

    def act(session: Session, ready: Ready) -> None:
        within = scope(actor, Action.RESPONSE_SIGN_OFF)
        work = find_work(session, within, {"assignment": ref})
        assert work
        ready()
        send_response(session, actor, work, work.version)

    found = _response(ref, "sent")
    proof = f"SELECT count(*) FROM sent_version v JOIN ({found}) r ON r.id = v.response_id"
    return Deed(field, act, "response.sent", Stage.RETURNS_CLOSED, proof)


def declare(field: Field) -> Deed:
    field = field.new_round(Stage.OPEN)
    ref, actor = _responded(field, ResponseState.DRAFT), field.actor("officer")

    def act(session: Session, ready: Ready) -> None:
        work = find_work(session, scope(actor, Action.RESPONSE_ANSWER), {"assignment": ref})
        assert work
        ready()
        declare_complete(session, actor, work, work.version)

    proof = f"SELECT count(*) FROM ({_response(ref, 'with_agency_lead')}) r"
    return Deed(field, act, "response.declared", Stage.RETURNS_CLOSED, proof)


def draw(field: Field) -> Deed:
    field = field.new_round(Stage.SAMPLING)
    with _opened(field.url) as database:
        sampling = Sampling(database, None, field.world, field.audit)  # type: ignore[arg-type]
        sampling.imported()
    actor, strand = field.actor("coordinator"), ident(field.audit.strand)

    def act(session: Session, ready: Ready) -> None:
        round_ = session.get_one(Round, ident(field.audit.round))
        sampled = Sampled(round_, session.get_one(type(field.audit.strand), strand))
        frame = frame_of(session, strand)
        assert frame
        given = {**DESIGN, "digest": digest(referrals_of(session, frame))}
        ready()
        draw_sample(session, actor, sampled, Confirmed.model_validate(given), seed_made=False)

    proof = f"SELECT count(*) FROM draw WHERE strand_id = {strand}"
    return Deed(field, act, "sample.drawn", Stage.OPEN, proof)


def _before_panel(session: Session, field: Field, ref: str) -> BeforePanel:
    within = session.get_one(Round, ident(field.audit.round))
    sight = sight_of(field.actor("lead"), within)
    found = find_subject(session, sight, ref)
    assert found
    comparison = compare(session, sight, found)
    row = comparison.row(QUESTION)
    assert row
    return BeforePanel(within, found.subject, comparison, row)


def _compared(field: Field) -> str:
    with _opened(field.url) as database, database.writing() as session:
        chosen = subject(session, field.audit)
        for agency, who in (
            (field.world.police, field.world.officer),
            (field.world.health, field.world.nurse),
        ):
            given = assign(session, chosen, agency, who)
            kind = AgencyKind(agency.kind)
            respond(session, field.audit, given, complete(field.audit.question_set, kind))
        return chosen.ref


def agree(field: Field) -> Deed:
    field = field.new_round(Stage.MODERATION)
    ref, actor = _compared(field), field.actor("lead")

    def act(session: Session, ready: Ready) -> None:
        before = _before_panel(session, field, ref)
        ready()
        agree_answer(session, actor, before, Decision(None, "Both views stand"), 0)

    chosen = f"SELECT id FROM subject WHERE ref = '{ref}'"
    proof = f"SELECT count(*) FROM agreed_answer WHERE subject_id = ({chosen})"
    return Deed(field, act, "answer.agreed", Stage.FINDINGS_AGREED, proof)


def _wording() -> Wording:
    return Wording(kind=next(iter(FindingKind)), title="A finding", words="What was learnt")


def settle(field: Field) -> Deed:
    field = field.new_round(Stage.MODERATION)
    subject_ref, actor = _compared(field), field.actor("lead")
    with _opened(field.url) as database, database.writing() as session:
        round_ = session.get_one(Round, ident(field.audit.round))
        rests_on = pointed_at(session, actor, round_, Pointer(subject_ref, question=QUESTION))
        ref = write_finding(session, actor, round_, _wording(), rests_on).ref
    refs = {"finding": ref, "round": field.audit.round.ref}

    def act(session: Session, ready: Ready) -> None:
        found = find_finding(session, scope(actor, Action.FINDING_WRITE), refs)
        assert found
        seen = Seen(version=found.finding.version)
        ready()
        agree_finding(session, actor, found, seen)

    proof = f"SELECT count(*) FROM finding WHERE ref = '{ref}' AND state = 'agreed' AND version = 2"
    return Deed(field, act, "finding.agreed", Stage.FINDINGS_AGREED, proof)


def write(field: Field) -> Deed:
    field = field.new_round(Stage.MODERATION)
    actor, key = field.actor("lead"), ident(field.audit.round)

    def act(session: Session, ready: Ready) -> None:
        round_ = session.get_one(Round, key)
        ready()
        write_finding(session, actor, round_, _wording(), None)

    proof = f"SELECT count(*) FROM finding WHERE round_id = {key}"
    return Deed(field, act, "finding.written", Stage.FINDINGS_AGREED, proof)


def moving(field: Field, to: Stage) -> Act:
    actor = field.actor("coordinator")

    def act(session: Session, ready: Ready) -> None:
        round_ = session.get_one(Round, ident(field.audit.round))
        given = Move(version=round_.version, to=to, reason="")
        ready()
        move_round(session, actor, round_, given)

    return act


ONCE = (sign_off, declare, draw, agree, settle)


@pytest.mark.parametrize("make", ONCE)
def test_of_two_who_do_the_same_one_succeeds(place: Field, make: Callable[[Field], Deed]) -> None:
    for _ in range(AGAIN):
        deed = make(place)
        told = deed.within.at_once(deed.act, deed.act)
        assert Counter(words == "done" for words in told) == {True: 1, False: 1}, told
        assert all(words == "done" or words.endswith(".") for words in told)
        assert Counter(deed.within.events())[deed.event] == 1
        assert deed.within.one(deed.proof) == 1


@pytest.mark.parametrize("behind", [None, 0, 1])
@pytest.mark.parametrize("make", [sign_off, declare, agree, settle, write])
def test_a_change_and_a_move_of_its_round_never_cross(
    place: Field, make: Callable[[Field], Deed], behind: int | None
) -> None:
    """The change is stored before the round moves, or refused because it has moved."""
    for _ in range(AGAIN):
        deed = make(place)
        changed, moved = deed.within.at_once(deed.act, moving(deed.within, deed.to), behind)
        happened = deed.within.events()
        assert moved == "done", moved
        assert happened[-1] == "round.moved"
        if behind is not None:
            assert (changed == "done") == (behind == 1)
        assert (deed.event in happened) == (changed == "done") == (deed.within.one(deed.proof) == 1)
        assert changed == "done" or changed.startswith("The round is at “")


@pytest.mark.parametrize("behind", [0, 1])
def test_a_hold_and_a_purge_at_once_are_decided(place: Field, behind: int) -> None:
    """Whichever is first is obeyed: held data is never gone, and what is gone was not held."""
    for _ in range(AGAIN):
        field = place.new_round(Stage.CLOSED)
        actor, key = field.actor("coordinator"), ident(field.audit.round)
        _close(field, actor)

        def purges(session: Session, ready: Ready, key: int = key, actor: Actor = actor) -> None:
            seen = session.get_one(Round, key)
            given = ConfirmedPurge(kinds=list(Kept), title=seen.title)
            ready()
            purge(session, actor, seen, given)

        def holds(session: Session, ready: Ready, key: int = key, actor: Actor = actor) -> None:
            seen = session.get_one(Round, key)
            ready()
            place_hold(session, actor, seen, PlacedHold(reason="An inquest"))

        told = field.at_once(purges, holds, behind)
        done = [each == "done" for each in told]

        assert sorted(done) == [False, True], told
        happened = set(field.events()) & {"round.purged", "hold.placed"}
        assert happened == {"round.purged" if done[0] else "hold.placed"}


def _close(field: Field, actor: Actor) -> None:
    with _opened(field.url) as database, database.writing() as session:
        session.add(
            RoundMove(
                round_id=ident(field.audit.round),
                came_from=Stage.IMPACT_REVIEWED,
                went_to=Stage.CLOSED,
                at=now(session) - timedelta(days=3000),
                person_id=actor.person_id,
            )
        )


# --- the last who can let anybody in


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.COORDINATOR])
@pytest.mark.parametrize("how", ["leaves", "loses the role"])
def test_the_last_two_of_a_role_do_not_remove_each_other(
    place: Field, role: Role, how: str
) -> None:
    for _ in range(AGAIN):
        with _opened(place.url) as database, database.writing() as session:
            of = make.partnership(session, f"race-{next(_names)}")
            two = [make.person(session, of, role), make.person(session, of, role)]
            for who in two:
                make.membership(session, who, of, Role.SCRUTINEER)

        answers = place.at_once(
            _removing(of, role, two[0], two[1], how),
            _removing(of, role, two[1], two[0], how),
        )

        word = role.words.lower()
        refused = f"Nobody else who has joined is a {word}. Make somebody else {word} first."
        assert sorted(answers) == sorted(["done", refused])
        left = "SELECT count(*) FROM membership WHERE partnership_id = {} AND role = '{}'"
        assert place.one(left.format(ident(of), role)) == 1


def _removing(of: Partnership, role: Role, by: Person, whom: Person, how: str) -> Act:
    actor = Actor(ident(by), ident(of), by.name, held=(Held(role), Held(Role.SCRUTINEER)))

    def act(session: Session, ready: Ready) -> None:
        person = session.get_one(Person, ident(whom))
        held = [m for m in memberships_of(session, person, ident(of)) if m.role == role]
        ready()
        if how == "leaves":
            record_departure(session, actor, person)
        else:
            take_role(session, actor, person, held[0])

    return act
