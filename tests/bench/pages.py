"""P4: a question set of 120 questions as HTML, from its skeleton and through the macros."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.library.rules import as_met_by
from app.responses.skeleton import Skeleton, blank, rendered
from app.tools import AgencyKind, Answer, Filled, QuestionSet, Tool, fill
from tests.audit import mash
from tests.bench.measuring import Result, at_most, in_turn
from tests.responses.answering import complete

MANY, IN_A_SECTION, TIMES = 120, 12, 1
_LEFT_OUT = {"when", "agencies", "block"}
KIND = AgencyKind.CHILDRENS_SOCIAL_CARE


def long_tool(many: int = MANY) -> Tool:
    """Make a tool of so many questions out of MASH's, all asked of everybody.

    They come round again under other names; conditions are left out, since they name questions.
    """
    given: dict[str, Any] = mash().model_dump(mode="json", exclude_unset=True)
    questions = [
        {name: value for name, value in question.items() if name not in _LEFT_OUT}
        for section in given["question_sets"][0]["sections"]
        for question in section["questions"]
    ]
    again = [questions[n % len(questions)] | {"id": f"question_{n + 1}"} for n in range(many)]
    sections = [
        {
            "id": f"section-{start // IN_A_SECTION + 1}",
            "title": f"Section {start // IN_A_SECTION + 1}",
            "questions": again[start : start + IN_A_SECTION],
        }
        for start in range(0, many, IN_A_SECTION)
    ]
    given["tool"] = f"mash-of-{many}"
    given["question_sets"] = [{**given["question_sets"][0], "sections": sections}]
    return Tool.model_validate(given)


def measure() -> Iterator[Result]:
    """Render every section both ways; the HTML must be the same."""
    question_set = next(iter(long_tool().question_sets))
    answers = complete(question_set, KIND)
    filled = fill(question_set, KIND, answers)
    skeleton = skeleton_of(question_set)

    def prepared() -> str:
        return "".join(_prepared(skeleton, filled, answers))

    def each_time() -> str:
        return "".join(_each_time(skeleton, filled))

    assert prepared() == each_time(), "the skeleton and the macros give different pages"
    ours, theirs = in_turn(prepared, each_time, times=TIMES)
    job = f"{len(filled.asked)} questions from their skeleton, against macros (CPU)"
    yield at_most("P4", job, ours, theirs, 0.25)


def skeleton_of(question_set: QuestionSet) -> Skeleton:
    """Prepare a question set, as the product does once for each pinned version."""
    sections = as_met_by(question_set, KIND)
    return Skeleton(sections, {m.section.id: tuple(map(blank, m.questions)) for m in sections})


def _prepared(skeleton: Skeleton, filled: Filled, answers: Mapping[str, Answer]) -> Iterator[str]:
    asked = filled.by_id
    return (skeleton.questions(met.section.id, asked, answers) for met in skeleton.sections)


def _each_time(skeleton: Skeleton, filled: Filled) -> Iterator[str]:
    asked = filled.by_id
    for section in skeleton.sections:
        for met in section.questions:
            each = asked[met.question.id]
            yield rendered(met, each.answer, each.problem, closed=False)
