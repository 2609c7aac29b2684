from collections.abc import Callable
from typing import Any

import pytest

from app.tools import changes
from tests.tools.front_door import FORM, TOOL, Written, next_version, question_in

Rewrite = Callable[[Written], Any]


def put(name: str, **values: object) -> Rewrite:
    return lambda written: question_in(written, name).update(values)


def section(written: Written, number: int) -> Any:  # noqa: ANN401 - JSON
    return written["question_sets"][0]["sections"][number]


def name_subjects(*titles: str) -> Rewrite:
    """Name what is audited, with ids made of the first letters."""
    named = [{"id": title[0].lower(), "title": title} for title in titles]
    return lambda written: written["question_sets"][0].update(subjects=named)


def scale(written: Written) -> Any:  # noqa: ANN401 - JSON
    return written["scales"][0]


def move_days_to_voice(written: Written) -> None:
    question = section(written, 1)["questions"].pop(1)
    section(written, 2)["questions"].append(question)


ALLOWED: dict[str, tuple[Rewrite, str]] = {
    "reworded": (
        put("route", text="By which route did it arrive?"),
        "route was reworded: “How did it arrive?” is now “By which route did it arrive?”",
    ),
    "moved": (move_days_to_voice, "days was moved from Timing to Voice of the child."),
    "moved within its section": (
        lambda w: section(w, 1)["questions"].insert(0, section(w, 1)["questions"].pop(2)),
        "hours was moved within the section timing of referral-form.",
    ),
    "re-themed": (
        put("worry_stated", themes=["VC", "INF"]),
        "worry_stated was re-themed and now carries VC and INF.",
    ),
    "no theme": (
        lambda w: question_in(w, "worry_stated").pop("themes"),
        "worry_stated was re-themed and now carries no theme.",
    ),
    "condition changed": (
        put("vc_said", when={"question": "vc_seen", "is_one_of": ["yes", "no"]}),
        'vc_said is now asked when vc_seen is "yes" or "no".',
    ),
    "condition taken away": (
        lambda w: question_in(w, "vc_said").pop("when"),
        "vc_said is now always asked.",
    ),
    "about the agency": (
        put("route", about="agency"),
        "route is now compared as a question about the agency.",
    ),
    "optional": (put("days", required=False), "days is now optional."),
    "required": (put("hours", required=True), "hours is now required."),
    "a reason asked for": (
        put("route", reason="optional"),
        "A reason for route was not asked for and is now optional.",
    ),
    "absences": (
        put("named", absences=["not_recorded", "not_known"]),
        "named may now be left as Not known to this agency.",
    ),
    "no more absences": (
        put("named", absences=[]),
        "named may no longer be left as Not recorded on our file.",
    ),
    "an absence put in other words": (
        put("named", absence_words={"not_recorded": "The file does not say"}),
        (
            "“Not recorded on our file” of named was reworded: “Not recorded on our file” is now "
            "“The file does not say”."
        ),
    ),
    "a reason for an absence": (
        put("named", absence_reason="required"),
        "Why there is no answer to named was optional to say and is now required.",
    ),
    "option added": (
        lambda w: question_in(w, "route")["options"].append({"id": "visit", "label": "In person"}),
        "route gained the option “In person”.",
    ),
    "option retired": (
        lambda w: question_in(w, "route")["options"][0].update(retired=True),
        "route retired the option “Through the portal”.",
    ),
    "option offered again": (
        lambda w: question_in(w, "route")["options"][2].update(retired=False),
        "route offers again the option “By fax”.",
    ),
    "option that stands alone": (
        lambda w: question_in(w, "named")["options"][1].update(alone=True),
        "The option “A parent” of named may no longer stand beside others.",
    ),
    "option reworded": (
        lambda w: question_in(w, "route")["options"][1].update(label="By phone"),
        (
            "The option phone of route was reworded: “By telephone” is now “By phone”, "
            "and must mean the same."
        ),
    ),
    "hint reworded": (
        lambda w: question_in(w, "route")["options"][1].update(hint="Ring back"),
        (
            "The hint of the option phone of route was reworded: “With a written follow-up” "
            "is now “Ring back”."
        ),
    ),
    "options in another order": (
        lambda w: question_in(w, "route")["options"].reverse(),
        "The options of route are in another order: ",
    ),
    "question added": (
        lambda w: section(w, 1)["questions"].append(
            {"id": "night", "kind": "yes_no", "text": "At night?"}
        ),
        "night was added to Timing.",
    ),
    "question retired": (
        lambda w: section(w, 1)["questions"].pop(),
        "learning was retired from Referral form.",
    ),
    "question set added": (
        lambda w: w["question_sets"].append(
            {
                **w["question_sets"][0],
                "id": "more",
                "sections": [
                    {
                        "id": "x",
                        "title": "X",
                        "questions": [{"id": "x", "kind": "date", "text": "X?"}],
                    }
                ],
            }
        ),
        "The question set more was added.",
    ),
    "a block asked in another set too": (
        lambda w: w["question_sets"].append(
            {"id": "more", "title": "More", "subject": "case", "sections": [section(w, 2)]}
        ),
        "vc_seen is now also asked in More.",
    ),
    "question set retired": (
        lambda w: w["question_sets"][0].update(id="other"),
        "The question set referral-form was retired.",
    ),
    "guidance changed": (
        put("worry_specific", guidance="Look harder."),
        (
            "The guidance of worry_specific was reworded: “Look for what was seen and said.” "
            "is now “Look harder.”"
        ),
    ),
    "references changed": (
        put("worry_specific", references=[]),
        "worry_specific now refers to no framework.",
    ),
    "subjects named": (
        name_subjects("Arrivals", "Decisions"),
        "The subject d of referral-form was added.",
    ),
    "agency kinds changed": (
        put("parent_told", agencies=["police", "school"]),
        "parent_told was asked of police and is now asked of police and school.",
    ),
    "agency kinds of a section changed": (
        lambda w: section(w, 1).update(agencies=["housing"]),
        "days was asked of every kind of agency and is now asked of housing.",
    ),
    "descriptor reworded": (
        lambda w: scale(w)["levels"][1].update(descriptor="Gaps that slowed help."),
        (
            "The descriptor of weak in practice was reworded: “Gaps that delayed help.” "
            "is now “Gaps that slowed help.”"
        ),
    ),
    "descriptor of a question reworded": (
        put("worry_specific", descriptors={"weak": "Vague."}),
        (
            "What worry_specific needs for weak was reworded: “It could have been written about "
            "any child.” is now “Vague.”"
        ),
    ),
    "level reworded": (
        lambda w: scale(w)["levels"][1].update(label="Poor"),
        "The level weak of practice was reworded: “Weak” is now “Poor”.",
    ),
    "limits changed": (
        put("days", maximum=500),
        "The maximum of days was 400 and is now 500.",
    ),
    "unit explained": (
        put("children", unit="children"),
        "The unit of children was added: “children”.",
    ),
    "title": (
        lambda w: w.update(title="Front door"),
        "The title was reworded: “Front door audit” is now “Front door”.",
    ),
    "section title": (
        lambda w: section(w, 1).update(title="Time"),
        "The section timing of referral-form was reworded: “Timing” is now “Time”.",
    ),
    "evidence": (
        lambda w: section(w, 0)["evidence"].pop("police"),
        (
            "Where to look in the section as-received of referral-form (police) was taken away: "
            "“The notice.”"
        ),
    ),
    "sections in another order": (
        lambda w: w["question_sets"][0]["sections"].reverse(),
        "of referral-form was moved.",
    ),
    "framework": (
        lambda w: w["frameworks"][0].update(version="2027"),
        "The framework local was put in other words.",
    ),
    "theme added": (
        lambda w: w["themes"].append({"id": "EH", "title": "Early help"}),
        "The theme EH was added.",
    ),
}

