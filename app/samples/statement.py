"""What a pack says about its sample: from which list, how it was drawn, what it can and cannot say.

Two forms: with counts, for those who see the round's cases; and without any count of cases, for a
subgroup, to whom a small number can tell which family it was. Reasons that were typed about one
case can tell it too, and stand in the first alone.

Public: `statement(draw, background, counts=True) -> tuple[str, ...]`, one paragraph each;
`Background`, `Exclusion`, `Replacement`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.samples.allocation import Cell
from app.samples.draw import Draw


@dataclass(frozen=True)
class Exclusion:
    """Why some rows of the list could not be drawn, and how many."""

    reason: str
    rows: int


@dataclass(frozen=True)
class Replacement:
    """A reserve that took the place of a chosen referral, and why."""

    reference: str
    reserve: str
    reason: str


@dataclass(frozen=True)
class Background:
    """What a statement needs besides the draw: the list as people call it, and what came after."""

    list_title: str
    rows: int
    exclusions: tuple[Exclusion, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    window_months: int = 5


def statement(draw: Draw, background: Background, *, counts: bool = True) -> tuple[str, ...]:
    """State in words how the sample came about; without `counts` no number of cases is told."""
    told = (
        _list(draw, background, counts=counts),
        _excluded(background.exclusions, counts=counts),
        _method(draw, background, counts=counts),
        _cells(draw.cells) if counts else "",
        _replaced(background.replacements, counts=counts),
        _limits(draw.cells),
        _proof(draw),
    )
    return tuple(paragraph for paragraph in told if paragraph)


def _list(draw: Draw, background: Background, *, counts: bool) -> str:
    if not counts:
        return f"The sample was drawn from {background.list_title}, by references without names."
    frame = sum(cell.size for cell in draw.cells)
    left = (
        "all of which could be drawn"
        if frame == background.rows
        else f"of which {frame:,} could be drawn"
    )
    return (
        f"The sample was drawn from {background.list_title}, {background.rows:,} referrals by "
        f"references without names, {left}."
    )


def _excluded(exclusions: Iterable[Exclusion], *, counts: bool) -> str:
    reasons = [f"{e.reason} ({e.rows:,})" for e in exclusions]
    if reasons and not counts:
        return "Some rows of the list were left out before the draw, each with a reason."
    return f"Left out before the draw, with these reasons: {'; '.join(reasons)}." if reasons else ""


def _method(draw: Draw, background: Background, *, counts: bool) -> str:
    design = draw.design
    drawn = f"{len(draw.chosen):,} referrals were" if counts else "Referrals were"
    months = f"{_months(background.window_months)} before"
    said = (
        f"{drawn} drawn at random within each outcome, apart for children referred again within "
        f"{months} and for the others. The number of places in each group was settled before "
        "the draw."
    )
    if design.minimum:
        least = f"At least {design.minimum:,}" if counts else "A minimum number"
        said += (
            f" {least} had to be re-referred; places were moved within outcomes, by rule, "
            "to reach it."
        )
    return said


def _cells(cells: Iterable[Cell]) -> str:
    told = [f"{cell.in_words}, {cell.places:,} of {cell.size:,}" for cell in cells if cell.size]
    return f"Drawn: {'; '.join(told)}."


def _replaced(replacements: tuple[Replacement, ...], *, counts: bool) -> str:
    if not replacements:
        return "No reserve was used."
    many = f"{len(replacements):,} of the referrals drawn" if counts else "Some referrals drawn"
    said = (
        f"{many} could not be audited, and the next in reserve from the same group took the place."
    )
    reasons = "; ".join(dict.fromkeys(r.reason for r in replacements))
    return f"{said} Reasons: {reasons}." if counts else said


def _limits(cells: Iterable[Cell]) -> str:
    filled = [cell for cell in cells if cell.size]
    rates = {cell.probability for cell in filled}
    said = "The sample speaks for the referrals on this list, and for no others."
    if len(rates) > 1:
        said += (
            " The groups were drawn at different rates, so a rate over the whole sample is not the "
            "rate over the list: each group must be weighted by its share of the list first."
        )
    never = [cell.in_words for cell in filled if not cell.places]
    if never:
        said += f" It can say nothing about: {'; '.join(never)}."
    return said


def _proof(draw: Draw) -> str:
    return (
        f"Method {draw.method}, seed {draw.seed}, digest of the list {draw.digest}. Anybody who "
        "holds the list can draw the same sample again from these."
    )


def _months(number: int) -> str:
    words = {1: "one month", 2: "two months", 3: "three months", 4: "four months", 5: "five months",
             6: "six months", 9: "nine months", 12: "twelve months"}  # fmt: skip
    return words.get(number, f"{number} months")
