import re

from app.samples.allocation import Design
from app.samples.draw import draw
from app.samples.frame import STRATA
from app.samples.statement import Background, Exclusion, Replacement, statement
from tests.samples.frames import SEED, frame_of

NFA, EARLY, S17, S47 = STRATA
FRAME = frame_of({NFA: (10, 50), EARLY: (8, 30), S17: (6, 20), S47: (3, 9)})
DRAWN = draw(FRAME, Design(dict.fromkeys(STRATA, 5), minimum=6, reserves=2), SEED)
BACKGROUND = Background(
    list_title="the list of referrals received in August",
    rows=140,
    exclusions=(Exclusion("the child has moved away", 4),),
    replacements=(Replacement("HM-000001", "HM-000009", "the file could not be found"),),
)


def test_a_statement_says_from_what_how_and_with_which_limits() -> None:
    said = " ".join(statement(DRAWN, BACKGROUND))
    for words in (
        "the list of referrals received in August, 140 referrals",
        "of which 136 could be drawn",
        "the child has moved away (4)",
        "20 referrals were drawn at random within each outcome",
        "referred again within five months before",
        "At least 6 had to be re-referred",
        "Section 47, re-referred, 1 of 3",
        "1 of the referrals drawn could not be audited",
        "the file could not be found",
        "each group must be weighted by its share of the list first",
        f"Method stratified-ticket/1, seed {SEED}, digest of the list {DRAWN.digest}",
    ):
        assert words in said


def test_a_statement_for_a_subgroup_tells_no_number_of_cases() -> None:
    *told, proof = statement(DRAWN, BACKGROUND, counts=False)
    assert proof.startswith("Method stratified-ticket/1, seed")
    without = " ".join(told)
    assert re.findall(r"\d+", without) == []
    assert "Some rows of the list were left out before the draw" in without
    assert "Some referrals drawn could not be audited" in without
    assert "the child has moved away" not in without, "typed about one child"
    assert "the file could not be found" not in without
    assert "A minimum number had to be re-referred" in without
    assert "must be weighted" in without
    assert "HM-" not in without


def test_a_sample_drawn_at_one_rate_needs_no_weights_and_says_nothing_of_them() -> None:
    even = frame_of(dict.fromkeys(STRATA, (2, 2)))
    drawn = draw(even, Design(dict.fromkeys(STRATA, 2)), SEED)
    said = " ".join(statement(drawn, Background("the list", 16)))
    assert "weighted" not in said
    assert "No reserve was used." in said
    assert "all of which could be drawn" in said


def test_a_group_that_could_not_be_drawn_is_among_the_limits() -> None:
    drawn = draw(FRAME, Design({NFA: 5, EARLY: 5, S17: 5, S47: 0}), SEED)
    said = " ".join(statement(drawn, Background("the list", 136), counts=False))
    assert "It can say nothing about: Section 47, re-referred; Section 47, not re-referred." in said
