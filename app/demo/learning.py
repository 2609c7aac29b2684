"""What the demo's panel agreed, what was found, and what will be done about it."""

from collections import Counter
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
from app.demo.people import Cast
from app.findings.commands import NewFinding, Seen, agree_finding, write_finding
from app.findings.evidence import pointed_at
from app.findings.queries import FindingIn
from app.findings.rules import FindingKind
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

COMPARED = 6
"""Subjects whose differences the panel has decided; the next one is half done."""

HALF = 3
"""How many of them the panel decided in its first meeting."""

WAITS = "Health bring the duty diary to the next meeting."
NOTED = "Write the time of the call into the log while the call lasts."
JUDGED = "Read together, the entries show what was done that day and what was left until later."
WHY = "The panel read the entries together and went with what they show on the day."
BOTH = "Each agency read its own file rightly: one was told by telephone, and it is not written up."

BEGUN = ((ActionState.AGREED, ""), (ActionState.IN_PROGRESS, ""))
TO_IMPACT = (
    *BEGUN,
    (ActionState.COMPLETE, "It has been done every day since the team day."),
    (ActionState.VERIFIED, "I sat in on two days and saw it."),
    (ActionState.IMPACT_SHOWN, "Ten decisions read: nine say what the contacts amount to."),
)
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
class Lesson:
    """A finding of the demo, with the question it rests on and what was planned."""

    kind: FindingKind
    question: str
    title: str
    words: str
    themes: tuple[str, ...]
    agreed: bool
    subgroups: tuple[int, ...]
    actions: tuple[tuple[str, str, str, int, tuple[tuple[ActionState, str], ...]], ...] = ()
    """What, how we will know, the agency that owns it, days until due, and its updates."""


LESSONS = (
    Lesson(
        FindingKind.STRENGTH,
        "form_child_voice",
        "Schools write down what children say",
        "Where a school referred, the form had the child's own words or described what the child "
        "did. Those who decided could use them, and did.",
        ("VC",),
        agreed=True,
        subgroups=(0, 1),
    ),
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "outcome_reasons",
        "Referrers are not told the reason for the decision",
        "The decision reaches most referrers. The reason often does not, and then the same worry "
        "comes back worded more strongly.",
        ("INF", "THR"),
        agreed=True,
        subgroups=(0,),
        actions=(
            (
                "Put the reason for the decision into the letter to every referrer",
                "Twenty letters read in March have the reason in words the referrer can use",
                "care",
                28,
                ((ActionState.AGREED, ""), (ActionState.IN_PROGRESS, "The letter is rewritten.")),
            ),
            (
                "Ask schools each term whether they understood the decisions they were sent",
                "The answers are read by the subgroup, and fewer schools say no",
                "school",
                63,
                (),
            ),
            (
                "Tell the duty team each Monday which decisions came back as a new worry",
                "The count of repeat worries falls in two quarters running",
                "care",
                2,
                (
                    *BEGUN,
                    (ActionState.COMPLETE, "The list goes out; four of them are on the drive."),
                ),
            ),
            (
                "Write the reason in plain words: a page of examples for the duty team",
                "Referrers who are rung say that they understood",
                "police",
                6,
                (
                    *BEGUN,
                    (ActionState.COMPLETE, "The page is on the team's wall and intranet."),
                    (ActionState.VERIFIED, "I read the page and saw it used in two decisions."),
                ),
            ),
        ),
    ),
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "history_weighed",
        "Earlier contacts are listed and not weighed",
        "The record shows that earlier contacts were opened. It seldom says what they mean "
        "together, above all where the child was referred again within five months.",
        ("CUM", "OVS"),
        agreed=True,
        subgroups=(0, 1),
        actions=(
            (
                "Add to the decision record one sentence on what the earlier contacts amount to",
                "The weekly check finds the sentence in nine of ten decisions",
                "care",
                -4,
                ((ActionState.AGREED, ""), (ActionState.BLOCKED, "The form is changed in June.")),
            ),
            (
                "Bring two worked examples to the team day of each agency",
                "Practitioners say in the next survey that they know what is meant",
                "visiting",
                45,
                ((ActionState.AGREED, "The date is set."),),
            ),
            (
                "Read every earlier contact aloud at the start of the daily meeting",
                "Those in the meeting say what the contacts mean together",
                "care",
                1,
                TO_IMPACT,
            ),
            (
                "Show the number of earlier contacts beside the name on the duty screen",
                "Duty workers say that they look at it",
                "police",
                1,
                (*TO_IMPACT, (ActionState.CLOSED, "")),
            ),
            (
                "Print the list of earlier contacts for each decision",
                "The list is in the file",
                "visiting",
                20,
                (
                    (ActionState.AGREED, ""),
                    (ActionState.SUPERSEDED, "The number beside the name on screen replaces it."),
                ),
            ),
        ),
    ),
    Lesson(
        FindingKind.GOOD_PRACTICE,
        "form_worry",
        "A telephone call the same hour",
        "Where the duty worker rang the referrer back within the hour, the decision rested on "
        "what was seen and not on what the form had room for.",
        ("REC", "REL"),
        agreed=False,
        subgroups=(1,),
    ),
)


def moderate(database: Database, clock: DemoClock, cast: Cast, round_ref: str) -> None:
    """Close the returns, open moderation, and decide what the panel has decided so far."""
    for days, stage in ((8, Stage.RETURNS_CLOSED), (7, Stage.MODERATION)):
        clock.days_ago(days)
        with database.writing() as session:
            found = _round(session, round_ref)
            coordinator = acting(session, cast, cast.others["coordinator"])
            move_round(session, coordinator, found, Move(version=found.version, to=stage))
    for days, places in ((6, range(HALF)), (5, range(HALF, COMPARED + 1))):
        clock.days_ago(days)
        with database.writing() as session:
            lead = acting(session, cast, cast.others["lead"])
            within = _round(session, round_ref)
            meeting = begin(session, lead, within, _everybody(session, within))
            _meet(session, lead, sight_of(lead, within), places)
            end(session, lead, within, meeting, RoomSeen(version=meeting.version))


def _everybody(session: Session, within: Round) -> Room:
    party = party_of(session, within)
    present = [who.ref for who in (party.lead, *party.panel) if who is not None]
    return Room(present=present, others="Minute taker, business unit")


def _meet(session: Session, lead: Actor, sight: Sight, places: range) -> None:
    """Decide what differs on some subjects, agree the rest at once, and judge each as a whole."""
    subjects = subjects_in_sight(session, sight)
    for place in places:
        found = subjects[place]
        comparison = compare(session, sight, found)
        case = CaseBefore(sight.round, found.subject, comparison)
        rows = [row for row in comparison.rows if row.verdict is Verdict.DIFFERS]
        if place == COMPARED:
            rows = rows[: len(rows) // 2]
        for number, row in enumerate(rows):
            decision = _decision(comparison, row, together=number % 7 != 3)  # noqa: PLR2004
            agree_answer(session, lead, BeforePanel(*case, row), decision, 0)
        if place == COMPARED:
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


def learn(database: Database, clock: DemoClock, cast: Cast, round_ref: str) -> None:
    """Write the findings, agree most of them, and plan and follow the actions."""
    for days, lesson in zip((5, 5, 4, 3), LESSONS, strict=True):
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
