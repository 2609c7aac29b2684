"""From a list and a confirmed mapping to the frame: every row reads, or every bad row is named.

All or nothing: a frame with its awkward rows left out would no longer be the list.

Public: `referrals(read, mapping, rules) -> tuple[Referral, ...] | RowProblems`, `Rules`,
`RowProblems`, `RowProblem`. Mapping and guesses are in `app.samples.mapping`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.samples.canonical import NOT_LASTING, lasting, normal
from app.samples.dates import DateProblem, months_before, read_date
from app.samples.frame import IN_WORDS, Referral, Stratum
from app.samples.lists import Column, ReadList
from app.samples.mapping import NO, YES, Mapping, key, suggest

__all__ = ["Mapping", "RowProblem", "RowProblems", "Rules", "referrals", "suggest"]

SHOWN: Final = 40  # characters of a value that a sentence repeats
LONGEST: Final = 100  # characters of a reference
EARLIEST: Final = 1900  # what stands in for "no date" in a list, as 01/01/0001, lies before
NEEDED: Final = {
    "reference": "each referral's reference",
    "outcome": "the outcome",
    "received": "the date each referral was received",
}


@dataclass(frozen=True)
class Rules:
    """What the round has set: today, and how many calendar months make a re-referral."""

    today: date
    window_months: int = 5


@dataclass(frozen=True)
class RowProblem:
    """One thing to put right: where it is in the file, and what to write instead."""

    row: int | None
    letter: str
    heading: str
    what: str

    @property
    def sentence(self) -> str:
        """Say it as a person reads it beside the spreadsheet."""
        if self.row is None:
            return self.what
        return f"Row {self.row}, column {self.letter} ({self.heading}): {self.what}"


@dataclass(frozen=True)
class RowProblems:
    """Everything that stops a list from becoming a frame."""

    problems: tuple[RowProblem, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every problem as a sentence, in the order of the file."""
        return tuple(problem.sentence for problem in self.problems)


def referrals(read: ReadList, mapping: Mapping, rules: Rules) -> tuple[Referral, ...] | RowProblems:
    """Read every row of a list as a referral, in the order of the file, or name every bad row."""
    if missing := _mapping_problems(read, mapping):
        return RowProblems(tuple(RowProblem(None, "", "", what) for what in missing))
    reader = _Reader(read, mapping, rules)
    made = [reader.row(place) for place in range(len(read.rows))]
    if reader.problems:
        return RowProblems(tuple(reader.problems))
    return tuple(referral for referral in made if referral is not None)


def _mapping_problems(read: ReadList, mapping: Mapping) -> list[str]:
    chosen = {part: getattr(mapping, part) for part in (*NEEDED, "previous", "re_referred")}
    problems = [
        f"Choose the column with {words}." for part, words in NEEDED.items() if not chosen[part]
    ]
    again = (mapping.previous, mapping.re_referred)
    if all(again):
        problems.append(
            "Choose either the date of the previous referral or the yes or no of re-referral, not "
            "both."
        )
    if not any(again):
        problems.append(
            "Choose the column with the date of the previous referral, or one that says yes or no "
            "to re-referral."
        )
    letters = [letter for letter in chosen.values() if letter]
    kept = {column.letter for column in read.kept}
    problems += [
        f"Column {letter} is not among the columns kept."
        for letter in letters
        if letter not in kept
    ]
    if len(set(letters)) < len(letters):
        problems.append("Choose a different column for each part: one was chosen twice.")
    return problems


