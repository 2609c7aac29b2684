"""The trail on the web."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.trail.pages import TrailPage
from app.trail.queries import (
    Wanted,
    count_events,
    events_of_round,
    kinds_of_round,
    people_of_round,
)
from app.trail.rules import day, wrong_days
from app.web.guard import MayOn
from app.web.pages import render
from app.web.paging import page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundTrailed = Annotated[Round, Depends(MayOn(Action.TRAIL_SEE, find_round), scope="function")]

FILTERS = ("what", "who", "since", "until")


@router.get("/rounds/{round}/trail")
async def show_trail(request: Request, session: SessionDep, trailed: RoundTrailed) -> Response:
    """Show who did what in a round, and when: everything, or what the filters leave."""
    at = f"/{request.state.place.slug}/rounds/{trailed.ref}"
    asked = request.query_params
    typed = {name: asked.get(name, "").replace("\x00", "").strip()[:40] for name in FILTERS}
    given = {name: value for name, value in typed.items() if value}
    errors = wrong_days(typed)
    since, until = (None, None) if errors else (day(typed["since"]), day(typed["until"]))
    wanted = Wanted(typed["what"], typed["who"], since, until)
    total = count_events(session, trailed, wanted)
    number = page_number(asked.get("page", ""), total)
    entries = events_of_round(session, trailed, wanted, number)
    page = TrailPage(
        at=at,
        title=trailed.title,
        entries=paged(entries, number, total, f"{at}/trail?{urlencode([*given.items(), _PAGE])}"),
        kinds=kinds_of_round(session, trailed),
        people=people_of_round(session, trailed),
        typed=typed,
        filtered=bool(given),
        errors=errors,
    )
    return render(request, page, 422 if errors else 200)


_PAGE = ("page", "")
"""The number of the page goes last, where the links put it."""
