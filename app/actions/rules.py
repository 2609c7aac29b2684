"""How an action goes from proposed to closed, who may take each step, and when it is overdue."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.access import NotNow, Unfit
from app.rounds.due import LONGEST_AHEAD

_VERIFIED = "Evidence verified"


class ActionState(StrEnum):
    """Where an action has got to."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    """Its owner says that it is done; nobody else has looked yet."""
    VERIFIED = "verified"
    """Somebody else has seen the evidence; whether practice changed is still to be looked at."""
    IMPACT_SHOWN = "impact_shown"
    """What was to be seen in practice was seen."""
    CLOSED = "closed"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        named = {ActionState.COMPLETE: "Complete (claimed)", ActionState.VERIFIED: _VERIFIED}
        return named.get(self, self.value.replace("_", " ").capitalize())

    @property
    def open(self) -> bool:
        """Whether something is still to be done by its owner."""
        return self in OPEN


_S = ActionState

OPEN = frozenset({_S.PROPOSED, _S.AGREED, _S.IN_PROGRESS, _S.BLOCKED})
OVER = frozenset({_S.CLOSED, _S.SUPERSEDED})
IMPACT_AHEAD = frozenset({*OPEN, _S.COMPLETE, _S.VERIFIED})
"""Where the day on which impact is looked at can still be moved."""


class Taker(NamedTuple):
    """Who would take a step, as far as the steps ask."""

    planner: bool
    """Plans actions in the round."""
    theirs: bool
    """Owns the action, or claimed that it is done."""


class Step(NamedTuple):
    """What a change of state is called, who may make it, and whether it must be explained."""

    words: str
    planners_only: bool = False
    """Only those who plan actions in the round."""
    by_another: bool = False
    """Not its owner or whoever made the claim: nobody checks their own work."""
    ask: str = ""
    """What has to be said to take it; empty where it needs no explaining."""


_SET_ASIDE = Step(
    "Set it aside: something else replaces it", planners_only=True, ask="Say what replaces it"
)
_BLOCKED = Step("It is blocked", ask="Say what it waits for, and who could help")
_BACK = Step("More has to be done", planners_only=True, ask="Say what is still to be done")

STEPS: Mapping[ActionState, Mapping[ActionState, Step]] = MappingProxyType(
    {
        _S.PROPOSED: {
            _S.AGREED: Step("Agree to do it"),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.AGREED: {
            _S.IN_PROGRESS: Step("Start it"),
            _S.BLOCKED: _BLOCKED,
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.IN_PROGRESS: {
            _S.COMPLETE: Step(
                "It is done", ask="Say what the evidence is, and where it can be seen"
            ),
            _S.BLOCKED: _BLOCKED,
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.BLOCKED: {
            _S.IN_PROGRESS: Step("It goes on"),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.COMPLETE: {
            _S.VERIFIED: Step(
                "I have seen the evidence",
                planners_only=True,
                by_another=True,
                ask="Say what you looked at",
            ),
            _S.IN_PROGRESS: _BACK,
        },
        _S.VERIFIED: {
            _S.IMPACT_SHOWN: Step(
                "It made a difference",
                planners_only=True,
                by_another=True,
                ask="Say what was seen in practice",
            ),
            _S.IN_PROGRESS: _BACK,
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.IMPACT_SHOWN: {
            _S.CLOSED: Step("Close it", planners_only=True),
            _S.IN_PROGRESS: _BACK,
        },
        _S.CLOSED: {},
        _S.SUPERSEDED: {},
    }
)
"""Every change of state that there is. What is not here cannot happen."""


def steps_from(state: ActionState, taker: Taker) -> Mapping[ActionState, Step]:
    """Return where an action may go next, as far as this person may take it."""
    return {to: step for to, step in STEPS[state].items() if _may_take(step, taker)}


def _may_take(step: Step, taker: Taker) -> bool:
    return not (step.planners_only and not taker.planner) and not (step.by_another and taker.theirs)


def check_step(state: ActionState, to: ActionState, words: str, taker: Taker) -> None:
    """Refuse a change of state that is not there, not this person's, or not explained."""
    if to is state:
        if not words:
            raise Unfit({"words": "Say what has happened, or choose what changes"})
        return
    step = STEPS[state].get(to)
    if step is None:
        raise NotNow(
            f"This action is “{state.words}”. You cannot take it to “{to.words}” from there."
        )
    if step.planners_only and not taker.planner:
        raise NotNow(
            f"Only those who plan actions in this round can take it to “{to.words}”. "
            "Say in an update that it is ready."
        )
    if step.by_another and taker.theirs:
        raise NotNow(
            f"You own this action or said that it is done. Somebody else who plans actions in this "
            f"round takes it to “{to.words}”."
        )
    if step.ask and not words:
        raise Unfit({"words": step.ask})


