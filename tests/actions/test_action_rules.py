"""How an action goes, and when it is overdue."""

from datetime import date
from itertools import pairwise

import pytest

from app.access import NotNow, Unfit
from app.actions.rules import (
    STEPS,
    ActionState,
    Dates,
    Taker,
    check_dates,
    check_due,
    check_step,
    check_verified,
    due_in_words,
    is_overdue,
    steps_from,
)

TODAY = date(2026, 11, 4)


def test_every_state_says_where_it_may_go() -> None:
    assert set(STEPS) == set(ActionState)


PLANNER = Taker(planner=True, theirs=False)
OWNER = Taker(planner=False, theirs=True)
PLANNER_OF_THEIR_OWN = Taker(planner=True, theirs=True)


def test_an_action_goes_from_proposed_to_closed_one_step_at_a_time() -> None:
    way = [
        ActionState.PROPOSED,
        ActionState.AGREED,
        ActionState.IN_PROGRESS,
        ActionState.COMPLETE,
        ActionState.VERIFIED,
        ActionState.IMPACT_SHOWN,
        ActionState.CLOSED,
    ]
    for state, to in pairwise(way):
        check_step(state, to, "Said why", PLANNER)
    for place, state in enumerate(way):
        for to in way[place + 2 :]:
            with pytest.raises(NotNow):
                check_step(state, to, "Said why", PLANNER)


@pytest.mark.parametrize("taker", [OWNER, PLANNER_OF_THEIR_OWN])
@pytest.mark.parametrize(
    ("state", "to"),
    [
        (ActionState.COMPLETE, ActionState.VERIFIED),
        (ActionState.VERIFIED, ActionState.IMPACT_SHOWN),
    ],
)
def test_nobody_verifies_their_own_claim_or_its_impact(
    state: ActionState, to: ActionState, taker: Taker
) -> None:
    assert to not in steps_from(state, taker)
    with pytest.raises(NotNow):
        check_step(state, to, "It is done", taker)


def test_whoever_only_owns_an_action_neither_closes_it_nor_sets_it_aside() -> None:
    for state in ActionState:
        assert not {ActionState.CLOSED, ActionState.SUPERSEDED} & set(steps_from(state, OWNER))


@pytest.mark.parametrize("to", [ActionState.BLOCKED, ActionState.COMPLETE, ActionState.SUPERSEDED])
def test_a_step_that_has_to_be_explained_is(to: ActionState) -> None:
    with pytest.raises(Unfit):
        check_step(ActionState.IN_PROGRESS, to, "", PLANNER)


def test_nothing_is_verified_that_nobody_will_look_at_again() -> None:
    with pytest.raises(Unfit, match="First set the day"):
        check_verified(ActionState.VERIFIED, None)
    check_verified(ActionState.VERIFIED, TODAY)
    check_verified(ActionState.IN_PROGRESS, None)


NOW = Dates(date(2026, 12, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("state", "after", "field"),
    [
        (ActionState.AGREED, NOW, "due"),
        (ActionState.AGREED, NOW._replace(due=date(2026, 11, 3)), "due"),
        (ActionState.AGREED, NOW._replace(due=date(2027, 3, 2)), "impact_on"),
        (ActionState.AGREED, NOW._replace(impact_on=None), "impact_on"),
        (ActionState.COMPLETE, NOW._replace(due=date(2026, 12, 2)), "due"),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_the_date(
    state: ActionState, after: Dates, field: str
) -> None:
    with pytest.raises(Unfit) as refused:
        check_dates(state, NOW, after, TODAY)
    assert set(refused.value.errors) == {field}


def test_the_impact_review_can_move_until_impact_is_shown() -> None:
    later = NOW._replace(impact_on=date(2027, 6, 1))
    check_dates(ActionState.VERIFIED, NOW, later, TODAY)
    for state in (ActionState.IMPACT_SHOWN, ActionState.CLOSED, ActionState.SUPERSEDED):
        with pytest.raises(NotNow):
            check_dates(state, NOW, later, TODAY)


def test_an_update_says_something_or_changes_something() -> None:
    with pytest.raises(Unfit):
        check_step(ActionState.AGREED, ActionState.AGREED, "", OWNER)
    check_step(ActionState.AGREED, ActionState.AGREED, "Trainer found", OWNER)


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
