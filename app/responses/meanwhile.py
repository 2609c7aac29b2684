"""What other pages changed since this one was made, and what this one may therefore change.

Three ways for each question: what this page saw (what it last wrote itself, or what was there when
it was made), what it says now, and what is stored now. Where nobody else changed the answer, the
page's word is taken. Where somebody did, and the page still says what it saw, theirs stays. Where
both changed it, nobody's answer is thrown away: the save is refused and a person decides.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.library.numbers import Numbers
from app.responses.saving_statements import CHANGES_SINCE, LAST_CHANGED_ELSEWHERE
from app.responses.stored import RAW, REASON, VALUE
from app.tools import NOTHING, Answer, Question, QuestionSet, State


class Clash(NamedTuple):
    """One question that two pages answered differently."""

    question: Question
    mine: Answer
    theirs: Answer
    before: Answer
    """What this page saw, before either of them."""


class Conflict(Exception):
    """What this page would change was changed elsewhere meanwhile: nothing of it is stored."""

    def __init__(self, clashes: Sequence[Clash], own: Iterable[str]) -> None:
        self.clashes = tuple(clashes)
        self.own = tuple(own)
        """Every other question that the page may change."""
        super().__init__(", ".join(clash.question.id for clash in clashes))


def own_changes(
    question_set: QuestionSet,
    posted: Mapping[str, Answer],
    others: Mapping[str, Answer],
    stored: Mapping[str, Answer],
) -> dict[str, Answer]:
    """Return what a page may change of all it posted, or raise Conflict.

    `posted` differs from `stored`; `others` holds what the page saw of the questions that somebody
    else has changed since.
    """
    clashes = [
        Clash(question_set.question[key], answer, stored.get(key, NOTHING), others[key])
        for key, answer in posted.items()
        if key in others and answer != others[key]
    ]
    mine = {key: answer for key, answer in posted.items() if key not in others}
    if clashes:
        raise Conflict(clashes, mine)
    return mine


def changed_meanwhile(
    connection: Connection,
    numbers: Numbers,
    questions: Sequence[Question],
    *,
    response: int,
    page: str,
    base: int,
) -> dict[str, Answer]:
    """Return what a page saw of each question that somebody else changed after it looked.

    That is the answer before the first foreign change after the page's own last one.
    """
    seen: dict[str, Answer] = {}
    for question in questions:
        given = {
            "response": response,
            "question": numbers.number[question.id],
            "page": page,
            "base": base,
        }
        if not LAST_CHANGED_ELSEWHERE.rows(connection, given):
            continue
        for by, *was in CHANGES_SINCE.rows(connection, given):
            if by == page:
                seen.pop(question.id, None)
            elif question.id not in seen:
                seen[question.id] = answer_before(numbers, question, *was)
    return seen


def answer_before(
    numbers: Numbers, question: Question, state: int, code: int | None, texts: str
) -> Answer:
    """Put together the answer that a change replaced."""
    known, chosen = numbers.decode(question, state, code)
    words = json.loads(texts) if texts else {}
    text = words.get(str(RAW if known is State.UNREADABLE else VALUE), "")
    return Answer(known, chosen, text, words.get(str(REASON), ""))
