"""My work on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope, holds
from app.concerns.queries import advice_of
from app.db import today
from app.home.answering import assignments_of, carry_on, to_answer
from app.home.chasing import chase_list
from app.home.pages import MyWorkPage
from app.home.queries import agency_actions, house_of, open_actions_of, seats_of
from app.home.running import rounds_run_by
from app.home.signing_off import queues_of
from app.web.guard import ActorDep, May
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Own = Annotated[Scope, Depends(May(Action.WORK_SEE), scope="function")]


@router.get("/my-work")
async def my_work(request: Request, session: SessionDep, actor: ActorDep, _: Own) -> Response:
    """Show what is waiting for the person who is signed in."""
    work = assignments_of(session, actor)
    now = today(session)
    manages_people = holds(actor, Action.PEOPLE_MANAGE)
    advises = holds(actor, Action.CONCERN_ADVISE)
    at = f"/{request.state.place.slug}"
    page = MyWorkPage(
        at=at,
        carry_on=carry_on(session, work, actor.person_id),
        to_answer=to_answer(work, now),
        done=[each for each in work if not each.open],
        queues=queues_of(session, actor, now),
        rounds=rounds_run_by(session, actor),
        chase=chase_list(session, actor, now),
        actions=open_actions_of(session, actor, now),
        of_agency=agency_actions(session, actor, now),
        seats=seats_of(session, actor, now),
        house=house_of(session, actor),
        calendar=f"{at}/calendar" if holds(actor, Action.CALENDAR_KEEP) else "",
        manages_people=manages_people,
        may_plan=holds(actor, Action.ROUND_PLAN),
        advice=f"{at}/danger-advice" if advises else "",
        advice_is_default=advises and not advice_of(session, actor.partnership_id).version,
        not_configured=request.app.state.settings.not_configured if manages_people else (),
    )
    return render(request, page)
