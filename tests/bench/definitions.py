"""T1, T2, T3: reading the audit tools' files, filling the longest set, comparing two versions."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from app.config import ROOT
from app.tools import AgencyKind, Answers, QuestionSet, Tool, changes, fill, read_tools
from tests.bench.measuring import Result, at_most, in_turn
from tests.tools.walks import ways_through

FILES = ROOT / "audit_tools"
TIMES = 20


def measure() -> Iterator[Result]:
    """Measure each against doing no more than visiting the same text, or the same questions."""
    tools = read_tools(FILES)
    read, parsed = in_turn(lambda: read_tools(FILES), lambda: _parse(FILES))
    yield at_most(
        "T1", f"reading {len(tools)} versions of audit tools, against parsing", read, parsed, 3
    )
    question_set, kind, answers = _longest(tools.values())
    filled, walked = in_turn(
        lambda: fill(question_set, kind, answers), lambda: _walk(question_set, kind, answers),
        times=TIMES * 10,
    )  # fmt: skip
    asked = len(fill(question_set, kind, answers).asked)
    yield at_most(
        "T2", f"filling the longest set ({asked} asked), against a walk", filled, walked, 5
    )
    old, new = tools["csa-thematic", 2], tools["csa-thematic", 3]
    compared, walked = in_turn(
        lambda: list(changes(old, new)), lambda: _walk_both(old, new), times=TIMES
    )
    questions = sum(len(each.places) for each in new.question_sets)
    yield at_most(
        "T3", f"comparing two versions ({questions} questions), against a walk", compared, walked, 5
    )


def _parse(folder: Path) -> None:
    """Parse the same files with the fast parser, into values nobody has checked."""
    for path in sorted(folder.rglob("*.yaml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def _longest(tools: object) -> tuple[QuestionSet, AgencyKind, Answers]:
    """Find the set and the kind of agency with most to answer, with all of it answered."""
    found = (
        (question_set, kind, walk)
        for tool in tools  # type: ignore[attr-defined]
        for question_set in tool.question_sets
        for kind in (AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE, AgencyKind.SCHOOL)
        for walk in ways_through(question_set, kind).walks
    )
    question_set, kind, walk = max(found, key=lambda each: len(each[2].filled.asked))
    return question_set, kind, walk.answers


def _walk(question_set: QuestionSet, kind: AgencyKind, answers: Answers) -> int:
    """Visit every question that may be asked, and look at its condition and its answer."""
    chosen: dict[str, tuple[str, ...]] = {}
    seen = 0
    for _, question in question_set.asked_of[kind]:
        if question.when is not None and not question.when.holds(chosen):
            continue
        answer = answers.get(question.id)
        if answer is not None:
            chosen[question.id] = answer.chosen
            seen += 1
    return seen


def _walk_both(old: Tool, new: Tool) -> int:
    """Visit every question of both versions, and compare each thing that is said of it."""
    was = {(s.id, q.id): q for s in old.question_sets for q in s.questions}
    different = 0
    for question_set in new.question_sets:
        for question in question_set.questions:
            before = was.get((question_set.id, question.id))
            for name in type(question).model_fields:
                different += getattr(question, name) != getattr(before, name, None)
    return different
