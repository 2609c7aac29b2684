"""One case as a whole before the panel, and every case of a round side by side."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.colours import colour_of
from app.comparisons.models import Judgement
from app.comparisons.queries import Found, compare_all, judgements_on, subjects_in_sight
from app.comparisons.rules import judged_by, shift
from app.comparisons.side_by_side import Comparison, Side
from app.meetings.commands import CaseBefore
from app.meetings.pages import (
    Grading,
    JudgedCase,
    JudgedStrand,
    JudgementPage,
    JudgementsPage,
    Typed,
)
from app.meetings.queries import Dissenting
from app.meetings.question import dissenters
from app.tools import Answer, Grade, Level, State
from app.web.filters import plural


def levels_of(comparison: Comparison) -> tuple[Level, ...]:
    """Return the levels that a case may be judged at, as the tool lists them; none to judge at."""
    grades = judged_by(comparison.sheet.question_set)
    if not grades:
        return ()
    return comparison.sheet.tool.scale[grades[-1].scale].levels


class JudgedSoFar(NamedTuple):
    """What the panel judged of a case, and who does not agree."""

    judged: Judgement | None
    dissent: Sequence[Dissenting]


def judgement_page(
    case: CaseBefore,
    at: str,
    so_far: JudgedSoFar,
    typed: Typed,
    *,
    may_judge: bool,
    in_meeting: bool,
) -> JudgementPage:
    """Lay one case before the panel; `at` is the round's address."""
    levels, judged = levels_of(case.comparison), so_far.judged
    labels = {level.id: level.label for level in levels}
    subject = f"{at}/subjects/{case.subject.ref}"
    return JudgementPage(
        name=f"{case.comparison.sheet.question_set.subject.words} {case.subject.label}",
        here=f"{subject}/judgement",
        back=f"{subject}/comparison",
        grades=tuple(_gradings(case.comparison, judged)),
        judged=(labels[judged.level], judged.reason) if judged else None,
        dissent=tuple((each.agency, each.words) for each in so_far.dissent),
        levels=tuple((x.id, x.label, x.descriptor) for x in levels) if may_judge else (),
        dissenters=dissenters(case.comparison),
        left=case.comparison.left,
        values=typed.values,
        errors=typed.errors,
        in_meeting=in_meeting,
        meetings=f"{at}/meetings",
    )


def _gradings(
    comparison: Comparison, judged: Judgement | None
) -> Iterator[tuple[str, tuple[Grading, ...]]]:
    """Yield each question that asks for a grade of the whole, with what every agency gave."""
    for question in judged_by(comparison.sheet.question_set):
        given = [
            Grading(
                agency=side.agency,
                words=_words(question, side, answer),
                colour=colour_of(comparison.sheet.tool, question, answer),
                reason=answer.reason if answer else "",
                shift=_shift(comparison, question, answer, judged),
            )
            for side, answer in _given(comparison, question)
        ]
        if given:
            yield question.text, tuple(given)


def _given(comparison: Comparison, question: Grade) -> Iterator[tuple[Side, Answer | None]]:
    """Yield the grade of each agency that was asked, and None where none has arrived."""
    row = comparison.row(question.id)
    for side, (state, _), answer in comparison.answers(row) if row else ():
        if state >= 0 or side.response is None:
            yield side, answer


def _words(question: Grade, side: Side, answer: Answer | None) -> str:
    unsent = "Not known to the agency" if side.not_known else "Not sent yet"
    return question.show(answer) if answer else unsent


def _shift(
    comparison: Comparison, question: Grade, answer: Answer | None, judged: Judgement | None
) -> str:
    if judged is None or answer is None or answer.state is not State.ANSWERED:
        return ""
    best_first = comparison.sheet.tool.scale[question.scale].best_first
    return shift(best_first, answer.chosen[0], judged.level)


def judgements_page(session: Session, sight: Sight, at: str) -> JudgementsPage:
    """Lay every case in sight side by side: what each agency graded, and what the panel judged."""
    strands = []
    found = subjects_in_sight(session, sight)
    judged = judgements_on(session, [each.subject.id or 0 for each in found])
    for _, of_strand in groupby(found, key=lambda each: each.strand.id):
        several = list(of_strand)
        subjects = [each.subject for each in several]
        compared = compare_all(session, sight, several[0].strand, subjects)
        cases = [
            (each, compared[each.subject.id or 0], judged.get(each.subject.id or 0))
            for each in several
        ]
        if levels_of(cases[0][1]):
            strands.append(_judged_strand(cases, at))
    return JudgementsPage(round=sight.round, at=at, strands=tuple(strands))


def _judged_strand(
    cases: Sequence[tuple[Found, Comparison, Judgement | None]], at: str
) -> JudgedStrand:
    sheet = cases[0][1].sheet
    levels = {level.id: level.label for level in levels_of(cases[0][1])}
    graded = [_own_grades(comparison) for _, comparison, _ in cases]
    agencies = sorted({agency for own in graded for agency in own})
    return JudgedStrand(
        title=cases[0][0].strand.title,
        questions=tuple(
            f"{sheet.by_key[question.id].place}. {question.text}"
            for question in judged_by(sheet.question_set)
        ),
        agencies=tuple(agencies),
        cases=tuple(
            JudgedCase(
                name=found.name(sheet.question_set),
                href=f"{at}/subjects/{found.subject.ref}/judgement",
                grades=tuple(own.get(agency, ()) for agency in agencies),
                judged=levels[judgement.level] if judgement else "",
                shifts=_shifts(comparison, judgement),
            )
            for (found, comparison, judgement), own in zip(cases, graded, strict=True)
        ),
    )


def _own_grades(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """Return what each agency graded, with the question's number where there are several."""
    told: dict[str, list[str]] = {}
    questions = judged_by(comparison.sheet.question_set)
    for question in questions:
        number = f"{comparison.sheet.by_key[question.id].place}: " if len(questions) > 1 else ""
        for side, answer in _given(comparison, question):
            told.setdefault(side.agency, []).append(number + _words(question, side, answer))
    return {agency: tuple(words) for agency, words in told.items()}


def _shifts(comparison: Comparison, judged: Judgement | None) -> str:
    """Say how many of the agencies' grades the panel's judgement is above, at, or below."""
    told = [
        _shift(comparison, question, answer, judged)
        for question in judged_by(comparison.sheet.question_set)
        for _, answer in _given(comparison, question)
    ]
    counted = (
        ("higher than {}", "higher"),
        ("the same as {}", "same"),
        ("lower than {}", "lower"),
    )
    found = [(words, sum(each.endswith(end) for each in told)) for words, end in counted]
    return ", ".join(words.format(plural(n, "grade")) for words, n in found if n)
