"""A panel of the demo: what it decided in its meetings, and the stages its round came to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from app.access import Actor
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.queries import compare, subjects_in_sight
from app.comparisons.rules import IN_WORDS, Verdict, judged_by, majority, value_of
from app.comparisons.side_by_side import Comparison, Row
from app.db import Database
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.people import Cast
from app.meetings.alike import Chosen, said_alike
from app.meetings.commands import (
    BeforePanel,
    CaseBefore,
    agree_answer,
    agree_same,
    judge,
    note_learning,
)
from app.meetings.decisions import Judged, Learning
from app.meetings.room import Room, Seen, begin, end
from app.meetings.rules import Decision
from app.rounds.commands import move_round
from app.rounds.models import Round
from app.rounds.plans import Move
from app.rounds.rules import Stage
from app.rounds.taking_part import party_of
from app.tools import Answer, Level, State

WAITS = "Health bring the duty diary to the next meeting."
NOTED = "Write the time of the call into the log while the call lasts."
JUDGED = "Read together, the entries show what was done that day and what was left until later."
WHY = "The panel read the entries together and went with what they show on the day."
BOTH = "Each agency read its own file rightly: one was told by telephone, and it is not written up."
FEW = "One agency held the entry that the others had not seen, and it shows this."
SAID_INSTEAD = "Our entry of the same day says otherwise, and it was made first."
AGAINST_MOST = 2
"""The place among a case's differences where the panel goes against what most agencies said."""


@dataclass(frozen=True)
class Sittings:
    """The meetings of a round's panel, in days ago, with the places in the sample it came to."""

    closed: int
    """When the returns were closed; moderation began the day after."""
    meetings: tuple[tuple[int, range], ...]
    half: int
    """The place that the last meeting left half done; after the last one when there is none."""
    goes_on: bool = False
    """Whether the last meeting has not been ended."""


def moderate(
    database: Database, clock: DemoClock, cast: Cast, round_ref: str, panel: Sittings
) -> None:
    """Close the returns, open moderation, and decide what the panel has decided so far."""
    for days, stage in ((panel.closed, Stage.RETURNS_CLOSED), (panel.closed - 1, Stage.MODERATION)):
        clock.days_ago(days)
        _move(database, cast, round_ref, stage)
    for days, places in panel.meetings:
        clock.days_ago(days)
        with database.writing() as session:
            lead = acting(session, cast, cast.others["lead"])
            within = round_of(session, round_ref)
            meeting = begin(session, lead, within, _everybody(session, within))
            _meet(session, lead, sight_of(lead, within), places, panel.half)
            if days != panel.meetings[-1][0] or not panel.goes_on:
                end(session, lead, within, meeting, Seen(version=meeting.version))


def _move(database: Database, cast: Cast, round_ref: str, stage: Stage) -> None:
    with database.writing() as session:
        found = round_of(session, round_ref)
        coordinator = acting(session, cast, cast.others["coordinator"])
        move_round(session, coordinator, found, Move(version=found.version, to=stage))


def conclude(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    round_ref: str,
    days: Sequence[int],
    since: Stage = Stage.FINDINGS_AGREED,
) -> None:
    """Take a round on to one stage after another, beginning with this one, so many days ago."""
    after = tuple(Stage)[tuple(Stage).index(since) :]
    for ago, stage in zip(days, after, strict=False):
        clock.days_ago(ago)
        _move(database, cast, round_ref, stage)


def _everybody(session: Session, within: Round) -> Room:
    party = party_of(session, within)
    present = [who.ref for who in (party.lead, *party.panel) if who is not None]
    return Room(present=present, others="Minute taker, business unit")


def _meet(session: Session, lead: Actor, sight: Sight, places: range, half: int) -> None:
    """Decide what differs on some subjects, agree the rest at once, and judge each as a whole."""
    subjects = subjects_in_sight(session, sight)
    for place in places:
        found = subjects[place]
        comparison = compare(session, sight, found)
        case = CaseBefore(sight.round, found.subject, comparison)
        rows = [row for row in comparison.rows if row.verdict is Verdict.DIFFERS]
        if place == half:
            rows = rows[: len(rows) // 2]
        for number, row in enumerate(rows):
            decision = _decision(comparison, row, together=number % 7 != 3)  # noqa: PLR2004
            if number == AGAINST_MOST:
                decision = _against_most(comparison, row, decision)
            agree_answer(session, lead, BeforePanel(*case, row), decision, 0)
        if place == half:
            later = Decision(None, WAITS, put_off=True)
            agree_answer(session, lead, BeforePanel(*case, row), later, 1)
            note_learning(session, lead, BeforePanel(*case, row), Learning(words=NOTED))
            continue
        alike = said_alike(session, found.subject, comparison)
        given = Chosen(questions=[x.key for x in alike], seen=[x.seen for x in alike])
        agree_same(session, lead, case, given)
        judge(session, lead, case, *_judged(comparison))


def _judged(comparison: Comparison) -> tuple[Level, Judged, int]:
    """Judge a case at the level that most agencies gave the response, or one lower."""
    grade = judged_by(comparison.sheet.question_set)[-1]
    row = comparison.row(grade.id)
    given = [a.chosen[0] for _, _, a in comparison.answers(row) if a and a.chosen] if row else []
    most = Counter(given).most_common(1)[0][0] if given else grade.levels[-1].id
    level = next(each for each in grade.levels if each.id == most)
    return level, Judged(level.id, JUDGED, {}), 0


def _decision(comparison: Comparison, row: Row, *, together: bool) -> Decision:
    """Go with most agencies, or the first where there is no majority; now and then with none."""
    question = row.line.question
    given = [a for _, _, a in comparison.answers(row) if a and a.state is State.ANSWERED]
    most = majority(value_of(question, answer) for answer in given)
    if not together or not given or question.kind in IN_WORDS:
        return Decision(None, BOTH)
    if most is None:
        return Decision(_plain(given[0]), WHY)
    first = next(answer for answer in given if value_of(question, answer) == most)
    return Decision(_plain(first), "")


def _against_most(comparison: Comparison, row: Row, decision: Decision) -> Decision:
    """Go with the few, where there are few, and have one of the others not agree."""
    question, others = row.line.question, decision.answer
    sides = [(s, a) for s, _, a in comparison.answers(row) if a and a.state is State.ANSWERED]
    few = [
        answer
        for _, answer in sides
        if others and value_of(question, answer) != value_of(question, others)
    ]
    if not few or others is None:
        return decision
    side = next(
        s for s, answer in sides if value_of(question, answer) == value_of(question, others)
    )
    return Decision(_plain(few[0]), FEW, dissent={side.ref: SAID_INSTEAD})


def _plain(answer: Answer) -> Answer:
    return Answer(answer.state, answer.chosen, answer.text)


def round_of(session: Session, ref: str) -> Round:
    """Find a round of the demo."""
    return session.exec(select(Round).where(Round.ref == ref)).one()
