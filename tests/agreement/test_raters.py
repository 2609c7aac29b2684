"""Coefficients of agreement against what their authors published, and at the edges."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.raters import (
    NO_SPREAD,
    NO_VARIATION,
    ONE_CATEGORY,
    RESTS_ON_ONE,
    TOO_FEW,
    Estimate,
    Pair,
    agreement,
    alpha,
    graded,
    gwet,
    identity,
    nominal,
    ordinal,
    share,
    student,
)


def table(rows: Sequence[Sequence[int]]) -> Counter[Pair]:
    return Counter(
        {(k, m): count for k, row in enumerate(rows) for m, count in enumerate(row) if count}
    )


ABSTRACTORS = table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
"""Two abstractors, 100 pregnancies: `cont3x3abstractors` in Gwet, Handbook of Inter-Rater
Reliability (4th edition, 2014), with his results in the vignettes of his package irrCAC for R."""

PARADOX = table([[118, 5], [2, 0]])
"""Gwet, Kappa statistic is not satisfactory (2002): 125 pairs, nearly all in one category."""

JON_AND_HAN = Counter(
    zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True)
)
BEN_AND_GERRY = Counter(
    zip(map("abcde".index, "aabbdcccedda"), map("abcde".index, "babbbcccedddd"), strict=False)
)
OBSERVED = Counter(
    tuple(int(each) - 1 for each in unit if each != ".")
    for unit in zip(
        "123321412...",
        "12332241 25.3".replace(" ", ""),
        ".3332342251.",
        "123324412 51.".replace(" ", ""),
        strict=True,
    )
)
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): examples A, B, and C with D."""


def shown(found: Estimate, places: int = 3) -> list[float]:
    return [
        round(each, places) for each in (found.value, found.low, found.high) if each is not None
    ]


def test_percent_agreement_is_what_gwet_gives_for_his_abstractors() -> None:
    found = agreement(ABSTRACTORS.elements(), 3, ordered=False)
    assert found.pairs == 100
    assert found.percent.value == pytest.approx(0.89)


def test_ac1_and_its_interval_are_what_gwet_published() -> None:
    assert shown(gwet(ABSTRACTORS, identity(3))) == [0.849, 0.764, 0.935]


def test_ac2_with_quadratic_weights_and_its_interval_are_what_gwet_published() -> None:
    assert shown(gwet(ABSTRACTORS, graded(3, power=2))) == [0.940, 0.905, 0.976]


def test_ac2_with_the_linear_weights_of_the_page_is_what_irrcac_gives() -> None:
    assert shown(gwet(ABSTRACTORS, graded(3)), 5) == pytest.approx(
        [0.90002, 0.84193, 0.95811], abs=2e-5
    )
    assert agreement(ABSTRACTORS.elements(), 3, ordered=True).ac == gwet(ABSTRACTORS, graded(3))


def test_ac1_does_not_fall_where_kappa_does() -> None:
    assert gwet(PARADOX, identity(2)).value == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize(
    ("units", "metric", "published"),
    [
        (JON_AND_HAN, nominal, 0.095),
        (BEN_AND_GERRY, nominal, 0.692),
        (OBSERVED, nominal, 0.743),
        (OBSERVED, ordinal, 0.815),
    ],
    ids=["A, binary", "B, nominal", "C, four observers", "D, ordinal"],
)
def test_alpha_is_what_krippendorff_published(units, metric, published) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    assert alpha(units, metric).value == pytest.approx(published, abs=5e-4)


def test_the_interval_of_alpha_is_close_to_the_one_that_gwet_published() -> None:
    assert shown(alpha(ABSTRACTORS, nominal), 2) == pytest.approx([0.80, 0.68, 0.91], abs=0.01)


@pytest.mark.parametrize(
    ("some", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_what_newcombe_published(
    some: int, of: int, low: float, high: float
) -> None:
    assert share(some, of)[1:3] == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("freedom", "point"), [(9, 2.26216), (10, 2.22814), (30, 2.04227), (120, 1.97993)]
)
def test_students_point_is_that_of_the_tables(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=5e-5)


def test_below_ten_pairs_nothing_is_shown_and_the_reason_is() -> None:
    found = agreement([(0, 0), (0, 1), (1, 1)] * 3, 2, ordered=False)
    assert found == (9, *[Estimate(None, why=TOO_FEW)] * 3)
    assert agreement([(0, 0), (1, 1)] * 5, 2, ordered=False).percent.value == 1


def test_where_every_rating_was_the_same_alpha_is_not_defined_and_ac1_has_no_interval() -> None:
    found = agreement([(1, 1)] * 12, 4, ordered=False)
    assert found.alpha == Estimate(None, why=NO_VARIATION)
    assert found.ac == Estimate(1.0, why=NO_SPREAD)
    assert found.percent.low == pytest.approx(0.7575, abs=5e-5)


@pytest.mark.parametrize(("odd", "value"), [((0, 1), 0.0), ((1, 1), 1.0)])
def test_where_all_variation_rests_on_one_pair_alpha_has_no_interval_and_says_so(
    odd: Pair, value: float
) -> None:
    found = agreement([(0, 0)] * 11 + [odd], 2, ordered=False)
    assert found.alpha == Estimate(pytest.approx(value), why=RESTS_ON_ONE)


def test_a_scale_of_one_category_has_no_agreement_by_chance() -> None:
    assert agreement([(0, 0)] * 12, 1, ordered=False).ac == Estimate(None, why=ONE_CATEGORY)


def test_full_agreement_on_different_categories_is_one_without_an_interval() -> None:
    found = agreement([(0, 0), (1, 1)] * 6, 2, ordered=True)
    assert (found.ac, found.alpha) == (Estimate(1.0, why=NO_SPREAD), Estimate(1.0, why=NO_SPREAD))


def test_on_an_ordered_scale_one_level_apart_is_less_disagreement_than_three() -> None:
    near = [(0, 0), (3, 3), (1, 2)] * 5
    far = [(0, 0), (3, 3), (0, 3)] * 5
    for given_pairs, ordered in ((near, True), (far, True)):
        assert agreement(given_pairs, 4, ordered=ordered).percent.value == pytest.approx(2 / 3)
    close, wide = (agreement(each, 4, ordered=True) for each in (near, far))
    assert close.ac.value > wide.ac.value  # type: ignore[operator]
    assert close.alpha.value > wide.alpha.value  # type: ignore[operator]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=10, max_size=60),
    st.booleans(),
)
def test_who_is_called_first_makes_no_difference_and_the_interval_holds_the_value(
    pairs: list[Pair],
    ordered: bool,  # noqa: FBT001
) -> None:
    found = agreement(pairs, 4, ordered=ordered)
    turned = agreement([(other, one) for one, other in pairs], 4, ordered=ordered)
    for one, other in zip(found[1:], turned[1:], strict=True):
        assert one[:3] == pytest.approx(other[:3])
        if one.low is not None:
            assert one.low <= one.value <= one.high
            assert -1 <= one.low <= one.high <= 1
