from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from app.tools import KINDS, Answer, State
from tests.tools.front_door import FORM

ANSWERED, UNREADABLE = State.ANSWERED, State.UNREADABLE


class Row(NamedTuple):
    """One kind of question: what is posted, what is kept, how it is shown, what agrees with it."""

    question: str
    posted: Mapping[str, Sequence[str]]
    kept: Answer
    shown: str
    agrees: Answer
    differs: Answer
    mistyped: Mapping[str, Sequence[str]]
    kept_as_typed: str
    problem: str


ROWS = {
    "grade": Row(
        "worry_specific",
        {"worry_specific": ["weak"], "worry_specific.reason": ["It names no day."]},
        Answer(ANSWERED, ("weak",), reason="It names no day."),
        "Weak",
        Answer(ANSWERED, ("weak",), reason="Another reason for the same grade."),
        Answer(ANSWERED, ("good",)),
        {"worry_specific": ["superb"]},
        "superb",
        "Select a grade: “superb” is not offered here",
    ),
    "choice": Row(
        "route",
        {"route": ["phone"]},
        Answer(ANSWERED, ("phone",)),
        "By telephone",
        Answer(ANSWERED, ("phone",)),
        Answer(ANSWERED, ("portal",)),
        {"route": ["portal", "phone"]},
        "portal, phone",
        "Select one answer: “portal, phone” is not offered here",
    ),
    "choices": Row(
        "named",
        {"named": ["parent", "child"]},
        Answer(ANSWERED, ("child", "parent")),
        "The child; A parent",
        Answer(ANSWERED, ("parent", "child")),
        Answer(ANSWERED, ("child",)),
        {"named": ["child", "dog"]},
        "child, dog",
        "Select all that apply: “child, dog” is not offered here",
    ),
    "yes_no": Row(
        "worry_stated",
        {"worry_stated": ["no"]},
        Answer(ANSWERED, ("no",)),
        "No",
        Answer(ANSWERED, ("no",)),
        Answer(ANSWERED, ("yes",)),
        {"worry_stated": ["maybe"]},
        "maybe",
        "Select yes or no: “maybe” is not offered here",
    ),
    "short_text": Row(
        "handler",
        {"handler": ["  North team\r\nfirst contact "]},
        Answer(ANSWERED, (), "North team first contact"),
        "North team first contact",
        Answer(ANSWERED, (), "North  team first contact"),
        Answer(ANSWERED, (), "north team first contact"),
        {"handler": ["x" * 501]},
        "x" * 501,
        "Shorten this to 500 characters: it has 501, which is 1 too many",
    ),
    "long_text": Row(
        "learning",
        {"learning": ["One.\r\n\r\n\x00Two."]},
        Answer(ANSWERED, (), "One.\n\nTwo."),
        "One.\n\nTwo.",
        Answer(ANSWERED, (), "One. Two."),
        Answer(ANSWERED, (), "One, two."),
        {"learning": ["x" * 20_002]},
        "x" * 20_002,
        "Shorten this to 20,000 characters: it has 20,002, which is 2 too many",
    ),
    "whole_number": Row(
        "days",
        {"days": [" 007 "]},
        Answer(ANSWERED, (), "7"),
        "7 days",
        Answer(ANSWERED, (), "7"),
        Answer(ANSWERED, (), "8"),
        {"days": ["abuot 3"]},
        "abuot 3",
        "Enter a whole number, such as 3",
    ),
    "decimal": Row(
        "hours",
        {"hours": ["1,200.50"]},
        Answer(ANSWERED, (), "1200.5"),
        "1200.5 hours",
        Answer(ANSWERED, (), "1200.50"),
        Answer(ANSWERED, (), "1200.51"),
        {"hours": ["1e3"]},
        "1e3",
        "Enter a number, such as 2.5",
    ),
    "count": Row(
        "children",
        {"children": ["1"]},
        Answer(ANSWERED, (), "1"),
        "1 person",
        Answer(ANSWERED, (), "1"),
        Answer(ANSWERED, (), "2"),
        {"children": ["-1"]},
        "-1",
        "Enter 0 or more",
    ),
    "date": Row(
        "received",
        {"received.day": ["03"], "received.month": ["March"], "received.year": ["2026"]},
        Answer(ANSWERED, (), "2026-03-03"),
        "3 March 2026",
        Answer(ANSWERED, (), "2026-03-03"),
        Answer(ANSWERED, (), "2026-03-04"),
        {"received.day": ["31"], "received.month": ["2"], "received.year": ["2026"]},
        "31/2/2026",
        "31 February 2026 is not a date: check the day and the month",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_shows_compares_and_keeps_what_it_cannot_read(kind: str) -> None:
    row = ROWS[kind]
    question = FORM.question[row.question]
    assert question.kind == kind
    assert question.read(row.posted) == row.kept
    assert question.problem(row.kept) is None
    assert question.show(row.kept) == row.shown
    assert question.agree(row.kept, row.agrees)
    assert not question.agree(row.kept, row.differs)
    mistyped = question.read(row.mistyped)
    assert (mistyped.state, mistyped.text) == (UNREADABLE, row.kept_as_typed)
    assert question.problem(mistyped) == row.problem
    assert question.show(mistyped) == f"{row.kept_as_typed} (cannot be read yet)"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_an_absence_and_does_not_mix_it_with_another(kind: str) -> None:
    question = FORM.question[ROWS[kind].question]
    absent = question.read({question.absence_name: ["~not_recorded"]})
    assert absent == Answer(State.NOT_RECORDED)
    assert question.show(absent) == "Not recorded on our file"
    assert question.agree(absent, Answer(State.NOT_RECORDED))
    assert not question.agree(absent, Answer(State.NOT_KNOWN))
    assert not question.agree(absent, ROWS[kind].kept)


@pytest.mark.parametrize("kind", KINDS)
def test_an_absence_that_nobody_has_heard_of_is_a_problem_and_not_an_answer(kind: str) -> None:
    question = FORM.question[ROWS[kind].question]
    answer = question.read({question.absence_name: ["~lost_in_the_post"]})
    assert answer.state is UNREADABLE
    assert question.problem(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_cleared(kind: str) -> None:
    row = ROWS[kind]
    cleared = {name: [""] for name in row.posted}
    assert FORM.question[row.question].read(cleared, row.kept) == Answer()


def test_an_absence_that_is_not_offered_is_a_problem_and_what_was_ticked_is_not_an_answer() -> None:
    named = FORM.question["named"]
    answer = named.read({"named": ["child"], "named.absence": ["~not_known"]})
    assert (answer.state, answer.chosen) == (UNREADABLE, ())
    assert named.problem(answer) == "Choose again why this cannot be answered, or answer it"


def test_an_absence_of_a_radio_that_is_not_offered_is_named_in_words() -> None:
    strict = FORM.question["worry_stated"].model_copy(update={"absences": ()})
    answer = strict.read({"worry_stated": ["~not_known"]})
    assert strict.problem(answer) == (
        "Select yes or no: “Not known to this agency” is not offered here"
    )


@pytest.mark.parametrize(
    ("question", "box"), [("learning", "learning"), ("days", "days"), ("handler", "handler")]
)
def test_what_was_typed_stays_when_an_absence_is_chosen_beside_it(question: str, box: str) -> None:
    answer = FORM.question[question].read({box: ["12"], f"{box}.absence": ["~not_known"]})
    assert answer == Answer(State.NOT_KNOWN, (), "12")


def test_words_stay_where_the_page_posted_only_an_absence_or_its_clearing() -> None:
    learning, said = FORM.question["learning"], Answer(ANSWERED, (), "Ring first.")
    absent = learning.read({"learning.absence": ["~not_known"]}, said)
    assert absent == Answer(State.NOT_KNOWN, (), "Ring first.")
    assert learning.read({"learning.absence": [""]}, absent) == said


def test_a_date_stays_in_its_boxes_when_an_absence_is_chosen_beside_it() -> None:
    date = FORM.question["received"]
    posted = {"received.day": ["3"], "received.month": ["x"], "received.year": [""]}
    answer = date.read({**posted, "received.absence": ["~not_known"]})
    assert answer.state is State.NOT_KNOWN
    assert date.boxes(answer) == ("3", "x", "")  # type: ignore[union-attr]


def test_nothing_answered_is_the_same_on_both_sides_and_unreadable_agrees_with_nothing() -> None:
    question = FORM.question["days"]
    assert question.agree(Answer(), Answer())
    assert not question.agree(Answer(UNREADABLE, (), "x"), Answer(UNREADABLE, (), "x"))
    assert question.show(Answer()) == "Not answered"


def test_a_retired_option_is_shown_where_it_was_given_and_offered_to_nobody_else() -> None:
    route = FORM.question["route"]
    stored = Answer(ANSWERED, ("fax",))
    assert route.show(stored) == "By fax"
    assert [o.id for o in route.offered()] == ["portal", "phone"]  # type: ignore[union-attr]
    assert [o.id for o in route.offered(stored)] == ["portal", "phone", "fax"]  # type: ignore[union-attr]
    assert route.read({"route": ["fax"]}, stored) == stored
    assert route.read({"route": ["fax"]}).state is UNREADABLE


def test_a_grade_offers_the_levels_of_its_scale_with_its_own_descriptors() -> None:
    offered = FORM.question["worry_specific"].offered()  # type: ignore[union-attr]
    assert [(o.id, o.label) for o in offered] == [("good", "Good"), ("weak", "Weak")]
    assert offered[0].hint == "Expected practice in all that mattered."
    assert offered[1].hint == "It could have been written about any child."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1,200", "1200"),
        (" 5 ", "5"),
        ("-0", "0"),
        ("\N{MINUS SIGN}2", "-2"),
        (".5", "0.5"),
        ("0.10", "0.1"),
        ("3.", "3"),
        ("+4", "4"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_a_decimal_is_kept_without_noise(typed: str, kept: str) -> None:
    assert FORM.question["hours"].read({"hours": [typed]}) == Answer(ANSWERED, (), kept)


@pytest.mark.parametrize(
    "typed", ["1,2", "1,20,0", "nan", "inf", "1e5", "3 days", "٣", "1" * 16, "--1", "1.2.3", "."]
)
def test_a_number_is_read_only_when_there_is_no_doubt_about_it(typed: str) -> None:
    assert FORM.question["hours"].read({"hours": [typed]}).state is UNREADABLE


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("401", "Enter 400 or less"),
        ("-1", "Enter 0 or more"),
        ("2.5", "Enter a whole number, such as 3"),
    ],
)
def test_a_whole_number_keeps_between_its_ends(typed: str, problem: str) -> None:
    days = FORM.question["days"]
    answer = days.read({"days": [typed]})
    assert (answer.text, days.problem(answer)) == (typed, problem)


def test_one_day_is_not_one_days() -> None:
    assert FORM.question["days"].show(Answer(ANSWERED, (), "1")) == "1 day"


@pytest.mark.parametrize(
    ("boxes", "problem"),
    [
        (("", "3", "2026"), "Enter the day too"),
        (("3", "", ""), "Enter the month and the year too"),
        (("3", "13", "2026"), "The month must be a number from 1 to 12, or its name"),
        (("3", "Mrach", "2026"), "The month must be a number from 1 to 12, or its name"),
        (("3", "3", "26"), "Enter the year in full, such as 2026"),
        (("3", "3", "1899"), "The year must be from 1900 to 2100"),
        (("third", "3", "2026"), "The day must be a number, such as 3"),
        (("29", "2", "2025"), "29 February 2025 is not a date: check the day and the month"),
        (("3/3/2026", "", ""), "Enter the month and the year too"),
    ],
)
def test_a_date_that_cannot_be_read_says_which_box_to_look_at(
    boxes: tuple[str, str, str], problem: str
) -> None:
    date = FORM.question["received"]
    names = ("received.day", "received.month", "received.year")
    answer = date.read({name: [box] for name, box in zip(names, boxes, strict=True)})
    assert date.problem(answer) == problem
    assert date.boxes(answer) == boxes  # type: ignore[union-attr]


@pytest.mark.parametrize("month", ["2", "02", "feb", "Feb.", "FEBRUARY"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    posted = {"received.day": ["29"], "received.month": [month], "received.year": ["2028"]}
    assert FORM.question["received"].read(posted).text == "2028-02-29"


def test_a_reason_that_is_too_long_is_kept_and_explained() -> None:
    question = FORM.question["worry_specific"]
    reason = "x" * 20_001
    answer = question.read({"worry_specific": ["good"], "worry_specific.reason": [reason]})
    assert answer == Answer(ANSWERED, ("good",), reason=reason)
    assert "20,001" in str(question.problem(answer))


def test_an_absence_may_carry_a_note_where_no_reason_is_asked_for() -> None:
    question = FORM.question["worry_stated"]
    note = {"worry_stated": ["~not_known"], "worry_stated.reason": ["The file is with court."]}
    absent = question.read(note)
    assert absent == Answer(State.NOT_KNOWN, reason="The file is with court.")
    assert question.read({"worry_stated": ["~not_known"]}, absent) == absent
    answered = {"worry_stated": ["yes"], "worry_stated.reason": ["The file is with court."]}
    assert question.read(answered, absent) == Answer(ANSWERED, ("yes",))


def test_a_reason_is_not_taken_where_none_is_asked_for() -> None:
    answer = FORM.question["worry_stated"].read(
        {"worry_stated": ["yes"], "worry_stated.reason": ["slipped in"]}
    )
    assert answer == Answer(ANSWERED, ("yes",))
