"""Search on the web. What is typed is never stored and never logged."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope
from app.search.pages import SearchPage
from app.search.queries import search
from app.search.rules import LONGEST
from app.web.guard import ActorDep, May
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Own = Annotated[Scope, Depends(May(Action.WORK_SEE), scope="function")]


@router.get("/search")
async def show_search(request: Request, session: SessionDep, actor: ActorDep, _: Own) -> Response:
    """Go to the one thing that has this reference, or list what is like it."""
    typed = request.query_params.get("q", "").replace("\x00", "").strip()[:LONGEST]
    at = f"/{request.state.place.slug}"
    hits = search(session, actor, typed)
    exact = [hit for hit in hits if hit.exact]
    if len(exact) == 1 == len(hits):
        return see(request, f"{at}/{exact[0].where}")
    return render(request, SearchPage(at=at, typed=typed, hits=hits))
