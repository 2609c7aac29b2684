"""Finding attachments, each within the reach of whoever may read its response."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.access import Scope
from app.attachments.models import Attachment, AttachmentContent
from app.db import key_of
from app.identity.models import Person
from app.responses.queries import Work, find_work


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


def was_sent(work: Work, attachment: Attachment) -> bool:
    """Whether a file was there when the response was sent for the first time."""
    sent = work.response.first_sent_at if work.response else None
    return sent is not None and attachment.attached_at <= sent


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


def content_of(session: Session, attachment: Attachment) -> bytes:
    """Return the bytes of an attachment."""
    return session.get_one(AttachmentContent, key_of(attachment)).content
