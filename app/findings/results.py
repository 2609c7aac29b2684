"""A round's results: how often each answer was given, and nothing that people did not say.

No mean of grades and no score. Absences stand apart from answers, so that a base is always of
answers. Below ten answers there are counts and no percentages: one case would move them by more
than anybody should read into it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.comparisons.sheet import Line, Sheet
from app.tools import STATE_WORDS, Choices, Coded, Grade, State

SMALLEST_BASE = 10
"""The fewest answers of which a percentage is given."""

ABSENT = (State.NOT_APPLICABLE, State.NOT_KNOWN, State.NOT_RECORDED, State.NOT_ANSWERED)

Given = tuple[int, int]
"""A state and code as tallies hold them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer, how many responses gave it, and that in whole percent of the answers."""

    words: str
    count: int
    percent: int | None


class Result(NamedTuple):
    """What the responses said to one question."""

    place: int
    key: str
    text: str
    section: str
    asked: int
    """Responses that were asked it; the answered and the absent add up to them."""
    answered: int
    bars: tuple[Bar, ...]
    """Empty for what is answered in words, numbers or dates."""
    absent: tuple[Bar, ...]
    several: bool
    """Whether one response may count in several bars."""


class HeatRow(NamedTuple):
    """One graded question, with the answers of each agency in words and counts."""

    place: int
    key: str
    text: str
    cells: tuple[tuple[str, int], ...]
    """The words, and how dark from 0 to 5: the share of answers in the lower half of the scale."""


def results(
    sheet: Sheet, tallies: Mapping[int, Mapping[Given, int]], theme: str, section: str
) -> list[Result]:
    """Work out each question's result, in the order of the tool, for a part or all of it."""
    return [
        _result(sheet, line, tallies[line.number])
        for line in sheet.lines
        if line.number in tallies
        and (not theme or theme in line.question.themes)
        and (not section or section == line.section.id)
    ]


def _result(sheet: Sheet, line: Line, tally: Mapping[Given, int]) -> Result:
    question, states = line.question, Counter[State]()
    chosen: Counter[str] = Counter()
    for options, state, count in _decoded(sheet, line, tally):
        states[state] += count
        chosen.update(dict.fromkeys(options, count))
    answered = states[State.ANSWERED]
    asked = states.total()
    bars: tuple[Bar, ...] = ()
    if isinstance(question, Coded):
        words = question.labels
        bars = tuple(Bar(words[o], chosen[o], _percent(chosen[o], answered)) for o in words)
    absent = [(STATE_WORDS[state], states[state]) for state in ABSENT]
    return Result(
        place=line.place,
        key=question.id,
        text=question.text,
        section=line.section.title,
        asked=asked,
        answered=answered,
        bars=bars,
        absent=tuple(Bar(words, count, None) for words, count in absent if count),
        several=isinstance(question, Choices),
    )


def _decoded(
    sheet: Sheet, line: Line, tally: Mapping[Given, int]
) -> Iterator[tuple[tuple[str, ...], State, int]]:
    for (state, code), count in tally.items():
        known, options = sheet.numbers.decode(line.question, state, code or None)
        # What could not be read when it was sent is no answer; sending refuses it anyway.
        yield options, State.NOT_ANSWERED if known is State.UNREADABLE else known, count


def _percent(count: int, base: int) -> int | None:
    """Return whole percent, and None where the base is too small for any.

    >>> _percent(3, 9) is None, _percent(3, 10)
    (True, 30)
    """
    return round(100 * count / base) if base >= SMALLEST_BASE else None


def heat(
    sheet: Sheet,
    by_agency: Mapping[int, Mapping[int, Mapping[Given, int]]],
    agencies: Iterable[int],
    shown: Iterable[Result],
) -> list[HeatRow]:
    """Lay the grades that each agency gave side by side: words and counts, and a shade."""
    wanted = {result.key for result in shown}
    columns = list(agencies)
    return [
        HeatRow(
            line.place,
            line.question.id,
            line.question.text,
            tuple(
                _cell(sheet, line, by_agency.get(agency, {}).get(line.number, {}))
                for agency in columns
            ),
        )
        for line in sheet.lines
        if isinstance(line.question, Grade) and line.question.id in wanted
    ]


def _cell(sheet: Sheet, line: Line, tally: Mapping[Given, int]) -> tuple[str, int]:
    if not isinstance(line.question, Grade):
        raise TypeError("only grades have a better and a worse end")
    result = _result(sheet, line, tally)
    given = [bar for bar in result.bars if bar.count]
    absent = sum(bar.count for bar in result.absent)
    words = [f"{bar.words} {bar.count}" for bar in given]
    if absent:
        words.append(f"No answer {absent}")
    best_first = result.bars[::-1] if line.question.worst_first else result.bars
    lower = sum(bar.count for bar in best_first[(len(best_first) + 1) // 2 :])
    shade = round(5 * lower / result.answered) if result.answered else 0
    return ", ".join(words) or "Not asked", shade
