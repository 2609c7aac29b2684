"""Ways through a question set: complete answers that together take every condition both ways.

Driven by the definition alone, so that what it finds is what an author wrote: a question that no
answer can open, or that none can close, is told and not passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import NamedTuple

from app.library.rules import may_open
from app.tools import (
    AgencyKind,
    All,
    Answer,
    AnyOf,
    Choices,
    Coded,
    Condition,
    Filled,
    OneOf,
    Place,
    Question,
    QuestionSet,
    State,
    fill,
)

Chosen = dict[str, tuple[str, ...]]
"""What to choose, by question: options, or nothing for an absence."""

_TRIED = 200
"""Ways to open or close one question that are tried before it is told as impossible."""


class Turn(NamedTuple):
    """One side of a condition: the question it opens, and whether it is opened."""

    question: str
    opened: bool


@dataclass(frozen=True)
class Walk:
    """One complete set of answers, and what it asks."""

    answers: Mapping[str, Answer]
    filled: Filled


@dataclass(frozen=True)
class Walks:
    """The ways that were found, and the turns that none of them could take."""

    walks: tuple[Walk, ...]
    never: tuple[Turn, ...]


def ways_through(question_set: QuestionSet, kind: AgencyKind) -> Walks:
    """Find complete answers that open and close whatever this kind of agency can be asked."""
    asked = list(_reached(question_set, kind))
    conditions = {q.id: q.when for _, q in asked if q.when is not None}
    left = dict.fromkeys(Turn(name, opened) for name in conditions for opened in (True, False))
    walks: list[Walk] = []
    never: list[Turn] = []
    rounds = count()
    for start in range(2):
        walks.append(_walk(question_set, kind, {}, start))
        _take(left, walks[-1], conditions)
    while left:
        turn = next(iter(left))
        for picks in islice(
            _ways(question_set, conditions[turn.question], opens=turn.opened), _TRIED
        ):
            walk = _walk(question_set, kind, picks, next(rounds))
            if (turn.question in walk.filled.by_id) == turn.opened:
                walks.append(walk)
                _take(left, walk, conditions)
                break
        else:
            never.append(turn)
            del left[turn]
    return Walks(tuple(walks), tuple(never))


def _reached(question_set: QuestionSet, kind: AgencyKind) -> Iterator[Place]:
    asked: set[str] = set()
    for place in question_set.asked_of[kind]:
        when = place.question.when
        if when is None or may_open(when, asked):
            asked.add(place.question.id)
            yield place


def _take(left: dict[Turn, None], walk: Walk, conditions: Mapping[str, Condition]) -> None:
    for name in conditions:
        left.pop(Turn(name, name in walk.filled.by_id), None)


def _walk(question_set: QuestionSet, kind: AgencyKind, picks: Chosen, start: int) -> Walk:
    """Answer whatever is asked, in order, with the picks where there are any."""
    answers: dict[str, Answer] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for _, question in question_set.asked_of[kind]:
        if question.when is None or question.when.holds(chosen):
            answer = _answer(question, picks.get(question.id), start)
            answers[question.id] = answer
            if answer.chosen:
                chosen[question.id] = answer.chosen
    return Walk(answers, fill(question_set, kind, answers))


def _answer(question: Question, picked: tuple[str, ...] | None, start: int) -> Answer:
    why = "Dated entry in the record, seen on the day."
    if picked == ():
        return Answer(question.absences[0], (), "", why)
    reason = "" if question.reason == "none" else why
    if isinstance(question, Coded):
        offered = [option.id for option in question.offered()]
        return Answer(State.ANSWERED, picked or (offered[start % len(offered)],), "", reason)
    text = {"date": "2026-03-03", "short_text": "A line", "long_text": "Some words"}
    return Answer(State.ANSWERED, (), text.get(question.kind, "3"), reason)


def _ways(question_set: QuestionSet, condition: Condition, *, opens: bool) -> Iterator[Chosen]:
    """Give what to choose so that a condition holds, or does not."""
    match condition:
        case OneOf():
            yield from _ways_of_one(question_set, condition, opens=opens)
        case All():
            yield from _several(question_set, condition.all, opens=opens, every=opens)
        case AnyOf():
            yield from _several(question_set, condition.any, opens=opens, every=not opens)


def _several(
    question_set: QuestionSet, conditions: Sequence[Condition], *, opens: bool, every: bool
) -> Iterator[Chosen]:
    """Give ways in which every condition turns as it should, or in which one of them does."""
    if not every:
        for condition in conditions:
            yield from _ways(question_set, condition, opens=opens)
        return
    if not conditions:
        yield {}
        return
    for first in _ways(question_set, conditions[0], opens=opens):
        for rest in _several(question_set, conditions[1:], opens=opens, every=True):
            merged = _merged(question_set, first, rest)
            if merged is not None:
                yield merged


def _ways_of_one(question_set: QuestionSet, condition: OneOf, *, opens: bool) -> Iterator[Chosen]:
    question = question_set.question[condition.question]
    assert isinstance(question, Coded)
    offered = [option.id for option in question.offered()]
    chosen: list[tuple[str, ...]] = [
        (option,) for option in offered if (option in condition.is_one_of) == opens
    ]
    if not opens and question.absences:
        chosen.append(())
    opened = [{}] if question.when is None else None
    for pick in chosen:
        for before in opened or _ways(question_set, question.when, opens=True):  # type: ignore[arg-type]
            merged = _merged(question_set, before, {question.id: pick})
            if merged is not None:
                yield merged
    if not opens and question.when is not None:
        yield from _ways(question_set, question.when, opens=False)


def _merged(question_set: QuestionSet, one: Chosen, other: Chosen) -> Chosen | None:
    """Lay two sets of picks together; None where they cannot both be chosen."""
    merged = dict(one)
    for name, picked in other.items():
        had = merged.get(name, picked)
        if had == picked:
            merged[name] = picked
            continue
        question = question_set.question[name]
        both = tuple(dict.fromkeys((*had, *picked)))
        if not isinstance(question, Choices) or not had or not picked:
            return None
        if any(option.alone for option in question.listed if option.id in both):
            return None
        merged[name] = both
    return merged
