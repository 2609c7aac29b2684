"""The trail on the web: of a round, and of the partnership's own house."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope
from app.db import Session
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.trail.pages import TrailPage
from app.trail.queries import Wanted, count_events, events_in, kinds_in, people_in
from app.trail.rules import day, wrong_days
from app.web.guard import May, MayOn
from app.web.pages import render
from app.web.paging import page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundTrailed = Annotated[Round, Depends(MayOn(Action.TRAIL_SEE, find_round), scope="function")]
HouseKept = Annotated[Scope, Depends(May(Action.PEOPLE_MANAGE), scope="function")]

FILTERS = ("what", "who", "since", "until")


@dataclass(frozen=True)
class _Of:
    """Whose trail it is."""

    scope: str
    at: str
    title: str
    house: bool = False


@router.get("/rounds/{round}/trail")
async def show_trail(request: Request, session: SessionDep, trailed: RoundTrailed) -> Response:
    """Show who did what in a round, and when: everything, or what the filters leave."""
    at = f"/{request.state.place.slug}/rounds/{trailed.ref}"
    return _show(request, session, _Of(trailed.ref, at, trailed.title))


@router.get("/trail")
async def show_house_trail(request: Request, session: SessionDep, _: HouseKept) -> Response:
    """Show what was done about people, roles, agencies and subgroups: who, what and when."""
    place = request.state.place
    return _show(request, session, _Of(place.slug, f"/{place.slug}", place.name, house=True))


def _show(request: Request, session: Session, of: _Of) -> Response:
    asked = request.query_params
    typed = {name: asked.get(name, "").replace("\x00", "").strip()[:40] for name in FILTERS}
    given = {name: value for name, value in typed.items() if value}
    errors = wrong_days(typed)
    since, until = (None, None) if errors else (day(typed["since"]), day(typed["until"]))
    wanted = Wanted(typed["what"], typed["who"], since, until)
    total = count_events(session, of.scope, wanted)
    number = page_number(asked.get("page", ""), total)
    entries = events_in(session, of.scope, wanted, number)
    address = f"{of.at}/trail?{urlencode([*given.items(), _PAGE])}"
    page = TrailPage(
        at=of.at,
        title=of.title,
        house=of.house,
        entries=paged(entries, number, total, address),
        kinds=kinds_in(session, of.scope),
        people=people_in(session, of.scope),
        typed=typed,
        filtered=bool(given),
        errors=errors,
    )
    return render(request, page, 422 if errors else 200)


_PAGE = ("page", "")
"""The number of the page goes last, where the links put it."""
