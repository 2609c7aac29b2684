"""What agencies' answers amount to side by side."""

import pytest

from app.comparisons.rules import Verdict, majority, reason_wanted, value_of, verdict
from app.tools import Answer, Question, QuestionSet, State
from tests.audit import mash

SET: QuestionSet = mash().question_set["referral-form"]
GRADE = SET.question["form_worry"]
WORDS = SET.question["worked_well"]
CHOICES = SET.question["parts_played"]
DATE = SET.question["sent_on"]
GOOD, POOR = frozenset({"good"}), frozenset({"inadequate"})


def chose(*codes: str) -> Answer:
    return Answer(State.ANSWERED, codes)


def said(text: str) -> Answer:
    return Answer(State.ANSWERED, (), text)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (GRADE, chose("good"), chose("good")),
        (GRADE, chose("good"), chose("inadequate")),
        (CHOICES, chose("referrer", "receiver"), chose("receiver", "referrer")),
        (CHOICES, chose("referrer"), chose("receiver")),
        (DATE, said("2026-03-03"), said("2026-03-03")),
        (DATE, said("2026-03-03"), said("2026-03-04")),
    ],
)
def test_answers_are_equal_here_exactly_where_their_kind_says_they_agree(
    question: Question, one: Answer, other: Answer
) -> None:
    equal = value_of(question, one) == value_of(question, other)
    assert equal is question.agree(one, other)


def test_two_different_grades_differ() -> None:
    assert verdict(GRADE, 2, ["good", "inadequate"]) is Verdict.DIFFERS


def test_the_same_grade_from_everybody_is_the_same() -> None:
    assert verdict(GRADE, 3, ["good", "good", "good"]) is Verdict.SAME


def test_an_absence_beside_one_answer_makes_no_difference() -> None:
    assert verdict(GRADE, 2, ["good"]) is Verdict.ONE


def test_an_absence_beside_two_equal_answers_makes_no_difference() -> None:
    assert verdict(GRADE, 3, ["good", "good"]) is Verdict.SAME


def test_absences_alone_are_no_answer() -> None:
    assert verdict(GRADE, 2, []) is Verdict.ABSENT


def test_nothing_is_said_of_a_question_before_anybody_has_sent() -> None:
    assert verdict(GRADE, 0, []) is Verdict.WAITING


def test_words_are_views_and_never_differ() -> None:
    assert verdict(WORDS, 2, ["The call was quick.", "Officers stayed."]) is Verdict.VIEWS


def test_what_each_agency_did_itself_is_no_difference() -> None:
    own = GRADE.model_copy(update={"about": "agency"})
    assert verdict(own, 2, ["good", "inadequate"]) is Verdict.OWN
    assert reason_wanted(own, [GOOD, POOR], chose("good")) is None
    assert reason_wanted(own, [GOOD, POOR], None)


def test_a_tie_has_no_majority() -> None:
    assert majority(["good", "good", "inadequate", "inadequate", "outstanding"]) is None


def test_the_most_common_answer_is_the_majority_though_it_is_not_half() -> None:
    assert majority(["good", "good", "inadequate", "outstanding", "requires_improvement"]) == "good"


def test_agreeing_with_the_majority_needs_no_reason() -> None:
    assert reason_wanted(GRADE, [GOOD, GOOD, POOR], chose("good")) is None


@pytest.mark.parametrize(
    ("given", "decided"),
    [
        ([GOOD, GOOD, POOR], chose("inadequate")),
        ([GOOD, GOOD, POOR], Answer(State.NOT_RECORDED)),
        ([GOOD, POOR], chose("good")),
        ([], Answer(State.NOT_RECORDED)),
        ([GOOD, GOOD], None),
    ],
    ids=["departs", "absence", "tie", "no answers", "not agreed"],
)
def test_a_reason_is_wanted(given: list[frozenset[str]], decided: Answer | None) -> None:
    assert reason_wanted(GRADE, given, decided)


def test_words_agreed_are_their_own_reason() -> None:
    assert reason_wanted(WORDS, ["One view", "Another"], said("Both were quick to call")) is None
    assert reason_wanted(WORDS, ["One view", "Another"], None)
