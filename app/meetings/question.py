"""What the panel is shown of one question: every voice, and what may be decided."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.comparisons.colours import GRADE, colour_of
from app.comparisons.files import FileBeside
from app.comparisons.order import beside, differing, next_left
from app.comparisons.rules import IN_WORDS, Verdict, majority, value_of
from app.comparisons.sheet import SILENT
from app.comparisons.side_by_side import Comparison, Row
from app.meetings.commands import BeforePanel
from app.meetings.decisions import (
    DISSENT,
    PUT_OFF,
    THIS,
    choices_for,
    decision_of,
    one_of_a_list,
)
from app.meetings.models import PutOff
from app.meetings.pages import DissentField, QuestionPage, Typed, Voice
from app.meetings.queries import Changed, Dissenting
from app.tools import Answer, Choices, Question, State
from app.tools.dates import boxes
from app.web.filters import moment

_TAGGED = frozenset({GRADE, "yes_no"})
"""Kinds whose answers are a word or two: longer ones are read as sentences."""

_SHAPES = {"choices": "boxes", "date": "date", "long_text": "words"}

_NAMED = 60
"""The most letters of an answer that fit the line that says when a reason is needed."""


class Allowed(NamedTuple):
    """What somebody may do with the question before them."""

    agree: bool
    minute: bool
    """Whether they take the minutes, and decide nothing."""
    write: bool


class Standing(NamedTuple):
    """What stands on a question besides the decision."""

    in_meeting: bool
    put_off: Mapping[int, PutOff]
    """What the panel waits for, by question number, for this subject."""
    dissent: Sequence[Dissenting]
    points: Sequence[str]
    panel: str = ""
    """The panel that took this subject as its own; empty where there is the one panel."""
    changed: Changed | None = None
    """Who recorded what stands, and when; None where nothing stands."""
    files: Mapping[int, Sequence[FileBeside]] = MappingProxyType({})
    """The files sent with the answers, by the agency's key."""


def question_page(
    before: BeforePanel,
    at: str,
    allowed: Allowed,
    standing: Standing,
    typed: Typed,
) -> QuestionPage:
    """Lay one question before the panel; `at` is the round's address."""
    row, question = before.row, before.row.line.question
    here = f"{at}/subjects/{before.subject.ref}/comparison"
    previous, following = beside(before.comparison, row)
    name = f"{before.comparison.sheet.question_set.subject.words} {before.subject.label}"
    left = next_left(before.comparison, row, standing.put_off)
    voices, put_off = _voices(before, standing.files), standing.put_off.get(row.line.number)
    return QuestionPage(
        here=here,
        name=name,
        caption=" · ".join(filter(None, (standing.panel, name, _place(before)))),
        title=f"{row.line.place}. {question.text}",
        guidance=question.guidance,
        differs=row.verdict is Verdict.DIFFERS,
        verdict=row.verdict.words,
        voices=voices,
        apart=any(not by_all for voice in voices for _, by_all in voice.ticked),
        agreed=_recorded(row),
        put_off=put_off.reason if put_off and not row.agreed else None,
        dissent=tuple((each.agency, each.words) for each in standing.dissent),
        choices=choices_for(question) if allowed.agree else None,
        reason_when=_reason_when(before),
        shape="" if one_of_a_list(question) else _SHAPES.get(question.kind, "text"),
        options=_options(question),
        dissenters=dissenters(before.comparison),
        points=tuple(standing.points),
        values=typed.values,
        errors=typed.errors,
        question=question.id,
        more=left is not None,
        previous=_link(here, previous),
        next=_link(here, following),
        finding=_finding(before, at) if allowed.write else None,
        meetings=f"{at}/meetings",
        minutes=allowed.minute,
        changed=_changed(standing, allowed),
        in_meeting=standing.in_meeting,
    )


def _changed(standing: Standing, allowed: Allowed) -> str:
    """Tell those who keep the record who wrote last, so that each sees what the other did."""
    if standing.changed is None or not (allowed.agree or allowed.minute):
        return ""
    return f"Recorded {moment(standing.changed.at)} by {standing.changed.name}"


