"""Giving a paper away as a document: at once when it is there in time, and else a page about it.

Giving is recorded as the bytes go, and whoever takes them must still reach the paper then.
"""

from fastapi import Request, Response

from app.access import Actor, NotFound
from app.db import Session, key_of, now
from app.exports.commands import take_paper
from app.exports.makers import MAKERS, TYPES, Format
from app.exports.making import maker_of
from app.exports.models import RequestedDocument
from app.exports.queries import PaperOf, find_again
from app.exports.requested import asked_already
from app.exports.rules import DocumentState
from app.exports.wording import make_paper
from app.rounds.rules import Doing, require
from app.web.forms import Input, Posted, read
from app.web.pages import see
from app.web.units import database_of


class Wanted(Input):
    """The sort of document that is wanted."""

    format: Format = "docx"


async def give(
    request: Request, session: Session, actor: Actor, of: PaperOf, form: Posted
) -> Response:
    """Give a paper as a document; the session only reads, and is closed while it is made."""
    wanted = read(Wanted, form).format
    require(of.round.stage, Doing.PREPARE_PACK)
    asked = asked_already(session, actor, of, wanted)
    if asked is None:
        paper = make_paper(session, actor, of)
        asked = RequestedDocument(
            person_id=actor.person_id,
            round_id=key_of(of.round),
            kind=of.kind,
            name=of.name,
            called=paper.called,
            format=wanted,
            state=DocumentState.WAITING,
            maker="",
            asked_at=now(session),
        )
        session.close()
        content = await maker_of(request).make(asked, MAKERS[wanted], paper)
        if content is not None:
            async with database_of(request).writing_in_turn() as writing:
                return hand_over(writing, actor, of, wanted, content)
    at = f"/{request.state.place.slug}/rounds/{of.round.ref}"
    return see(request, f"{at}/documents/{asked.ref}")


def hand_over(
    writing: Session, actor: Actor, of: PaperOf, taken_as: str, content: bytes
) -> Response:
    """Give a document to somebody who still reaches its paper, and record that they took it."""
    still = find_again(writing, actor, of.round.ref, of.kind, of.name)
    if still is None:
        raise NotFound
    take_paper(writing, actor, still, taken_as)
    headers = attached(f"{file_name(still)}.{taken_as}")
    return Response(content, media_type=TYPES[taken_as], headers=headers)


def file_name(of: PaperOf) -> str:
    """Name a paper's file by references alone."""
    names = [of.kind, of.round.ref, *(() if isinstance(of.to, str) else (of.name,))]
    return "-".join(names)


def attached(name: str) -> dict[str, str]:
    """Tell the browser to keep the answer as a file; the name is made of references alone."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
