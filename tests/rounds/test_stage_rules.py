"""The stages of a round: what each allows, which way it goes, who may take part."""

import doctest
from datetime import date

import pytest

from app.access import NotNow, Role
from app.rounds import due, rules
from app.rounds.due import Days, day_problems, how_far, next_due
from app.rounds.rules import (
    ALLOWED,
    Doing,
    Stage,
    allows,
    check_move,
    check_mover,
    may_lead,
    may_sit,
    next_stage,
    require,
    stage_before,
    what_changes,
)
from app.rounds.stage_table import stage_rows
from app.web import days as days_of_forms

TODAY = date(2026, 9, 15)
IN_ORDER = Days(date(2026, 10, 16), date(2026, 10, 30), date(2026, 11, 27))


@pytest.mark.parametrize("module", [rules, due, days_of_forms])
def test_the_examples_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_table_answers_for_everything_that_is_done() -> None:
    assert set(ALLOWED) == set(Doing)
    assert all(ALLOWED[doing] for doing in Doing)
    assert [row.doing for row in stage_rows()] == list(Doing)
    assert all(len(row.allowed) == len(Stage) for row in stage_rows())


def test_a_round_goes_on_one_stage_at_a_time_to_its_end() -> None:
    walked: list[Stage | None] = [Stage.DRAFT]
    while walked[-1] is not None:
        walked.append(next_stage(walked[-1]))

    assert walked == [*(stage for stage in Stage if stage is not Stage.PURGED), None]


@pytest.mark.parametrize(
    ("stage", "to"), [(stage, to) for stage in Stage for to in Stage], ids=lambda s: s.value
)
def test_only_the_next_stage_and_the_way_back_are_allowed(stage: Stage, to: Stage) -> None:
    back = {
        Stage.APPROVED: Stage.DRAFT,
        Stage.RETURNS_CLOSED: Stage.OPEN,
        Stage.FINDINGS_AGREED: Stage.MODERATION,
    }
    if to in {next_stage(stage), back.get(stage)}:
        check_move(stage, to)
    else:
        with pytest.raises(NotNow, match=f"cannot go to “{to.words}”"):
            check_move(stage, to)


def test_what_a_stage_does_not_allow_is_refused_with_when_it_would_be() -> None:
    require("open", Doing.ANSWER)
    with pytest.raises(NotNow, match="only at “Open” or “Moderation”"):
        require("returns_closed", Doing.ANSWER)


def test_answers_are_agreed_only_in_moderation() -> None:
    assert [stage for stage in Stage if allows(stage, Doing.AGREE)] == [Stage.MODERATION]


def test_a_move_says_what_begins_and_what_stops() -> None:
    starts, stops = what_changes(Stage.SAMPLING, Stage.OPEN)

    assert Doing.ANSWER in starts
    assert {Doing.SAMPLE, Doing.PLAN} <= set(stops)
    assert Doing.ASSIGN not in {*starts, *stops}


def test_a_lead_moves_a_round_only_once_it_is_open() -> None:
    for stage in (Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING):
        check_mover(stage, coordinates=True)
        with pytest.raises(NotNow, match="a coordinator moves it on"):
            check_mover(stage, coordinates=False)
    check_mover(Stage.OPEN, coordinates=False)


def test_the_way_back_is_short() -> None:
    assert [stage for stage in Stage if stage_before(stage)] == [
        Stage.APPROVED,
        Stage.RETURNS_CLOSED,
        Stage.FINDINGS_AGREED,
    ]


@pytest.mark.parametrize(
    ("roles", "leads", "sits"),
    [
        ({Role.AUDITOR}, True, True),
        ({Role.AGENCY_LEAD}, True, True),
        ({Role.COORDINATOR}, True, False),
        ({Role.COORDINATOR, Role.AUDITOR}, True, False),
        ({Role.SCRUTINEER}, False, False),
        ({Role.SCRUTINEER, Role.AUDITOR}, False, False),
        ({Role.SYSTEM_ADMINISTRATOR}, False, False),
        ({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}, True, True),
        ({Role.SUBGROUP_MEMBER, Role.ACTION_OWNER}, False, False),
        (set(), False, False),
    ],
)
def test_who_may_lead_and_who_may_sit_on_the_panel(
    roles: set[Role],
    leads: bool,  # noqa: FBT001
    sits: bool,  # noqa: FBT001
) -> None:
    assert (may_lead(roles), may_sit(roles)) == (leads, sits)


def test_days_in_order_and_to_come_are_accepted() -> None:
    assert day_problems(IN_ORDER, TODAY) == {}
    assert day_problems(IN_ORDER._replace(returns_due=TODAY), TODAY) == {}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"returns_due": date(2026, 9, 14)}, {"returns_due"}),
        ({"returns_due": date(2026, 10, 30)}, {"panel_due"}),
        ({"panel_due": date(2026, 10, 16)}, {"panel_due"}),
        ({"report_due": date(2026, 10, 30)}, {"report_due"}),
        ({"panel_due": date(2026, 12, 1)}, {"report_due"}),
        ({"report_due": date(2062, 11, 27)}, {"report_due"}),
    ],
)
def test_days_in_the_past_out_of_order_or_far_off_are_not(
    changed: dict[str, date], wrong: set[str]
) -> None:
    assert set(day_problems(IN_ORDER._replace(**changed), TODAY)) == wrong


def test_a_day_that_has_passed_since_may_stay_but_not_be_set() -> None:
    later = date(2026, 10, 20)

    assert day_problems(IN_ORDER._replace(report_due=date(2026, 12, 4)), later, IN_ORDER) == {}
    moved = IN_ORDER._replace(returns_due=date(2026, 10, 19))
    assert set(day_problems(moved, later, IN_ORDER)) == {"returns_due"}


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        (Stage.DRAFT, "Returns due"),
        (Stage.OPEN, "Returns due"),
        (Stage.RETURNS_CLOSED, "Panel due"),
        (Stage.MODERATION, "Panel due"),
        (Stage.FINDINGS_AGREED, "Report due"),
    ],
)
def test_each_stage_works_towards_one_day(stage: Stage, name: str) -> None:
    found = next_due(stage, IN_ORDER)

    assert found is not None
    assert found[0] == name


def test_once_reported_nothing_is_due() -> None:
    assert next_due(Stage.REPORTED, IN_ORDER) is None
    assert next_due(Stage.CLOSED, IN_ORDER) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 12), "3 days overdue"),
        (date(2026, 9, 14), "1 day overdue"),
        (TODAY, "today"),
        (date(2026, 9, 16), "tomorrow"),
        (date(2026, 9, 17), "in 2 days"),
    ],
)
def test_how_far_off_a_day_is_is_said_in_words(day: date, said: str) -> None:
    assert how_far(day, TODAY) == said
