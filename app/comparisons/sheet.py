"""The questions of one question set as lines of a comparison: worked out once per tool version."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlmodel import Session

from app.comparisons.rules import IN_WORDS, Verdict, verdict
from app.library.numbers import POSITION, Numbers, numbers_of
from app.tools import AgencyKind, Answer, Coded, Question, QuestionSet, Section, State, Tool, fill

Said = tuple[int, int | None]
"""An answer's stored state and code; a negative state says why there is nothing to show."""

NOT_ASKED: Said = (-1, None)
"""This kind of agency is not asked the question."""
CLOSED: Said = (-2, None)
"""An earlier answer of this agency closed the question."""
NOT_SENT: Said = (-3, None)
"""The agency has not sent its response: nothing of it is loaded, let alone shown."""
NOT_KNOWN: Said = (-4, None)
"""The agency has sent that it does not know the child: it answers nothing."""
ASKED_SINCE: Said = (-5, None)
"""The response was sent before its round moved to the version of the tool that asks this."""
ENDED: Said = (-6, None)
"""An older version of the tool asked it; this response gave no answer and is asked no more."""
SILENT = frozenset({NOT_ASKED, CLOSED, ASKED_SINCE, ENDED})
"""What says that an agency was not asked: a question of which all say so is not compared."""
UNANSWERED: Said = (POSITION[State.NOT_ANSWERED], None)
ANSWERED = POSITION[State.ANSWERED]
"""The stored state of an answer that is none of the absences."""

_MOST_KEPT = 10_000
"""Combinations of answers that are remembered: a few hundred in a large round."""


class Line(NamedTuple):
    """One question: its place in the question set from 1, its number for life, its section."""

    place: int
    number: int
    question: Question
    section: Section
    counted: bool
    """Whether it is answered by a number or a date: only its words tell two answers apart."""
    worded: bool
    """Whether it is answered in an agency's own words."""