def dissenters(comparison: Comparison) -> tuple[DissentField, ...]:
    """List the agencies that may not agree: those whose response is before the panel."""
    return tuple(
        DissentField(f"{DISSENT}{side.ref}", side.agency)
        for side in comparison.sides
        if side.response is not None
    )


def recorded_values(before: BeforePanel, standing: Standing) -> dict[str, list[str]]:
    """Return what the form holds to begin with: what was recorded so far."""
    agreed, put_off = before.row.agreed, standing.put_off.get(before.row.line.number)
    if agreed is None:
        if put_off is None:
            return {"version": ["0"]}
        version = [str(put_off.version)]
        return {"version": version, "decision": [PUT_OFF], "reason": [put_off.reason]}
    question, answer = before.row.line.question, agreed.answer
    values = {
        "version": [str(agreed.version)],
        "reason": [agreed.reason],
        "decision": [decision_of(answer, question)],
        **{f"{DISSENT}{each.ref}": [each.words] for each in standing.dissent},
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
    return f"{place} of {len(differences)} questions that differ, {comparison.left} left to decide"


def _answered(before: BeforePanel) -> list[Answer]:
    """Return the answers that were given, without absences and what is not sent yet."""
    said = before.comparison.answers(before.row)
    return [answer for _, _, answer in said if answer and answer.state is State.ANSWERED]


def _reason_when(before: BeforePanel) -> str:
    """Say when a decision on this question needs a reason, as `rules.reason_wanted` asks for it."""
    question = before.row.line.question
    if question.about == "agency" or question.kind in IN_WORDS:
        return "Needed when it is not agreed or put off."
    answered = _answered(before)
    most = majority(value_of(question, answer) for answer in answered)
    if most is None:
        return "Needed: no answer was given by more agencies than any other."
    words = next(question.show(each) for each in answered if value_of(question, each) == most)
    if len(words) > _NAMED:
        return "Needed unless the panel agrees to what most agencies said."
    return f"Needed unless the panel agrees to “{words}”, which most agencies said."


def _voices(before: BeforePanel, files: Mapping[int, Sequence[FileBeside]]) -> tuple[Voice, ...]:
    question, tool = before.row.line.question, before.comparison.sheet.tool
    ticked = [set(answer.chosen) for answer in _answered(before)]
    by_all = set.intersection(*ticked) if ticked else set()
    voices = []
    for side, said, answer in before.comparison.answers(before.row):
        if said in SILENT:
            continue
        unsent = "Not known to the agency" if side.not_known else "Not sent yet"
        words = unsent if answer is None else question.show(answer)
        colour = colour_of(tool, question, answer)
        reason = answer.reason if answer else ""
        tagged = question.kind in _TAGGED or colour == "grey"
        parts = _ticked(question, answer, by_all)
        sent = files.get(side.key or 0, ())
        voices.append(Voice(side.agency, words, colour, tagged, reason, parts, sent))
    return tuple(voices)


def _ticked(
    question: Question, answer: Answer | None, by_all: Collection[str]
) -> tuple[tuple[str, bool], ...]:
    if not isinstance(question, Choices) or answer is None:
        return ()
    return tuple((question.labels[option], option in by_all) for option in answer.chosen)


def _recorded(row: Row) -> tuple[str, str] | None:
    if row.agreed is None:
        return None
    answer = row.agreed.answer
    words = row.line.question.show(answer) if answer else "Not agreed: both views stand"
    return words, row.agreed.reason


def _options(question: Question) -> tuple[tuple[str, str, str, bool], ...]:
    if question.kind != "choices":
        return ()
    return tuple((o.id, o.label, o.hint, o.alone) for o in question.offered())


def _link(here: str, row: Row | None) -> str | None:
    return f"{here}/{row.line.question.id}" if row else None


def _finding(before: BeforePanel, at: str) -> str:
    return f"{at}/findings/new?subject={before.subject.ref}&question={before.row.line.question.id}"