class _Reader:
    """Reads row after row, remembering references seen and everything wrong."""

    def __init__(self, read: ReadList, mapping: Mapping, rules: Rules) -> None:
        self.rows = read.rows
        self.rules = rules
        self.strata = dict(mapping.outcomes)
        self.reference_in = read.column(mapping.reference or "")
        self.outcome_in = read.column(mapping.outcome or "")
        self.received_in = read.column(mapping.received or "")
        self.previous_in = read.column(mapping.previous) if mapping.previous else None
        self.again_in = read.column(mapping.re_referred) if mapping.re_referred else None
        self.seen: dict[str, int] = {}
        self.problems: list[RowProblem] = []

    def row(self, place: int) -> Referral | None:
        """Read one row; None when something in it is wrong."""
        before = len(self.problems)
        reference = self._reference(place)
        outcome = self._outcome(place)
        received = self._date(self.received_in, place, "the date it was received")
        previous = self._previous(place, received)
        again = self._again(place, received, previous)
        if len(self.problems) > before or not reference or not outcome or not received:
            return None
        return Referral(reference, outcome, received, previous, again)

    def _wrong(self, column: Column, place: int, what: str) -> None:
        self.problems.append(RowProblem(self.rows[place], column.letter, column.heading, what))

    def _reference(self, place: int) -> str:
        cell = " ".join(normal(self.reference_in.cells[place]).split())
        if not cell:
            self._wrong(
                self.reference_in, place, "there is no reference. Give each referral its own."
            )
        elif not lasting(cell):
            self._wrong(self.reference_in, place, f"{_shown(cell)} {NOT_LASTING}")
        elif len(cell) > LONGEST:
            self._wrong(
                self.reference_in,
                place,
                f"this reference is longer than {LONGEST} characters. Shorten it.",
            )
        elif (first := self.seen.setdefault(cell.casefold(), self.rows[place])) != self.rows[place]:
            self._wrong(
                self.reference_in,
                place,
                f"{_shown(cell)} is also the reference of row {first}. Give each referral its own, "
                "or "
                "remove the row that is there twice.",
            )
        return cell

    def _outcome(self, place: int) -> Stratum | None:
        cell = self.outcome_in.cells[place]
        stratum = self.strata.get(key(cell))
        if not cell:
            self._wrong(
                self.outcome_in, place, f"there is no outcome. Write one of: {_outcomes()}."
            )
        elif stratum is None:
            self._wrong(
                self.outcome_in,
                place,
                f"{_shown(cell)} has not been matched to an outcome. Match it, or write one of: "
                f"{_outcomes()}.",
            )
        return stratum

    def _date(self, column: Column, place: int, words: str) -> date | None:
        cell = column.cells[place]
        if not cell:
            self._wrong(column, place, f"{words} is missing. Write it as 14/08/2025.")
            return None
        try:
            day = read_date(cell)
        except DateProblem as problem:
            self._wrong(column, place, f"{_shown(cell)} {problem}.")
            return None
        if day.year < EARLIEST:
            self._wrong(
                column, place, f"{_shown(cell)} is before the year {EARLIEST}. Check the year."
            )
            return None
        if day > self.rules.today:
            self._wrong(
                column,
                place,
                f"{_shown(cell)} is in the future. Check the year and the order of day and month.",
            )
            return None
        return day

    def _previous(self, place: int, received: date | None) -> date | None:
        if self.previous_in is None or not self.previous_in.cells[place]:
            return None
        previous = self._date(self.previous_in, place, "the date of the previous referral")
        if previous and received and previous > received:
            self._wrong(
                self.previous_in,
                place,
                f"{_shown(self.previous_in.cells[place])} is later than the date the referral was "
                "received. Check both dates, or leave this one empty if there was no referral "
                "before.",
            )
        return previous

    def _again(self, place: int, received: date | None, previous: date | None) -> bool:
        """Say whether the child was referred again within the window, by date or by yes and no."""
        if self.again_in is None:
            within = received and months_before(received, self.rules.window_months)
            return bool(within and previous and previous >= within)
        said = key(self.again_in.cells[place])
        if said not in YES | NO:
            what = f"{_shown(self.again_in.cells[place])} is neither" if said else "this is empty"
            self._wrong(self.again_in, place, f"{what}. Write yes or no.")
        return said in YES


def _outcomes() -> str:
    return ", ".join(IN_WORDS.values())


def _shown(value: str) -> str:
    short = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return f"“{short}”"
