"""How an action goes from proposed to closed, who may take each step, and when it is overdue."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.access import NotNow, Unfit


class ActionState(StrEnum):
    """Where an action has got to."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    """Its owner says that it is done; nobody has looked yet whether practice changed."""
    CLOSED = "closed"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return "Complete (claimed)" if self is ActionState.COMPLETE else self._plain

    @property
    def _plain(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def open(self) -> bool:
        """Whether something is still to be done by its owner."""
        return self in OPEN


_S = ActionState

OPEN = frozenset({_S.PROPOSED, _S.AGREED, _S.IN_PROGRESS, _S.BLOCKED})


class Step(NamedTuple):
    """What a change of state is called, who may make it, and whether it must be explained."""

    words: str
    planners_only: bool = False
    """Only those who plan actions in the round: a claim is not checked by whoever made it."""
    explained: bool = False


_CLOSE = Step("Close it: what was to be seen was seen", planners_only=True, explained=True)
_SET_ASIDE = Step("Set it aside: something else replaces it", planners_only=True, explained=True)

STEPS: Mapping[ActionState, Mapping[ActionState, Step]] = MappingProxyType(
    {
        _S.PROPOSED: {
            _S.AGREED: Step("Agree to do it"),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.AGREED: {
            _S.IN_PROGRESS: Step("Start it"),
            _S.BLOCKED: Step("It is blocked", explained=True),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.IN_PROGRESS: {
            _S.COMPLETE: Step("It is done: say how you know", explained=True),
            _S.BLOCKED: Step("It is blocked", explained=True),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.BLOCKED: {
            _S.IN_PROGRESS: Step("It goes on"),
            _S.SUPERSEDED: _SET_ASIDE,
        },
        _S.COMPLETE: {
            _S.CLOSED: Step(
                "Close it: what was to be seen was seen", planners_only=True, explained=True
            ),
            _S.IN_PROGRESS: Step("It is not done yet", planners_only=True, explained=True),
        },
        _S.CLOSED: {},
        _S.SUPERSEDED: {},
    }
)
"""Every change of state that there is. What is not here cannot happen."""


def steps_from(state: ActionState, *, planner: bool) -> Mapping[ActionState, Step]:
    """Return where an action may go next, for somebody who plans actions or does not."""
    return {to: step for to, step in STEPS[state].items() if planner or not step.planners_only}


def check_step(state: ActionState, to: ActionState, words: str, *, planner: bool) -> None:
    """Refuse a change of state that is not there, not this person's, or not explained."""
    if to is state:
        if not words:
            raise Unfit({"words": "Say what has happened, or choose what changes"})
        return
    step = steps_from(state, planner=planner).get(to)
    if step is None:
        raise NotNow(
            f"This action is “{state.words}”. You cannot take it to “{to.words}” from there."
        )
    if step.explained and not words:
        raise Unfit({"words": "Say why, or what was done: this step has to be explained"})


def check_due(due: date, today: date) -> None:
    """Refuse a due date that has passed; today itself ends at midnight in London."""
    if due < today:
        raise Unfit({"due": "The due date must be today or later"})


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
