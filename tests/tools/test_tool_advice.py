from app.tools import advice
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
