"""How an action goes, and when it is overdue."""

from datetime import date
from itertools import pairwise

import pytest

from app.access import NotNow, Unfit
from app.actions.rules import (
    STEPS,
    ActionState,
    check_due,
    check_step,
    due_in_words,
    is_overdue,
    steps_from,
)

TODAY = date(2026, 11, 4)


def test_every_state_says_where_it_may_go() -> None:
    assert set(STEPS) == set(ActionState)


def test_an_action_goes_from_proposed_to_closed_one_step_at_a_time() -> None:
    way = [
        ActionState.PROPOSED,
        ActionState.AGREED,
        ActionState.IN_PROGRESS,
        ActionState.COMPLETE,
        ActionState.CLOSED,
    ]
    for state, to in pairwise(way):
        check_step(state, to, "Said why", planner=True)
    with pytest.raises(NotNow):
        check_step(ActionState.PROPOSED, ActionState.COMPLETE, "Said why", planner=True)


def test_who_claims_that_it_is_done_does_not_close_it() -> None:
    assert ActionState.CLOSED not in steps_from(ActionState.COMPLETE, planner=False)
    with pytest.raises(NotNow):
        check_step(ActionState.COMPLETE, ActionState.CLOSED, "It is done", planner=False)


@pytest.mark.parametrize("to", [ActionState.BLOCKED, ActionState.COMPLETE, ActionState.SUPERSEDED])
def test_a_step_that_has_to_be_explained_is(to: ActionState) -> None:
    with pytest.raises(Unfit):
        check_step(ActionState.IN_PROGRESS, to, "", planner=True)


def test_an_update_says_something_or_changes_something() -> None:
    with pytest.raises(Unfit):
        check_step(ActionState.AGREED, ActionState.AGREED, "", planner=False)
    check_step(ActionState.AGREED, ActionState.AGREED, "Trainer found", planner=False)


def test_nothing_follows_what_is_over() -> None:
    assert not STEPS[ActionState.CLOSED]
    assert not STEPS[ActionState.SUPERSEDED]


def test_a_due_date_may_be_today_and_not_yesterday() -> None:
    check_due(TODAY, TODAY)
    with pytest.raises(Unfit):
        check_due(date(2026, 11, 3), TODAY)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 3), "Overdue by 1 day"),
        (date(2026, 10, 4), "Overdue by 31 days"),
        (date(2026, 11, 4), "Due today"),
        (date(2026, 11, 5), "Due tomorrow"),
        (date(2026, 12, 4), "Due in 30 days"),
    ],
)
def test_how_it_stands_is_said_in_words(due: date, words: str) -> None:
    assert due_in_words(ActionState.IN_PROGRESS, due, TODAY) == words
    assert is_overdue(ActionState.IN_PROGRESS, due, TODAY) is words.startswith("Overdue")


@pytest.mark.parametrize("state", [s for s in ActionState if not s.open])
def test_what_is_claimed_or_over_is_not_overdue(state: ActionState) -> None:
    assert not is_overdue(state, date(2020, 1, 1), TODAY)
    assert due_in_words(state, date(2020, 1, 1), TODAY) == ""
