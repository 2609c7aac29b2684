"""Starting a round from an earlier one on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotNow, Unfit
from app.db import Session, new_reference
from app.library.queries import pinned_tool
from app.library.rules import Standing
from app.rounds.addresses import head_of
from app.rounds.copying import Copying, copy_round, copying_of
from app.rounds.models import Round
from app.rounds.offered import offered_tools
from app.rounds.pages import CopyPage
from app.rounds.plans import DAYS, CopiedRound
from app.rounds.queries import find_round
from app.web.days import fold_days
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

Earlier = Annotated[Round, Depends(MayOn(Action.ROUND_PLAN, find_round), scope="function")]


@router.get("/copy")
async def offer_copy(request: Request, session: SessionDep, seen: Earlier) -> Response:
    """Say what of a round a new one would begin with, and ask for its title and dates."""
    copying = _copying(request, session, seen)
    return render(request, _page(request, seen, copying, Posted({}), {}))


@router.post("/copy")
async def copy(
    request: Request, session: SessionDep, actor: ActorDep, seen: Earlier, form: PostedDep
) -> Response:
    """Create a round in draft from this one."""
    copying = _copying(request, session, seen)
    if copying is None:
        raise NotNow("No locked version of the tool can be used for it any more.")
    try:
        given = read(CopiedRound, fold_days(form, *DAYS))
        made = copy_round(session, actor, copying, given)
    except Unfit as unfit:
        return render(request, _page(request, seen, copying, form, unfit.errors), 422)
    address = f"/{request.state.place.slug}/rounds/{made.ref}/planning"
    return see(request, address, "Round created. Look at each part of its plan once more")


def _copying(request: Request, session: Session, seen: Round) -> Copying | None:
    """Look at what could come along onto the newest locked version; None if there is none."""
    slug = pinned_tool(session, seen.tool_version_id).slug
    for _, tool, standing in offered_tools(request):
        if tool.slug == slug and standing is Standing.LOCKED:
            copying = copying_of(session, seen, tool)
            return copying if copying.question_sets else None
    return None


def _page(
    request: Request, seen: Round, copying: Copying | None, values: Posted, errors: dict[str, str]
) -> CopyPage:
    ref = values.one("ref") or new_reference()
    return CopyPage(head_of(request, seen), copying, ref, values, errors)
