"""My work on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope, holds
from app.db import today
from app.home.answering import assignments_of, carry_on
from app.home.pages import MyWorkPage
from app.home.queries import open_actions_of, subgroups_sat_on
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
    manages_people = holds(actor, Action.PEOPLE_MANAGE)
    page = MyWorkPage(
        at=f"/{request.state.place.slug}",
        today=today(session),
        carry_on=carry_on(session, work),
        work=work,
        queues=queues_of(session, actor),
        rounds=rounds_run_by(session, actor),
        actions=open_actions_of(session, actor),
        subgroups=subgroups_sat_on(session, actor),
        manages_people=manages_people,
        may_plan=holds(actor, Action.ROUND_PLAN),
        not_configured=request.app.state.settings.not_configured if manages_people else (),
    )
    return render(request, page)
