"""Two people at once, on databases with real commits: one is obeyed, the other is told in words.

Both have read everything before either changes it. On SQLite, with its one writer, the second
reads only when the first is done; on PostgreSQL they truly overlap.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.access import Action, Actor, Held, NotNow, Role, scope
from app.assignments.models import Assignment
from app.attachments.checking import Checked
from app.attachments.commands import attach
from app.db import now
from app.findings.commands import Seen, agree_finding, write_finding
from app.findings.evidence import Pointer, pointed_at
from app.findings.queries import find_finding
from app.identity.models import Partnership, Person
from app.meetings.commands import agree_answer
from app.meetings.rules import Decision
from app.people.commands import record_departure, take_role
from app.people.memberships import memberships_of
from app.responses.beginning import TAKEN_BACK
from app.responses.commands import declare_complete, send_response
from app.responses.forms import NilDeclared
from app.responses.nil_commands import declare_not_known
from app.responses.queries import Answering, Work, find_answering, find_work
from app.responses.rules import ResponseState
from app.responses.saving import Save, save_answers
from app.responses.withdrawals import withdraw
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
from tests.audit import assign, respond, subject
from tests.factories import ident
from tests.responses.answering import complete
from tests.samples.sampling import DESIGN, Sampling
from tests.security.furniture import QUESTION
from tests.security.racing import (
    AGAIN,
    BEHIND,
    NAMES,
    Act,
    Field,
    Ready,
    before_panel,
    compared,
    opened,
    wording,
)
from tests.security.racing import place as place  # noqa: PLC0414 - a fixture

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
    with opened(field.url) as database, database.writing() as session:
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
    with opened(field.url) as database:
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


def agree(field: Field) -> Deed:
    field = field.new_round(Stage.MODERATION)
    ref, actor = compared(field), field.actor("lead")

    def act(session: Session, ready: Ready) -> None:
        before = before_panel(session, field, ref)
        ready()
        reason = f"Both views stand: {next(NAMES)}"  # the same twice would be one decision
        agree_answer(session, actor, before, Decision(None, reason), 0)

    chosen = f"SELECT id FROM subject WHERE ref = '{ref}'"
    proof = f"SELECT count(*) FROM agreed_answer WHERE subject_id = ({chosen})"
    return Deed(field, act, "answer.agreed", Stage.FINDINGS_AGREED, proof)


def settle(field: Field) -> Deed:
    field = field.new_round(Stage.MODERATION)
    subject_ref, actor = compared(field), field.actor("lead")
    with opened(field.url) as database, database.writing() as session:
        round_ = session.get_one(Round, ident(field.audit.round))
        rests_on = pointed_at(session, actor, round_, Pointer(subject_ref, question=QUESTION))
        ref = write_finding(session, actor, round_, wording(), rests_on).ref
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
        write_finding(session, actor, round_, wording(), None)

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


Begin = Callable[[Session, Actor, Answering, Work], object]


def _saves(session: Session, who: Actor, answering: Answering, _: Work) -> object:
    posted = {"asked": ["age_band"], "age_band": ["under_1"]}
    return save_answers(session, who, answering, Save("p", 1, 0, posted))


def _says_not_known(session: Session, who: Actor, _: Answering, work: Work) -> object:
    return declare_not_known(session, who, work, NilDeclared(version=0, searched="All"))


def _attaches(session: Session, who: Actor, _: Answering, work: Work) -> object:
    return attach(session, who, work, "worked_well", Checked("A.txt", "txt", b"x", ()))


def _given(field: Field, *, looked_at: bool) -> Assignment:
    with opened(field.url) as database, database.writing() as session:
        about = subject(session, field.audit)
        given = assign(session, about, field.world.police, field.world.officer)
        if looked_at:
            respond(session, field.audit, given, {}, ResponseState.DRAFT).version = 0
        return given


def _beginning(field: Field, ref: str, begin: Begin, after: float) -> Act:
    actor = field.actor("officer")

    def act(session: Session, ready: Ready) -> None:
        within, refs = scope(actor, Action.RESPONSE_ANSWER), {"assignment": ref}
        answering, work = find_answering(session, within, refs), find_work(session, within, refs)
        ready()
        if answering is None or work is None:  # SQLite reads when the other is done
            raise NotNow(TAKEN_BACK)
        begin(session, actor, answering, work)
        time.sleep(after)  # not stored yet, so that the other comes meanwhile

    return act


def _taking_back(field: Field, ref: str, after: float) -> Act:
    actor, key = field.actor("coordinator"), ident(field.audit.round)

    def act(session: Session, ready: Ready) -> None:
        round_ = session.get_one(Round, key)
        ready()
        withdraw(session, actor, round_, [ref])
        time.sleep(after)

    return act


@pytest.mark.parametrize("behind", [0, 1])
@pytest.mark.parametrize("looked_at", [False, True])
@pytest.mark.parametrize("begin", [_saves, _says_not_known, _attaches])
def test_what_is_begun_while_its_assignment_is_taken_back_stays_or_is_refused_in_words(
    place: Field, begin: Begin, *, looked_at: bool, behind: int
) -> None:
    """Whoever began it is told in words that it is gone, or keeps it; nothing shown is lost."""
    field = place.new_round(Stage.OPEN)
    given = _given(field, looked_at=looked_at)
    after = 2 * BEHIND
    begins = _beginning(field, given.ref, begin, after if behind == 1 else 0)
    takes_back = _taking_back(field, given.ref, after if behind == 0 else 0)

    begun, taken_back = field.at_once(begins, takes_back, behind)

    assert taken_back == "done"
    assert begun == "done" if behind == 1 else begun.endswith(".")
    left = f"SELECT count(*) FROM assignment WHERE id = {ident(given)}"
    assert field.one(left) == behind
    left = f"SELECT count(*) FROM response WHERE assignment_id = {ident(given)}"
    assert field.one(left) == behind


def test_one_decision_sent_twice_at_once_is_recorded_once(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.MODERATION)
        ref, actor = compared(field), field.actor("lead")

        def act(
            session: Session, ready: Ready, field: Field = field, ref: str = ref, who: Actor = actor
        ) -> None:
            before = before_panel(session, field, ref)
            ready()
            agree_answer(session, who, before, Decision(None, "Both views stand"), 0)

        assert field.at_once(act, act) == ["done", "done"]
        assert Counter(field.events())["answer.agreed"] == 1


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
    with opened(field.url) as database, database.writing() as session:
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
        with opened(place.url) as database, database.writing() as session:
            of = make.partnership(session, f"race-{next(NAMES)}")
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
