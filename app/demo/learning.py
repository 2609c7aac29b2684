"""What was found in a round of the demo, what was planned, and how that went."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session

from app.access import Action, Actor, scope
from app.actions.commands import (
    NewAction,
    NewDates,
    Update,
    plan_action,
    revise_dates,
    update_action,
)
from app.actions.queries import ActionIn, find_action_to_update
from app.actions.rules import ActionState
from app.comparisons.blindness import sight_of
from app.comparisons.queries import compare, subjects_in_sight
from app.db import Database
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.lessons import Lesson, Todo
from app.demo.panel import round_of
from app.demo.people import Cast
from app.findings.commands import NewFinding, Seen, agree_finding, write_finding
from app.findings.evidence import Pointer, pointed_at
from app.findings.models import Finding
from app.findings.queries import FindingIn
from app.identity.models import Person
from app.rounds.models import Round

IMPACT_AFTER = 90
"""Days from when an action is due until somebody looks whether it made a difference."""
BY_THE_LEAD = frozenset(
    {
        ActionState.VERIFIED,
        ActionState.IMPACT_SHOWN,
        ActionState.CLOSED,
        ActionState.SUPERSEDED,
    }
)


class Planned(NamedTuple):
    """An action that was planned, by its reference, and what is told of it."""

    ref: str
    todo: Todo


def learn(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    round_ref: str,
    lessons: Sequence[tuple[int, Lesson]],
) -> list[Planned]:
    """Write the findings, each so many days ago, agree most, and plan what is to be done."""
    planned = []
    for days, lesson in lessons:
        clock.days_ago(days)
        with database.writing() as session:
            lead = acting(session, cast, cast.others["lead"])
            found = _write(session, lead, cast, round_of(session, round_ref), lesson)
            if lesson.agreed:
                agree_finding(session, lead, found, Seen(version=found.finding.version))
                _refresh(session, found.finding)
                planned += [_plan(session, clock, cast, found, todo) for todo in lesson.actions]
    return planned


def follow(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    planned: Sequence[Planned],
    days: Sequence[int],
) -> None:
    """Say how each action went, a step at each of these days ago; then move what was moved."""
    steps = [
        (ago, each, update)
        for each in planned
        for ago, update in zip(days, each.todo.updates, strict=False)
    ]
    for ago, each, update in sorted(steps, key=lambda step: -step[0]):
        clock.days_ago(ago)
        with database.writing() as session:
            _step(session, cast, each, *update)
    clock.days_ago(days[-1])
    for each in planned:
        if each.todo.moved_by:
            with database.writing() as session:
                _move_dates(session, clock, cast, each)


def _write(session: Session, lead: Actor, cast: Cast, within: Round, lesson: Lesson) -> FindingIn:
    sight = sight_of(lead, within)
    for found in subjects_in_sight(session, sight):
        if compare(session, sight, found).row(lesson.question) is not None:
            pointer = Pointer(subject=found.subject.ref, question=lesson.question)
            rests_on = pointed_at(session, lead, within, pointer)
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


def _plan(session: Session, clock: DemoClock, cast: Cast, found: FindingIn, todo: Todo) -> Planned:
    lead = acting(session, cast, cast.others["lead"])
    due = clock.today + timedelta(days=todo.due)
    given = NewAction(
        what=todo.what,
        how_we_will_know=todo.how_we_will_know,
        agency=cast.agencies[todo.agency].ref,
        owner=_owner(cast, todo).ref,
        due=due,
        impact_on=due + timedelta(days=IMPACT_AFTER),
    )
    return Planned(plan_action(session, lead, found, given).ref, todo)


def _owner(cast: Cast, todo: Todo) -> Person:
    return cast.others[todo.owner] if todo.owner else cast.agency_leads[todo.agency]


def _found(session: Session, cast: Cast, planned: Planned) -> ActionIn:
    lead = acting(session, cast, cast.others["lead"])
    found = find_action_to_update(
        session, scope(lead, Action.ACTION_UPDATE), {"action": planned.ref}
    )
    if found is None:
        raise LookupError("the lead reaches the actions of the round")
    return found


def _step(session: Session, cast: Cast, planned: Planned, to: ActionState, words: str) -> None:
    """Take an action a step further, as its owner or, where it is not theirs to take, the lead."""
    found = _found(session, cast, planned)
    by_lead = to in BY_THE_LEAD
    who = cast.others["lead"] if by_lead else _owner(cast, planned.todo)
    change = Update(to=to, words=words, version=found.action.version)
    update_action(session, acting(session, cast, who), found, change, planner=by_lead)


def _move_dates(session: Session, clock: DemoClock, cast: Cast, planned: Planned) -> None:
    found = _found(session, cast, planned)
    later = NewDates(
        due=clock.today + timedelta(days=planned.todo.due + planned.todo.moved_by),
        impact_on=found.action.impact_on,
        why="The supplier changes the form in June and not before.",
        version=found.action.version,
    )
    revise_dates(session, acting(session, cast, cast.others["lead"]), found, later)


def _refresh(session: Session, finding: Finding) -> None:
    session.flush()
    session.refresh(finding)
