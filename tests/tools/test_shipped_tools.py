"""The audit tools that ship: how much each kind of agency is asked, and that a document says so."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app.config import ROOT
from app.tools import AgencyKind, Answer, Question, QuestionSet, State, Tool, fill, read_tools

TOOLS = read_tools(ROOT / "audit_tools")
OUTER = {"about", "judgement"}
"""What every case-file set begins and ends with: not counted."""
KINDS = list(AgencyKind)


def asked_at_once(question_set: QuestionSet, kind: AgencyKind) -> int:
    """Count what is asked whatever the answers are."""
    inner = [p for p in question_set.asked_of[kind] if p.section.id not in OUTER]
    return sum(place.question.when is None for place in inner)


def asked_at_most(question_set: QuestionSet, kind: AgencyKind) -> int:
    """Count what is asked of an agency with every part, that answers so that most opens."""
    opens = Counter(
        (part.question, code)
        for question in question_set.questions
        if question.when is not None
        for part in question.when.parts()
        for code in part.is_one_of
    )
    answers = {q.id: _opening(q, opens) for q in question_set.questions if q.steers}
    return sum(each.section.id not in OUTER for each in fill(question_set, kind, answers).asked)


def _opening(question: Question, opens: Counter[tuple[str, str]]) -> Answer:
    codes = [code for (id_, code) in opens if id_ == question.id]
    if question.kind == "choices":
        return Answer(State.ANSWERED, tuple(codes))
    best = max(codes, key=lambda code: opens[question.id, code], default="")
    return Answer(State.ANSWERED, (best,)) if best else Answer()


def case_file(version: int) -> tuple[Tool, QuestionSet]:
    tool = TOOLS["csa-thematic", version]
    return tool, tool.question_set["case-file"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_case_file_asks_an_agency_that_took_part_35_to_60_questions(kind: AgencyKind) -> None:
    _, question_set = case_file(2)

    assert 35 <= asked_at_most(question_set, kind) <= 60


@pytest.mark.parametrize("kind", KINDS)
def test_the_version_before_is_shorter(kind: AgencyKind) -> None:
    (_, before), (_, now) = case_file(1), case_file(2)

    assert asked_at_once(before, kind) < asked_at_once(now, kind)
    assert asked_at_most(before, kind) < asked_at_most(now, kind)


@pytest.mark.parametrize("version", [1, 2])
def test_every_level_of_every_grade_says_what_has_to_be_seen(version: int) -> None:
    _, question_set = case_file(version)
    silent = [
        (question.id, level.id)
        for question in question_set.questions
        if question.kind == "grade"
        for level in question.levels  # type: ignore[union-attr]
        if not level.descriptor
    ]

    assert silent == []


def test_the_document_counts_what_the_tool_asks() -> None:
    _, question_set = case_file(2)
    document = Path(ROOT / "docs" / "audit-tools" / "csa-thematic.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| (\d+) \| (\d+) \|$", document, re.MULTILINE)

    assert rows == [
        (
            kind.words,
            str(asked_at_once(question_set, kind)),
            str(asked_at_most(question_set, kind)),
        )
        for kind in KINDS
    ]


def test_each_level_of_the_front_door_audit_has_words_of_its_own() -> None:
    """Shared questions apart: their words are the block's."""
    tool = TOOLS["mash", 2]
    general = {level.descriptor for scale in tool.scales for level in scale.levels}
    resting_on_general_words = [
        question.id
        for question_set in tool.question_sets
        for question in question_set.questions
        if question.kind == "grade" and not question.block
        if any(level.descriptor in general for level in question.levels)  # type: ignore[union-attr]
    ]

    assert resting_on_general_words == []


HAD = (
    "social_worker looked_after police_notice absent left_roll less_time newcomers "
    "sexual_harm force"
)
NOT_COUNTED = {"start", "about", "subgroups", "judgement", "sign-off"}
SCHOOLS = {
    "primary, fewer than 100": ("primary", "", "under_100", ""),
    "primary, 100 to 400": ("primary", "", "from_100", ""),
    "primary with nursery or reception, fewer than 100": (
        "early_years primary",
        "",
        "under_100",
        "reception",
    ),
    "the same, 100 to 400": ("early_years primary", "", "from_100", "reception"),
    "the same, with children under two and aged two": (
        "early_years primary",
        "",
        "from_100",
        "under_2 two three_four",
    ),
    "nursery school from three years, fewer than 100": (
        "early_years",
        "",
        "under_100",
        "three_four",
    ),
    "secondary, 401 to 1,000 pupils": ("secondary", "", "from_401", ""),
    "special, primary and secondary": ("primary secondary", "special", "from_100", ""),
    "college, more than 1,000": ("college", "", "over_1000", ""),
}
"""Ages, features, size and ages in nursery classes, of some rows of the school return's page."""


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_document_of_the_school_return_counts_what_a_school_is_asked(school: str) -> None:
    question_set = TOOLS["section-157-175", 1].question_set["return"]
    document = Path(ROOT / "docs" / "audit-tools" / "section-157-175.md").read_text("utf-8")
    row = re.search(
        rf"^\| {re.escape(school)} \| (\d+) \| (\d+) \| (\d+) \|", document, re.MULTILINE
    )
    phases, features, size, young_ages = SCHOOLS[school]
    first = {
        "return_here": "this_return",
        "phases": phases,
        "features": features or "none",
        "size": size,
        "pupils_had": "none",
    } | ({"young_ages": young_ages} if young_ages else {})
    notes = first | {"rec_held": "yes"}

    def asked(chosen: dict[str, str]) -> int:
        answers = {id_: Answer(State.ANSWERED, tuple(of.split())) for id_, of in chosen.items()}
        if "rec_held" in chosen:
            answers["rec_sent_on"] = Answer(State.NOT_APPLICABLE)
        filled = fill(question_set, AgencyKind.SCHOOL, answers)
        return sum(each.section.id not in NOT_COUNTED for each in filled.asked)

    assert row is not None
    assert [*map(int, row.groups())] == [*map(asked, (first, notes, notes | {"pupils_had": HAD}))]
