"""What the lead chose on the meeting's pages, read with the question's own kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import Field

from app.access import Unfit
from app.meetings.rules import Decision
from app.tools import ABSENCES, Answer, Coded, Question, State
from app.tools.dates import Boxes
from app.web.forms import INCOMPLETE, Input, Posted, Words, read, said

NOT_AGREED = "~not_agreed"
PUT_OFF = "~put_off"
DISSENT = "dissent."
"""How the fields begin in which an agency says what it does not agree with."""
THIS = "this"
"""The choice of what is typed or ticked beside it, where the kind has no list of single answers."""

LONGEST_REASON = 5000
LONGEST_DISSENT = 1000
_VALUE = "value"
_LEARNING = "words"
_FIELDS = frozenset(
    {"decision", "reason", "version", _LEARNING, _VALUE}
    | {f"{_VALUE}.{box}" for box in Boxes._fields}
)
Choice = tuple[str, str, str]
"""A radio: its value, its text, and what has to be seen to choose it."""


@dataclass(frozen=True)
class Choices:
    """What may be decided on one question: its answers, and the absences that it offers."""

    answers: tuple[Choice, ...]
    absences: tuple[Choice, ...]


def one_of_a_list(question: Question) -> bool:
    """Say whether the answer is one of a list, so that every answer has a radio of its own."""
    return isinstance(question, Coded) and not question.absence_beside


def choices_for(question: Question) -> Choices:
    """List what may be decided on a question, apart from that it was not agreed."""
    absences = tuple(
        (f"~{x}", question.state_words(x), "") for x in ABSENCES if x in question.absences
    )
    if isinstance(question, Coded) and one_of_a_list(question):
        return Choices(tuple((o.id, o.label, o.hint) for o in question.offered()), absences)
    return Choices(((THIS, "This answer", ""),), absences)


def decision_of(answer: Answer | None, question: Question) -> str:
    """Return the radio that stands for a recorded decision."""
    if answer is None:
        return NOT_AGREED
    if answer.state is not State.ANSWERED:
        return f"~{answer.state}"
    return answer.chosen[0] if one_of_a_list(question) else THIS


def read_decision(question: Question, form: Posted) -> Decision:
    """Read the meeting page's form, or say in sentences what is still to be chosen or typed."""
    _refuse_unknown(form, _FIELDS)
    reason, dissent = read_reason(form), read_dissent(form)
    chosen = form.one("decision")
    if not chosen:
        raise Unfit({"decision": "Select what the panel agreed, or that it was not agreed"})
    if chosen == PUT_OFF:
        if not reason:
            raise Unfit({"reason": "Say what the panel waits for"})
        return Decision(None, reason, put_off=True)
    if chosen == NOT_AGREED:
        return Decision(None, reason, dissent=dissent)
    answer = question.read(_as_posted(question, chosen, form))
    missing = question.prompt if answer.state is State.NOT_ANSWERED else None
    if wrong := question.problem(answer) or missing:
        raise Unfit({_VALUE if chosen == THIS else "decision": wrong})
    return Decision(Answer(answer.state, answer.chosen, answer.text), reason, dissent=dissent)


class Judged(NamedTuple):
    """What the panel judged of a case as a whole."""

    level: str
    reason: str
    dissent: Mapping[str, str]


def read_judgement(levels: Collection[str], form: Posted) -> Judged:
    """Read the judgement page's form: a level of the scale, and always a reason."""
    _refuse_unknown(form, frozenset({"level", "reason", "version"}))
    level, reason, dissent = form.one("level"), read_reason(form), read_dissent(form)
    wrong = {}
    if level not in levels:
        wrong["level"] = "Select what the panel judged"
    if not reason:
        wrong["reason"] = "Give the reason for the judgement"
    if wrong:
        raise Unfit(wrong)
    return Judged(level, reason, dissent)


def read_reason(form: Posted) -> str:
    """Return the reason that was typed, or refuse one that is too long."""
    reason = said(form.one("reason"))
    if len(reason) > LONGEST_REASON:
        raise Unfit({"reason": f"The reason must be {LONGEST_REASON:,} characters or fewer"})
    return reason


def read_dissent(form: Posted) -> dict[str, str]:
    """Return what each agency says that does not agree, by its reference."""
    told = {
        name.removeprefix(DISSENT): said(form.one(name))
        for name in form
        if name.startswith(DISSENT)
    }
    for ref, words in told.items():
        if len(words) > LONGEST_DISSENT:
            limit = f"What an agency says must be {LONGEST_DISSENT:,} characters or fewer"
            raise Unfit({f"{DISSENT}{ref}": limit})
    return {ref: words for ref, words in told.items() if words}


class Learning(Input):
    """Something to learn, noted while it is being talked about."""

    words: Words = Field(
        title="Learning point", json_schema_extra={"missing": "Write what is to be learnt"}
    )


def read_learning(form: Posted) -> Learning:
    """Read the learning point of a form that may hold a decision as well."""
    _refuse_unknown(form, _FIELDS)
    return read(Learning, Posted({_LEARNING: form.all(_LEARNING)} if _LEARNING in form else {}))


def learning_beside(form: Posted) -> Learning | None:
    """Return the learning point that was typed beside a decision, if one was."""
    return read_learning(form) if said(form.one(_LEARNING)) else None


def beside_a_decision(form: Posted) -> bool:
    """Whether a learning point was sent with the form of whoever decides, with all it holds."""
    return "version" in form and _LEARNING in form


def undecided(form: Posted, recorded: Mapping[str, list[str]]) -> bool:
    """Whether a form holds something else than what is recorded, which only saving keeps."""
    names = {*form, *recorded} - {"version", _LEARNING}
    return beside_a_decision(form) and any(
        [said(each) for each in form.all(name) if each]
        != [said(each) for each in recorded.get(name, []) if each]
        for name in names
    )


def _refuse_unknown(form: Posted, fields: frozenset[str]) -> None:
    unknown = {name for name in form if name not in fields and not name.startswith(DISSENT)}
    if unknown:
        raise Unfit(f"This form does not ask for “{min(unknown)}”. Reload the page and try again.")


def seen_version(form: Posted) -> int:
    """Return the version of the decision that the page showed; 0 where there was none."""
    typed = form.one("version")
    if not typed.isascii() or not typed.isdigit() or len(typed) > len("999999999"):
        raise Unfit(INCOMPLETE)
    return int(typed)


def _as_posted(question: Question, chosen: str, form: Posted) -> dict[str, list[str]]:
    """Give the form the names under which the question's own kind reads it."""
    key = question.id
    if chosen != THIS:
        return {question.absence_name if chosen.startswith("~") else key: [chosen]}
    boxes = {f"{key}.{box}": form.all(f"{_VALUE}.{box}") or [""] for box in Boxes._fields}
    return {key: form.all(_VALUE), **(boxes if question.kind == "date" else {})}
