"""The trail on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.access import Action
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.trail.pages import TrailPage
from app.trail.queries import PER_PAGE, events_of_round
from app.web.guard import MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundTrailed = Annotated[Round, Depends(MayOn(Action.TRAIL_SEE, find_round), scope="function")]


@router.get("/rounds/{round}/trail")
async def show_trail(
    request: Request,
    session: SessionDep,
    trailed: RoundTrailed,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show who did what in a round, and when."""
    at = f"/{request.state.place.slug}/rounds/{trailed.ref}"
    entries, total = events_of_round(session, trailed, page)
    more = page * PER_PAGE < total
    return render(
        request,
        TrailPage(
            at=at,
            title=trailed.title,
            entries=entries,
            total=total,
            previous=f"{at}/trail?page={page - 1}" if page > 1 else None,
            next=f"{at}/trail?page={page + 1}" if more else None,
        ),
    )