REFUSED: dict[str, tuple[Rewrite, str]] = {
    "kind": (put("children", kind="whole_number"), "children was a count question and is now"),
    "scale": (
        lambda w: (
            w["scales"].append({**scale(w), "id": "other"}),
            question_in(w, "worry_specific").update(scale="other"),
        ),
        "worry_specific was graded on practice and is now graded on other.",
    ),
    "polarity": (
        lambda w: scale(w).update(polarity="worst_first"),
        "The scale practice was best first and is now worst first.",
    ),
    "level removed": (
        lambda w: (
            scale(w)["levels"].append({"id": "bad", "label": "Bad", "descriptor": "Unsafe."}),
            scale(w)["levels"].pop(0),
        ),
        "The scale practice lost good.",
    ),
    "level added": (
        lambda w: scale(w)["levels"].append({"id": "bad", "label": "Bad", "descriptor": "Unsafe."}),
        "The scale practice gained bad.",
    ),
    "levels in another order": (
        lambda w: scale(w)["levels"].reverse(),
        "The levels of the scale practice are in another order.",
    ),
    "option removed": (
        lambda w: question_in(w, "route")["options"].pop(0),
        "route lost the option “portal”, which may have been given. Retire it instead.",
    ),
    "unit": (put("days", unit="weeks"), "days was counted in days and is now in weeks."),
    "subject": (
        lambda w: w["question_sets"][0].update(subject="referral_pair"),
        "referral-form was about each referral and is now about each referral pair.",
    ),
    "home": (
        lambda w: question_in(w, "vc_seen").pop("block"),
        "vc_seen now comes from this tool itself, so it is another question.",
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_may_change_is_listed_in_words(name: str) -> None:
    rewrite, words = ALLOWED[name]
    found = changes(TOOL, next_version(rewrite))
    assert any(words in change.words for change in found), [change.words for change in found]
    assert not any(change.refused for change in found)


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_break_comparison_is_refused(name: str) -> None:
    rewrite, words = REFUSED[name]
    refused = [change.words for change in changes(TOOL, next_version(rewrite)) if change.refused]
    assert any(words in each for each in refused), refused


def test_a_new_version_that_says_the_same_has_no_changes() -> None:
    assert changes(TOOL, next_version(lambda _: None)) == ()


def test_what_a_question_set_names_to_be_audited_may_change_and_is_listed() -> None:
    old = next_version(name_subjects("Arrivals", "Decisions", "Checks"))

    def rewrite(written: Written) -> None:
        arrivals, decisions, _ = written["question_sets"][0]["subjects"]
        decisions.update(title="How it is decided", guidance="From arrival to sign-off.")
        families = {"id": "f", "title": "Families told"}
        written["question_sets"][0]["subjects"] = [decisions, arrivals, families]

    found = changes(old, next_version(rewrite, old))

    assert [change.words for change in found] == [
        "The subject f of referral-form was added.",
        "The subject c of referral-form was taken away.",
        "The subject d of referral-form was moved.",
        "The subject d of referral-form was reworded: “Decisions” is now “How it is decided”.",
        "The guidance of the subject d of referral-form was added: “From arrival to sign-off.”",
    ]
    assert not any(change.refused for change in found)


def test_moving_one_question_is_one_change() -> None:
    [change] = changes(TOOL, next_version(move_days_to_voice))
    assert (change.question, change.refused) == ("days", False)


def test_two_tools_are_not_two_versions_of_one() -> None:
    other = next_version(lambda written: written.update(tool="back-door"))
    with pytest.raises(ValueError, match="two tools, not two versions of one"):
        changes(TOOL, other)


def test_every_question_added_is_named_once() -> None:
    empty = next_version(
        lambda w: w["question_sets"][0].update(
            sections=[{**section(w, 1), "questions": section(w, 1)["questions"][:1]}]
        )
    )
    back = changes(empty, TOOL)
    added = [change.question for change in back if "was added to" in change.words]
    assert added == [q.id for q in FORM.questions if q.id != "received"]
