"""The audit tools that ship, and what a page posts for an answer."""

import os

from app.config import ROOT
from app.library.rules import asked_kinds
from app.tools import (
    ABSENCES,
    AgencyKind,
    Answer,
    Date,
    Question,
    QuestionSet,
    SubjectKind,
    Tool,
    boxes,
    read_tools,
)

TOOLS = read_tools(ROOT / "audit_tools")
_CASES = {SubjectKind.CASE, SubjectKind.REFERRAL, SubjectKind.REFERRAL_PAIR}
NEWEST = {slug: max(v for s, v in TOOLS if s == slug) for slug, _ in TOOLS}
ABOUT_CASES = sorted(
    (slug, question_set.id)
    for slug, version in NEWEST.items()
    for question_set in TOOLS[slug, version].question_sets
    if question_set.subject in _CASES
)
OTHERS = sorted(
    (slug, question_set.id)
    for slug, version in NEWEST.items()
    for question_set in TOOLS[slug, version].question_sets
    if question_set.subject not in _CASES
)
"""Question sets whose rounds come later, by tool and id."""
PROVE = bool(os.environ.get("CASEFILE_PROVE"))

Fields = dict[str, str | list[str]]


def fields(question: Question, answer: Answer) -> Fields:
    """What a page posts for an answer."""
    absent = f"~{answer.state}" if answer.state in ABSENCES else ""
    found: Fields = {f"{question.id}.reason": answer.reason} if answer.reason else {}
    if absent:
        return found | {question.absence_name: absent}
    if isinstance(question, Date):
        parts = boxes(answer.text)._asdict()
        return found | {f"{question.id}.{name}": value for name, value in parts.items()}
    return found | {question.id: list(answer.chosen) or answer.text}


def newest(slug: str, name: str) -> tuple[Tool, QuestionSet]:
    """The newest version of a tool that ships, and one of its question sets."""
    tool = TOOLS[slug, NEWEST[slug]]
    return tool, tool.question_set[name]


def alike(question_set: QuestionSet) -> list[list[AgencyKind]]:
    """Group the kinds that may be asked the very same questions."""
    groups: dict[tuple[str, ...], list[AgencyKind]] = {}
    for kind in asked_kinds(question_set):
        key = tuple(place.question.id for place in question_set.asked_of[kind])
        groups.setdefault(key, []).append(kind)
    return list(groups.values())
