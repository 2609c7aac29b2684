"""Giving a paper away as a document: made in another process, and recorded as it goes."""

from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import Request, Response

from app.access import Actor, NotFound
from app.db import Session
from app.exports import document, portable
from app.exports.another_process import POOL
from app.exports.commands import take_paper
from app.exports.document import paper_document
from app.exports.paper import Paper
from app.exports.portable import paper_pdf
from app.exports.queries import PaperOf, find_again
from app.exports.wording import make_paper
from app.rounds.rules import Doing, require
from app.web.forms import Input, Posted, read
from app.web.units import database_of

Format = Literal["docx", "pdf"]
MAKERS: Mapping[Format, Callable[[Paper], bytes]] = {"docx": paper_document, "pdf": paper_pdf}
TYPES: Mapping[Format, str] = {"docx": document.TYPE, "pdf": portable.TYPE}


class Wanted(Input):
    """The sort of document that is wanted."""

    format: Format = "docx"


async def give(
    request: Request, session: Session, actor: Actor, of: PaperOf, form: Posted
) -> Response:
    """Give a paper as a document; the session only reads, and is closed while it is made."""
    wanted = read(Wanted, form).format
    require(of.round.stage, Doing.PREPARE_PACK)
    paper = make_paper(session, actor, of)
    session.close()
    content = await POOL.run(MAKERS[wanted], paper)
    async with database_of(request).writing_in_turn() as writing:
        still = find_again(writing, actor, of)
        if still is None:
            raise NotFound
        take_paper(writing, actor, still, wanted)
    return Response(content, media_type=TYPES[wanted], headers=attached(_file_name(of, wanted)))


def _file_name(of: PaperOf, wanted: Format) -> str:
    names = [of.kind, of.round.ref, *(() if isinstance(of.to, str) else (of.name,))]
    return f"{'-'.join(names)}.{wanted}"


def attached(name: str) -> dict[str, str]:
    """Tell the browser to keep the answer as a file; the name is made of references alone."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
