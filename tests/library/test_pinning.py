"""Pinning: what a round rests on is kept word for word, and questions keep their numbers."""

from pathlib import Path

import pytest
import yaml
from sqlmodel import Session, select

from app.access import NotNow
from app.db import Database
from app.library.commands import pin_after, pin_version
from app.library.models import OptionNumber, QuestionNumber, ToolVersion
from app.library.numbers import numbers_of
from app.library.queries import pinned_tool
from app.tools import Answer, State
from tests.library.tools import SMALL, small_tool


def test_a_pinned_version_reads_back_as_it_was(session: Session, tmp_path: Path) -> None:
    tool = small_tool(tmp_path)

    key = pin_version(session, tool)

    session.info["cache"].clear()
    assert pinned_tool(session, key) == tool


def test_pinning_again_finds_the_same_version(session: Session, tmp_path: Path) -> None:
    first = pin_version(session, small_tool(tmp_path))
    second = pin_version(session, small_tool(tmp_path))

    assert first == second
    assert len(session.exec(select(ToolVersion)).all()) == 1


def test_a_version_whose_file_changed_since_is_refused(session: Session, tmp_path: Path) -> None:
    pin_version(session, small_tool(tmp_path))

    with pytest.raises(NotNow, match="has changed since it was first used"):
        pin_version(session, small_tool(tmp_path, title="Small audit, reworded"))


def test_a_question_keeps_its_number_in_the_next_version(session: Session, tmp_path: Path) -> None:
    one = small_tool(tmp_path)
    pin_version(session, one)
    before = numbers_of(session, one)

    two = small_tool(tmp_path, version=2, summary="Reworded.")
    pin_version(session, two)

    assert numbers_of(session, two) == before
    numbered = session.exec(select(QuestionNumber).where(QuestionNumber.owner == "small")).all()
    assert len(numbered) == len(before.number)


def test_an_option_added_in_a_next_version_gets_a_new_number(
    session: Session, tmp_path: Path
) -> None:
    pin_version(session, small_tool(tmp_path))
    sets = yaml.safe_load(SMALL)["question_sets"]
    options = sets[0]["sections"][0]["questions"][2]["options"]
    sets[0]["sections"][0]["questions"][2]["options"] = [
        {"id": "voluntary", "label": "Interviewed, not arrested"},
        *options,
    ]

    two = small_tool(tmp_path, version=2, question_sets=sets)
    pin_version(session, two)

    assert dict(numbers_of(session, two).options["custody"]) == {
        "voluntary": 4,
        "arrested": 1,
        "nobody": 2,
        "unsure": 3,
    }
    kept = session.exec(select(OptionNumber).where(OptionNumber.key == "arrested")).all()
    assert [option.number for option in kept] == [1]


def test_every_place_of_a_question_has_the_numbers_of_its_options(
    session: Session, tmp_path: Path
) -> None:
    block = """
format: 1
block: told
version: {version}
title: Who was told
sections:
  - id: telling
    title: Telling
    questions:
      - {{id: informed, kind: choices, text: "Who was informed?", options: [{options}]}}
"""
    keys = ("school", "parent", "carer")
    school, parent, carer = (f"{{id: {key}, label: {key}}}" for key in keys)
    (tmp_path / "blocks").mkdir()
    for version, options in ((1, [school, parent]), (2, [carer, school, parent])):
        path = tmp_path / "blocks" / "told" / f"v{version}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.format(version=version, options=", ".join(options)))
    sets = yaml.safe_load(SMALL)["question_sets"]
    sets[0]["sections"].append({"block": "told@2"})
    sets[1]["sections"].append({"block": "told@1"})
    tool = small_tool(tmp_path, question_sets=sets)

    pin_version(session, tool)

    numbers = numbers_of(session, tool)
    asked = tool.question_set["case-file"].question["informed"]
    answer = Answer(State.ANSWERED, ("carer", "parent"))
    assert numbers.decode(asked, *numbers.encode(asked, answer)) == (State.ANSWERED, answer.chosen)
    before = tool.question_set["interview"].question["informed"]
    chosen = Answer(State.ANSWERED, ("school", "parent"))
    assert numbers.decode(before, *numbers.encode(before, chosen)) == (
        State.ANSWERED,
        chosen.chosen,
    )


def test_nothing_is_remembered_of_a_version_whose_pinning_was_given_up(
    database: Database, tmp_path: Path
) -> None:
    one = small_tool(tmp_path)
    other = small_tool(tmp_path, tool="other", version=2, title="Another audit")
    with pytest.raises(LookupError), database.writing() as session:
        key = pin_version(session, one)
        assert pinned_tool(session, key) == one
        assert pinned_tool(session, pin_after(session, one, key)).versions == (1, 1)
        numbers_of(session, one)
        raise LookupError

    with database.writing() as session:
        keys = [pin_version(session, tool) for tool in (other, one)]

    with database.reading() as session:
        assert [pinned_tool(session, key) for key in keys] == [other, one]
        for tool in (other, one):
            for question, number in numbers_of(session, tool).number.items():
                row = session.get_one(QuestionNumber, number)
                assert (row.owner, row.key) == (tool.slug, question)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("seen", Answer(State.ANSWERED, ("no",))),
        ("seen", Answer(State.NOT_KNOWN)),
        ("seen_alone", Answer(State.ANSWERED, ("poor",))),
        ("custody", Answer(State.ANSWERED, ("unsure",))),
        ("told", Answer(State.ANSWERED, ("school", "parent"))),
        ("told", Answer(State.ANSWERED, ("parent",))),
        ("days", Answer(State.ANSWERED)),
        ("words", Answer(State.UNREADABLE)),
        ("words", Answer()),
    ],
)
def test_an_answer_comes_back_from_its_numbers(
    session: Session, tmp_path: Path, question: str, answer: Answer
) -> None:
    tool = small_tool(tmp_path)
    pin_version(session, tool)
    numbers = numbers_of(session, tool)
    asked = tool.question_set["case-file"].question[question]

    state, code = numbers.encode(asked, answer)

    assert numbers.decode(asked, state, code) == (answer.state, answer.chosen)
