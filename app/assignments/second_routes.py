"""Second auditors on the web: the coordinator says for which agencies, and what share."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Unfit, scope
from app.assignments.forms import SecondAuditors
from app.assignments.pages import SecondAuditorsPage
from app.assignments.queries import agencies_of_round
from app.assignments.second_auditors import draw_second_auditors
from app.db import Session
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing, require
from app.web.filters import plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Drawn = Annotated[Round, Depends(MayOn(Action.SECOND_AUDITORS_DRAW, find_round), scope="function")]


@router.get("/rounds/{round}/second-auditors")
async def show_second_auditors(
    request: Request, session: SessionDep, actor: ActorDep, drawn: Drawn
) -> Response:
    """Ask which agencies judge which share of their subjects twice."""
    require(drawn.stage, Doing.SECOND)
    return render(request, _page(request, session, actor, drawn))


@router.post("/rounds/{round}/second-auditors")
async def draw(
    request: Request, session: SessionDep, actor: ActorDep, drawn: Drawn, form: PostedDep
) -> Response:
    """Give a share of the subjects to agencies a second time."""
    try:
        given = read(SecondAuditors, form)
        listed = agencies_of_round(session, scope(actor, Action.SECOND_AUDITORS_DRAW), drawn)
        agencies = [agency for agency in listed if agency.ref in given.agency]
        done = draw_second_auditors(
            session, actor, drawn, agencies, share=given.percent, labels=given.named
        )
    except Unfit as unfit:
        return render(request, _page(request, session, actor, drawn, form, unfit.errors), 422)
    at = f"/{request.state.place.slug}/rounds/{drawn.ref}/assignments"
    banner = f"{plural(done.made, 'second assignment')} made. Each agency chooses a second auditor."
    if done.left_out:
        banner += (
            f" {plural(done.left_out, 'subject')} left out: a lead of the agency audits there, and "
            "would read what a second auditor answers."
        )
    return see(request, at, banner=banner)


def _page(
    request: Request,
    session: Session,
    actor: Actor,
    drawn: Round,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
) -> SecondAuditorsPage:
    agencies = agencies_of_round(session, scope(actor, Action.SECOND_AUDITORS_DRAW), drawn)
    return SecondAuditorsPage(
        at=f"/{request.state.place.slug}/rounds/{drawn.ref}",
        round_title=drawn.title,
        agencies=tuple((agency.ref, agency.name) for agency in agencies),
        chosen=tuple(form.all("agency")) if form else (),
        share=form.one("share") if form else "20",
        labels=form.one("labels") if form else "",
        errors=errors or {},
    )
