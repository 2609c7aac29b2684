"""Sent versions: a response as it was each time it was sent, and what was asked about it since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.identity.models import Person
from app.library.numbers import numbers_of
from app.responses.models import Query, SentVersion
from app.responses.queries import Work
from app.tools import NOTHING, Answer, State

NOT_KNOWN = "~not_known"
"""Where a frozen copy of a nil return keeps what it says: no question has such an id."""


def frozen(work: Work) -> str:
    """Write every answer of a response, closed ones included, as canonical JSON.

    Of a nil return nothing but what it says is written: what was typed before was not sent.
    """
    if work.nil is not None:
        nil = {NOT_KNOWN: {"searched": work.nil.searched, "note": work.nil.note}}
        return json.dumps(nil, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    answers = {key: _plain(answer) for key, answer in work.answers.items() if answer != Answer()}
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(answer: Answer) -> dict[str, object]:
    parts: dict[str, object] = {
        "state": answer.state.value,
        "chosen": list(answer.chosen),
        "text": answer.text,
        "reason": answer.reason,
    }
    return {name: value for name, value in parts.items() if value}


def thawed(copy: str) -> dict[str, Answer]:
    """Read the answers of a frozen copy again, by question.

    >>> thawed('{"seen":{"chosen":["yes"],"state":"answered"}}')["seen"].chosen
    ('yes',)
    """
    kept: Mapping[str, Mapping[str, Any]] = json.loads(copy)
    return {
        key: Answer(
            State(parts.get("state", State.NOT_ANSWERED)),
            tuple(parts.get("chosen", ())),
            parts.get("text", ""),
            parts.get("reason", ""),
        )
        for key, parts in kept.items()
        if key != NOT_KNOWN
    }


def last_number(session: Session, response_id: int) -> int:
    """Return the number of the version that was sent last; 0 where none was."""
    last = select(func.max(SentVersion.number)).where(SentVersion.response_id == response_id)
    return session.exec(last).one() or 0


@dataclass(frozen=True)
class Queried:
    """What was asked about one answer, and the answer as it was sent and as it is now."""

    question: str
    """The question's id."""
    words: str
    by: str
    was: Answer
    answer: Answer

    @property
    def changed(self) -> bool:
        """Whether the answer, or the reason beside it, is another than the one asked about."""
        return self.was != self.answer


def queries_on(session: Session, work: Work) -> Sequence[Queried]:
    """Return what was asked when a response was last returned, in the order of the question set.

    What became of each is told by the answers as they now are: a draft's by what is typed so far.
    """
    if work.response is None or work.response.id is None:
        return ()
    of_it = Query.response_id == work.response.id
    last = select(func.max(Query.number)).where(of_it).scalar_subquery()
    query = (
        select(Query, Person.name)
        .join(Person, col(Person.id) == col(Query.person_id))
        .where(of_it, Query.number == last)
    )
    asked = session.exec(query).all()
    if not asked:
        return ()
    copy = session.get(SentVersion, (work.response.id, asked[0][0].number))
    was, ids = thawed(copy.answers) if copy else {}, numbers_of(session, work.tool).ids
    by_key = {ids[one.question_id]: (one.words, name) for one, name in asked}
    return [
        Queried(key, *by_key[key], was.get(key, NOTHING), work.answers.get(key, NOTHING))
        for key in work.question_set.question
        if key in by_key
    ]
