import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.samples.allocation import Design, DrawProblem, largest_remainder, plan
from app.samples.frame import STRATA, Stratum
from tests.samples.frames import frame_of

NFA, EARLY, S17, S47 = STRATA
FRAME = frame_of({NFA: (10, 50), EARLY: (8, 30), S17: (6, 20), S47: (3, 9)})


def _refusal(design: Design) -> tuple[str, ...]:
    with pytest.raises(DrawProblem) as refused:
        plan(FRAME, design)
    return refused.value.sentences


def _places(design: Design) -> dict[Stratum, tuple[int, int]]:
    cells = plan(FRAME, design).cells
    found = {(cell.stratum, cell.re_referred): cell.places for cell in cells}
    return {s: (found[s, True], found[s, False]) for s, again in found if again}


@given(st.integers(0, 500), st.lists(st.integers(0, 100), min_size=1).filter(any))
def test_shares_add_up_and_none_is_a_whole_place_from_its_due(
    total: int, weights: list[int]
) -> None:
    shares = largest_remainder(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1


def test_places_of_a_stratum_follow_the_sizes_of_its_cells() -> None:
    assert _places(Design(dict.fromkeys(STRATA, 12))) == {
        NFA: (2, 10),
        EARLY: (3, 9),
        S17: (3, 9),
        S47: (3, 9),
    }


def test_a_group_with_referrals_gets_one_place_when_there_are_two_to_give() -> None:
    frame = frame_of({S47: (1, 99)})
    allocation = plan(frame, Design({S47: 4}))
    assert [cell.places for cell in allocation.cells] == [1, 3]
    assert allocation.notes == ()


def test_a_group_left_without_a_place_is_said_so() -> None:
    allocation = plan(frame_of({S47: (1, 99)}), Design({S47: 1}))
    (said,) = allocation.notes
    assert said.startswith("Section 47, re-referred: none is drawn, so the sample can say nothing")


def test_the_minimum_moves_places_inside_strata_and_never_between_them() -> None:
    design = Design(dict.fromkeys(STRATA, 6), minimum=12)
    places = _places(design)
    assert sum(again for again, _ in places.values()) == 12
    assert all(sum(pair) == 6 for pair in places.values())


def test_places_move_first_where_the_smallest_share_of_re_referred_is_drawn() -> None:
    frame = frame_of({EARLY: (20, 20), S47: (4, 4)})
    cells = plan(frame, Design({EARLY: 4, S47: 4}, minimum=5)).cells
    assert [cell.places for cell in cells] == [3, 1, 2, 2]


def test_others_keep_a_place_each_until_the_minimum_cannot_be_met_otherwise() -> None:
    frame = frame_of({EARLY: (9, 9), S47: (9, 9)})
    kept = plan(frame, Design({EARLY: 3, S47: 3}, minimum=4))
    assert [cell.places for cell in kept.cells] == [2, 1, 2, 1]
    emptied = plan(frame, Design({EARLY: 3, S47: 3}, minimum=5))
    assert [cell.places for cell in emptied.cells] == [3, 0, 2, 1]
    assert "Early help, not re-referred: none is drawn" in emptied.notes[0]


def test_more_places_than_referrals_are_refused_in_words() -> None:
    design = Design({NFA: 15, EARLY: 15, S17: 15, S47: 15})
    assert _refusal(design) == ("Section 47 has 12 referrals; you asked for 15.",)


def test_a_stratum_that_nobody_is_in_is_refused_by_name() -> None:
    with pytest.raises(DrawProblem, match="Section 47 has no referrals; you asked for 1"):
        plan(frame_of({NFA: (1, 2)}), Design({NFA: 1, S47: 1}))


def test_a_stratum_the_design_is_silent_about_is_asked_for() -> None:
    assert _refusal(Design({NFA: 5, EARLY: 5, S17: 5})) == (
        "Say how many Section 47 referrals to draw; write 0 to leave them out.",
    )


def test_a_minimum_larger_than_the_list_is_refused_with_both_numbers() -> None:
    assert _refusal(Design(dict.fromkeys(STRATA, 10), minimum=28)) == (
        "The list has 27 re-referred; you asked for 28 at least.",
    )


def test_a_minimum_that_the_places_cannot_hold_is_refused_with_what_fits() -> None:
    (said,) = _refusal(Design({NFA: 0, EARLY: 0, S17: 2, S47: 5}, minimum=6))
    assert said.startswith(
        "At most 5 re-referred fit into the places of their strata; you asked for 6"
    )


def test_shares_of_a_total_become_places() -> None:
    design = Design({NFA: 40, EARLY: 30, S17: 20, S47: 10}, total=25)
    allocation = plan(FRAME, design)
    assert allocation.places == 25
    assert [sum(pair) for pair in _places(design).values()] == [10, 8, 5, 2]


def test_reserves_that_do_not_exist_are_said_to_be_missing() -> None:
    allocation = plan(frame_of({S47: (2, 9)}), Design({S47: 6}, reserves=3))
    assert allocation.notes == (
        "Section 47, re-referred: 1 in reserve, because there are no more.",
    )


def test_nothing_and_less_than_nothing_cannot_be_asked_for() -> None:
    assert _refusal(Design(dict.fromkeys(STRATA, 0))) == ("Ask for one referral at least.",)
    assert "cannot be less than 0" in _refusal(Design(dict.fromkeys(STRATA, 2), minimum=-1))[0]
