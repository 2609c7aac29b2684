"""Advice: what a machine can tell of a question that could be asked better, and no more."""

from typing import Any

import pytest

from app.config import ROOT
from app.tools import advice, read_tools
from tests.tools.front_door import TOOL, next_version, question_in


def test_a_tool_that_asks_well_gets_no_advice() -> None:
    assert advice(TOOL) == ()


def test_a_grade_without_guidance_two_questions_in_one_and_and_or_are_pointed_out() -> None:
    def spoil(written: dict[str, object]) -> None:
        del question_in(written, "worry_specific")["guidance"]
        question_in(written, "route")["text"] = "Who sent it? When?"
        question_in(written, "days")["text"] = "How many days and/or weeks?"

    said = advice(next_version(spoil))
    assert [each.split(": ")[0] for each in said] == [
        "front-door v2, worry_specific",
        "front-door v2, route",
        "front-door v2, days",
    ]
    assert "Say where to look" in said[0]
    assert "more than one thing" in said[1]
    assert "and/or" in said[2]


def said_of(text: str) -> list[str]:
    """What is said of a question of the example that is put in these words."""
    asked = next_version(lambda written: question_in(written, "worry_stated").update(text=text))
    return [each.split("worry_stated: ", 1)[1] for each in advice(asked)]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Was the child seen and heard?", "“seen” and “heard” at once"),
        ("Was the plan clear and timely?", "“clear” and “timely” at once"),
        ("Was the decision recorded and shared with the school?", "“recorded” and “shared”"),
        ("Did you ensure that the child was safe?", "asks for a yes"),
        ("Did your agency make sure that the school was told?", "asks for a yes"),
        ("Wasn't the mother told?", "asks for a yes"),
        ("What is the child's name?", "ask a role"),
        ("What was the name of the practitioner?", "ask a role"),
        ("Does the form give the date of birth?", "ask a role"),
        ("Did the child feel safe?", "Ask what they said or did"),
        ("Was it sent " + "again " * 40 + "?", "Put some of it under guidance"),
    ],
)
def test_what_leads_asks_two_things_or_cannot_be_answered_is_pointed_out(
    text: str, remedy: str
) -> None:
    [said] = said_of(text)
    assert remedy in said


@pytest.mark.parametrize(
    "text",
    [
        "Does the form name who has parental responsibility?",
        "Are all the designated and named professionals in post?",
        "Was the child seen alone and without an interpreter who is family?",
        "Did your agency agree with the decision?",
        "What did the child say about the mother and father?",
        "In which role does the person who signed it work?",
    ],
)
def test_a_plain_question_gets_no_advice(text: str) -> None:
    assert said_of(text) == []


def test_a_grade_without_words_of_its_own_and_a_list_without_guidance_are_pointed_out() -> None:
    def spoil(written: dict[str, Any]) -> None:
        del question_in(written, "worry_specific")["descriptors"]
        del written["question_sets"][0]["sections"][0]["guidance"]

    said = " ".join(advice(next_version(spoil)))
    assert "worry_specific: it is graded and words no level of its own" in said
    assert "route: neither it nor its section has guidance" in said


def test_a_question_set_that_is_too_long_or_too_short_is_pointed_out() -> None:
    def lengthen(written: dict[str, Any]) -> None:
        section = written["question_sets"][0]["sections"][1]
        section["questions"] += [
            {"id": f"more_{n}", "kind": "yes_no", "text": "Was it?"} for n in range(50)
        ]

    def shorten(written: dict[str, Any]) -> None:
        written["question_sets"][0]["sections"] = written["question_sets"][0]["sections"][1:2]

    long, short = advice(next_version(lengthen)), advice(next_version(shorten))
    assert any("questions before any follow-up, and 45 are as many" in each for each in long)
    assert any("on one page" in each for each in long)
    assert any("it has 6 questions in all" in each for each in short)


def test_advice_on_the_tools_that_ship_is_short_enough_to_be_read() -> None:
    tools = read_tools(ROOT / "audit_tools")
    assert len({each for tool in tools.values() for each in advice(tool)}) < 40
