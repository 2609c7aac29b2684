import random
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.samples.allocation import Design, DrawProblem
from app.samples.canonical import normal
from app.samples.draw import Draw, draw, from_record, redraw_matches, ticket, to_record
from app.samples.frame import STRATA, Referral, Stratum
from tests.samples.frames import DESIGNS, REFERENCES, ROWS, SEED, SEEDS, frame_of, referral

FRAME = frame_of(
    {
        Stratum.NO_FURTHER_ACTION: (10, 50),
        Stratum.EARLY_HELP: (8, 30),
        Stratum.SECTION_17: (6, 20),
        Stratum.SECTION_47: (3, 9),
    }
)
DESIGN = Design(dict.fromkeys(STRATA, 5), minimum=6, reserves=2)


@st.composite
def frames(draw_one: st.DrawFn, at_least: int = 1) -> list[Referral]:
    references = draw_one(st.lists(REFERENCES, min_size=at_least, max_size=40, unique_by=normal))
    return [replace(draw_one(ROWS), reference=reference) for reference in references]


def _drawn(frame: list[Referral], design: Design, seed: str) -> Draw | None:
    try:
        return draw(frame, design, seed)
    except DrawProblem:
        return None


@given(frames(), DESIGNS, SEEDS)
def test_every_cell_is_filled_exactly_and_no_reserve_is_also_chosen(
    frame: list[Referral], design: Design, seed: str
) -> None:
    drawn = _drawn(frame, design, seed)
    if drawn is None:
        return
    for cell in drawn.cells:
        mine = [d for d in drawn.chosen if drawn.cell_of(d) == cell]
        waiting = [d for d in drawn.reserves if drawn.cell_of(d) == cell]
        left = cell.size - cell.places
        assert len(mine) == cell.places
        assert len(waiting) == (min(design.reserves, left) if cell.places else 0)
    chosen = {d.reference for d in drawn.chosen}
    assert len(chosen) == len(drawn.chosen)
    assert not chosen & {d.reference for d in drawn.reserves}
    assert sum(d.re_referred for d in drawn.chosen) >= design.minimum
    assert len(drawn.tickets) == len(frame)


