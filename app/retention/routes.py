"""Retention on the web: the dry run, the purge, and legal holds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope, Unfit
from app.retention.commands import lift_hold, place_hold, purge
from app.retention.forms import ConfirmedPurge, LiftedHold, PlacedHold
from app.retention.pages import HoldPage, PurgePage, RetentionListPage
from app.retention.queries import closed_rounds, count_closed, standing_of
from app.rounds.kept import hold_on
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing, require
from app.web.filters import plural
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, May, MayOn, PasswordLately
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Within = Annotated[Scope, Depends(May(Action.RETENTION_KEEP), scope="function")]
RoundKept = Annotated[Round, Depends(MayOn(Action.RETENTION_KEEP, find_round), scope="function")]


@router.get("/retention")
async def list_closed(
    request: Request, session: SessionDep, within: Within, page: str = ""
) -> Response:
    """List the closed rounds, with what of each may go and how much that is."""
    total = count_closed(session, within)
    number = page_number(page, total)
    found = closed_rounds(session, within, (number - 1) * ROWS, ROWS)
    here = f"/{request.state.place.slug}"
    listed = paged(found, number, total, f"{here}/retention?page=")
    return render(request, RetentionListPage(f"{here}/rounds", listed))


@router.get("/rounds/{round}/purge", dependencies=[PasswordLately])
async def confirm_purge(request: Request, session: SessionDep, seen: RoundKept) -> Response:
    """Say what would go for good."""
    require(seen.stage, Doing.PURGE)
    page = PurgePage(_at(request, seen), standing_of(session, seen), _home(request))
    return render(request, page)


@router.post("/rounds/{round}/purge", dependencies=[PasswordLately])
async def do_purge(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundKept, form: PostedDep
) -> Response:
    """Let it go for good."""
    try:
        rows = purge(session, actor, seen, read(ConfirmedPurge, form))
    except Unfit as unfit:
        require(seen.stage, Doing.PURGE)
        of, typed = standing_of(session, seen), form.one("title")
        page = PurgePage(_at(request, seen), of, _home(request), typed, unfit.errors)
        return render(request, page, 422)
    gone = plural(sum(rows.values()), "row")
    return see(request, _at(request, seen), f"Purged: {gone}")


@router.get("/rounds/{round}/hold")
async def show_hold(request: Request, session: SessionDep, seen: RoundKept) -> Response:
    """Show the legal hold on a round, or ask for the reason of one."""
    require(seen.stage, Doing.HOLD)
    return render(request, HoldPage(_at(request, seen), seen.title, hold_on(session, seen)))


@router.post("/rounds/{round}/hold")
async def do_hold(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundKept, form: PostedDep
) -> Response:
    """Put a legal hold on a round."""
    try:
        place_hold(session, actor, seen, read(PlacedHold, form))
    except Unfit as unfit:
        typed, held = form.one("reason"), hold_on(session, seen)
        page = HoldPage(_at(request, seen), seen.title, held, typed, unfit.errors)
        return render(request, page, 422)
    return see(request, _at(request, seen), "Legal hold placed: nothing of this round can go")


@router.post("/rounds/{round}/hold/end")
async def end_hold(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundKept, form: PostedDep
) -> Response:
    """Lift the legal hold on a round."""
    read(LiftedHold, form)
    lift_hold(session, actor, seen)
    return see(request, _at(request, seen), "Legal hold lifted")


def _home(request: Request) -> str:
    return f"/{request.state.place.slug}/retention"


def _at(request: Request, seen: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{seen.ref}"