class _Asked(NamedTuple):
    """Which questions an agency was asked, as what stands on their lines."""

    left: Mapping[int, Said]
    """On the lines of questions that it was asked, where it gave no answer."""
    kept_from: Mapping[int, Said]
    """On the lines of all others, whatever it answered before they were closed."""
    over: frozenset[int]
    """The questions of an older version whose answers stand, where it gave one."""


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
            _line(place, self.numbers.number[question.id], section, question)
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
        return tuple(
            line
            for line in self.lines
            if line.question.id in looked_at or line.number in self._ended
        )

    @cached_property
    def _ended_for(self) -> Mapping[AgencyKind, frozenset[int]]:
        """What an older version asked of each kind of agency that this one does not."""
        return {
            kind: frozenset(self.numbers.number[place.question.id] for place in places)
            for kind, places in self.question_set.retired_of.items()
        }

    @cached_property
    def _ended(self) -> frozenset[int]:
        """What an older version asked of some kind of agency that this one does not."""
        return frozenset[int]().union(*self._ended_for.values())

    @cached_property
    def _opened(self) -> dict[tuple[AgencyKind, tuple[Said, ...]], "_Asked"]:
        """What was opened by answers that some agency has given before."""
        return {}

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    def sent(self, kind: AgencyKind, codes: Mapping[int, Said]) -> tuple[Said, ...]:
        """Return what stands on each line for an agency that has sent these answers."""
        asked = self._asked(kind, codes)
        over = {number: codes[number] for number in asked.over if number in codes}
        stands = {**asked.left, **codes, **asked.kept_from, **over}
        return tuple(map(stands.__getitem__, self._numbers))

    def sent_under(
        self, older: "Sheet", kind: AgencyKind, codes: Mapping[int, Said]
    ) -> tuple[Said, ...]:
        """Return what stands on each line for a response sent under an older version of the tool.

        It was asked what that version asked, and is not asked anything since.
        """
        then = dict(zip(older.by_number, older.sent(kind, codes), strict=True))
        since = self.asked_of[kind]
        said = ((number, then.get(number, NOT_ASKED)) for number in self._numbers)
        return tuple(
            ASKED_SINCE if one == NOT_ASKED and number in since else one for number, one in said
        )

    def unsent(self, kind: AgencyKind) -> tuple[Said, ...]:
        """Return what stands on each line for an agency that has not sent its response."""
        return self._throughout(kind, NOT_SENT)

    def not_known(self, kind: AgencyKind) -> tuple[Said, ...]:
        """Return what stands on each line for an agency that does not know the child."""
        return self._throughout(kind, NOT_KNOWN)

    def _throughout(self, kind: AgencyKind, stands: Said) -> tuple[Said, ...]:
        asked = self.asked_of[kind]
        return tuple(
            stands if number in asked else self._unasked(kind, number) for number in self._numbers
        )

    def _unasked(self, kind: AgencyKind, number: int) -> Said:
        """Say why a question is not asked: closed, asked of others, or asked no more."""
        if number in self.asked_of[kind]:
            return CLOSED
        return ENDED if number in self._ended_for[kind] else NOT_ASKED

    def _asked(self, kind: AgencyKind, codes: Mapping[int, Said]) -> "_Asked":
        steering = tuple(codes.get(line.number, UNANSWERED) for line in self._steering)
        known = self._opened.get((kind, steering))
        if known is None:
            known = self._fill(kind, steering)
            if len(self._opened) >= _MOST_KEPT:
                self._opened.clear()
            self._opened[kind, steering] = known
        return known

    def _fill(self, kind: AgencyKind, steering: tuple[Said, ...]) -> "_Asked":
        """Ask the engine what is asked: it alone knows what conditions mean."""
        answers = {
            line.question.id: self.answer(line, state, code)
            for line, (state, code) in zip(self._steering, steering, strict=True)
            if code is not None or (state and line.number in self._ended)
        }
        filled = fill(self.question_set, kind, answers)
        opened = {self.numbers.number[asked.question.id] for asked in filled.asked}
        over = frozenset(self.numbers.number[each.question.id] for each in filled.retired)
        return _Asked(
            over=over,
            left=dict.fromkeys(opened, UNANSWERED),
            kept_from={
                number: self._unasked(kind, number)
                for number in self._numbers
                if number not in opened
            },
        )

    @cached_property
    def _verdicts(self) -> dict[tuple[int, tuple[Said, ...]], Verdict]:
        """What rows of answers amounted to that came up before."""
        return {}

    def verdict(self, line: Line, said: tuple[Said, ...]) -> Verdict:
        """Say what the answers on a line amount to that is not counted.

        Codes are equal exactly where `rules.value_of` is, since each option has one number for
        life; and answers in words are never a difference, whatever they say.
        """
        known = self._verdicts.get((line.number, said))
        if known is None:
            sent = [each for each in said if each[0] >= 0 or each == NOT_KNOWN]
            answered = [code for state, code in sent if state == ANSWERED]
            known = verdict(line.question, len(sent), answered)
            if len(self._verdicts) >= _MOST_KEPT:
                self._verdicts.clear()
            self._verdicts[line.number, said] = known
        return known

    def answer(
        self, line: Line, state: int, code: int | None, text: str = "", reason: str = ""
    ) -> Answer:
        """Put an answer together again from what is stored of it."""
        known, chosen = self.numbers.decode(line.question, state, code)
        return Answer(known, chosen, text, reason)


def _line(place: int, number: int, section: Section, question: Question) -> Line:
    worded = question.kind in IN_WORDS
    counted = not worded and not isinstance(question, Coded)
    return Line(place, number, question, section, counted, worded)


def sheet_of(session: Session, tool: Tool, question_set: str) -> Sheet:
    """Return the sheet of a question set; it never changes, so it is made once per process."""
    cache: dict[object, object] = session.info["cache"]
    key = ("sheet", tool.slug, tool.versions, question_set)
    known = cache.get(key)
    if not isinstance(known, Sheet):
        found = tool.question_set[question_set]
        known = cache[key] = Sheet(tool, found, numbers_of(session, tool))
    return known
