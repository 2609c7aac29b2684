"""Rounds on the web: the list, a new round, and one round's page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Scope, Unfit, holds, scope
from app.db import Session, new_reference, today
from app.library.queries import pinned_tool
from app.rounds.commands import create_round
from app.rounds.kept import gone_from, hold_on
from app.rounds.models import Round
from app.rounds.offered import offered_tools, tool_address
from app.rounds.onward import Ahead, steps_from
from app.rounds.overview import changeable_by, due_days, next_steps, row_of, terms_of
from app.rounds.pages import ChooseToolPage, NewRoundPage, RoundPage, RoundsPage, StageTable
from app.rounds.plans import DAYS, NewRound
from app.rounds.queries import count_rounds, find_round, rounds_in_view, strands_of
from app.rounds.readiness import missing_for
from app.rounds.rules import Stage
from app.rounds.stage_table import stage_rows
from app.rounds.taking_part import party_of
from app.tools import Tool
from app.web.days import fold_days
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundSeen = Annotated[Round, Depends(MayOn(Action.ROUND_SEE, find_round), scope="function")]
RoundsSeen = Annotated[Scope, Depends(May(Action.ROUND_SEE), scope="function")]
RoundsPlanned = Annotated[Scope, Depends(May(Action.ROUND_PLAN), scope="function")]
MOST_EARLIER = 10
"""Rounds offered to start from; any other is started from its own page."""


@router.get("/rounds")
async def list_rounds(
    request: Request, session: SessionDep, actor: ActorDep, within: RoundsSeen, page: str = ""
) -> Response:
    """List the rounds in view, newest first."""
    total = count_rounds(session, within)
    number = page_number(page, total)
    found = rounds_in_view(session, within, skip=(number - 1) * ROWS, most=ROWS)
    rows = [row_of(each, today(session)) for each in found]
    listed = paged(rows, number, total, f"{_at(request)}?page=")
    keeps = holds(actor, Action.RETENTION_KEEP)
    keeping = f"/{request.state.place.slug}/retention" if keeps else ""
    return render(
        request, RoundsPage(_at(request), listed, holds(actor, Action.ROUND_PLAN), keeping)
    )


@router.get("/rounds/new")
async def new_round(
    request: Request, session: SessionDep, within: RoundsPlanned, tool: str = "", chosen: str = ""
) -> Response:
    """Choose an audit tool version, then write the plan of a round on it."""
    if not tool and not chosen:
        return render(request, _choose_tool(request, session, within, {}))
    found = _find_tool(request, tool)
    if found is None:
        errors = {"tool": "Choose an audit tool from the list"}
        return render(request, _choose_tool(request, session, within, errors), 422)
    return render(request, _new(request, found, Posted({}), {}))


@router.post("/rounds")
async def create(
    request: Request, session: SessionDep, actor: ActorDep, within: RoundsPlanned, form: PostedDep
) -> Response:
    """Create a round in draft."""
    tool = _find_tool(request, form.one("tool"))
    if tool is None:
        errors = {"tool": "Choose an audit tool from the list"}
        return render(request, _choose_tool(request, session, within, errors), 422)
    try:
        made = create_round(session, actor, tool, read(NewRound, fold_days(form, *DAYS)))
    except Unfit as unfit:
        return render(request, _new(request, tool, form, unfit.errors), 422)
    return see(request, f"{_at(request)}/{made.ref}/planning", "Round created")


@router.get("/rounds/{round}")
async def show_round(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundSeen
) -> Response:
    """Show one round's plan and what its stage allows."""
    tool = pinned_tool(session, seen.tool_version_id)
    strands, party = strands_of(session, seen), party_of(session, seen)
    stage = Stage(seen.stage)
    forward, back = next_steps(actor, seen)
    asked, held = request.app.state.round_readiness, hold_on(session, seen)
    ahead = Ahead(seen, f"/{request.state.place.slug}", strands, party)
    return render(
        request,
        RoundPage(
            at=f"{_at(request)}/{seen.ref}",
            rounds=_at(request),
            seen=seen,
            tool=tool,
            tool_address=tool_address(request, tool) if holds(actor, Action.TOOL_SEE) else "",
            strands=strands,
            party=party,
            days=due_days(seen, today(session)),
            held=held,
            says_why=held is not None and _reads_trail(session, actor, seen),
            gone=gone_from(session, seen),
            may_keep=holds(actor, Action.RETENTION_KEEP),
            terms=terms_of(session, seen, tool),
            table=StageTable(tuple(Stage), stage_rows(), stage),
            steps=steps_from(session, actor, ahead, request.app.state.round_progress),
            changeable=changeable_by(actor, stage),
            next_stage=forward,
            stage_before=back,
            missing=missing_for(session, seen, forward, asked) if forward else [],
        ),
    )


def _at(request: Request) -> str:
    return f"/{request.state.place.slug}/rounds"


def _reads_trail(session: Session, actor: Actor, seen: Round) -> bool:
    """Whether somebody reads all of a round: why it is held may be about one of its agencies."""
    return find_round(session, scope(actor, Action.TRAIL_SEE), {"round": seen.ref}) is not None


def _find_tool(request: Request, chosen: str) -> Tool | None:
    """Find the version that a form names (`mash.1`), unless it is no longer what was locked."""
    offered = {name: tool for name, tool, _ in offered_tools(request)}
    return offered.get(chosen)


def _choose_tool(
    request: Request, session: Session, within: Scope, errors: dict[str, str]
) -> ChooseToolPage:
    found = rounds_in_view(session, within, most=MOST_EARLIER)
    earlier = [(each.ref, each.title) for each in found]
    offered = offered_tools(request)
    newest = {tool.slug: tool.version for _, tool, _ in reversed(offered)}
    older = frozenset(name for name, tool, _ in offered if tool.version < newest[tool.slug])
    return ChooseToolPage(_at(request), offered, older, earlier, errors)


def _new(request: Request, tool: Tool, values: Posted, errors: dict[str, str]) -> NewRoundPage:
    standing = next(standing for _, each, standing in offered_tools(request) if each is tool)
    chosen, ref = f"{tool.slug}.{tool.version}", values.one("ref") or new_reference()
    return NewRoundPage(_at(request), tool, standing, chosen, ref, values, errors)
