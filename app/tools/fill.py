"""Filling in: what is asked now, what was answered, what is wrong and what is still wanted.

One function lays what a page posted over what is stored. It serves the first page, every save,
sending, and the preview of a tool. It never refuses and never forgets: an answer to a question that
is closed now is kept aside, and what cannot be read yet is kept as it was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.tools.asking import LONGEST
from app.tools.kinds import Question
from app.tools.parts import NOTHING, AgencyKind, Answer, Posted, State
from app.tools.schema import QuestionSet, Section

# Looked up once: filling in is on the path of every save.
NOT_ANSWERED, ANSWERED, UNREADABLE = State.NOT_ANSWERED, State.ANSWERED, State.UNREADABLE

Answers = Mapping[str, Answer]
"""Answers by question id."""


class Asked(NamedTuple):
    """One question as the auditor meets it, with its answer as it stands."""

    question: Question
    section: Section
    answer: Answer
    problem: str | None = None

    @property
    def wants(self) -> str | None:
        """What is still to be done about it, in words, where it may not be left as it is."""
        state = self.answer.state
        if state is NOT_ANSWERED:
            return self.question.prompt if self.question.required else None
        if state is UNREADABLE or self.answer.reason:
            return None
        if state is ANSWERED:
            return "Give the reason" if self.question.reason == "required" else None
        return "Say why there is no answer" if self.question.absence_reason == "required" else None


@dataclass(frozen=True)
class Filled:
    """A question set part-way through being answered by one agency."""

    asked: tuple[Asked, ...]
    closed: Answers
    changed: Answers
    retired: tuple[Asked, ...] = ()
    """What was answered of the questions that an older version asked: asked no longer, and kept."""

    @cached_property
    def by_id(self) -> dict[str, Asked]:
        """Every question asked now, by its id."""
        return {each.question.id: each for each in self.asked}

    @cached_property
    def wanted(self) -> tuple[Asked, ...]:
        """Questions that must be answered, or given a reason, before the response can be sent."""
        return tuple(each for each in self.asked if each.wants)

    @cached_property
    def wrong(self) -> tuple[Asked, ...]:
        """Questions whose answer cannot be kept as it stands."""
        return tuple(each for each in self.asked if each.problem)

    @property
    def complete(self) -> bool:
        """Nothing is wanted and nothing is wrong."""
        return not self.wanted and not self.wrong

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the questions that must be answered are, and how many there are."""
        return _progress(self.asked)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which something is asked, in order."""
        return tuple({each.section.id: each.section for each in self.asked}.values())

    def in_section(self, section: str) -> tuple[Asked, ...]:
        """Give what one section asks now."""
        return tuple(each for each in self.asked if each.section.id == section)

    def progress_in(self, section: str) -> tuple[int, int]:
        """Count one section's required questions: how many are answered, of how many."""
        return _progress(self.in_section(section))


def _progress(asked: tuple[Asked, ...]) -> tuple[int, int]:
    """Count required questions that are neither wanted nor wrong, of all that are required."""
    required = [each for each in asked if each.question.required]
    return len([1 for each in required if not each.problem and not each.wants]), len(required)


def fill(
    question_set: QuestionSet, kind: AgencyKind, answers: Answers, posted: Posted | None = None
) -> Filled:
    """Lay what a page posted over stored answers, and ask what the answers then call for.

    Only questions that the page declares in `asked` are read: the others keep their stored answer.
    One that the page showed but that is not asked (a page without scripts shows every follow-up) is
    read and kept with the closed ones; so is one that a newer version of the tool retired while the
    page was open.
    """
    changed = _changed(question_set, kind, answers, posted) if posted else {}
    laid = {**answers, **changed} if changed else answers
    chosen: dict[str, tuple[str, ...]] = {}
    asked: list[Asked] = []
    for section, question in question_set.asked_of[kind]:
        if (when := question.when) is not None and not when.holds(chosen):
            continue
        answer = laid.get(question.id)
        if answer is None:
            asked.append(Asked(question, section, NOTHING))
            continue
        problem = None
        if answer.state is UNREADABLE or len(answer.chosen) > 1 or len(answer.reason) > LONGEST:
            problem = question.problem(answer)
        if answer.chosen and answer.state is ANSWERED:
            chosen[question.id] = answer.chosen
        asked.append(Asked(question, section, answer, problem))
    retired = _retired(question_set, kind, laid, chosen) if question_set.retired_of[kind] else ()
    return Filled(tuple(asked), _closed(laid, asked), changed, retired)


def _retired(
    question_set: QuestionSet, kind: AgencyKind, laid: Answers, chosen: dict[str, tuple[str, ...]]
) -> tuple[Asked, ...]:
    """Find what was answered of questions that are over, where they were asked."""
    found = []
    for section, question in question_set.retired_of[kind]:
        answer = laid.get(question.id, NOTHING)
        if answer == NOTHING or (question.when and not question.when.holds(chosen)):
            continue
        if answer.chosen and answer.state is ANSWERED:
            chosen[question.id] = answer.chosen
        found.append(Asked(question, section, answer))
    return tuple(found)


def _changed(
    question_set: QuestionSet, kind: AgencyKind, answers: Answers, posted: Posted
) -> dict[str, Answer]:
    """Read every question the page declared, and keep those whose answer is not as stored."""
    declared = set(posted.get("asked", ()))
    changed = {}
    for _, question in (*question_set.asked_of[kind], *question_set.retired_of[kind]):
        if question.id in declared:
            before = answers.get(question.id, NOTHING)
            after = question.read(posted, before)
            if after != before:
                changed[question.id] = after
    return changed


def _closed(laid: Answers, asked: list[Asked]) -> Answers:
    """Set aside stored answers to questions that are not asked now."""
    if not laid:
        return {}
    open_now = {each.question.id for each in asked}
    return {i: a for i, a in laid.items() if i not in open_now and a != NOTHING}
