"""Moving a round from stage to stage on the web, after a page that says what will happen."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound, Unfit
from app.db import Session
from app.rounds.commands import coordinates, move_round
from app.rounds.models import Round
from app.rounds.moves import MEANS, worth_knowing
from app.rounds.pages import Head, MoveRow, StagePage
from app.rounds.plans import Move
from app.rounds.queries import find_round, moves_of
from app.rounds.readiness import missing_for
from app.rounds.rules import (
    IN_VIEW_OF_AGENCIES,
    Stage,
    check_move,
    check_mover,
    next_stage,
    stage_before,
    what_changes,
)
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

Moved = Annotated[Round, Depends(MayOn(Action.ROUND_MOVE, find_round), scope="function")]


@router.get("/stage")
async def show_stage(
    request: Request, session: SessionDep, actor: ActorDep, seen: Moved, to: str = ""
) -> Response:
    """Say what moving the round on, or back, would do, and what is still missing."""
    wanted = _stage(to) if to else next_stage(Stage(seen.stage))
    if to and wanted is None:
        raise NotFound
    return render(request, _page(request, session, actor, seen, wanted))


@router.post("/stage")
async def move(
    request: Request, session: SessionDep, actor: ActorDep, seen: Moved, form: PostedDep
) -> Response:
    """Move the round."""
    try:
        given = read(Move, form)
        move_round(session, actor, seen, given, request.app.state.round_readiness)
    except Unfit as unfit:
        to = _stage(form.one("to"))
        if to is None:
            raise
        page = _page(request, session, actor, seen, to, unfit.errors)
        return render(request, page, 422)
    return see(request, _at(request, seen), f"The round is now at “{Stage(seen.stage).words}”")


def _stage(text: str) -> Stage | None:
    return next((stage for stage in Stage if stage == text), None)


def _page(
    request: Request,
    session: Session,
    actor: Actor,
    seen: Round,
    to: Stage | None,
    errors: dict[str, str] | None = None,
) -> StagePage:
    stage = Stage(seen.stage)
    check_mover(stage, coordinates=coordinates(actor))
    if to is not None:
        check_move(stage, to)
    starts, stops = what_changes(stage, to or stage)
    asked = request.app.state.round_readiness
    return StagePage(
        of=Head(_at(request, seen), seen.title, seen.version),
        stage=stage,
        to=to,
        back=to is not None and to is stage_before(stage),
        returns=to is not None and stage_before(to) is stage,
        starts=starts,
        stops=stops,
        to_agencies=to in IN_VIEW_OF_AGENCIES and stage not in IN_VIEW_OF_AGENCIES,
        missing=missing_for(session, seen, to, asked) if to else [],
        means=MEANS[to] if to else "",
        notes=worth_knowing(session, seen, to, request.app.state.round_notes) if to else [],
        moves=_moves(session, seen),
        errors=errors or {},
    )


def _moves(session: Session, seen: Round) -> list[MoveRow]:
    return [
        MoveRow(Stage(row.came_from), Stage(row.went_to), row.reason, row.at, name)
        for row, name in moves_of(session, seen)
    ]


def _at(request: Request, seen: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{seen.ref}"
