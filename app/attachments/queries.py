"""Finding attachments, each within the reach of whoever may read its response."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.access import Scope
from app.assignments.models import Assignment
from app.attachments.models import Attachment, AttachmentContent
from app.db import key_of
from app.identity.models import Person
from app.library.numbers import numbers_of
from app.responses.models import NilReturn, Response, SentVersion
from app.responses.queries import Work, find_work, responses_within
from app.responses.rules import ResponseState
from app.rounds.models import Round, Strand
from app.samples.models import Subject


class Attached(NamedTuple):
    """An attachment with the response that it belongs to."""

    work: Work
    attachment: Attachment


def find_attached(session: Session, scope: Scope, refs: Mapping[str, str]) -> Attached | None:
    """Find the attachment that an address names, of the response that it names."""
    work = find_work(session, scope, refs)
    if work is None or work.nil is not None:
        return None  # what was kept before a child was declared not known is nobody's to read
    query = select(Attachment).where(
        Attachment.ref == refs["attachment"],
        Attachment.assignment_id == work.assignment.id,
        col(Attachment.removed_at).is_(None),
    )
    found = session.exec(query).one_or_none()
    return Attached(work, found) if found else None


class Listed(NamedTuple):
    """An attachment in a list, and who attached it."""

    attachment: Attachment
    by: str


def attachments_of(session: Session, work: Work) -> list[Listed]:
    """List what is attached to a response, in the order in which it was attached.

    Of a nil return nothing: what was attached before is kept as the answers are, and not read.
    """
    if work.nil is not None:
        return []
    query = (
        select(Attachment, Person.name)
        .join(Person, col(Person.id) == col(Attachment.attached_by))
        .where(Attachment.assignment_id == work.assignment.id, col(Attachment.removed_at).is_(None))
        .order_by(col(Attachment.id))
    )
    return [Listed(*row) for row in session.exec(query)]


def last_sent(session: Session, work: Work) -> datetime | None:
    """Return when a response was last sent: what was attached by then is part of what was sent."""
    if work.response is None:
        return None
    query = select(func.max(SentVersion.sent_at)).where(SentVersion.response_id == work.response.id)
    return session.exec(query).one()


def was_sent(attachment: Attachment, sent: datetime | None) -> bool:
    """Whether a file was there when the response was last sent."""
    return sent is not None and attachment.attached_at <= sent


def answers_beside(session: Session, person_id: int, work: Work, attachment: Attachment) -> bool:
    """Whether somebody answers the section of the question that a file stands beside."""
    key = numbers_of(session, work.tool).ids.get(attachment.question_id, "")
    section = next(
        (s.id for s in work.question_set.sections if any(q.id == key for q in s.questions)), ""
    )
    return work.answerers.answers(person_id, section)


def same_file(session: Session, work: Work, question: int, digest: str) -> Attachment | None:
    """Return the attachment of the same bytes that a question has already."""
    query = select(Attachment).where(
        Attachment.assignment_id == work.assignment.id,
        Attachment.question_id == question,
        Attachment.digest == digest,
        col(Attachment.removed_at).is_(None),
    )
    return session.exec(query).first()


def count_attached(session: Session, work: Work) -> int:
    """Count what is attached to a response."""
    query = select(func.count()).where(
        Attachment.assignment_id == work.assignment.id, col(Attachment.removed_at).is_(None)
    )
    return session.exec(query).one()


def files_attached(session: Session, work: Work) -> Mapping[str, int]:
    """Count what is attached to each question of a response, by the question's id."""
    query = (
        select(Attachment.question_id, func.count())
        .where(Attachment.assignment_id == work.assignment.id, col(Attachment.removed_at).is_(None))
        .group_by(col(Attachment.question_id))
    )
    of_number = {number: id_ for id_, number in numbers_of(session, work.tool).number.items()}
    return {of_number[number]: count for number, count in session.exec(query)}


class Beside(NamedTuple):
    """A file beside one agency's answer, as somebody who compares answers meets it."""

    agency: int
    attachment: Attachment
    take: str
    """The address of its response, where this person may take it; else empty."""


def sent_with(
    session: Session, scope: Scope, subject: Subject, slug: str
) -> Mapping[int, Sequence[Beside]]:
    """List the files that were sent with a subject's answers, by question number.

    Only those of the responses that a comparison shows: sent, not by a second auditor, and no nil
    return. `scope` says whose responses this person reads: of any other they learn that there is
    a file, and neither its name nor what is in it.
    """
    readable = (
        select(Assignment.id)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Subject.id == subject.id, responses_within(scope))
    )
    query = (
        select(Attachment, Assignment.agency_id, Assignment.ref, col(Assignment.id).in_(readable))
        .join(Assignment, col(Assignment.id) == col(Attachment.assignment_id))
        .join(Response, col(Response.assignment_id) == col(Assignment.id))
        .outerjoin(NilReturn, col(NilReturn.response_id) == col(Response.id))
        .where(
            Assignment.subject_id == subject.id,
            Assignment.place == 1,
            Response.state == ResponseState.SENT,
            col(NilReturn.response_id).is_(None),
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.attached_at), col(Attachment.id))
    )
    found: dict[int, list[Beside]] = defaultdict(list)
    for attachment, agency, ref, may_take in session.exec(query):
        take = f"/{slug}/assignments/{ref}/files/{attachment.ref}" if may_take else ""
        found[attachment.question_id].append(Beside(agency, attachment, take))
    return found


def content_of(session: Session, attachment: Attachment) -> bytes:
    """Return the bytes of an attachment."""
    return session.get_one(AttachmentContent, key_of(attachment)).content
