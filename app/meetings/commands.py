"""Recording what the panel decided. The agencies' answers stay as they were sent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import Field
from sqlalchemy import delete
from sqlmodel import Session, SQLModel

from app.access import Actor, Unfit
from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.comparisons.rules import reason_wanted, value_of
from app.comparisons.side_by_side import Comparison, Row, Side
from app.db import now
from app.events import Happened, record
from app.meetings.alike import CHOOSE, Chosen, SaidAlike, not_as_shown, said_alike
from app.meetings.decisions import DISSENT, LONGEST_REASON, Judged, Learning
from app.meetings.models import LearningPoint, MeetingEntry, PutOff
from app.meetings.queries import dissents_on, learning_points_on, meeting_about
from app.meetings.rules import Decision, Overtaken, Said
from app.meetings.turns import turn_to_decide, turn_to_write
from app.rounds.models import Round
from app.rounds.plans import Version
from app.samples.models import Subject
from app.tools import Level, State
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


def agree_answer(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision, seen: int
) -> None:
    """Record the agreed answer to one question, that it was not agreed, or that it is put off.

    `seen` is the version of what the page showed as decided or put off, 0 where there was neither.
    Decisions queue up behind one another, so that no question is both agreed and put off. The same
    decision sent twice by one person is one decision.
    """
    _turn_to_decide(session, actor, before.case)
    key: Key = {"subject_id": _key(before.subject), "question_id": before.row.line.number}
    question, number = before.row.line.question, before.row.line.number
    standing = _standing(session, AgreedAnswer, key) or _standing(session, PutOff, key)
    made = PutOff if decision.put_off else AgreedAnswer
    wanted = made(**key, **_values(session, actor, before, decision), version=seen + 1)
    if _same(standing, wanted) and _dissents_alike(session, before.case, number, decision.dissent):
        return
    if (standing.version if standing else 0) != seen:
        raise Overtaken(CHANGED_MEANWHILE)
    dissenting = _check(before, decision)
    _put(session, standing, wanted)
    _dissent(session, before.case, number, dissenting)
    words = question.show(decision.answer) if decision.answer else ""
    entry = _Entry(_said(decision), words, decision.reason, number, dissenting)
    _note(session, actor, before.case, [entry])
    if decision.put_off:
        _tell(session, actor, Happened.QUESTION_PUT_OFF, before.case, question=question.id)
    else:
        told = {"question": question.id, "agreed": "yes" if decision.answer else "no"}
        _tell(session, actor, Happened.ANSWER_AGREED, before.case, **told)


def _turn_to_decide(session: Session, actor: Actor, case: CaseBefore) -> None:
    turn_to_decide(session, actor, case.round, case.subject, case.comparison.sides)


class Reason(Input):
    """Why the panel decided as it did, in better words; of what stands at this version."""

    reason: Words = Field(
        title="Reason",
        max_length=LONGEST_REASON,
        json_schema_extra={"missing": "Write the reason"},
    )
    version: Version


def word_reason(session: Session, actor: Actor, before: BeforePanel, given: Reason) -> None:
    """Write down why the panel decided as it did: what it decided stays as it is."""
    turn_to_write(session, actor, before.round, before.subject)
    number = before.row.line.number
    key: Key = {"subject_id": _key(before.subject), "question_id": number}
    standing = _standing(session, AgreedAnswer, key) or _standing(session, PutOff, key)
    if standing is None or standing.version != given.version:
        if standing is not None and (standing.reason, standing.person_id) == (
            given.reason,
            actor.person_id,
        ):
            return
        raise Overtaken(CHANGED_MEANWHILE)
    standing.reason, standing.version = given.reason, standing.version + 1
    standing.person_id, standing.at = actor.person_id, now(session)
    session.add(standing)
    session.flush()
    _note(session, actor, before.case, [_Entry(Said.REASONED, "", given.reason, number)])
    question = before.row.line.question.id
    _tell(session, actor, Happened.REASON_WORDED, before.case, question=question)


Key = dict[str, Any]
Standing = AgreedAnswer | PutOff | Judgement
"""What stands on a question or a case, until somebody who saw it puts another in its place."""


_T = TypeVar("_T", AgreedAnswer, PutOff, Judgement)


def _standing(session: Session, table: type[_T], key: Mapping[str, int]) -> _T | None:
    return session.get(table, tuple(key.values()), populate_existing=True)


def _same(standing: Standing | None, wanted: Standing) -> bool:
    """Say whether somebody pressed twice: what they want stands already, and is their own."""
    return type(standing) is type(wanted) and standing.model_dump(
        exclude={"at"}
    ) == wanted.model_dump(exclude={"at"})


def _dissents_alike(
    session: Session, case: CaseBefore, question: int | None, told: Mapping[str, str]
) -> bool:
    stored = dissents_on(session, _key(case.subject), question)
    return {each.ref: each.words for each in stored} == told


def _put(session: Session, standing: Standing | None, wanted: Standing) -> None:
    """Put one decision in the place of another."""
    if standing:
        session.delete(standing)
        session.flush()
    session.add(wanted)
    session.flush()


def _check(before: BeforePanel, decision: Decision) -> list[tuple[Side, str]]:
    """Refuse a decision that lacks its reason; return the agencies that do not agree."""
    if decision.put_off:
        return []
    question = before.row.line.question
    given = [answer for _, _, answer in before.comparison.answers(before.row) if answer]
    values = [value_of(question, answer) for answer in given if answer.state is State.ANSWERED]
    wanted = reason_wanted(question, values, decision.answer)
    if wanted and not decision.reason:
        raise Unfit({"reason": wanted})
    return _dissenting(before.case, decision.dissent)


def _said(decision: Decision) -> Said:
    if decision.put_off:
        return Said.PUT_OFF
    return Said.AGREED if decision.answer else Said.NOT_AGREED


def agree_same(session: Session, actor: Actor, case: CaseBefore, given: Chosen) -> int:
    """Agree at once the chosen questions on which all agencies said the same; return how many.

    Nothing is agreed where one of them is not as the page showed it. The same form sent twice by
    one person agrees once.
    """
    _turn_to_decide(session, actor, case)
    if not given.shown:
        raise Unfit({"questions": CHOOSE})
    alike = {each.key: each for each in said_alike(session, case.subject, case.comparison)}
    wanted, changed = list[tuple[SaidAlike, AgreedAnswer]](), list[str]()
    for question, seen in given.shown.items():
        each = alike.get(question)
        if each is None:
            changed.append(question)
            continue
        key: Key = {"subject_id": _key(case.subject), "question_id": each.row.line.number}
        values = _values(session, actor, BeforePanel(*case, each.row), Decision(each.answer, ""))
        standing = _standing(session, AgreedAnswer, key)
        version = standing.version if standing else each.version + 1
        agreed = AgreedAnswer(**key, **values, version=version)
        if standing is None and each.seen == seen:
            wanted.append((each, agreed))
        elif not _same(standing, agreed):
            changed.append(question)
    if changed:
        raise Overtaken(not_as_shown(case.comparison, changed))
    _put_alike(session, actor, case, wanted)
    return len(given.shown)


def _put_alike(
    session: Session,
    actor: Actor,
    case: CaseBefore,
    agreed: Sequence[tuple[SaidAlike, AgreedAnswer]],
) -> None:
    """Record what is agreed at once, in the place of what was put off."""
    if not agreed:
        return
    for each, answer in agreed:
        _put(session, each.put_off, answer)
    entries = [_Entry(Said.AGREED, each.words, "", each.row.line.number) for each, _ in agreed]
    _note(session, actor, case, entries)
    keys = [each.key for each, _ in agreed]
    _tell(session, actor, Happened.ANSWER_AGREED, case, questions=keys, agreed="yes")


def judge(
    session: Session, actor: Actor, case: CaseBefore, level: Level, judged: Judged, seen: int
) -> None:
    """Record the panel's judgement of a case as a whole: people decide it and give a reason."""
    _turn_to_decide(session, actor, case)
    key = {"subject_id": _key(case.subject)}
    standing = _standing(session, Judgement, key)
    wanted = Judgement(
        **key,
        level=level.id,
        reason=judged.reason,
        person_id=actor.person_id,
        at=now(session),
        version=seen + 1,
    )
    if _same(standing, wanted) and _dissents_alike(session, case, None, judged.dissent):
        return
    if (standing.version if standing else 0) != seen:
        raise Overtaken(JUDGED_MEANWHILE)
    dissenting = _dissenting(case, judged.dissent)
    _put(session, standing, wanted)
    _dissent(session, case, None, dissenting)
    entry = _Entry(Said.JUDGED, level.label, judged.reason, None, dissenting)
    _note(session, actor, case, [entry])
    _tell(session, actor, Happened.CASE_JUDGED, case)


def note_learning(session: Session, actor: Actor, before: BeforePanel, given: Learning) -> None:
    """Note a learning point on the spot; the same words sent twice are one point."""
    turn_to_write(session, actor, before.round, before.subject)
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


def _these(table: type[SQLModel], key: Mapping[str, int | None]) -> Any:  # noqa: ANN401 - a DELETE
    return delete(table).where(
        *(getattr(table, name).is_not_distinct_from(value) for name, value in key.items())
    )


def _values(
    session: Session, actor: Actor, before: BeforePanel, decision: Decision
) -> dict[str, Any]:
    common = {"reason": decision.reason, "person_id": actor.person_id, "at": now(session)}
    if decision.put_off:
        return common
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
        **common,
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
    """Write entries into the record of the meeting about this case; without one there is none."""
    meeting = meeting_about(session, case.round, _key(case.subject))
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
