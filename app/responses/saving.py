"""Saving answers as they are typed.

A page is one open browser tab. It saves again and again, with a higher sequence number each time,
and always against the version of the response that it was made from: its base. A save that was
seen before, or was overtaken by a later one of the same page, changes nothing. What other pages
changed meanwhile is never overwritten (`meanwhile`). A save is stored whole or not at all; one that
is too long for a page to send as it is left comes in parts, each of which names its own questions.

Prebuilt statements on one connection and no objects: this runs at every pause in typing.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection
from sqlmodel import Session

from app.access import Action, Actor, NotNow, scope
from app.assignments.shared_sections import ask_again
from app.db import now
from app.library.numbers import Numbers
from app.library.queries import pinned_tool
from app.responses import saving_statements as sql
from app.responses.beginning import begin_response
from app.responses.meanwhile import Conflict, changed_meanwhile, own_changes
from app.responses.queries import Answering, find_answering
from app.responses.rules import ResponseState, check_answerable
from app.responses.stored import reader_of, words_of
from app.tools import NOTHING, AgencyKind, Answer, Filled, Posted, QuestionSet, Section, fill

__all__ = ["Conflict", "NotYours", "Save", "Saved", "save_answers"]


class NotYours(NotNow):
    """What a page would change is in a section that somebody else answers: nothing is stored."""

    def __init__(self, section: Section, who: str, changed: Mapping[str, Answer]) -> None:
        self.section = section
        self.who = who
        self.changed = changed
        """What the page said otherwise than is stored, by question."""
        super().__init__(
            f"Nothing was saved: “{section.title}” is answered by {who or 'nobody yet'}. "
            "What you typed is still on this page."
        )


class Save(NamedTuple):
    """One save of one open page."""

    page: str
    sequence: int | None
    """None from a page without scripts, which sends each form once: it takes the next number."""
    base: int
    posted: Posted
    part: bool = False
    """Whether it is one of several parts of one save, which share its number."""


class Saved(NamedTuple):
    """What a save came to: everything that its page shows as saved is stored."""

    version: int
    sequence: int
    answered: int
    asked: int
    filled: Filled | None
    """The question set as it now stands; None when the save had been seen before."""
    place: Answering
    """What it was saved to: as it was found, unless the round has moved to another version since
    and asks something else."""


class _Before(NamedTuple):
    """A response before a save, held until the commit."""

    id: int
    state: str
    version: int
    answered: int
    asked: int
    sequence: int | None
    """The last sequence number of the page that is saving."""


class _Ground(NamedTuple):
    """What a save is laid over: the questions, their numbers and the answers stored."""

    question_set: QuestionSet
    kind: AgencyKind
    numbers: Numbers
    answers: Mapping[str, Answer]


def save_answers(session: Session, actor: Actor, place: Answering, save: Save) -> Saved:
    """Store what a page changed, or raise Conflict or NotNow and store nothing."""
    connection = session.connection()
    before = _hold(connection, place, save)
    if before and _overtaken(save, before.sequence or 0):
        return Saved(
            before.version,
            before.sequence or 0,
            before.answered,
            before.asked,
            filled=None,
            place=place,
        )
    state = before.state if before else ResponseState.DRAFT
    check_answerable(place.stage, place.subject_state, state)
    ground = _ground(session, connection, place, before)
    filled = _laid_by(actor, place, ground, connection, before, save)
    if before is None and _begins(save, filled):
        begin_response(session, place.assignment_id)
        return save_answers(session, actor, place, save)
    if before is None:
        return Saved(0, save.sequence or 1, *filled.progress, filled, place)
    version, progress = before.version, filled.progress
    if filled.changed:
        at = now(session)
        if not _takes_version(connection, place, before, (at, *progress)):
            return save_answers(session, actor, _moved_on(session, actor, place), save)
        version = before.version + 1
        by = {"page": save.page, "person": actor.person_id, "at": at}
        _write_answers(
            connection, ground, filled, {"response": before.id, "version": version, **by}
        )
        _ask_others_again(session, actor, place, filled)
    sequence = save.sequence or (before.sequence or 0) + 1
    seen = {"response": before.id, "page": save.page, "sequence": sequence, "version": version}
    sql.NOTE_PAGE.run(connection, seen)
    return Saved(version, sequence, *progress, filled, place)


def _overtaken(save: Save, last: int) -> bool:
    """Whether a save was seen before, or a later one of its page was.

    The parts of one save hold different questions, so one does not make the others old; repeating
    a part changes nothing by itself.
    """
    if save.sequence is None:
        return False
    return save.sequence < last if save.part else save.sequence <= last


def _hold(connection: Connection, place: Answering, save: Save) -> _Before | None:
    # Two pages of one response save one after the other.
    given = {"assignment": place.assignment_id, "page": save.page}
    row = sql.HOLD[connection.dialect.name].one(connection, given)
    return _Before(*row) if row else None


def _ground(
    session: Session, connection: Connection, place: Answering, before: _Before | None
) -> _Ground:
    tool = pinned_tool(session, place.tool_version_id)
    question_set = tool.question_set[place.question_set]
    reader = reader_of(session, tool, question_set)
    answers = reader.answers(connection, before.id) if before else {}
    return _Ground(question_set, AgencyKind(place.kind), reader.numbers, answers)


def _laid(connection: Connection, ground: _Ground, before: _Before | None, save: Save) -> Filled:
    """Lay the page over what is stored, leaving what others changed and this page did not."""
    filled = fill(ground.question_set, ground.kind, ground.answers, save.posted)
    if before is None or before.version == save.base or not filled.changed:
        return filled
    others = changed_meanwhile(
        connection, ground.numbers,
        [ground.question_set.question[key] for key in filled.changed],
        response=before.id, page=save.page, base=save.base,
    )  # fmt: skip
    mine = own_changes(ground.question_set, filled.changed, others, ground.answers)
    if len(mine) == len(filled.changed):
        return filled
    settled = fill(ground.question_set, ground.kind, {**ground.answers, **mine})
    return replace(settled, changed=mine)


def _laid_by(
    actor: Actor,
    place: Answering,
    ground: _Ground,
    connection: Connection,
    before: _Before | None,
    save: Save,
) -> Filled:
    """Lay the page over what is stored; refuse what is somebody else's to answer."""
    try:
        filled = _laid(connection, ground, before, save)
    except Conflict as conflict:
        mine = {clash.question.id: clash.mine for clash in conflict.clashes}
        _check_sections(place, actor, ground, mine)
        raise
    _check_sections(place, actor, ground, filled.changed)
    return filled