@given(frames(), DESIGNS, SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(
    frame: list[Referral], design: Design, seed: str, chance: random.Random
) -> None:
    drawn = _drawn(frame, design, seed)
    shuffled = frame.copy()
    chance.shuffle(shuffled)
    assert _drawn(shuffled, design, seed) == drawn
    if drawn:
        assert redraw_matches(drawn, shuffled) == []


@given(frames(), st.integers(0, 39), st.sampled_from(["gone", "stratum", "again", "date", "name"]))
def test_any_edited_row_is_detected(frame: list[Referral], place: int, edit: str) -> None:
    place %= len(frame)
    one_of = dict.fromkeys(STRATA, 0) | {frame[0].outcome: 1}
    drawn = draw(frame, Design(one_of), SEED)
    edited = frame.copy()
    row = edited.pop(place)
    match edit:
        case "stratum":
            other = STRATA[(STRATA.index(row.outcome) + 1) % len(STRATA)]
            edited.append(replace(row, outcome=other))
        case "again":
            edited.append(replace(row, re_referred=not row.re_referred))
        case "date":
            edited.append(replace(row, received=row.received + timedelta(days=1)))
        case "name":
            edited.append(replace(row, reference=row.reference + "0"))
    assert redraw_matches(drawn, edited)


@given(st.integers(1, 30), SEEDS)
def test_a_cell_is_unmoved_by_rows_of_other_strata(more: int, seed: str) -> None:
    design = Design(dict.fromkeys(STRATA, 5), reserves=2)
    others = [referral(1000 + n, Stratum.NO_FURTHER_ACTION) for n in range(more)]

    def section_47(drawn: Draw) -> list[str]:
        both = (*drawn.chosen, *drawn.reserves)
        return [d.reference for d in both if d.stratum is Stratum.SECTION_47]

    assert section_47(draw(FRAME, design, seed)) == section_47(draw(FRAME + others, design, seed))


def test_over_many_seeds_every_referral_of_a_cell_is_drawn_equally_often() -> None:
    times = dict.fromkeys((row.reference for row in FRAME), 0)
    seeds = 2_000
    for number in range(seeds):
        for drawn in draw(FRAME, DESIGN, f"seed {number}").chosen:
            times[drawn.reference] += 1
    example = draw(FRAME, DESIGN, "any")
    for one in example.tickets:
        probability = example.cell_of(one).probability
        assert probability is not None
        expected = float(probability) * seeds
        deviation = (expected * (1 - float(probability))) ** 0.5
        # 4.5 standard deviations: less than one chance in a thousand over the whole frame.
        assert abs(times[one.reference] - expected) <= 4.5 * deviation + 1e-9


def test_a_ticket_comes_from_the_seed_and_the_reference_alone() -> None:
    assert ticket("a", "HM-1") == ticket("a", "HM-1")
    assert ticket("a", "HM-1") != ticket("b", "HM-1")
    assert ticket("a", "Zoe\u0301") == ticket("a", "Zo\u00e9")


def test_each_chosen_referral_carries_its_probability_as_an_exact_fraction() -> None:
    drawn = draw(FRAME, DESIGN, SEED)
    again = next(d for d in drawn.chosen if d.stratum is Stratum.SECTION_47 and d.re_referred)
    cell = drawn.cell_of(again)
    assert cell.probability == Fraction(cell.places, cell.size)
    assert cell.size == 3


def test_a_draw_can_be_kept_and_read_back() -> None:
    drawn = draw(FRAME, DESIGN, SEED)
    assert replace(from_record(to_record(drawn)), notes=drawn.notes) == drawn


def test_a_redraw_names_the_row_that_was_taken_out_and_the_one_put_in() -> None:
    drawn = draw(FRAME, DESIGN, SEED)
    edited = [*FRAME[1:], referral(999)]
    said = redraw_matches(drawn, edited)
    assert "The list is not the one the sample was drawn from: its digest differs." in said
    assert "HM-000001 was in the list and is not now." in said
    assert "HM-000999 is in the list and was not then." in said


def test_a_record_in_which_somebody_swapped_a_referral_is_detected() -> None:
    drawn = draw(FRAME, DESIGN, SEED)
    swapped = replace(drawn, chosen=(drawn.reserves[0], *drawn.chosen[1:]))
    said = redraw_matches(swapped, FRAME)
    assert (
        f"{drawn.reserves[0].reference} is recorded as chosen, and the redraw does not give it."
        in said
    )
    assert (
        f"{drawn.chosen[0].reference} is chosen in the redraw, and the record does not have it."
        in said
    )


def test_a_record_of_another_method_is_not_redrawn() -> None:
    record = replace(draw(FRAME, DESIGN, SEED), method="stratified-ticket/2")
    assert "only stratified-ticket/1" in redraw_matches(record, FRAME)[0]


@pytest.mark.parametrize("seed", ["", "two\nlines", " space", "caf\u00e9"])
def test_a_seed_is_plain_text_on_one_line(seed: str) -> None:
    with pytest.raises(DrawProblem, match="plain letters, digits and signs"):
        draw(FRAME, DESIGN, seed)


def test_a_frame_is_refused_when_a_reference_is_there_twice_or_none_at_all() -> None:
    with pytest.raises(DrawProblem, match="HM-000001 is there more than once"):
        draw([*FRAME, FRAME[0]], DESIGN, SEED)
    with pytest.raises(DrawProblem, match="no referrals"):
        draw([], DESIGN, SEED)


def test_a_reference_with_a_letter_newer_than_other_computers_know_is_refused() -> None:
    odd = replace(FRAME[0], reference="HM-\U0001f600")
    with pytest.raises(DrawProblem, match="such as an emoji"):
        draw([odd, *FRAME[1:]], DESIGN, SEED)
