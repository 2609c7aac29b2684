"""Audit tools in words: when a question is asked, and of whom.

Pure: everything comes from the definition. A question's number is its place among all that one
kind of agency may be asked, so that a condition can name an earlier question by its number, on
screen and on paper.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.tools import HEALTH, AgencyKind, Amount, Coded, Place, Question, QuestionSet, Section
from app.tools.conditions import All, AnyOf, Condition, OneOf


class Standing(StrEnum):
    """What the lock says of a tool version."""

    DRAFT = "Draft"
    """Not locked yet: its file may still change."""
    LOCKED = "Locked"
    """It never changes."""
    CHANGED = "Changed since it was locked"
    """Its file no longer is what was locked, so no round may begin on it."""


def standing_of(digest: str, locked: str | None) -> Standing:
    """Compare a tool version's digest with the one in the lock.

    >>> standing_of("abc", None).value, standing_of("abc", "abc").value
    ('Draft', 'Locked')
    """
    if locked is None:
        return Standing.DRAFT
    return Standing.LOCKED if digest == locked else Standing.CHANGED


@dataclass(frozen=True)
class Met:
    """One question as a kind of agency meets it."""

    number: int
    question: Question
    condition: str
    """In words, when it is asked; empty when it always is."""


@dataclass(frozen=True)
class MetSection:
    """A section as a kind of agency meets it, with where that kind looks for evidence."""

    section: Section
    evidence: str
    questions: tuple[Met, ...]


def as_met_by(question_set: QuestionSet, kind: AgencyKind | None) -> tuple[MetSection, ...]:
    """Lay out what a kind of agency may be asked, section by section; None lays out everything.

    A question that follows only answers which this kind is never asked for is left out.
    """
    number: dict[str, int] = {}
    met: dict[str, list[Met]] = {}
    for section, question in _reached(question_set, kind):
        number[question.id] = len(number) + 1
        condition = in_words(question.when, question_set, number) if question.when else ""
        each = Met(number[question.id], question, condition)
        met.setdefault(section.id, []).append(each)
    return tuple(
        MetSection(section, section.evidence.get(kind, "") if kind else "", tuple(met[section.id]))
        for section in question_set.sections
        if section.id in met
    )


def _reached(question_set: QuestionSet, kind: AgencyKind | None) -> Iterator[Place]:
    asked: set[str] = set()
    for place in question_set.asked_of[kind] if kind else question_set.places:
        when = place.question.when
        if when is None or may_open(when, asked):
            asked.add(place.question.id)
            yield place


def may_open(condition: Condition, asked: Collection[str]) -> bool:
    """Whether a condition can ever hold where only these questions are asked.

    >>> may_open(OneOf(question="seen", is_one_of=("yes",)), {"known"})
    False
    """
    match condition:
        case OneOf():
            return condition.question in asked
        case All():
            return all(may_open(each, asked) for each in condition.all)
        case AnyOf():
            return any(may_open(each, asked) for each in condition.any)


def in_words(condition: Condition, question_set: QuestionSet, number: Mapping[str, int]) -> str:
    """Say in words when a condition holds, naming questions by number and answers by label.

    What a kind of agency is never asked for drops out of an "or".
    """
    match condition:
        case OneOf():
            question = question_set.question[condition.question]
            labels = question.labels if isinstance(question, Coded) else {}
            answers = " or ".join(f"“{labels.get(code, code)}”" for code in condition.is_one_of)
            verb = "includes" if question.kind == "choices" else "is"
            return f"question {number[condition.question]} {verb} {answers}"
        case All():
            return " and ".join(_joined(each, question_set, number) for each in condition.all)
        case AnyOf():
            open_ = [each for each in condition.any if may_open(each, number)]
            if len(open_) == 1:
                return in_words(open_[0], question_set, number)
            return ", or ".join(in_words(each, question_set, number) for each in open_)


def _joined(condition: Condition, question_set: QuestionSet, number: Mapping[str, int]) -> str:
    words = in_words(condition, question_set, number)
    return f"({words})" if isinstance(condition, AnyOf) and ", or " in words else words


@dataclass(frozen=True)
class Counts:
    """How many questions some kinds of agency are asked, section by section, at most."""

    kinds: tuple[AgencyKind, ...]
    sections: tuple[int, ...]
    """One for each section of the question set, in order."""
    at_once: int
    """How many of them wait for no earlier answer."""

    @property
    def total(self) -> int:
        """How many questions there are in all, follow-ups included."""
        return sum(self.sections)


def counts_of(question_set: QuestionSet) -> tuple[Counts, ...]:
    """Count what each kind of agency may be asked, with kinds that are asked the same together."""
    kinds: dict[tuple[tuple[int, ...], int], list[AgencyKind]] = {}
    for kind in AgencyKind:
        places = list(_reached(question_set, kind))
        met = Counter(place.section.id for place in places)
        row = tuple(met[section.id] for section in question_set.sections)
        at_once = sum(place.question.when is None for place in places)
        if any(row):
            kinds.setdefault((row, at_once), []).append(kind)
    return tuple(Counts(tuple(these), row, once) for (row, once), these in kinds.items())


def asked_kinds(question_set: QuestionSet) -> list[AgencyKind]:
    """List the kinds of agency that a question set asks anything."""
    asked = {kind for row in counts_of(question_set) for kind in row.kinds}
    return [kind for kind in AgencyKind if kind in asked]


def asked_only_of(section: Section, question: Question) -> str:
    """Name the kinds of agency that a question is asked of; empty where it is asked of every kind.

    The six health kinds together are named as one.
    """
    kinds = question.agencies or section.agencies
    if not kinds or set(kinds) == set(AgencyKind):
        return ""
    whole = set(HEALTH) <= set(kinds)
    named = [kind.words for kind in AgencyKind if kind in kinds and not (whole and kind in HEALTH)]
    return ", ".join([*named, *(["health (all six kinds)"] if whole else [])])


def answers_in_words(question: Question) -> str:
    """Say in a few words how a question is answered.

    >>> from app.tools import YesNo
    >>> answers_in_words(YesNo(id="seen", kind="yes_no", text="Seen?"))
    'Yes or no'
    """
    words = _ANSWERED[question.kind]
    unit = question.unit if isinstance(question, Amount) else ""
    return f"{words}, in {unit}" if unit else words


_ANSWERED: Mapping[str, str] = {
    "grade": "Grade",
    "choice": "One of these",
    "choices": "Any of these",
    "yes_no": "Yes or no",
    "short_text": "A line of text",
    "long_text": "Text",
    "whole_number": "A whole number",
    "decimal": "A number",
    "date": "A date",
    "count": "How many people",
}
