"""The questions of one question set as lines of a comparison: worked out once per tool version."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlmodel import Session

from app.library.numbers import Numbers, numbers_of
from app.tools import AgencyKind, Answer, Question, QuestionSet, Section, Tool, fill

Stored = tuple[int, int | None]
"""An answer's state and code as they are stored."""

_NOTHING: Stored = (0, None)
_MOST_KEPT = 10_000
"""Combinations of answers whose questions are remembered: a few hundred in a large round."""


class Line(NamedTuple):
    """One question: its place in the question set from 1, its number for life, its section."""

    place: int
    number: int
    question: Question
    section: Section


@dataclass(frozen=True)
class Sheet:
    """Every question of a question set in the order of the tool, and what opens and closes them."""

    tool: Tool
    question_set: QuestionSet
    numbers: Numbers

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every question, in the order of the tool."""
        return tuple(
            Line(place, self.numbers.number[question.id], question, section)
            for place, (section, question) in enumerate(self.question_set.places, 1)
        )

    @cached_property
    def by_key(self) -> Mapping[str, Line]:
        """Every line by its question's id in the definition."""
        return {line.question.id: line for line in self.lines}

    @cached_property
    def by_number(self) -> Mapping[int, Line]:
        """Every line by its question's number."""
        return {line.number: line for line in self.lines}

    @cached_property
    def asked_of(self) -> Mapping[AgencyKind, frozenset[int]]:
        """The questions that each kind of agency may be asked."""
        return {
            kind: frozenset(self.numbers.number[place.question.id] for place in places)
            for kind, places in self.question_set.asked_of.items()
        }

    @cached_property
    def _steering(self) -> tuple[Line, ...]:
        """The questions whose answers open and close others."""
        conditions = [line.question.when for line in self.lines if line.question.when is not None]
        looked_at = {part.question for each in conditions for part in each.parts()}
        return tuple(line for line in self.lines if line.question.id in looked_at)

    @cached_property
    def _opened(self) -> dict[tuple[AgencyKind, tuple[Stored, ...]], frozenset[int]]:
        """What was opened by answers that some agency has given before."""
        return {}

    def open_to(self, kind: AgencyKind, codes: Mapping[int, Stored]) -> frozenset[int]:
        """Return the questions that an agency was asked, given its answers' states and codes."""
        steering = tuple(codes.get(line.number, _NOTHING) for line in self._steering)
        known = self._opened.get((kind, steering))
        if known is None:
            known = self._fill(kind, steering)
            if len(self._opened) >= _MOST_KEPT:
                self._opened.clear()
            self._opened[kind, steering] = known
        return known

    def _fill(self, kind: AgencyKind, steering: tuple[Stored, ...]) -> frozenset[int]:
        """Ask the engine what is asked: it alone knows what conditions mean."""
        answers = {
            line.question.id: self.answer(line, state, code)
            for line, (state, code) in zip(self._steering, steering, strict=True)
            if code is not None
        }
        filled = fill(self.question_set, kind, answers)
        return frozenset(self.numbers.number[asked.question.id] for asked in filled.asked)

    def answer(
        self, line: Line, state: int, code: int | None, text: str = "", reason: str = ""
    ) -> Answer:
        """Put an answer together again from what is stored of it."""
        known, chosen = self.numbers.decode(line.question, state, code)
        return Answer(known, chosen, text, reason)


def sheet_of(session: Session, tool: Tool, question_set: str) -> Sheet:
    """Return the sheet of a question set; it never changes, so it is made once per process."""
    cache: dict[object, object] = session.info["cache"]
    key = ("sheet", tool.slug, tool.version, question_set)
    known = cache.get(key)
    if not isinstance(known, Sheet):
        found = tool.question_set[question_set]
        known = cache[key] = Sheet(tool, found, numbers_of(session, tool))
    return known
