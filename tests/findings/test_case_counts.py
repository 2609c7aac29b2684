"""What looks like a count of cases, and what only looks like a number."""

import time

import pytest

from app.findings.case_counts import counts_in


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("It was late in 7 of 12 cases.", "7 of 12 cases"),
        ("It was late in 7 of 12.", "7 of 12"),
        ("Seven out of twelve were late", "Seven out of twelve"),
        ("late in 7/12 cases", "7/12 cases"),
        ("One in three children waited", "One in three children"),
        ("Then three children were seen", "three children"),
        ("two of the children", "two of the children"),
        ("two very young children", "two very young children"),
        ("12 audited cases", "12 audited cases"),
        ("twenty-one families", "twenty-one families"),
        ("58% of cases", "58% of cases"),
        ("58 per cent of the children", "58 per cent of the children"),
        ("Half of the children waited", "Half of the children"),
        ("two thirds of these cases", "two thirds of these cases"),
        ("In one case the school was told late", "In one case"),
        ("one of the children", "one of the children"),
        ("both\nchildren", "both children"),
        ("a couple of families", "a couple of families"),
        ("(n = 12)", "n = 12"),
    ],
)
def test_a_count_of_cases_is_found_as_it_was_typed(words: str, phrase: str) -> None:
    assert counts_in(words) == (phrase,)


@pytest.mark.parametrize(
    "words",
    [
        "Most children were seen, and some waited.",
        "Take one case of yours to supervision, and look at it beside them.",
        "A 12 year old child and two-year-old children",
        "Section 17 cases and section 47 child protection",
        "Year 9 pupils at key stage 3",
        "Within 15 working days",
        "Two agencies and the children they know",
        "On 3 March 2026 the child was seen",
        "One child at a time",
        "4. Children are heard",
    ],
)
def test_other_numbers_are_left_alone(words: str) -> None:
    assert counts_in(words) == ()


@pytest.mark.parametrize("piece", ["two very ", "1 of ", "a third of the ", "9" * 50, "in one "])
def test_the_longest_section_is_looked_through_at_once(piece: str) -> None:
    begun = time.perf_counter()
    counts_in(piece * (5000 // len(piece)))
    assert time.perf_counter() - begun < 0.5
