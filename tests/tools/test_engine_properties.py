"""What holds for every definition, every history of saves and every file, however odd."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.tools import (
    ABSENCES,
    KINDS,
    NOTHING,
    AgencyKind,
    Answer,
    State,
    Tool,
    ToolError,
    canonical,
    digest,
    fill,
    from_canonical,
    read_tool,
)
from tests.tools.front_door import EXAMPLE, FILE, FORM

IDS = [question.id for question in FORM.questions]
WORDS = st.text(min_size=1, max_size=20).filter(lambda words: words.strip() != "")
CODES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)


@st.composite
def questions(draw: st.DrawFn, number: int, earlier: list[str]) -> dict[str, Any]:
    """Any question of any kind, which may look back at a yes or no question."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    question: dict[str, Any] = {"id": f"q{number}", "kind": kind, "text": draw(WORDS)}
    if kind == "grade":
        question["scale"] = "practice"
    if kind in {"choice", "choices"}:
        codes = draw(st.lists(CODES, min_size=2, max_size=4, unique=True))
        question["options"] = [{"id": code, "label": draw(WORDS)} for code in codes]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "guidance": st.text(max_size=10),
        "required": st.booleans(),
        "reason": st.sampled_from(["none", "optional", "required"]),
        "absences": st.lists(st.sampled_from([str(x) for x in ABSENCES]), unique=True),
        "agencies": st.lists(st.sampled_from([*map(str, AgencyKind), "health"]), min_size=1),
        "themes": st.just(["VC"]),
    }
    for key in draw(st.sets(st.sampled_from(sorted(optional)))):
        question[key] = draw(optional[key])
    if offered := question.get("absences"):
        worded = draw(st.sets(st.sampled_from(offered)))
        question["absence_words"] = {absence: draw(WORDS) for absence in sorted(worded)}
        question["absence_reason"] = draw(st.sampled_from(["optional", "required"]))
    if draw(st.booleans()) and earlier:
        looked_at = draw(st.sampled_from(earlier))
        condition = {"question": looked_at, "is_one_of": [draw(st.sampled_from(["yes", "no"]))]}
        joined = draw(st.sampled_from(["all", "any", ""]))
        question["when"] = {joined: [condition, condition]} if joined else condition
    return question


@st.composite
def tools(draw: st.DrawFn) -> dict[str, Any]:
    """Any audit tool of one question set, as it might be written."""
    asked: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 8))):
        earlier = [question["id"] for question in asked if question["kind"] == "yes_no"]
        asked.append(draw(questions(number, earlier)))
    cut = draw(st.integers(1, len(asked)))
    sections = [asked[:cut], asked[cut:]]
    levels = [{"id": code, "label": code, "descriptor": draw(WORDS)} for code in ("good", "weak")]
    return {
        "format": 1,
        "tool": "any",
        "version": draw(st.integers(1, 99)),
        "title": draw(WORDS),
        "themes": [{"id": "VC", "title": "Voice"}],
        "scales": [
            {"id": "practice", "title": "P", "polarity": "best_first", "levels": levels},
        ],
        "question_sets": [
            {
                "id": "cases",
                "title": "Cases",
                "subject": "case",
                "sections": [
                    {"id": f"s{n}", "title": draw(WORDS), "questions": each}
                    for n, each in enumerate(sections)
                    if each
                ],
            }
        ],
    }


@given(tools())
def test_a_definition_is_the_same_after_its_snapshot(written: dict[str, Any]) -> None:
    tool = Tool.model_validate(written)
    again = from_canonical(canonical(tool))
    assert again == tool
    assert digest(again) == digest(tool)
    assert json.loads(canonical(tool)).keys() == written.keys()


TYPED = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["yes", "no", "good", "weak", "phone", "fax", "child", "3", "1,200", "2.5"]),
    st.sampled_from([f"~{absence}" for absence in ABSENCES]),
)
FIELDS = [
    name
    for each in IDS
    for name in (
        each,
        f"{each}.absence",
        f"{each}.reason",
        *(f"{each}.{b}" for b in ("day", "month", "year")),
    )
]
PAGES = st.builds(
    lambda shown, fields: {**fields, "asked": shown},
    st.lists(st.sampled_from([*IDS, "no_such"]), max_size=6),
    st.dictionaries(st.sampled_from(FIELDS), st.lists(TYPED, max_size=2), max_size=12),
)
STATES = st.sampled_from([s for s in State if s is not State.ANSWERED])
STORED = st.dictionaries(
    st.sampled_from([*IDS, "of_another_version"]),
    st.one_of(
        st.builds(Answer, STATES, text=st.text(max_size=8), reason=st.text(max_size=8)),
        st.builds(
            Answer, st.just(State.ANSWERED), st.sampled_from([("yes",), ("weak",), ("phone",)])
        ),
    ),
)


