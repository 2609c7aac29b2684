import pytest

from app.tools import NOTHING, AgencyKind, Answer, Filled, State, fill
from tests.tools.front_door import FORM, Written, next_version, question_in

POLICE, SOCIAL_CARE = AgencyKind.POLICE, AgencyKind.CHILDRENS_SOCIAL_CARE
HOUSING, MATERNITY = AgencyKind.HOUSING, AgencyKind.MATERNITY
YES, NO = Answer(State.ANSWERED, ("yes",)), Answer(State.ANSWERED, ("no",))
WEAK = Answer(State.ANSWERED, ("weak",), reason="It names no day.")


def asked(filled: Filled) -> list[str]:
    return [each.question.id for each in filled.asked]


def test_a_question_is_asked_only_when_its_condition_holds() -> None:
    assert "worry_specific" not in asked(fill(FORM, POLICE, {}))
    assert "worry_specific" not in asked(fill(FORM, POLICE, {"worry_stated": NO}))
    assert "worry_specific" in asked(fill(FORM, POLICE, {"worry_stated": YES}))


def test_an_agency_is_asked_what_its_kind_is_asked() -> None:
    assert "worry_stated" in asked(fill(FORM, MATERNITY, {}))
    assert asked(fill(FORM, HOUSING, {}))[0] == "received"
    assert [section.id for section in fill(FORM, HOUSING, {}).sections] == ["timing", "voice"]


def test_a_question_may_be_asked_of_fewer_kinds_than_its_section() -> None:
    parent = {"named": Answer(State.ANSWERED, ("parent",))}
    assert "parent_told" in asked(fill(FORM, POLICE, parent))
    assert "parent_told" not in asked(fill(FORM, SOCIAL_CARE, parent))


@pytest.mark.parametrize("absence", [State.NOT_APPLICABLE, State.NOT_KNOWN, State.NOT_RECORDED])
def test_an_absence_opens_nothing(absence: State) -> None:
    assert "worry_specific" not in asked(fill(FORM, POLICE, {"worry_stated": Answer(absence)}))


def test_an_answer_that_nobody_can_see_opens_nothing() -> None:
    by_phone = {"route": Answer(State.ANSWERED, ("phone",)), "worry_specific": WEAK}
    assert "parent_told" in asked(fill(FORM, POLICE, {**by_phone, "worry_stated": YES}))
    assert "parent_told" not in asked(fill(FORM, POLICE, {**by_phone, "worry_stated": NO}))


def test_conditions_look_at_the_answers_just_posted() -> None:
    posted = {"asked": ["worry_stated"], "worry_stated": ["yes"]}
    assert "worry_specific" in asked(fill(FORM, POLICE, {"worry_stated": NO}, posted))


def test_a_cleared_answer_is_not_the_same_as_no_and_not_the_same_as_another_page() -> None:
    stored = {"worry_stated": NO}
    cleared = fill(FORM, POLICE, stored, {"asked": ["worry_stated"]})
    assert cleared.changed == {"worry_stated": NOTHING}
    assert cleared.by_id["worry_stated"].answer == NOTHING
    elsewhere = fill(FORM, POLICE, stored, {"asked": ["route"], "route": ["phone"]})
    assert elsewhere.changed == {"route": Answer(State.ANSWERED, ("phone",))}
    assert elsewhere.by_id["worry_stated"].answer == NO


def test_an_answer_that_is_posted_again_is_no_change() -> None:
    posted = {"asked": ["worry_stated"], "worry_stated": ["no"]}
    assert fill(FORM, POLICE, {"worry_stated": NO}, posted).changed == {}


def test_a_value_the_page_did_not_declare_is_not_read() -> None:
    assert fill(FORM, POLICE, {}, {"worry_stated": ["yes"]}).changed == {}


def test_what_cannot_be_read_is_kept_as_typed_and_explained_again_on_the_next_page() -> None:
    first = fill(FORM, POLICE, {}, {"asked": ["days"], "days": ["abuot 3"]})
    assert first.changed == {"days": Answer(State.UNREADABLE, (), "abuot 3")}
    assert first.by_id["days"].problem == "Enter a whole number, such as 3"
    again = fill(FORM, POLICE, first.changed)
    assert [(each.question.id, each.problem) for each in again.wrong] == [
        ("days", "Enter a whole number, such as 3")
    ]
    assert not again.complete


def add_nobody(written: Written) -> None:
    nobody = {"id": "nobody", "label": "None of these", "alone": True}
    question_in(written, "named")["options"].append(nobody)


def test_an_option_that_stands_alone_is_no_answer_beside_others_and_all_ticks_are_kept() -> None:
    form = next_version(add_nobody).question_set["referral-form"]
    both = fill(form, POLICE, {}, {"asked": ["named"], "named": ["child", "nobody"]})
    assert both.by_id["named"].answer.chosen == ("child", "nobody")
    assert both.by_id["named"].problem == "Untick “None of these”, or untick all the others"
    assert both.by_id["named"] in both.wrong
    assert not both.complete
    for answer in (("nobody",), ("child", "parent")):
        right = fill(form, POLICE, {}, {"asked": ["named"], "named": answer})
        assert right.by_id["named"].problem is None
        assert right.progress[0] == both.progress[0] + 1


def test_an_answer_to_a_closed_question_is_kept_and_not_counted() -> None:
    filled = fill(FORM, POLICE, {"worry_stated": NO, "worry_specific": WEAK})
    assert filled.closed == {"worry_specific": WEAK}
    assert "worry_specific" not in filled.by_id
    assert filled.progress == fill(FORM, POLICE, {"worry_stated": NO}).progress


