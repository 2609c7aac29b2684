"""The next question that wants something comes after the place where somebody is."""

from collections.abc import Collection

from app.assignments.rules import Answerers, Shared
from app.responses.onward import Onward
from app.responses.onward import onward as onward_of
from app.tools import AgencyKind, Answer, Filled, fill
from tests.responses.answering import complete
from tests.responses.test_skeleton import mash

POLICE = AgencyKind.POLICE


def filled(answers: dict[str, Answer]) -> Filled:
    return fill(mash().question_set["referral-form"], POLICE, answers)


def onward(of: Filled, here: Collection[str], *shared: str) -> Onward:
    """As the auditor of the assignment has it, who shares these sections with somebody else."""
    return onward_of(of, here, Answerers(1, "Ada", {key: Shared(2, "Ben") for key in shared}), 1)


def asked_in(of: Filled, section: str) -> list[str]:
    return [each.question.id for each in of.asked if each.section.id == section]


def test_what_is_wanted_on_the_page_comes_first_and_then_what_stands_beyond_it() -> None:
    nothing = filled({})
    order = list(dict.fromkeys(each.section.id for each in nothing.wanted))
    first, second = order[:2]
    found = onward(nothing, asked_in(nothing, first))
    wanted = [each.question.id for each in nothing.wanted if each.section.id == first]
    assert found.here == tuple(wanted)
    assert found.beyond.startswith(f"sections/{second}#question-")
    assert found.first("/at", first) == f"/at/sections/{first}#question-{wanted[0]}"


def test_after_the_last_section_it_goes_on_with_the_first() -> None:
    nothing = filled({})
    order = list(dict.fromkeys(each.section.id for each in nothing.wanted))
    assert onward(nothing, asked_in(nothing, order[-1])).beyond.startswith(f"sections/{order[0]}#")


def test_what_is_wanted_before_the_page_is_come_to_only_when_nothing_is_after_it() -> None:
    answers = complete(mash().question_set["referral-form"], POLICE)
    everything = filled(answers)
    order = list(dict.fromkeys(each.section.id for each in everything.asked))
    page = asked_in(everything, order[1])
    assert onward(everything, page) == Onward((), "")
    assert onward(everything, page).first("/at", order[1]) is None
    before = asked_in(everything, order[0])[0]
    left = filled({key: each for key, each in answers.items() if key != before})
    assert onward(left, asked_in(left, order[1])).beyond.endswith(f"#question-{before}")


def test_what_somebody_else_answers_is_passed_over() -> None:
    nothing = filled({})
    first, second, third = list(dict.fromkeys(each.section.id for each in nothing.wanted))[:3]
    page = asked_in(nothing, first)
    assert onward(nothing, page, second).beyond.startswith(f"sections/{third}#")
    assert onward(nothing, page, first).here == ()
