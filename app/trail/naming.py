"""What the references in a trail stand for, as people name it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col

from app.actions.models import LearningAction
from app.assignments.models import Assignment
from app.db.references import ALPHABET, LENGTH
from app.findings.models import Finding
from app.identity.models import Agency, Person, Subgroup
from app.meetings.models import Meeting
from app.samples.models import Subject
from app.web.filters import moment

_REFERENCE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def references_in(values: Iterable[object]) -> set[str]:
    """Pick out of some values what may be references."""
    flat = (one for value in values for one in (value if isinstance(value, list) else [value]))
    return {one for one in flat if isinstance(one, str) and _REFERENCE.fullmatch(one)}


def names_of(session: Session, refs: Collection[str]) -> Mapping[str, str]:
    """Name what some references stand for; what is not found keeps its reference.

    A trail is read by those who see everything it is about, so nothing is narrowed here.
    """
    if not refs:
        return {}
    found = {ref: name for query in _queries(refs) for ref, name in session.execute(query)}
    meetings = columns(col(Meeting.ref), col(Meeting.began_at)).where(col(Meeting.ref).in_(refs))
    began = {ref: f"Meeting of {moment(at)}" for ref, at in session.execute(meetings)}
    given = (
        columns(col(Assignment.ref), col(Subject.label), col(Agency.name))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .where(col(Assignment.ref).in_(refs))
    )
    assigned = {ref: f"{label}, {agency}" for ref, label, agency in session.execute(given)}
    return {**found, **began, **assigned}


def _queries(refs: Collection[str]) -> Iterator[Select[str, str]]:
    for ref, name in (
        (Person.ref, Person.name),
        (Agency.ref, Agency.name),
        (Subgroup.ref, Subgroup.name),
        (Subject.ref, Subject.label),
        (Finding.ref, Finding.title),
        (LearningAction.ref, LearningAction.what),
    ):
        yield columns(col(ref), col(name)).where(col(ref).in_(refs))
