"""Recording what the panel decided. The agencies' answers stay as they were sent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from app.access import Actor, NotNow, Unfit
from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.comparisons.order import same_left
from app.comparisons.rules import reason_wanted, value_of
from app.comparisons.side_by_side import Comparison, Row, Side
from app.db import now
from app.events import Happened, record
from app.meetings.decisions import DISSENT, Judged
from app.meetings.models import LearningPoint, MeetingEntry, PutOff
from app.meetings.queries import learning_points_on, open_meeting
from app.meetings.rules import Decision, Said
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.tools import Answer, Level, State
from app.web.forms import Input, Words

CHANGED_MEANWHILE = (
    "Somebody else recorded a decision on this question after you opened the page. "
    "Open the question again to see it, and change it there if the panel decides otherwise."
)
JUDGED_MEANWHILE = (
    "Somebody else recorded a judgement of this case after you opened the page. "
    "Open it again to see it, and change it there if the panel decides otherwise."
)


class CaseBefore(NamedTuple):
    """One subject before the panel, in the round it belongs to."""

    round: Round
    subject: Subject
    comparison: Comparison


class BeforePanel(NamedTuple):
    """One question of one subject before the panel."""

    round: Round
    subject: Subject
    comparison: Comparison
    row: Row

    @property
    def case(self) -> CaseBefore:
        """The subject as a whole."""
        return CaseBefore(self.round, self.subject, self.comparison)


class Chosen(Input):
    """The questions to agree at once, by their ids."""

    questions: list[str] = Field(default_factory=list)


class Learning(Input):
    """Something to learn, noted while it is being talked about."""

    words: Words = Field(
        title="Learning point", json_schema_extra={"missing": "Write what is to be learnt"}
    )


def agree_answer(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision, seen: int
) -> None:
    """Record the agreed answer to one question, that it was not agreed, or that it is put off.

    `seen` is the version of the decision that the page showed, 0 where there was none. Decisions
    queue up behind one another, so that no question is both agreed and put off.
    """
    hold(session, before.round, Doing.AGREE, alone=True)
    question, case = before.row.line.question, before.case
    if decision.put_off:
        _put_off(session, actor, before, decision.reason, seen)
        return
    given = [answer for _, _, answer in before.comparison.answers(before.row) if answer]
    values = [value_of(question, answer) for answer in given if answer.state is State.ANSWERED]
    wanted = reason_wanted(question, values, decision.answer)
    if wanted and not decision.reason:
        raise Unfit({"reason": wanted})
    dissenting = _dissenting(case, decision.dissent)
    key = {"subject_id": _key(before.subject), "question_id": before.row.line.number}
    _keep(session, AgreedAnswer, key, _values(session, actor, before, decision), seen)
    session.connection().execute(_these(PutOff, key))
    _dissent(session, case, before.row.line.number, dissenting)
    said = Said.AGREED if decision.answer else Said.NOT_AGREED
    words = question.show(decision.answer) if decision.answer else ""
    entry = _Entry(said, words, decision.reason, before.row.line.number, dissenting)
    _note(session, actor, case, [entry])
    told = {"question": question.id, "agreed": "yes" if decision.answer else "no"}
    _tell(session, actor, Happened.ANSWER_AGREED, case, **told)


def _put_off(session: Session, actor: Actor, before: BeforePanel, reason: str, seen: int) -> None:
    """Leave a question for later; what was decided on it before no longer stands."""
    number = before.row.line.number
    key = {"subject_id": _key(before.subject), "question_id": number}
    if seen:
        undone = session.connection().execute(
            _these(AgreedAnswer, key).where(col(AgreedAnswer.version) == seen)
        )
        if undone.rowcount != 1:
            raise NotNow(CHANGED_MEANWHILE)
    elif session.get(AgreedAnswer, tuple(key.values())) is not None:
        raise NotNow(CHANGED_MEANWHILE)
    session.connection().execute(_these(PutOff, key))
    session.add(PutOff(**key, reason=reason, at=now(session), person_id=actor.person_id))
    _dissent(session, before.case, number)
    _note(session, actor, before.case, [_Entry(Said.PUT_OFF, "", reason, number)])
    question = before.row.line.question.id
    _tell(session, actor, Happened.QUESTION_PUT_OFF, before.case, question=question)


def same_answer(comparison: Comparison, row: Row) -> Answer:
    """Return what all the agencies that answered a question said."""
    return next(
        Answer(State.ANSWERED, answer.chosen, answer.text)
        for _, _, answer in comparison.answers(row)
        if answer is not None and answer.state is State.ANSWERED
    )


def agree_same(session: Session, actor: Actor, case: CaseBefore, given: Chosen) -> int:
    """Agree at once the chosen questions on which all agencies said the same; return how many."""
    hold(session, case.round, Doing.AGREE, alone=True)
    chosen = [r for r in same_left(case.comparison) if r.line.question.id in given.questions]
    if not chosen:
        raise Unfit({"questions": "Choose at least one question that is still to be agreed"})
    entries, rows = [], []
    for row in chosen:
        answer = same_answer(case.comparison, row)
        before = BeforePanel(*case, row)
        values = _values(session, actor, before, Decision(answer, ""))
        rows.append(
            {"subject_id": case.subject.id, "question_id": row.line.number, "version": 1, **values}
        )
        entries.append(_Entry(Said.AGREED, row.line.question.show(answer), "", row.line.number))
    try:
        with session.begin_nested():
            session.connection().execute(insert(AgreedAnswer), rows)
    except IntegrityError as taken:
        raise NotNow(CHANGED_MEANWHILE) from taken
    session.connection().execute(
        delete(PutOff).where(
            col(PutOff.subject_id) == case.subject.id,
            col(PutOff.question_id).in_([row.line.number for row in chosen]),
        )
    )
    _note(session, actor, case, entries)
    keys = [row.line.question.id for row in chosen]
    _tell(session, actor, Happened.ANSWER_AGREED, case, questions=keys, agreed="yes")
    return len(chosen)


def judge(
    session: Session, actor: Actor, case: CaseBefore, level: Level, judged: Judged, seen: int
) -> None:
    """Record the panel's judgement of a case as a whole: people decide it and give a reason."""
    hold(session, case.round, Doing.AGREE)
    dissenting = _dissenting(case, judged.dissent)
    values = {
        "level": level.id,
        "reason": judged.reason,
        "person_id": actor.person_id,
        "at": now(session),
    }
    _keep(session, Judgement, {"subject_id": _key(case.subject)}, values, seen, JUDGED_MEANWHILE)
    _dissent(session, case, None, dissenting)
    entry = _Entry(Said.JUDGED, level.label, judged.reason, None, dissenting)
    _note(session, actor, case, [entry])
    _tell(session, actor, Happened.CASE_JUDGED, case)


