"""Whether agencies said the same, which answer most of them gave, and what needs a reason.

Nothing here averages or ranks: an answer counts as itself, and people decide what was agreed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from enum import StrEnum

from app.tools import Answer, Coded, Grade, Level, Question, QuestionSet, State

IN_WORDS = frozenset({"short_text", "long_text"})
"""Kinds answered in an agency's own words: views to be read side by side, never a difference."""


class Verdict(StrEnum):
    """What the agencies' answers to one question amount to, side by side."""

    DIFFERS = "differs"
    SAME = "same"
    ONE = "one"
    """Only one agency answered it, so there is nothing to compare."""
    ABSENT = "absent"
    """Nobody answered it: every agency gave an absence, or left it."""
    VIEWS = "views"
    """Answered in words."""
    OWN = "own"
    """About each agency's own part, where different answers are no difference."""
    WAITING = "waiting"
    """No agency that was asked it has sent its response yet."""

    @property
    def words(self) -> str:
        """The verdict as pages name it."""
        return _WORDS[self]


_WORDS = {
    Verdict.DIFFERS: "Differs",
    Verdict.SAME: "All the same",
    Verdict.ONE: "One answer",
    Verdict.ABSENT: "No answer",
    Verdict.VIEWS: "In words",
    Verdict.OWN: "Each its own",
    Verdict.WAITING: "Not sent yet",
}


def value_of(question: Question, answer: Answer) -> Hashable:
    """Return what stands for an answered answer: two are equal where the question's kind agrees.

    Options are compared in whatever order they were ticked, numbers and dates as they are stored.
    """
    return frozenset(answer.chosen) if isinstance(question, Coded) else answer.text


def verdict(question: Question, sent: int, answered: Iterable[Hashable]) -> Verdict:
    """Say what the answered values of `sent` responses amount to; absences make no difference.

    `answered` holds one value for each agency that answered, as of `value_of`.
    """
    if not sent:
        return Verdict.WAITING
    values = list(answered)
    if not values:
        return Verdict.ABSENT
    if question.kind in IN_WORDS:
        return Verdict.VIEWS
    if question.about == "agency":
        return Verdict.OWN
    if len(values) == 1:
        return Verdict.ONE
    return Verdict.SAME if len(set(values)) == 1 else Verdict.DIFFERS


def majority(answered: Iterable[Hashable]) -> Hashable | None:
    """Return the value that strictly more agencies gave than any other, or None when tied.

    >>> majority(["good", "good", "inadequate"])
    'good'
    >>> majority(["good", "inadequate"]) is None
    True
    """
    most = Counter(answered).most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return most[0][0]


def reason_wanted(
    question: Question, answered: Iterable[Hashable], decided: Answer | None
) -> str | None:
    """Say why a decision must carry a reason, or None when it need not.

    Words agreed for a question that is answered in words are their own reason: there is no
    majority of sentences to depart from. Nor is there one of agencies' own parts.
    """
    if decided is None:
        return "Say why it was not agreed, and what each view is"
    if question.about == "agency":
        return None
    if question.kind in IN_WORDS and decided.state is State.ANSWERED:
        return None
    most = majority(answered)
    if most is None:
        return "Give the reason: no answer was given by more agencies than any other"
    if decided.state is not State.ANSWERED or value_of(question, decided) != most:
        return "Give the reason: this is not the answer that most agencies gave"
    return None


def judged_by(question_set: QuestionSet) -> tuple[Grade, ...]:
    """Return the grades that a panel's judgement of the whole case stands beside.

    They are the grades of the last section, where each agency grades its part as a whole. The
    judgement is on the scale of the last of them, and grades on another scale are left out. Empty
    where a question set ends with no grade: then nothing is judged as a whole.
    """
    asked = question_set.sections_asked or question_set.sections
    last = [q for q in asked[-1].questions if isinstance(q, Grade)]
    return tuple(grade for grade in last if grade.scale == last[-1].scale)


def shift(best_first: Sequence[Level], given: str, judged: str) -> str:
    """Say in words how far the panel's judgement lies from the grade that an agency gave.

    >>> levels = [Level(id="good", label="Good"), Level(id="poor", label="Poor")]
    >>> shift(levels, "poor", "good"), shift(levels, "good", "good")
    ('Panel: one level higher', 'Panel: the same')
    """
    places = {level.id: place for place, level in enumerate(best_first)}
    steps = places[given] - places[judged]
    if not steps:
        return "Panel: the same"
    far = {1: "one level", 2: "two levels", 3: "three levels"}.get(
        abs(steps), f"{abs(steps)} levels"
    )
    return f"Panel: {far} {'higher' if steps > 0 else 'lower'}"
