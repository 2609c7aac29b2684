"""What the full report says of the cases of a round: what they were, and how they were judged."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.queries import compare_all, judgements_on, subjects_in_sight
from app.comparisons.rules import Verdict, judged_by, shift
from app.comparisons.side_by_side import Comparison
from app.exports.told import ComparedRow, GradeRow
from app.meetings.judging import levels_of
from app.rounds.models import Strand
from app.rounds.retention import Kept
from app.samples.frame import IN_WORDS
from app.samples.models import Subject
from app.tools import Answer, Grade, State
from app.web.filters import plural


class StrandCases(NamedTuple):
    """The cases of one strand, each with the responses that were sent about it."""

    strand: Strand
    subjects: Sequence[Subject]
    compared: Sequence[Comparison]


def cases_of(session: Session, sight: Sight) -> Iterator[StrandCases]:
    """Yield the strands of a round that have cases."""
    for _, found in groupby(subjects_in_sight(session, sight), key=lambda each: each.strand.id):
        several = list(found)
        subjects = [each.subject for each in several]
        compared = compare_all(session, sight, several[0].strand, subjects)
        yield StrandCases(several[0].strand, subjects, list(compared.values()))


def profile_of(cases: StrandCases) -> Iterator[str]:
    """Say how many there were, of which outcome, and how many agencies answered about each.

    What the agencies said of the children themselves stands in the results: they may differ.
    """
    kind = cases.compared[0].sheet.question_set.subject
    yield f"{cases.strand.title}: {plural(len(cases.subjects), kind.words.lower(), kind.several)}."
    outcomes = Counter(subject.stratum for subject in cases.subjects if subject.stratum)
    if outcomes:
        told = (f"{words} {outcomes[key]}" for key, words in IN_WORDS.items() if outcomes[key])
        yield f"By outcome: {', '.join(told)}."
    again = Counter(subject.re_referred for subject in cases.subjects)
    if again[True] or again[False]:
        yield f"Referred before: {again[True]}. Not referred before: {again[False]}."
    answered = Counter(comparison.sent for comparison in cases.compared)
    told = (f"{n} about {many}" for n, many in sorted(answered.items()))
    yield f"Agencies that sent a response about one: {', '.join(told)}."


def grades_of(
    session: Session, cases: StrandCases, gone: Collection[Kept]
) -> Iterator[tuple[str, tuple[str, ...], tuple[GradeRow, ...]]]:
    """Yield what agencies graded and the panel judged, where cases are judged as a whole.

    No case is named: one agency's grade of one case is in no paper that leaves. Of what was purged
    there is no row: it would say that nobody answered, or judged.
    """
    levels = {level.id: level.label for level in levels_of(cases.compared[0])}
    if not levels:
        return
    sheet = cases.compared[0].sheet
    asked = tuple(
        f"{sheet.by_key[question.id].place}. {question.text}"
        for question in judged_by(sheet.question_set)
    )
    judged = judgements_on(session, [subject.id or 0 for subject in cases.subjects])
    grades: dict[str, Counter[str]] = {}
    shifts: dict[str, Counter[str]] = {}
    for subject, comparison in zip(cases.subjects, cases.compared, strict=True):
        judgement = judged.get(subject.id or 0)
        for agency, question, answer in () if Kept.ANSWERS in gone else _graded(comparison):
            grades.setdefault(agency, Counter())[question.show(answer)] += 1
            if judgement and answer.state is State.ANSWERED:
                best_first = sheet.tool.scale[question.scale].best_first
                far = shift(best_first, answer.chosen[0], judgement.level)
                shifts.setdefault(agency, Counter())[far.rpartition(" ")[2]] += 1
    decided = Counter(levels[judgement.level] for judgement in judged.values())
    left = Counter({"Not judged": len(cases.subjects) - len(judged)})
    panel = ("The panel, of each case", _in_words(decided + left), "")
    yield (
        cases.strand.title,
        asked,
        (
            *(
                (agency, _in_words(grades[agency]), _in_words(shifts.get(agency, Counter())))
                for agency in sorted(grades)
            ),
            *(() if Kept.AGREED_ANSWERS in gone else (panel,)),
        ),
    )


def _graded(comparison: Comparison) -> Iterator[tuple[str, Grade, Answer]]:
    for question in judged_by(comparison.sheet.question_set):
        row = comparison.row(question.id)
        for side, _, answer in comparison.answers(row) if row else ():
            if answer is not None:
                yield side.agency, question, answer


def _in_words(counted: Counter[str]) -> str:
    return ", ".join(f"{words} {many}" for words, many in counted.most_common())


def compared_in(
    cases: StrandCases, gone: Collection[Kept], *, several: bool
) -> Iterator[ComparedRow]:
    """Count by section how often agencies that answered one question about one case differed.

    Answers in words, and about each agency's own part, are no difference and are not counted.
    """
    told: dict[str, Counter[str]] = {}
    for comparison in cases.compared:
        for row in comparison.rows:
            if row.verdict in (Verdict.SAME, Verdict.DIFFERS):
                counts = told.setdefault(row.line.section.title, Counter())
                counts[row.verdict] += 1
                counts["decided"] += row.verdict is Verdict.DIFFERS and row.agreed is not None
    before = f"{cases.strand.title}: " if several else ""
    for section, counts in told.items():
        same, differ = counts[Verdict.SAME], counts[Verdict.DIFFERS]
        decided = "Purged" if Kept.AGREED_ANSWERS in gone else str(counts["decided"])
        yield before + section, str(same + differ), str(same), str(differ), decided
