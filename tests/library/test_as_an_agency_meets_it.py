"""What a kind of agency is asked, and when, in words."""

from pathlib import Path

import pytest

from app.library.rules import Standing, as_met_by, counts_of, in_words, may_open, standing_of
from app.tools import AgencyKind, QuestionSet
from app.tools.conditions import All, AnyOf, OneOf
from tests.library.tools import small_tool


@pytest.fixture
def case_file(tmp_path: Path) -> QuestionSet:
    return small_tool(tmp_path).question_set["case-file"]


def conditions(question_set: QuestionSet, kind: AgencyKind) -> dict[str, str]:
    met = as_met_by(question_set, kind)
    return {q.question.id: q.condition for section in met for q in section.questions}


def test_questions_are_numbered_as_the_agency_meets_them(case_file: QuestionSet) -> None:
    met = as_met_by(case_file, AgencyKind.SCHOOL)

    numbers = [(q.number, q.question.id) for section in met for q in section.questions]
    assert numbers == [(1, "seen"), (2, "seen_alone"), (3, "told"), (4, "days"), (5, "words")]


def test_a_condition_names_the_question_and_the_answer_as_they_are_read(
    case_file: QuestionSet,
) -> None:
    found = conditions(case_file, AgencyKind.POLICE)

    assert found["seen"] == ""
    assert found["seen_alone"] == "question 1 is “Yes”"
    assert found["told"] == "question 3 is “Yes, on the day”, or question 1 is “No”"


def test_what_an_agency_is_never_asked_drops_out_of_a_condition(case_file: QuestionSet) -> None:
    assert conditions(case_file, AgencyKind.SCHOOL)["told"] == "question 1 is “No”"


def test_a_question_that_nothing_can_open_is_not_shown(case_file: QuestionSet) -> None:
    assert "bail_on" in conditions(case_file, AgencyKind.POLICE)
    assert "bail_on" not in conditions(case_file, AgencyKind.SCHOOL)


def test_a_section_says_where_each_kind_looks(case_file: QuestionSet) -> None:
    def looks(kind: AgencyKind) -> str:
        return as_met_by(case_file, kind)[0].evidence

    assert looks(AgencyKind.POLICE) == "The custody record."
    assert looks(AgencyKind.MATERNITY) == "The consultation notes."
    assert looks(AgencyKind.SCHOOL) == ""


def test_several_answers_and_several_conditions_are_joined_unmistakably(
    case_file: QuestionSet,
) -> None:
    number = {"seen": 1, "custody": 2, "told": 3}
    seen = OneOf(question="seen", is_one_of=("yes", "no"))
    custody = OneOf(question="custody", is_one_of=("arrested",))
    told = OneOf(question="told", is_one_of=("school",))

    both = All(all=(seen, AnyOf(any=(custody, told))))

    assert in_words(both, case_file, number) == (
        "question 1 is “Yes” or “No” and "
        "(question 2 is “Yes, on the day”, or question 3 includes “The school”)"
    )


def test_all_of_a_condition_must_be_asked_and_one_of_any() -> None:
    seen = OneOf(question="seen", is_one_of=("yes",))
    known = OneOf(question="known", is_one_of=("yes",))

    assert not may_open(All(all=(seen, known)), {"seen"})
    assert may_open(All(all=(seen, known)), {"seen", "known"})
    assert may_open(AnyOf(any=(seen, known)), {"seen"})
    assert not may_open(AnyOf(any=(seen, known)), set())


def test_kinds_that_are_asked_the_same_are_counted_together(case_file: QuestionSet) -> None:
    counts = {kind: row for row in counts_of(case_file) for kind in row.kinds}

    assert counts[AgencyKind.POLICE].kinds == (AgencyKind.POLICE,)
    assert counts[AgencyKind.POLICE].sections == (3, 4)
    assert counts[AgencyKind.POLICE].at_once == 4
    assert counts[AgencyKind.SCHOOL].total == 5
    assert len(counts[AgencyKind.SCHOOL].kinds) == len(AgencyKind) - 1


def test_kinds_that_are_asked_nothing_are_not_counted(tmp_path: Path) -> None:
    interview = small_tool(tmp_path).question_set["interview"]

    assert [row.kinds for row in counts_of(interview)] == [(AgencyKind.CHILDRENS_SOCIAL_CARE,)]


def test_a_version_is_a_draft_until_it_is_locked_and_changed_if_it_then_differs() -> None:
    assert standing_of("a", None) is Standing.DRAFT
    assert standing_of("a", "a") is Standing.LOCKED
    assert standing_of("b", "a") is Standing.CHANGED