def _check_sections(
    place: Answering, actor: Actor, ground: _Ground, changed: Mapping[str, Answer]
) -> None:
    """Refuse what changes a section that somebody else answers."""
    if not place.answerers.shared:
        return  # the whole of it is the auditor's, and nobody else got here
    for section in ground.question_set.sections:
        here = {each.id: changed[each.id] for each in section.questions if each.id in changed}
        if here and not place.answerers.answers(actor.person_id, section.id):
            raise NotYours(section, place.answerers.who(section.id), here)


def _ask_others_again(session: Session, actor: Actor, place: Answering, filled: Filled) -> None:
    """Wait again for whoever said "complete", where this answer opened more in their sections."""
    wanting = {each.section.id for each in filled.asked if each.wants or each.problem}
    opened = [
        key
        for key, one in place.answerers.shared.items()
        if one.complete_at and one.person_id != actor.person_id and key in wanting
    ]
    if opened:
        ask_again(session, place.assignment_id, opened)


def _begins(save: Save, filled: Filled) -> bool:
    # Looking begins nothing. But a page's second save may have overtaken its first, which must
    # then be recognised as overtaken, so it is noted even with nothing to store.
    return bool(filled.changed) or (save.sequence or 1) > 1


def _takes_version(
    connection: Connection, place: Answering, before: _Before, kept: tuple[datetime, int, int]
) -> bool:
    """Take the response's next version, unless it is closed or asked something else by now."""
    at, answered, asked = kept
    given = {
        "response": before.id,
        "seen": before.version,
        "at": at,
        "answered": answered,
        "asked": asked,
        "round": place.round_id,
        "under": place.tool_version_id,
    }
    return sql.TAKE_VERSION.run(connection, given) == 1


def _moved_on(session: Session, actor: Actor, place: Answering) -> Answering:
    """Find anew what a save is for, where its round moved to another version of the tool.

    The save had found it before, and then waited for the move: what was typed is laid again over
    what is asked now. It cannot happen twice, since a move waits for whoever holds the response.
    """
    names = {"assignment": place.assignment_ref}
    found = find_answering(session, scope(actor, Action.RESPONSE_ANSWER), names)
    if found is None or found.tool_version_id == place.tool_version_id:
        raise NotNow("This response was closed a moment ago. Reload the page to see where it is.")
    return found


def _write_answers(
    connection: Connection, ground: _Ground, filled: Filled, save: Mapping[str, object]
) -> None:
    coded, history, worded, gone = [], [], [], []
    for key, answer in filled.changed.items():
        question, old = ground.question_set.question[key], ground.answers.get(key, NOTHING)
        names = {**save, "question": ground.numbers.number[key]}
        coded.append({**names, **_row(ground.numbers.encode(question, answer))})
        said, says = words_of(old), words_of(answer)
        texts = json.dumps(said, ensure_ascii=False) if said else ""
        history.append({**names, **_row(ground.numbers.encode(question, old)), "texts": texts})
        worded += [{**names, "part": p, "text": t} for p, t in says.items() if said.get(p) != t]
        gone += [{**names, "part": part} for part in said if part not in says]
    for statement, rows in (
        (sql.PUT_ANSWER, coded),
        (sql.KEEP_CHANGE, history),
        (sql.PUT_TEXT, worded),
        (sql.DROP_TEXT, gone),
    ):
        statement.run_each(connection, rows)


def _row(encoded: tuple[int, int | None]) -> dict[str, int | None]:
    state, code = encoded
    return {"state": state, "code": code}
