"""How many places each cell of the frame gets, settled before anything is drawn.

A cell is a stratum and whether the referral was a re-referral. Each stratum's places are shared
between its two cells by their sizes (largest remainder); a cell with rows gets one place at least,
where its stratum has places enough; then places move inside strata, one at a time and by rule,
until the minimum of re-referred is met. No chance enters here, so a referral's probability of
being drawn is the places of its cell over the rows of its cell.

Public: `Design`, `Cell`, `Allocation`, `plan(frame, design) -> Allocation` raising `DrawProblem`,
`largest_remainder(total, weights)`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.samples.frame import IN_WORDS, STRATA, Referral, Stratum


class DrawProblem(Exception):
    """Why a sample cannot be drawn as asked, in sentences for the coordinator."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences: tuple[str, ...] = sentences


@dataclass(frozen=True)
class Design:
    """What the round asks of its sample.

    `strata` says how many places each stratum gets; or, when `total` is given, its share of that
    total as a whole-number weight (percentages will do). `minimum` is the fewest re-referred in
    the whole sample; `reserves` is how many are kept in waiting in each cell.
    """

    strata: Mapping[Stratum, int]
    total: int | None = None
    minimum: int = 0
    reserves: int = 0


@dataclass(frozen=True)
class Cell:
    """One stratum's re-referred, or its others: how many rows it has and how many are drawn."""

    stratum: Stratum
    re_referred: bool
    size: int
    places: int

    @property
    def probability(self) -> Fraction | None:
        """The chance of each referral of the cell to be drawn, exactly; None for an empty cell."""
        return Fraction(self.places, self.size) if self.size else None

    @property
    def in_words(self) -> str:
        """Name the cell as a page does."""
        return (
            f"{IN_WORDS[self.stratum]}, {'re-referred' if self.re_referred else 'not re-referred'}"
        )


@dataclass(frozen=True)
class Allocation:
    """Places by cell: strata in their order, re-referred first, empty cells included."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()

    @property
    def places(self) -> int:
        """The size of the sample."""
        return sum(cell.places for cell in self.cells)

    @property
    def re_referred(self) -> int:
        """How many of the sample will be re-referred."""
        return sum(cell.places for cell in self.cells if cell.re_referred)


@dataclass
class _Pair:
    """A stratum's two cells while places still move."""

    stratum: Stratum
    again: int
    others: int
    again_places: int = 0
    others_places: int = 0

    @property
    def size(self) -> int:
        return self.again + self.others

    def can_move(self, keep: int) -> bool:
        """Say whether one place can go to the re-referred, leaving `keep` to the others."""
        return self.again_places < self.again and self.others_places > keep

    def after_moving(self) -> Fraction:
        """Give the share of the stratum's re-referred that one more place would draw."""
        return Fraction(self.again_places + 1, self.again)


def plan(frame: Iterable[Referral], design: Design) -> Allocation:
    """Settle how many are drawn from each cell, or say in words why the design cannot be met."""
    sizes = Counter((referral.outcome, referral.re_referred) for referral in frame)
    pairs = [
        _Pair(s, sizes[s, True], sizes[s, False])
        for s in STRATA
        if s in design.strata or _any(sizes, s)
    ]
    _refuse_design(design, pairs)
    asked = _asked(design)
    if short := [
        _too_few(pair, asked[pair.stratum]) for pair in pairs if asked[pair.stratum] > pair.size
    ]:
        raise DrawProblem(*short)
    for pair in pairs:
        _share(pair, asked[pair.stratum])
    _meet_minimum(pairs, design.minimum)
    cells = tuple(cell for pair in pairs for cell in _cells(pair))
    return Allocation(cells, _notes(cells, design))


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share whole places by weight (Hamilton's method); equal remainders go to the earlier.

    `total` >= 0, weights >= 0 with a sum above 0; the shares add up to `total`.

    >>> largest_remainder(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def _any(sizes: Counter[tuple[Stratum, bool]], stratum: Stratum) -> bool:
    return bool(sizes[stratum, True] or sizes[stratum, False])


def _refuse_design(design: Design, pairs: Sequence[_Pair]) -> None:
    numbers = [*design.strata.values(), design.minimum, design.reserves, design.total or 0]
    problems = []
    if any(number < 0 for number in numbers):
        problems.append("A number of places cannot be less than 0.")
    problems += [
        f"Say how many {IN_WORDS[pair.stratum]} referrals to draw; write 0 to leave them out."
        for pair in pairs
        if pair.stratum not in design.strata
    ]
    if not sum(design.strata.values()) or design.total == 0:
        problems.append("Ask for one referral at least.")
    if problems:
        raise DrawProblem(*problems)


def _asked(design: Design) -> dict[Stratum, int]:
    strata = [stratum for stratum in STRATA if stratum in design.strata]
    weights = [design.strata[stratum] for stratum in strata]
    numbers = weights if design.total is None else largest_remainder(design.total, weights)
    return dict(zip(strata, numbers, strict=True))


def _too_few(pair: _Pair, asked: int) -> str:
    have = f"{pair.size:,} referral{'' if pair.size == 1 else 's'}" if pair.size else "no referrals"
    return f"{IN_WORDS[pair.stratum]} has {have}; you asked for {asked:,}."


def _share(pair: _Pair, places: int) -> None:
    """Share a stratum's places by the sizes of its cells, one to each cell where that can be."""
    if not places:
        return
    again, others = largest_remainder(places, [pair.again, pair.others])
    if places > 1 and pair.again and pair.others:
        # A cell with no place is a group that could not have been drawn: nothing can be said of it.
        again = min(max(again, 1), places - 1)
        others = places - again
    pair.again_places, pair.others_places = again, others


def _meet_minimum(pairs: Sequence[_Pair], minimum: int) -> None:
    """Move places to the re-referred, each time where the smallest share of them is drawn."""
    have = sum(pair.again_places for pair in pairs)
    for keep in (1, 0):  # first leave every cell a place; only then empty one
        while have < minimum:
            able = [pair for pair in pairs if pair.can_move(keep)]
            if not able:
                break
            chosen = min(
                able, key=_Pair.after_moving
            )  # the first of equals, in the order of strata
            chosen.again_places += 1
            chosen.others_places -= 1
            have += 1
    if have < minimum:
        raise DrawProblem(_unmet(pairs, minimum, have))


def _unmet(pairs: Sequence[_Pair], minimum: int, have: int) -> str:
    frame = sum(pair.again for pair in pairs)
    if frame < minimum:
        return f"The list has {frame:,} re-referred; you asked for {minimum:,} at least."
    return (
        f"At most {have:,} re-referred fit into the places of their strata; you asked for "
        f"{minimum:,} "
        "at least. Give more places to the strata where children were re-referred, or lower the "
        "minimum."
    )


def _cells(pair: _Pair) -> tuple[Cell, Cell]:
    return (
        Cell(pair.stratum, re_referred=True, size=pair.again, places=pair.again_places),
        Cell(pair.stratum, re_referred=False, size=pair.others, places=pair.others_places),
    )


def _notes(cells: Sequence[Cell], design: Design) -> tuple[str, ...]:
    notes = [
        f"{cell.in_words}: none is drawn, so the sample can say nothing about these referrals."
        for cell in cells
        if cell.size and not cell.places
    ]
    notes += [
        f"{cell.in_words}: {cell.size - cell.places} in reserve, because there are no more."
        for cell in cells
        if cell.places and cell.size - cell.places < design.reserves
    ]
    return tuple(notes)
