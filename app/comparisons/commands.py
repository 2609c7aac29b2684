"""Recording what the panel decided. The agencies' answers stay as they were sent."""

from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.access import Actor, NotNow, Unfit
from app.comparisons.models import AgreedAnswer
from app.comparisons.rules import Decision, reason_wanted, value_of
from app.comparisons.side_by_side import Comparison, Row
from app.db import now
from app.events import Happened, record
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.tools import State

CHANGED_MEANWHILE = (
    "Somebody else recorded a decision on this question after you opened the page. "
    "Open the question again to see it, and change it there if the panel decides otherwise."
)


class BeforePanel(NamedTuple):
    """One question of one subject before the panel, in the round it belongs to."""

    round: Round
    subject: Subject
    comparison: Comparison
    row: Row


def agree_answer(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision, seen: int
) -> None:
    """Record the agreed answer to one question, or that it was not agreed.

    `seen` is the version of the decision that the page showed, 0 where there was none.
    """
    hold(session, before.round, Doing.AGREE)
    question = before.row.line.question
    given = [answer for _, _, answer in before.comparison.answers(before.row) if answer]
    values = [value_of(question, answer) for answer in given if answer.state is State.ANSWERED]
    wanted = reason_wanted(question, values, decision.answer)
    if wanted and not decision.reason:
        raise Unfit({"reason": wanted})
    _keep(session, actor, before, decision, seen)
    record(
        session,
        actor,
        Happened.ANSWER_AGREED,
        partnership_id=actor.partnership_id,
        scope=before.round.ref,
        about=before.subject.ref,
        question=question.id,
        agreed="yes" if decision.answer else "no",
    )


def _keep(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision, seen: int
) -> None:
    values = _values(session, actor, before, decision)
    key: dict[str, Any] = {"subject_id": before.subject.id, "question_id": before.row.line.number}
    if seen == 0:
        try:
            with session.begin_nested():
                session.add(AgreedAnswer(**key, **values))
        except IntegrityError as taken:
            raise NotNow(CHANGED_MEANWHILE) from taken
        return
    changed = session.connection().execute(
        update(AgreedAnswer)
        .where(
            col(AgreedAnswer.subject_id) == key["subject_id"],
            col(AgreedAnswer.question_id) == key["question_id"],
            col(AgreedAnswer.version) == seen,
        )
        .values(**values, version=seen + 1)
    )
    if changed.rowcount != 1:
        raise NotNow(CHANGED_MEANWHILE)


def _values(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision
) -> dict[str, Any]:
    answer = decision.answer
    state = code = None
    if answer is not None:
        numbers = before.comparison.sheet.numbers
        state, code = numbers.encode(before.row.line.question, answer)
    return {
        "agreed": answer is not None,
        "state": state,
        "code": code,
        "text": answer.text if answer else "",
        "reason": decision.reason,
        "person_id": actor.person_id,
        "at": now(session),
    }
