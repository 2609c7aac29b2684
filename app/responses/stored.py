"""Answers between the question engine and the database: one row an answer, its words beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, text
from sqlmodel import Session, col, select

from app.db.prepared import Prepared
from app.library.numbers import Numbers, numbers_of
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerText
from app.tools import Answer, Question, QuestionSet, State, Tool

VALUE, RAW, REASON = 1, 2, 3
"""The parts of an answer's words: what was said, what was typed and cannot be read yet, and why."""


class Coded(NamedTuple):
    """An answer as one row holds it."""

    response_id: int
    question_id: int
    state: int
    code: int | None


class Worded(NamedTuple):
    """A part of an answer's words as one row holds it."""

    response_id: int
    question_id: int
    part: int
    text: str


def words_of(answer: Answer) -> dict[int, str]:
    """Return the parts of an answer that are words."""
    said = RAW if answer.state is State.UNREADABLE else VALUE
    parts = {said: answer.text, REASON: answer.reason}
    return {part: words for part, words in parts.items() if words}


_CODED = select(
    col(AnswerRow.response_id),
    col(AnswerRow.question_id),
    col(AnswerRow.state),
    col(AnswerRow.code),
).where(col(AnswerRow.response_id).in_(bindparam("responses", expanding=True)))
_WORDED = select(
    col(AnswerText.response_id),
    col(AnswerText.question_id),
    col(AnswerText.part),
    col(AnswerText.text),
).where(col(AnswerText.response_id).in_(bindparam("responses", expanding=True)))


def answers_of(
    session: Session, question_set: QuestionSet, numbers: Numbers, responses: Sequence[int]
) -> dict[int, dict[str, Answer]]:
    """Return the answers of several responses, by response and question id: two statements."""
    connection = session.connection()
    given = {"responses": list(responses)}
    coded = connection.execute(_CODED, given).all()
    worded = connection.execute(_WORDED, given).all()
    found: dict[int, dict[str, Answer]] = {response: {} for response in responses}
    for response, key, answer in decoded(question_set, numbers, coded, worded):
        found[response][key] = answer
    return found


def decoded(
    question_set: QuestionSet,
    numbers: Numbers,
    coded: Iterable[Row[int, int, int, int | None]],
    worded: Iterable[Row[int, int, int, str]],
) -> Iterator[tuple[int, str, Answer]]:
    """Put rows together again as answers, each with its response and question id."""
    words: dict[tuple[int, int], dict[int, str]] = {}
    for response, number, part, typed in worded:
        words.setdefault((response, number), {})[part] = typed
    ids: Mapping[int, str] = numbers.ids
    for response, number, state, code in coded:
        key = ids.get(number)
        question = question_set.question.get(key) if key else None
        if question is None or key is None:
            continue
        said = words.get((response, number), {})
        known, chosen = numbers.decode(question, state, code)
        typed = said.get(RAW if known is State.UNREADABLE else VALUE, "")
        yield response, key, Answer(known, chosen, typed, said.get(REASON, ""))


_ALL_OF_ONE = Prepared(
    text(
        "SELECT answer.question_id, answer.state, answer.code, answer_text.part, answer_text.text "
        "FROM answer LEFT JOIN answer_text ON answer_text.response_id = answer.response_id "
        "AND answer_text.question_id = answer.question_id WHERE answer.response_id = :response"
    )
)


class Reader:
    """Reads one response's answers again and again: one statement, and each plain answer made once.

    An answer without words is one of a few for each question, so it is remembered by its numbers.
    """

    def __init__(self, question_set: QuestionSet, numbers: Numbers) -> None:
        self.numbers = numbers
        by_key = question_set.question
        self.questions = {n: by_key[key] for n, key in numbers.ids.items() if key in by_key}
        self._plain: dict[tuple[int, int, int | None], Answer] = {}

    def answers(self, connection: Connection, response: int) -> dict[str, Answer]:
        """Return the answers of a response, by question id."""
        found: dict[str, Answer] = {}
        worded: dict[int, tuple[int, int | None, dict[int, str]]] = {}
        questions, plain = self.questions, self._plain
        for number, state, code, part, words in _ALL_OF_ONE.rows(
            connection, {"response": response}
        ):
            question = questions.get(number)
            if question is None:
                continue
            if part is not None:
                worded.setdefault(number, (state, code, {}))[2][part] = words
                continue
            answer = plain.get((number, state, code))
            if answer is None:
                answer = plain[number, state, code] = self._answer(question, state, code, {})
            found[question.id] = answer
        for number, (state, code, parts) in worded.items():
            question = questions[number]
            found[question.id] = self._answer(question, state, code, parts)
        return found

    def _answer(
        self, question: Question, state: int, code: int | None, parts: Mapping[int, str]
    ) -> Answer:
        known, chosen = self.numbers.decode(question, state, code)
        said = parts.get(RAW if known is State.UNREADABLE else VALUE, "")
        return Answer(known, chosen, said, parts.get(REASON, ""))


def reader_of(session: Session, tool: Tool, question_set: QuestionSet) -> Reader:
    """Return the reader of a question set; its numbers never change, so it is made once."""
    cache: dict[object, object] = session.info["cache"]
    key = ("reader", tool.slug, tool.versions, question_set.id)
    known = cache.get(key)
    if not isinstance(known, Reader):
        known = cache[key] = Reader(question_set, numbers_of(session, tool))
    return known
