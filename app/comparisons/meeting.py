"""What the meeting page shows of one question: every voice, and what may be decided."""

from collections.abc import Mapping
from typing import NamedTuple

from app.comparisons.commands import BeforePanel
from app.comparisons.decisions import THIS, choices_for, decision_of, one_of_a_list
from app.comparisons.order import beside, differing, next_left
from app.comparisons.pages import MeetingPage, Voice
from app.comparisons.rules import Verdict
from app.comparisons.side_by_side import CLOSED, NOT_ASKED, Row
from app.tools import Answer, Question, State, Tool
from app.tools.dates import boxes

_COLOURS = ("green", "teal", "yellow", "red")
"""From the best level of a scale to the worst; the word is always there too."""

_TAGGED = frozenset({"grade", "yes_no"})
"""Kinds whose answers are a word or two: longer ones are read as sentences."""

_SHAPES = {"choices": "boxes", "date": "date", "long_text": "words"}


class Allowed(NamedTuple):
    """What somebody may do with the question before them."""

    agree: bool
    write: bool


def meeting_page(
    before: BeforePanel,
    at: str,
    allowed: Allowed,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str],
) -> MeetingPage:
    """Lay one question before the panel; `at` is the round's address."""
    row, question = before.row, before.row.line.question
    here = f"{at}/subjects/{before.subject.ref}/comparison"
    previous, following = beside(before.comparison, row)
    name = f"{before.comparison.sheet.question_set.subject.words} {before.subject.label}"
    return MeetingPage(
        here=here,
        name=name,
        caption=f"{name} · {_place(before)}",
        title=f"{row.line.place}. {question.text}",
        guidance=question.guidance,
        differs=row.verdict is Verdict.DIFFERS,
        verdict=row.verdict.words,
        voices=_voices(before),
        agreed=_recorded(row),
        choices=choices_for(question) if allowed.agree else None,
        shape="" if one_of_a_list(question) else _SHAPES.get(question.kind, "text"),
        options=_options(question),
        values=values,
        errors=errors,
        question=question.id,
        more=next_left(before.comparison, row) is not None,
        previous=_link(here, previous),
        next=_link(here, following),
        finding=_finding(before, at) if allowed.write else None,
    )


def recorded_values(before: BeforePanel) -> dict[str, list[str]]:
    """Return what the form holds to begin with: the decision recorded so far."""
    agreed = before.row.agreed
    if agreed is None:
        return {"version": ["0"]}
    question, answer = before.row.line.question, agreed.answer
    values = {
        "version": [str(agreed.version)],
        "reason": [agreed.reason],
        "decision": [decision_of(answer, question)],
    }
    if answer is not None and values["decision"] == [THIS]:
        values |= _typed(question, answer)
    return values


def _typed(question: Question, answer: Answer) -> dict[str, list[str]]:
    if question.kind == "date":
        parts = boxes(answer.text)._asdict()
        return {f"value.{box}": [typed] for box, typed in parts.items()}
    return {"value": list(answer.chosen) or [answer.text]}


def _place(before: BeforePanel) -> str:
    """Say where the question stands: among the differences where it is one."""
    row, comparison = before.row, before.comparison
    differences = differing(comparison)
    if row.verdict is not Verdict.DIFFERS:
        return f"question {row.line.place}"
    place = [each.line.place for each in differences].index(row.line.place) + 1
    return f"{place} of {len(differences)} questions that differ"


def _voices(before: BeforePanel) -> tuple[Voice, ...]:
    question, tool = before.row.line.question, before.comparison.sheet.tool
    voices = []
    for side, said, answer in before.comparison.answers(before.row):
        if said in {NOT_ASKED, CLOSED}:
            continue
        words = "Not sent yet" if answer is None else question.show(answer)
        colour = _colour(tool, question, answer)
        reason = answer.reason if answer else ""
        tagged = question.kind in _TAGGED or colour == "grey"
        voices.append(Voice(side.agency, words, colour, tagged, reason))
    return tuple(voices)


def _colour(tool: Tool, question: Question, answer: Answer | None) -> str:
    if answer is None or answer.state is not State.ANSWERED:
        return "grey"
    if question.kind != "grade":
        return "blue"
    levels = [level.id for level in tool.scale[question.scale].best_first]
    place = levels.index(answer.chosen[0]) / max(1, len(levels) - 1)
    return _COLOURS[round(place * (len(_COLOURS) - 1))]


def _recorded(row: Row) -> tuple[str, str] | None:
    if row.agreed is None:
        return None
    answer = row.agreed.answer
    words = row.line.question.show(answer) if answer else "Not agreed: both views stand"
    return words, row.agreed.reason


def _options(question: Question) -> tuple[tuple[str, str, str], ...]:
    if question.kind != "choices":
        return ()
    return tuple((option.id, option.label, option.hint) for option in question.offered())


def _link(here: str, row: Row | None) -> str | None:
    return f"{here}/{row.line.question.id}" if row else None


def _finding(before: BeforePanel, at: str) -> str:
    return f"{at}/findings/new?subject={before.subject.ref}&question={before.row.line.question.id}"
