"""Warning of identifiers in the words of answers: beside the question, as they are saved and shown.

Only what is written in sentences is looked at, and the reasons: a date that a question asks for is
no date of birth. Nothing is blocked, and the log holds how many of which kind, never what.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import structlog
from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.db import today
from app.identifiers import Kind, found_in, warned_of
from app.samples.models import Subject
from app.tools import Answer, Question

log = structlog.get_logger()

IN_SENTENCES = frozenset({"short_text", "long_text"})
"""Kinds of question that are answered in an agency's own words."""

Warnings = Mapping[str, Mapping[str, str] | None]


def warned_as_saved(
    session: Session, assignment_id: int, changed: Iterable[tuple[Question, Answer]]
) -> Warnings:
    """Return a warning, or None, for each answer that a save has just changed."""
    found = dict(_found(changed, today(session)))
    if not any(found.values()):
        return dict.fromkeys(found)
    for kinds in found.values():
        for kind, many in kinds.items():
            log.info("identifier suspected", kind=kind.value, count=many)
    query = select(Subject.label).join(Assignment, col(Assignment.subject_id) == col(Subject.id))
    label = session.exec(query.where(Assignment.id == assignment_id)).one()
    return {key: _warning(kinds, label) for key, kinds in found.items()}


def warned_when_shown(
    answers: Iterable[tuple[Question, Answer]], label: str, day: date
) -> Mapping[str, str]:
    """Return the words of a warning for each answer that needs one."""
    found = _found(answers, day)
    return {key: warned.words for key, kinds in found if (warned := warned_of(kinds, label))}


def _found(
    answers: Iterable[tuple[Question, Answer]], day: date
) -> Iterator[tuple[str, Mapping[Kind, int]]]:
    for question, answer in answers:
        said = answer.text if question.kind in IN_SENTENCES else ""
        words = "\n".join(filter(None, (said, answer.reason)))
        yield question.id, found_in(words, day) if words else {}


def _warning(kinds: Mapping[Kind, int], label: str) -> Mapping[str, str] | None:
    warned = warned_of(kinds, label)
    return {"kind": warned.kind.value, "words": warned.words} if warned else None
