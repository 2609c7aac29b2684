"""The chase list on the web: how far each agency is, and whom to ask."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, holds
from app.db import today
from app.responses.pages import ReturnsPage
from app.responses.returns import back_with_agencies, returns_of
from app.rounds.models import Round
from app.rounds.queries import find_whole_round
from app.rounds.rules import IN_VIEW_OF_AGENCIES, Doing, allows
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundChased = Annotated[
    Round, Depends(MayOn(Action.ASSIGNMENT_SEE, find_whole_round), scope="function")
]


@router.get("/rounds/{round}/returns")
async def show_returns(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundChased
) -> Response:
    """Show, agency by agency, what is still waited for and whom to ask for it."""
    home = f"/{request.state.place.slug}"
    page = ReturnsPage(
        at=f"{home}/rounds/{seen.ref}",
        people=f"{home}/people" if holds(actor, Action.PEOPLE_MANAGE) else "",
        round_title=seen.title,
        due=seen.returns_due,
        agencies=returns_of(session, seen, today(session)),
        back=back_with_agencies(session, seen),
        in_view=seen.stage in IN_VIEW_OF_AGENCIES,
        may_be_sent=allows(seen.stage, Doing.ANSWER),
    )
    return render(request, page)
