"""A requested document on the web: how far it is, and the file once it is there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound, NotNow
from app.db import Session, now
from app.exports.giving import hand_over
from app.exports.pages import DocumentPage
from app.exports.queries import PaperOf, find_again
from app.exports.requested import DocumentOf, ahead_of, content_of, find_document
from app.exports.rules import KEPT, DocumentState, stands
from app.rounds.rules import Doing, require
from app.web.forms import Input, PostedDep, read
from app.web.guard import ActorDep, MayOn, PasswordLately
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/documents/{document}")

DocumentAsked = Annotated[
    DocumentOf, Depends(MayOn(Action.WORK_SEE, find_document), scope="function")
]
NOTHING_NEW = 204


class Taken(Input):
    """Nothing is asked when a document is taken."""


def _paper(session: Session, actor: Actor, asked: DocumentOf) -> PaperOf:
    """Return the paper, if whoever asked for the document still reaches it."""
    document, of = asked
    found = find_again(session, actor, of.ref, document.kind, document.name)
    if found is None:
        raise NotFound
    require(of.stage, Doing.PREPARE_PACK)
    return found


@router.get("")
async def show_document(
    request: Request, session: SessionDep, actor: ActorDep, asked: DocumentAsked, shown: str = ""
) -> Response:
    """Show how far a document is; to a page that looks again, only what is new."""
    document, of = asked
    paper = _paper(session, actor, asked)
    state = stands(document.state, document.asked_at, now(session))
    at = f"/{request.state.place.slug}/rounds/{of.ref}"
    ahead = ahead_of(session, document) if state is DocumentState.WAITING else 0
    page = DocumentPage(
        document=document,
        round=of,
        state=state,
        ahead=ahead,
        shown=f"{state}-{ahead}",
        until=document.asked_at + KEPT,
        here=f"{at}/documents/{document.ref}",
        paper=f"{at}/{paper.where}",
    )
    if shown == page.shown:
        return Response(status_code=NOTHING_NEW)
    return render(request, page)


@router.post("/file", dependencies=[PasswordLately])
async def give_document(
    request: Request, session: SessionDep, actor: ActorDep, asked: DocumentAsked, form: PostedDep
) -> Response:
    """Give a document that is there; of any other its page says how far it is."""
    read(Taken, form)
    paper = _paper(session, actor, asked)
    document, content = asked.document, content_of(session, asked.document)
    if content is not None:
        return hand_over(session, actor, paper, document.format, content)
    if document.state == DocumentState.READY:
        raise NotNow("What was made is damaged. Go to the page of the paper, and make it again.")
    return see(request, request.url.path.removesuffix("/file"))