def test_what_was_posted_to_a_closed_question_is_stored_with_the_closed_ones() -> None:
    posted = {
        "asked": ["worry_stated", "worry_specific"],
        "worry_stated": ["no"],
        "worry_specific": ["weak"],
        "worry_specific.reason": ["It names no day."],
    }
    filled = fill(FORM, POLICE, {}, posted)
    assert filled.changed == {"worry_stated": NO, "worry_specific": WEAK}
    assert filled.closed == {"worry_specific": WEAK}
    reopened = fill(FORM, POLICE, {**filled.changed, "worry_stated": YES})
    assert reopened.by_id["worry_specific"].answer == WEAK


def test_nothing_is_taken_for_a_question_this_kind_of_agency_is_never_asked() -> None:
    posted = {"asked": ["parent_told", "no_such"], "parent_told": ["yes"], "no_such": ["x"]}
    assert fill(FORM, HOUSING, {}, posted).changed == {}


def test_an_answer_from_elsewhere_is_kept_aside() -> None:
    assert fill(FORM, POLICE, {"of_another_tool": YES}).closed == {"of_another_tool": YES}


def defend(written: Written) -> None:
    question_in(written, "worry_stated")["absence_reason"] = "required"


def test_an_absence_that_has_to_be_defended_wants_to_know_why() -> None:
    form = next_version(defend).question_set["referral-form"]
    bare = fill(form, POLICE, {"worry_stated": Answer(State.NOT_APPLICABLE)})
    assert bare.by_id["worry_stated"].wants == "Say why there is no answer"
    assert bare.by_id["worry_stated"] in bare.wanted
    said = Answer(State.NOT_APPLICABLE, reason="It is not our role.")
    told = fill(form, POLICE, {"worry_stated": said})
    assert told.by_id["worry_stated"].wants is None
    assert told.progress[0] == bare.progress[0] + 1
    assert fill(form, POLICE, {"worry_stated": NO}).by_id["worry_stated"].wants is None
    undefended = fill(FORM, POLICE, {"worry_stated": Answer(State.NOT_APPLICABLE)})
    assert undefended.by_id["worry_stated"].wants is None


def test_a_question_may_word_its_absences() -> None:
    words = {"absence_words": {"not_known": "Cannot say"}}
    form = next_version(lambda w: question_in(w, "worry_stated").update(words))
    question = form.question_set["referral-form"].question["worry_stated"]
    assert question.show(Answer(State.NOT_KNOWN)) == "Cannot say"
    assert question.show(Answer(State.NOT_RECORDED)) == "Not recorded on our file"
    assert dict(question.offered_absences)[State.NOT_KNOWN] == "Cannot say"


def test_a_grade_that_needs_a_reason_wants_one() -> None:
    graded = Answer(State.ANSWERED, ("weak",))
    wanting = fill(FORM, POLICE, {"worry_stated": YES, "worry_specific": graded})
    assert wanting.by_id["worry_specific"].wants == "Give the reason"
    assert wanting.by_id["worry_specific"] in wanting.wanted
    absent = Answer(State.NOT_APPLICABLE)
    assert (
        not fill(FORM, POLICE, {"worry_stated": YES, "worry_specific": absent})
        .by_id["worry_specific"]
        .wants
    )


def test_a_reason_that_is_too_long_is_wrong_and_still_opens_what_follows() -> None:
    wordy = Answer(State.ANSWERED, ("weak",), reason="x" * 20_001)
    answers = {"worry_stated": YES, "worry_specific": wordy}
    answers["route"] = Answer(State.ANSWERED, ("phone",))
    filled = fill(FORM, POLICE, answers)
    assert [each.question.id for each in filled.wrong] == ["worry_specific"]
    assert "parent_told" in filled.by_id


def test_a_response_is_complete_when_nothing_is_wanted_and_nothing_is_wrong() -> None:
    answers = {
        "received": Answer(State.ANSWERED, (), "2026-03-03"),
        "days": Answer(State.NOT_KNOWN),
        "children": Answer(State.ANSWERED, (), "2"),
        "learning": Answer(State.ANSWERED, (), "Ring first."),
    }
    nearly = fill(FORM, HOUSING, answers)
    assert [each.wants for each in nearly.wanted] == ["Select yes or no"]
    assert (nearly.complete, nearly.progress) == (False, (4, 5))
    whole = fill(FORM, HOUSING, {**answers, "vc_seen": NO})
    assert (whole.complete, whole.progress) == (True, (5, 5))
    assert {"hours", "handler"} <= set(whole.by_id)


def test_an_optional_answer_that_cannot_be_read_stops_completion_without_being_counted() -> None:
    answers = {each: Answer(State.NOT_KNOWN) for each in FORM.question}
    answers["hours"] = Answer(State.UNREADABLE, (), "a few")
    filled = fill(FORM, HOUSING, answers)
    assert [each.question.id for each in filled.wrong] == ["hours"]
    assert (filled.wanted, filled.complete, filled.progress) == ((), False, (5, 5))


def test_a_required_answer_that_cannot_be_read_is_not_counted_as_answered() -> None:
    filled = fill(FORM, HOUSING, {"days": Answer(State.UNREADABLE, (), "a few")})
    assert filled.progress == (0, 5)


def test_an_answer_that_was_cleared_before_its_question_closed_is_not_kept_aside() -> None:
    assert fill(FORM, POLICE, {"worry_specific": NOTHING}).closed == {}


def test_progress_is_also_known_section_by_section() -> None:
    filled = fill(FORM, HOUSING, {"vc_seen": YES})
    assert filled.progress_in("voice") == (1, 2)
    assert [each.question.id for each in filled.in_section("voice")] == ["vc_seen", "vc_said"]
    assert filled.in_section("as-received") == ()