@given(STORED, st.sampled_from(AgencyKind), st.lists(PAGES, max_size=4))
def test_a_stored_answer_survives_every_save_that_does_not_show_its_question(
    stored: dict[str, Answer], kind: AgencyKind, pages: list[dict[str, list[str]]]
) -> None:
    answers = dict(stored)
    for page in pages:
        filled = fill(FORM, kind, answers, page)
        assert set(filled.changed) <= set(page["asked"])
        answers |= filled.changed
        seen = {**filled.closed, **{each.question.id: each.answer for each in filled.asked}}
        assert {k: v for k, v in answers.items() if v != NOTHING} == {
            k: v for k, v in seen.items() if v != NOTHING
        }
    shown = {name for page in pages for name in page["asked"]}
    assert all(answers[name] == was for name, was in stored.items() if name not in shown)


@given(STORED, st.sampled_from(AgencyKind), PAGES)
def test_every_save_ends_in_a_state_that_can_be_shown_counted_and_saved_again(
    stored: dict[str, Answer], kind: AgencyKind, page: dict[str, list[str]]
) -> None:
    filled = fill(FORM, kind, stored, page)
    done, total = filled.progress
    assert 0 <= done <= total
    assert not filled.complete or done == total
    assert sum(filled.progress_in(s.id)[1] for s in filled.sections) == total
    for each in filled.asked:
        assert (each.answer.state is not State.UNREADABLE) or each.problem
    for name, answer in filled.changed.items():
        assert FORM.question[name].show(answer) is not None
        assert not answer.chosen or answer.state is State.ANSWERED
    assert fill(FORM, kind, {**stored, **filled.changed}, page).changed == {}


@given(st.sampled_from(["learning", "handler", "days", "hours", "children"]), st.text(max_size=40))
def test_what_stands_in_a_box_and_is_posted_again_is_no_change(name: str, typed: str) -> None:
    question = FORM.question[name]
    first = question.read({name: [typed]})
    assert question.read({name: [first.text]}, first) == first


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_posted_words_are_kept_exactly(typed: str) -> None:
    kept = FORM.question["learning"].read({"learning": [typed]})
    assert kept.text == (typed if typed.strip() else "")


@given(st.tuples(*[st.text(max_size=5)] * 3))
def test_the_three_boxes_of_a_date_are_filled_again_as_they_were(typed: tuple[str, ...]) -> None:
    date = FORM.question["received"]
    names = ("received.day", "received.month", "received.year")
    first = date.read(dict(zip(names, ([box] for box in typed), strict=True)))
    boxes = date.boxes(first)  # type: ignore[union-attr]
    again = date.read(dict(zip(names, ([box] for box in boxes), strict=True)), first)
    assert again == first


@pytest.fixture(scope="module")
def scrap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to write anything at all in."""
    return tmp_path_factory.mktemp("scrap") / "v1.yaml"


GOOD = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["- ", ": ", "{", "}", "[", "]", "&a ", "*a", "? ", "| ", "> ", "\t", "!!x ", "'"]
    ),
    st.sampled_from(GOOD),
)


def problems_in(path: Path) -> list[str]:
    """Read a file that may be good, and list what is said of it where it is not."""
    try:
        read_tool(path, EXAMPLE / "blocks")
    except ToolError as error:
        return error.problems
    return []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(st.integers(0, len(GOOD)), st.integers(0, 3), st.lists(PIECES, max_size=5))
def test_a_spoilt_file_is_read_or_explained_and_nothing_else(
    scrap: Path, at: int, lost: int, put: list[str]
) -> None:
    spoilt = "".join([*GOOD[:at], *put, *GOOD[at + lost :]])
    scrap.write_bytes(spoilt.encode(errors="surrogatepass"))
    assert all(", line " in problem for problem in problems_in(scrap))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_explained(scrap: Path, written: bytes) -> None:
    scrap.write_bytes(written)
    with pytest.raises(ToolError, match=r"v1\.yaml, line \d+: "):
        read_tool(scrap, EXAMPLE / "blocks")
