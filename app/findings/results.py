"""A round's results: how often each answer was given, and nothing that people did not say.

No mean of grades and no score. Absences stand apart from answers, and each from the others, so
that a base is always of answers. Below ten answers, or where they may be about fewer than ten
subjects, there are counts and no percentages: one case would move them by more than anybody should
read into it, and five agencies' answers about one case are still one case.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.comparisons.sheet import Line, Sheet
from app.tools import Choices, Coded, Grade, State

SMALLEST_BASE = 10
"""The fewest answers, and the fewest subjects, of which a percentage is given."""

ABSENT = (State.NOT_APPLICABLE, State.NOT_KNOWN, State.NOT_RECORDED, State.NOT_ANSWERED)

Given = tuple[int, int]
"""A state and code as tallies hold them."""

Tallies = Mapping[int, Mapping[Given, int]]
"""By question number, then state and code: how many responses gave it."""


class Tallied(NamedTuple):
    """A strand's tallies, and what they are about."""

    by_question: Tallies
    responses: int
    """How many were sent."""
    subjects: int
    """How many subjects they are about: several agencies answer about one."""
    few: frozenset[int] = frozenset()
    """The questions, by number, that may have been answered about too few of those subjects."""


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
    over: bool
    """Whether an older version of the tool asked it, and this one no longer does."""


class HeatRow(NamedTuple):
    """One graded question, with the answers of each agency in words and counts."""

    place: int
    key: str
    text: str
    cells: tuple["HeatCell", ...]


class HeatCell(NamedTuple):
    """The grades that one agency gave to one question."""

    words: str
    absent: str
    """Each absence by its name with its count; empty where there is none."""
    shade: int
    """How dark, from 0 to 5: the share of answers in the lower half of the scale."""


def results(sheet: Sheet, tallied: Tallied, theme: str, section: str) -> list[Result]:
    """Work out each question's result, in the order of the tool, for a part or all of it.

    What is no longer asked is in no theme.
    """
    return [
        _result(
            sheet,
            line,
            tallied.by_question[line.number],
            0 if line.number in tallied.few else tallied.subjects,
        )
        for line in sheet.lines
        if line.number in tallied.by_question
        and (not theme or (theme in line.question.themes and not line.section.over))
        and (not section or section == line.section.id)
    ]


def _result(sheet: Sheet, line: Line, tally: Mapping[Given, int], subjects: int = 0) -> Result:
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
        bars = tuple(
            Bar(words[o], chosen[o], _percent(chosen[o], answered, subjects)) for o in words
        )
    absent = [(question.state_words(state), states[state]) for state in ABSENT]
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
        over=line.section.over,
    )


def _decoded(
    sheet: Sheet, line: Line, tally: Mapping[Given, int]
) -> Iterator[tuple[tuple[str, ...], State, int]]:
    for (state, code), count in tally.items():
        known, options = sheet.numbers.decode(line.question, state, code or None)
        # What could not be read when it was sent is no answer; sending refuses it anyway.
        yield options, State.NOT_ANSWERED if known is State.UNREADABLE else known, count


def subjects_suffice(subjects: int) -> bool:
    """Whether answers about so many subjects may be told in percent."""
    return subjects >= SMALLEST_BASE


def _percent(count: int, base: int, subjects: int) -> int | None:
    """Return whole percent, and None where answers or subjects are too few for any.

    >>> _percent(3, 9, 50) is None, _percent(3, 10, 9) is None, _percent(3, 10, 10)
    (True, True, 30)
    """
    enough = base >= SMALLEST_BASE and subjects_suffice(subjects)
    return round(100 * count / base) if enough else None


def heat(
    sheet: Sheet,
    by_agency: Mapping[int, Tallies],
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


def _cell(sheet: Sheet, line: Line, tally: Mapping[Given, int]) -> HeatCell:
    if not isinstance(line.question, Grade):
        raise TypeError("only grades have a better and a worse end")
    result = _result(sheet, line, tally)
    best_first = result.bars[::-1] if line.question.worst_first else result.bars
    lower = sum(bar.count for bar in best_first[(len(best_first) + 1) // 2 :])
    shade = round(5 * lower / result.answered) if result.answered else 0
    words = _in_words(result.bars) or ("" if result.asked else "Not asked")
    return HeatCell(words, _in_words(result.absent), shade)


def _in_words(bars: Iterable[Bar]) -> str:
    return ", ".join(f"{bar.words} {bar.count}" for bar in bars if bar.count)


class Gathered(NamedTuple):
    """The grades of a section or a theme taken together: counts, and no grade made of them."""

    key: str
    title: str
    questions: int
    grades: tuple[str, ...]
    """For each scale of the question set, its levels with how often each was given."""
    absent: str


def gather(
    sheet: Sheet, shown: Sequence[Result], scales: Sequence[str]
) -> tuple[list[Gathered], list[Gathered]]:
    """Take the graded questions of each section, and of each theme, together.

    What is no longer asked stands in sections of its own, and in no theme.
    """
    graded = [
        (line, result)
        for result in shown
        if isinstance((line := sheet.by_key[result.key]).question, Grade)
    ]
    asked = [each for each in graded if not each[1].over]
    by_section = [
        (each.id, each.title, [g for g in graded if g[0].section.id == each.id])
        for each in sheet.question_set.sections
    ]
    by_theme = [
        (each.id, each.title, [g for g in asked if each.id in g[0].question.themes])
        for each in sheet.tool.themes
    ]
    return (
        [_gathered(key, title, found, scales) for key, title, found in by_section if found],
        [_gathered(key, title, found, scales) for key, title, found in by_theme if found],
    )


def _gathered(
    key: str, title: str, graded: Sequence[tuple[Line, Result]], scales: Sequence[str]
) -> Gathered:
    told = []
    for scale in scales:
        bars: Counter[str] = Counter()
        for line, result in graded:
            if isinstance(line.question, Grade) and line.question.scale == scale:
                bars.update({bar.words: bar.count for bar in result.bars})
        told.append(_in_words(Bar(words, count, None) for words, count in bars.items()))
    absent: Counter[str] = Counter()
    for _, result in graded:
        absent.update({bar.words: bar.count for bar in result.absent})
    questions = [line.question for line, _ in graded]
    in_order = dict.fromkeys(q.state_words(state) for state in ABSENT for q in questions)
    return Gathered(
        key,
        title,
        len(graded),
        tuple(told),
        _in_words(Bar(words, absent[words], None) for words in in_order),
    )


def scales_of(sheet: Sheet) -> list[str]:
    """List the scales on which a question set asks for grades, in the order of its questions."""
    return list(
        dict.fromkeys(x.question.scale for x in sheet.lines if isinstance(x.question, Grade))
    )
