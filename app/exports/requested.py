"""Requested documents: whose they are, how far they are, and when they go."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, update
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Scope
from app.db import now
from app.exports.models import RequestedDocument
from app.exports.queries import PaperOf
from app.exports.rules import KEPT, UNFINISHED, UNHEARD, DocumentState
from app.rounds.models import Purge, Round


class DocumentOf(NamedTuple):
    """A requested document with the round that its paper is of."""

    document: RequestedDocument
    round: Round


_DOCUMENTS = (
    select(RequestedDocument, Round)
    .join(Round, col(Round.id) == col(RequestedDocument.round_id))
    .options(defer(col(RequestedDocument.content)))  # type: ignore[arg-type]
)


def find_document(session: Session, within: Scope, refs: Mapping[str, str]) -> DocumentOf | None:
    """Find the document that an address names, for the person who asked for it alone."""
    query = _DOCUMENTS.where(
        RequestedDocument.ref == refs["document"],
        RequestedDocument.person_id == within.person_id,
        RequestedDocument.asked_at > now(session) - KEPT,
        Round.ref == refs["round"],
        Round.partnership_id == within.partnership_id,
    )
    row = session.exec(query).one_or_none()
    return DocumentOf(*row) if row else None


def asked_already(
    session: Session, actor: Actor, of: PaperOf, wanted: str
) -> RequestedDocument | None:
    """Find the same document being made for the same person: asking again makes no second."""
    query = _DOCUMENTS.where(
        _unfinished(session),
        RequestedDocument.person_id == actor.person_id,
        RequestedDocument.round_id == of.round.id,
        RequestedDocument.kind == of.kind,
        RequestedDocument.name == of.name,
        RequestedDocument.format == wanted,
    )
    row = session.exec(query).first()
    return row[0] if row else None


def ahead_of(session: Session, document: RequestedDocument) -> int:
    """Count the documents that are made before this one, by the same process."""
    query = (
        select(func.count())
        .select_from(RequestedDocument)
        .where(
            _unfinished(session),
            RequestedDocument.maker == document.maker,
            col(RequestedDocument.id) < document.id,
        )
    )
    return session.exec(query).one()


def _unfinished(session: Session) -> ColumnElement[bool]:
    heard_of = col(RequestedDocument.asked_at) > now(session) - UNHEARD
    return heard_of & col(RequestedDocument.state).in_(UNFINISHED)


def content_of(session: Session, document: RequestedDocument) -> bytes | None:
    """Return what was made, if it is there and still the same."""
    query = select(RequestedDocument.content).where(RequestedDocument.id == document.id)
    content = session.exec(query).one_or_none()
    same = content is not None and sha256(content).digest() == document.digest
    return content if same else None


def clear_away(session: Session) -> None:
    """Delete the documents whose day is over."""
    over = col(RequestedDocument.asked_at) <= now(session) - KEPT
    session.connection().execute(delete(RequestedDocument).where(over))


def refuse_purged(session: Session, asked: RequestedDocument) -> None:
    """Refuse to keep a document of what was purged after it was asked for.

    The round is held first: a purge that has begun is waited for, and one that begins later
    deletes what is stored here.
    """
    this = select(Round.id).where(Round.id == asked.round_id)
    session.exec(this.with_for_update(read=True)).one()
    since = select(Purge.kind).where(Purge.round_id == asked.round_id, Purge.at >= asked.asked_at)
    if session.exec(since).first():
        raise NotNow(
            "Something of this round was purged while its document was being made, so the "
            "document was not kept. Load the page again, and ask for it as the round now stands."
        )


def give_up(session: Session, maker: str) -> None:
    """Say of everything that one process makes, or any (""), that it has failed."""
    failed = {"state": DocumentState.FAILED, "ended_at": now(session)}
    statement = update(RequestedDocument).where(col(RequestedDocument.state).in_(UNFINISHED))
    if maker:
        statement = statement.where(col(RequestedDocument.maker) == maker)
    session.connection().execute(statement.values(**failed))
