"""Coefficients for two raters of the same things, each with a 95% interval or why there is none.

A category is its place on the question's scale, from 0. Written by hand because nothing that is
kept gives them with their intervals (docs/adr/0016); checked against the examples that Gwet and
Krippendorff published and against another implementation of Krippendorff's alpha.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple, TypeVar

FEWEST = 10
"""Pairs below which no coefficient is shown: its interval would span most of the scale."""

Pair = tuple[int, int]
Unit = TypeVar("Unit", bound=tuple[int, ...])
"""The ratings that one thing was given, however many."""
Weights = Sequence[Sequence[float]]
"""How far two categories count as agreement: 1 for the same, less the further apart they are."""

TOO_FEW = "not shown: fewer than 10 pairs"
ONE_CATEGORY = "not defined: the scale has one category"
NO_VARIATION = "not defined: every rating was the same, so there is no variation to agree on"
NO_SPREAD = "no interval: the pairs are all alike, so there is no spread to estimate it from"
RESTS_ON_ONE = "no interval: without one of the pairs there would be no variation to agree on"
_Z = NormalDist().inv_cdf(0.975)


class Estimate(NamedTuple):
    """One coefficient with its 95% interval; `why` says what is missing and why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


class Agreement(NamedTuple):
    """What is said of the pairs of one question."""

    pairs: int
    percent: Estimate
    ac: Estimate
    """Gwet's AC1 where categories have no order, AC2 with linear weights where they have."""
    alpha: Estimate
    """Krippendorff's alpha, nominal or ordinal."""


def agreement(pairs: Iterable[Pair], categories: int, *, ordered: bool) -> Agreement:
    """Say how far two raters agreed who each gave one of so many categories."""
    counted = Counter(pairs)
    told = sum(counted.values())
    if told < FEWEST:
        few = Estimate(None, why=TOO_FEW)
        return Agreement(told, few, few, few)
    weights = graded(categories) if ordered else identity(categories)
    metric = ordinal if ordered else nominal
    same = sum(count for (one, other), count in counted.items() if one == other)
    return Agreement(told, share(same, told), gwet(counted, weights), alpha(counted, metric))


def share(some: int, everything: int) -> Estimate:
    """Return a share with Wilson's interval, which stays truthful near none and all.

    Newcombe (1998), 81 of 263:

    >>> [round(number, 4) for number in share(81, 263)[:3]]
    [0.308, 0.2553, 0.3662]
    """
    found, z2 = some / everything, _Z * _Z
    middle = (some + z2 / 2) / (everything + z2)
    reach = _Z * sqrt(everything * found * (1 - found) + z2 / 4) / (everything + z2)
    return Estimate(
        found, min(found, max(0.0, middle - reach)), max(found, min(1.0, middle + reach))
    )


def identity(categories: int) -> Weights:
    """Only the same category is agreement: the weights that make AC1."""
    return [[float(k == m) for m in range(categories)] for k in range(categories)]


def graded(categories: int, power: int = 1) -> Weights:
    """Agreement falls with the distance on the scale: linear weights, or quadratic for power 2.

    >>> graded(3)[0]
    [1.0, 0.5, 0.0]
    """
    longest = max(1, categories - 1)
    return [
        [1 - (abs(k - m) / longest) ** power for m in range(categories)] for k in range(categories)
    ]


def gwet(pairs: Mapping[Pair, int], weights: Weights) -> Estimate:
    """Gwet's AC1, or AC2 where the weights are not the identity, by his variance of two raters.

    The categories are those of the scale, whether or not anybody chose them (Gwet 2014, 4.3, 5.3).
    """
    n, size = sum(pairs.values()), len(weights)
    if size < 2:  # noqa: PLR2004 - two make a choice
        return Estimate(None, why=ONE_CATEGORY)
    chosen = [0.0] * size
    for (one, other), count in pairs.items():
        chosen[one] += count / (2 * n)
        chosen[other] += count / (2 * n)
    spread = sum(map(sum, weights)) / (size * (size - 1))
    by_chance = spread * sum(each * (1 - each) for each in chosen)
    agreed = sum(count * weights[k][m] for (k, m), count in pairs.items()) / n
    value = (agreed - by_chance) / (1 - by_chance)
    squares = 0.0
    for (k, m), count in pairs.items():
        here = spread * (2 - chosen[k] - chosen[m]) / 2
        shifted = (weights[k][m] - by_chance) / (1 - by_chance)
        shifted -= 2 * (1 - value) * (here - by_chance) / (1 - by_chance)
        squares += count * (shifted - value) ** 2
    return _with_interval(value, squares / (n * n), n)


Metric = Callable[[Sequence[float], int, int], float]
"""How far apart two categories are, given how often each was chosen."""


def nominal(_: Sequence[float], one: int, other: int) -> float:
    """Different categories are equally far apart."""
    return float(one != other)


def ordinal(chosen: Sequence[float], one: int, other: int) -> float:
    """Categories are as far apart as ratings lie between them (Krippendorff 2011)."""
    low, high = sorted((one, other))
    between = sum(chosen[low : high + 1]) - (chosen[low] + chosen[high]) / 2
    return between * between


def alpha(units: Mapping[Unit, int], metric: Metric) -> Estimate:
    """Krippendorff's alpha; the interval is that of the jackknife, leaving out one unit at a time.

    Units may have any number of ratings; one alone says nothing about agreement and is left out.
    """
    paired = {unit: count for unit, count in units.items() if len(unit) > 1}
    value = _alpha(paired, metric)
    if value is None:
        return Estimate(None, why=NO_VARIATION)
    n, without = sum(paired.values()), []
    for unit, count in paired.items():
        left = _alpha({**paired, unit: count - 1}, metric)
        if left is None:
            return Estimate(value, why=RESTS_ON_ONE)
        without.append((left, count))
    mean = sum(left * count for left, count in without) / n
    variance = (n - 1) / n * sum(count * (left - mean) ** 2 for left, count in without)
    return _with_interval(value, variance, n)


def _alpha(units: Mapping[Unit, int], metric: Metric) -> float | None:
    """Return one less observed disagreement over expected; None where nothing varies."""
    chosen = [0.0] * (1 + max(max(unit) for unit in units))
    for unit, count in units.items():
        for rating in unit:
            chosen[rating] += count
    everything = sum(chosen)
    observed = sum(
        count * sum(metric(chosen, one, other) for one in unit for other in unit) / (len(unit) - 1)
        for unit, count in units.items()
    )
    expected = sum(
        chosen[one] * chosen[other] * metric(chosen, one, other)
        for one in range(len(chosen))
        for other in range(len(chosen))
    ) / (everything - 1)
    return 1 - observed / expected if expected else None


def _with_interval(value: float, variance: float, n: int) -> Estimate:
    """Put Student's interval around a coefficient, within the values that it can take."""
    if variance <= 1e-18:  # noqa: PLR2004 - nothing but the rounding of floats
        return Estimate(value, why=NO_SPREAD)
    reach = student(n - 1) * sqrt(variance)
    return Estimate(value, max(-1.0, value - reach), min(1.0, value + reach))


def student(freedom: int) -> float:
    """Return Student's 97.5% point, by Abramowitz and Stegun 26.7.5.

    Right within 0.00002 from nine degrees of freedom, below which nothing is shown.

    >>> round(student(9), 3), round(student(99), 3)
    (2.262, 1.984)
    """
    z = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))