def check_verified(to: ActionState, impact_on: date | None) -> None:
    """Refuse to verify what nobody will look at again: a day for its impact comes first."""
    if to is ActionState.VERIFIED and impact_on is None:
        raise Unfit(
            {"to": "First set the day when we look whether it made a difference, under Dates"}
        )


class Dates(NamedTuple):
    """When an action is due, and when we look whether it made a difference."""

    due: date
    impact_on: date | None


def check_dates(state: ActionState, before: Dates, after: Dates, today: date) -> None:
    """Refuse a move of dates that comes too late, or leaves them in the wrong order."""
    if state not in IMPACT_AHEAD:
        raise NotNow(f"This action is “{state.words}”. Its dates stay as they are.")
    if after == before:
        raise Unfit({"due": "Change one of the dates"})
    if after.due != before.due:
        if not state.open:
            raise Unfit({"due": f"The due date stays: this action is “{state.words}”"})
        check_due(after.due, today)
    if before.impact_on is not None and after.impact_on is None:
        raise Unfit({"impact_on": "Enter the day when we look whether it made a difference"})
    check_impact(after)


def check_impact(dates: Dates) -> None:
    """Refuse to look at impact before the action is due, or so late that nobody would know."""
    if dates.impact_on is None:
        return
    if dates.impact_on < dates.due:
        raise Unfit({"impact_on": "Impact is looked at on the due date or later"})
    if (dates.impact_on - dates.due).days > LONGEST_AHEAD:
        raise Unfit(
            {"impact_on": "Impact is looked at within five years of the due date: check the year"}
        )


def check_due(due: date, today: date) -> None:
    """Refuse a due date that has passed, or a year mistyped; a day ends at midnight in London."""
    if due < today:
        raise Unfit({"due": "The due date must be today or later"})
    if (due - today).days > LONGEST_AHEAD:
        raise Unfit({"due": "The due date must be within five years: check the year"})


def is_overdue(state: ActionState, due: date, today: date) -> bool:
    """Say whether an action should have been done by now; a claim of completion stops the clock."""
    return state.open and due < today


def due_in_words(state: ActionState, due: date, today: date) -> str:
    """Say how an action stands against its due date, where anything is still to be done.

    >>> due_in_words(ActionState.AGREED, date(2026, 11, 1), date(2026, 11, 4))
    'Overdue by 3 days'
    >>> due_in_words(ActionState.AGREED, date(2026, 11, 5), date(2026, 11, 4))
    'Due tomorrow'
    >>> due_in_words(ActionState.CLOSED, date(2026, 11, 1), date(2026, 11, 4))
    ''
    """
    if not state.open:
        return ""
    days = (due - today).days
    if days < 0:
        return f"Overdue by {-days} {'day' if days == -1 else 'days'}"
    return {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due in {days} days")


def impact_in_words(state: ActionState, impact_on: date | None, today: date) -> str:
    """Say how long it is until impact is looked at, where that is what comes next.

    >>> impact_in_words(ActionState.VERIFIED, date(2026, 11, 1), date(2026, 11, 4))
    'Impact review late by 3 days'
    >>> impact_in_words(ActionState.VERIFIED, date(2026, 11, 5), date(2026, 11, 4))
    'Impact review tomorrow'
    >>> impact_in_words(ActionState.AGREED, date(2026, 11, 5), date(2026, 11, 4))
    ''
    """
    if state is not ActionState.VERIFIED or impact_on is None:
        return ""
    days = (impact_on - today).days
    if days < 0:
        return f"Impact review late by {-days} {'day' if days == -1 else 'days'}"
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Impact review {when}"