def note_learning(session: Session, actor: Actor, before: BeforePanel, given: Learning) -> None:
    """Note a learning point on the spot; the same words sent twice are one point."""
    hold(session, before.round, Doing.AGREE, alone=True)
    number, question = before.row.line.number, before.row.line.question.id
    subject = _key(before.subject)
    if given.words in learning_points_on(session, subject, number):
        return
    session.add(
        LearningPoint(
            subject_id=subject,
            question_id=number,
            words=given.words,
            at=now(session),
            person_id=actor.person_id,
        )
    )
    _note(session, actor, before.case, [_Entry(Said.NOTED, given.words, "", number)])
    _tell(session, actor, Happened.LEARNING_NOTED, before.case, question=question)


def _keep(
    session: Session,
    table: type[AgreedAnswer | Judgement],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    seen: int,
    meanwhile: str = CHANGED_MEANWHILE,
) -> None:
    """Store a decision where there was none, or in place of the one that the page showed."""
    if seen == 0:
        try:
            with session.begin_nested():
                session.add(table(**key, **values))
        except IntegrityError as taken:
            raise NotNow(meanwhile) from taken
        return
    changed = session.connection().execute(
        update(table)
        .where(*(col(getattr(table, name)) == value for name, value in key.items()))
        .where(col(table.version) == seen)
        .values(**values, version=seen + 1)
    )
    if changed.rowcount != 1:
        raise NotNow(meanwhile)


def _these(table: type[SQLModel], key: Mapping[str, int | None]) -> Any:  # noqa: ANN401 - a DELETE
    return delete(table).where(
        *(getattr(table, name).is_not_distinct_from(value) for name, value in key.items())
    )


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


def _dissenting(case: CaseBefore, told: Mapping[str, str]) -> list[tuple[Side, str]]:
    """Return the agencies that do not agree, with what they say; refuse any other agency's."""
    by_ref = {side.ref: side for side in case.comparison.sides}
    unknown = set(told) - set(by_ref)
    if unknown:
        raise Unfit({f"{DISSENT}{min(unknown)}": "Choose from the agencies of this comparison"})
    return [(by_ref[ref], words) for ref, words in told.items()]


def _dissent(
    session: Session,
    case: CaseBefore,
    question: int | None,
    dissenting: Sequence[tuple[Side, str]] = (),
) -> None:
    """Keep what the agencies say that do not agree, in place of what they said before."""
    key: dict[str, Any] = {"subject_id": _key(case.subject), "question_id": question}
    session.connection().execute(_these(Dissent, key))
    session.add_all(
        Dissent(**key, agency_id=side.key or 0, words=words) for side, words in dissenting
    )
    session.flush()


class _Entry(NamedTuple):
    said: Said
    words: str
    reason: str
    question: int | None
    dissent: Sequence[tuple[Side, str]] = ()


def _note(session: Session, actor: Actor, case: CaseBefore, entries: Sequence[_Entry]) -> None:
    """Write entries into the record of the open meeting; without one there is no record."""
    meeting = open_meeting(session, case.round)
    if meeting is None:
        return
    session.add_all(
        MeetingEntry(
            meeting_id=meeting.id or 0,
            subject_id=_key(case.subject),
            question_id=entry.question,
            kind=entry.said,
            words=entry.words,
            reason=entry.reason,
            dissent=[[side.agency, words] for side, words in entry.dissent],
            at=now(session),
            person_id=actor.person_id,
        )
        for entry in entries
    )
    session.flush()


def _tell(
    session: Session,
    actor: Actor,
    kind: Happened,
    case: CaseBefore,
    **details: str | list[str],
) -> None:
    record(
        session,
        actor,
        kind,
        partnership_id=actor.partnership_id,
        scope=case.round.ref,
        about=case.subject.ref,
        **details,
    )


def _key(subject: Subject) -> int:
    if subject.id is None:
        raise LookupError("a stored subject has a key")
    return subject.id
