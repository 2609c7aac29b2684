"""What is prepared and filled in is exactly what the templates render."""

import os
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from app.library.rules import as_met_by
from app.responses.skeleton import Blank, Skeleton, blank, rendered
from app.tools import KINDS, AgencyKind, Answer, Coded, Question, State, Tool, fill
from tests.audit import mash

EXAMPLES = 3000 if os.environ.get("CASEFILE_PROVE") else 150
typed = st.text(
    st.one_of(st.sampled_from("<>&\"'\n/ \ue000\ue001£"), st.characters(codec="utf-8")), max_size=30
)

ONE = {"id": "one", "label": "One", "hint": "First"}
NONE = {"id": "none", "label": "None", "alone": True}
SCALE = {
    "id": "good-bad",
    "title": "Good or bad",
    "polarity": "best_first",
    "levels": [
        {"id": "good", "label": "Good"},
        {"id": "bad", "label": "Bad", "descriptor": "Badly"},
    ],
}


def every_kind() -> Tool:
    """A tool with a question of every kind, and an option that was retired."""
    more = {
        "grade": {"scale": "good-bad", "descriptors": {"good": "Well <done>"}},
        "choice": {"options": [ONE, {"id": "two", "label": "Two & a half", "retired": True}]},
        "choices": {"options": [ONE, {"id": "two", "label": "Two", "hint": "“Second”"}, NONE]},
        "whole_number": {"unit": "days"},
    }
    shared = {"reason": "optional", "guidance": "Look “here” & there"}
    questions = [
        {"id": f"q_{kind}", "kind": kind, "text": f"A {kind}?", **shared, **more.get(kind, {})}
        for kind in KINDS
    ]
    section = {"id": "all", "title": "All kinds", "questions": questions}
    question_set = {"id": "set", "title": "Set", "subject": "case", "sections": [section]}
    tool = {"format": 1, "tool": "every-kind", "version": 1, "title": "Every kind"}
    return Tool.model_validate({**tool, "scales": [SCALE], "question_sets": [question_set]})


@cache
def blanks() -> tuple[Blank, ...]:
    sets = (every_kind().question_set["set"], mash().question_set["referral-form"])
    met = [q for each in sets for s in as_met_by(each, AgencyKind.POLICE) for q in s.questions]
    return tuple(map(blank, met))


@st.composite
def answers(draw: st.DrawFn) -> tuple[Blank, Answer]:
    """Any question with any answer that could be stored for it, and some that could not."""
    made = draw(st.sampled_from(blanks()))
    question: Question = made.met.question
    state = draw(st.sampled_from(State))
    chosen: tuple[str, ...] = ()
    if isinstance(question, Coded) and state is State.ANSWERED:
        most = len(question.listed) if question.kind == "choices" else 1
        ids = [option.id for option in question.listed]
        chosen = tuple(draw(st.lists(st.sampled_from(ids), max_size=most, unique=True)))
    return made, Answer(state, chosen, draw(typed), draw(typed))


@settings(max_examples=EXAMPLES, deadline=None)
@given(answers(), st.one_of(st.none(), typed.filter(bool)), st.booleans())
def test_a_prepared_question_is_what_its_template_renders(
    case: tuple[Blank, Answer],
    problem: str | None,
    closed: bool,  # noqa: FBT001 - hypothesis passes it by place
) -> None:
    made, answer = case
    prepared = made.filled(answer, problem, closed=closed)
    assert prepared == rendered(made.met, answer, problem, closed=closed)


def test_every_kind_of_question_has_its_templates() -> None:
    kinds = {made.met.question.kind for made in blanks()}
    assert kinds == set(KINDS)


def test_a_section_holds_every_question_once_and_marks_the_closed_ones() -> None:
    question_set = mash().question_set["referral-form"]
    sections = as_met_by(question_set, AgencyKind.POLICE)
    prepared = {s.section.id: tuple(map(blank, s.questions)) for s in sections}
    skeleton = Skeleton(sections, prepared)
    stored = {"form_seen": Answer(State.ANSWERED, ("yes",))}
    filled = fill(question_set, AgencyKind.POLICE, stored)
    html = skeleton.questions("about", filled.by_id, stored)
    assert html.count('name="asked"') == len(prepared["about"])
    assert 'data-question="form_seen" data-closed=""' in html
    assert 'id="form_seen" name="form_seen" type="radio" value="yes" checked=""' in html
