"""What the demo's panel agreed, what was found, and what will be done about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from app.access import Actor
from app.actions.commands import (
    NewAction,
    NewDates,
    Update,
    plan_action,
    revise_dates,
    update_action,
)
from app.actions.models import LearningAction
from app.actions.queries import ActionIn
from app.actions.rules import ActionState
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.order import same_left
from app.comparisons.queries import compare, subjects_in_sight
from app.comparisons.rules import IN_WORDS, Verdict, judged_by, majority, value_of
from app.comparisons.side_by_side import Comparison, Row
from app.db import Database
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.lessons import Lesson
from app.demo.people import Cast
from app.findings.commands import NewFinding, Seen, agree_finding, write_finding
from app.findings.evidence import pointed_at
from app.findings.queries import FindingIn
from app.meetings.commands import (
    BeforePanel,
    CaseBefore,
    Chosen,
    Learning,
    agree_answer,
    agree_same,
    judge,
    note_learning,
)
from app.meetings.decisions import Judged
from app.meetings.room import Room, begin, end
from app.meetings.room import Seen as RoomSeen
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

IMPACT_AFTER = 90
"""Days from when an action is due until somebody looks whether it made a difference."""
MOVED = "the decision record"
"""The action whose date was moved once: the one that is blocked."""
BY_THE_LEAD = frozenset(
    {
        ActionState.VERIFIED,
        ActionState.IMPACT_SHOWN,
        ActionState.CLOSED,
        ActionState.SUPERSEDED,
    }
)


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
            within = _round(session, round_ref)
            meeting = begin(session, lead, within, _everybody(session, within))
            _meet(session, lead, sight_of(lead, within), places, panel.half)
            if days != panel.meetings[-1][0] or not panel.goes_on:
                end(session, lead, within, meeting, RoomSeen(version=meeting.version))


def _move(database: Database, cast: Cast, round_ref: str, stage: Stage) -> None:
    with database.writing() as session:
        found = _round(session, round_ref)
        coordinator = acting(session, cast, cast.others["coordinator"])
        move_round(session, coordinator, found, Move(version=found.version, to=stage))


def conclude(
    database: Database, clock: DemoClock, cast: Cast, round_ref: str, days: Sequence[int]
) -> None:
    """Take a round from its findings to its end, a stage at each of these days ago."""
    after = tuple(Stage)[tuple(Stage).index(Stage.FINDINGS_AGREED) :]
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
            agree_answer(session, lead, BeforePanel(*case, row), decision, 0)
        if place == half:
            later = Decision(None, WAITS, put_off=True)
            agree_answer(session, lead, BeforePanel(*case, row), later, 1)
            note_learning(session, lead, BeforePanel(*case, row), Learning(words=NOTED))
            continue
        alike = [row.line.question.id for row in same_left(comparison)]
        agree_same(session, lead, case, Chosen(questions=alike))
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


def _plain(answer: Answer) -> Answer:
    return Answer(answer.state, answer.chosen, answer.text)


def learn(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    round_ref: str,
    lessons: Sequence[tuple[int, Lesson]],
) -> None:
    """Write the findings, each so many days ago, agree most of them, plan and follow actions."""
    for days, lesson in lessons:
        clock.days_ago(days)
        with database.writing() as session:
            lead = acting(session, cast, cast.others["lead"])
            found = _write(session, lead, cast, _round(session, round_ref), lesson)
            if lesson.agreed:
                agree_finding(session, lead, found, Seen(version=found.finding.version))
                session.flush()
                session.refresh(found.finding)
                _act(session, clock, cast, lead, found, lesson)


def _write(session: Session, lead: Actor, cast: Cast, within: Round, lesson: Lesson) -> FindingIn:
    sight = sight_of(lead, within)
    for found in subjects_in_sight(session, sight):
        if compare(session, sight, found).row(lesson.question) is not None:
            rests_on = pointed_at(session, lead, within, found.subject.ref, lesson.question)
            break
    else:
        raise LookupError(f"nobody was asked {lesson.question}")
    given = NewFinding(
        kind=lesson.kind,
        title=lesson.title,
        words=lesson.words,
        themes=list(lesson.themes),
        subgroups=[cast.subgroups[place].ref for place in lesson.subgroups],
    )
    return FindingIn(write_finding(session, lead, within, given, rests_on), within)


def _act(
    session: Session, clock: DemoClock, cast: Cast, lead: Actor, found: FindingIn, lesson: Lesson
) -> None:
    for what, sign, agency, due, updates in lesson.actions:
        given = NewAction(
            what=what,
            how_we_will_know=sign,
            agency=cast.agencies[agency].ref,
            owner=cast.agency_leads[agency].ref,
            due=clock.today + timedelta(days=due),
            impact_on=clock.today + timedelta(days=due + IMPACT_AFTER),
        )
        action = plan_action(session, lead, found, given)
        owner = cast.agency_leads[agency]
        planned = ActionIn(
            action, found.finding, found.round, cast.agencies[agency].name, owner.name
        )
        for state, words in updates:
            _refresh(session, action)
            change = Update(to=state, words=words, version=action.version)
            by_lead = state in BY_THE_LEAD
            who = lead if by_lead else acting(session, cast, owner)
            update_action(session, who, planned, change, planner=by_lead)
        if MOVED in what:
            _refresh(session, action)
            later = NewDates(
                due=clock.today + timedelta(days=due + 40),
                impact_on=action.impact_on,
                why="The supplier changes the form in June and not before.",
                version=action.version,
            )
            revise_dates(session, lead, planned, later)


def _refresh(session: Session, action: LearningAction) -> None:
    session.flush()
    session.refresh(action)


def _round(session: Session, ref: str) -> Round:
    return session.exec(select(Round).where(Round.ref == ref)).one()
