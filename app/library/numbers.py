"""The integers that questions and options keep for life, and answers written with them.

`encode` and `decode` are each other's inverse: an answer is stored as its state's position and, for
kinds answered from a list, the chosen option's number (for multiple choice the sum of
2**(number - 1), which is why `tools.coded.MOST_OPTIONS` is what it is).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from sqlalchemy import insert
from sqlmodel import Session, col, select

from app.library.models import OptionNumber, QuestionNumber
from app.tools import Answer, Coded, Question, State, Tool

STATES: tuple[State, ...] = (
    State.NOT_ANSWERED,
    State.ANSWERED,
    State.NOT_APPLICABLE,
    State.NOT_KNOWN,
    State.NOT_RECORDED,
    State.UNREADABLE,
)
"""States by their stored position: a state is never moved or removed, only added at the end."""

POSITION: Mapping[State, int] = {state: position for position, state in enumerate(STATES)}


@dataclass(frozen=True)
class Numbers:
    """The numbers of one tool version's questions and options."""

    number: Mapping[str, int]
    """Question id in the definition → its integer."""
    options: Mapping[str, Mapping[str, int]]
    """Question id → option or level id → its number."""

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """Each question's id in the definition, by its integer."""
        return {number: key for key, number in self.number.items()}

    def encode(self, question: Question, answer: Answer) -> tuple[int, int | None]:
        """Return the stored state and code of an answer."""
        state = POSITION[answer.state]
        if not answer.chosen:
            return state, None
        numbers = [self.options[question.id][option] for option in answer.chosen]
        if question.kind == "choices":
            return state, sum(1 << (number - 1) for number in numbers)
        return state, numbers[0]

    def decode(
        self, question: Question, state: int, code: int | None
    ) -> tuple[State, tuple[str, ...]]:
        """Return the state and the options chosen, in the order of the definition."""
        if code is None:
            return STATES[state], ()
        if question.kind != "choices":
            return STATES[state], self._chosen[question.id].get(code, ())
        numbers = self.options[question.id]
        chosen = tuple(key for key in question.labels if code >> (numbers[key] - 1) & 1)
        return STATES[state], chosen

    @cached_property
    def _chosen(self) -> Mapping[str, Mapping[int, tuple[str, ...]]]:
        """Question id → an option's number → what is chosen by choosing it alone."""
        return {
            question: {number: (key,) for key, number in numbers.items()}
            for question, numbers in self.options.items()
        }


def owner_of(tool: Tool, question: Question) -> str:
    """Say whose question it is: a block's are the same question in every tool that uses it."""
    return f"block:{question.block}" if question.block else tool.slug


def give_numbers(session: Session, tool: Tool) -> None:
    """Give numbers to what a tool version asks for the first time; known questions keep theirs."""
    asked = _listed(tool)
    known = _numbered(session, tool)
    new = [
        QuestionNumber(owner=owner, key=key) for owner, key in asked if (owner, key) not in known
    ]
    session.add_all(new)
    session.flush()
    known |= {(row.owner, row.key): _int(row.id) for row in new}
    taken = _options(session, known.values())
    rows = [
        {"question_id": known[name], "key": key, "number": number}
        for name, listed in asked.items()
        for key, number in _new_options(listed, taken.get(known[name], {}))
    ]
    if rows:
        session.connection().execute(insert(OptionNumber), rows)


def _listed(tool: Tool) -> dict[tuple[str, str], dict[str, None]]:
    """Return what each question lists, by its owner and id, in order.

    A question may stand in several places, and one place may list what another does not: a block in
    two of its versions, or what an older version of the tool asked in another question set.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for question in _questions(tool):
        listed = found.setdefault((owner_of(tool, question), question.id), {})
        listed.update(dict.fromkeys(_choices(question)))
    return found


def _new_options(listed: Iterable[str], taken: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    new = (key for key in listed if key not in taken)
    return zip(new, count(max(taken.values(), default=0) + 1), strict=False)


def numbers_of(session: Session, tool: Tool) -> Numbers:
    """Return a tool version's numbers; they never change, so they are read once per process."""
    cache: dict[object, object] = session.info["cache"]
    key = ("numbers", tool.slug, tool.versions)
    known = cache.get(key)
    if not isinstance(known, Numbers):
        known = cache[key] = _load(session, tool)
    return known


def _load(session: Session, tool: Tool) -> Numbers:
    stored = _numbered(session, tool)
    number = {q.id: stored[owner_of(tool, q), q.id] for q in _questions(tool)}
    options = _options(session, number.values())
    in_order = {
        key: {option: options[number[key]][option] for option in listed}
        for (_, key), listed in _listed(tool).items()
    }
    return Numbers(number, in_order)


def _numbered(session: Session, tool: Tool) -> dict[tuple[str, str], int]:
    """Return the numbers of all questions that the tool's owners have, by owner and id."""
    owners = {owner_of(tool, question) for question in _questions(tool)}
    stored = session.exec(select(QuestionNumber).where(col(QuestionNumber.owner).in_(owners)))
    return {(row.owner, row.key): _int(row.id) for row in stored}


def _options(session: Session, questions: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return the numbers of some questions' options, by question and option."""
    found: dict[int, dict[str, int]] = {}
    for row in session.exec(
        select(OptionNumber).where(col(OptionNumber.question_id).in_(questions))
    ):
        found.setdefault(row.question_id, {})[row.key] = row.number
    return found


def _choices(question: Question) -> tuple[str, ...]:
    return tuple(o.id for o in question.listed) if isinstance(question, Coded) else ()


def _int(value: int | None) -> int:
    if value is None:
        raise LookupError("a stored question has a number")
    return value


def _questions(tool: Tool) -> Iterator[Question]:
    return (question for each in tool.question_sets for question in each.questions)
