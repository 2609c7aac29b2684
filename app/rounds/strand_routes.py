"""The tool version of a round and its strands on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.db import Session
from app.library.queries import pinned_tool
from app.library.rules import asked_kinds
from app.rounds.addresses import head_of, see_plan
from app.rounds.models import Round
from app.rounds.offered import offered_tools, tool_address
from app.rounds.pages import PreviewLink, StrandsPage, VersionPage
from app.rounds.plans import ChosenStrands, ChosenVersion
from app.rounds.queries import find_round, strands_of
from app.rounds.rules import Doing, require
from app.rounds.strands import choose_strands, choose_version
from app.rounds.taking_part import agencies_of
from app.tools import AgencyKind, Tool
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundOnATool = Annotated[Round, Depends(MayOn(Action.ROUND_PLAN, find_round), scope="function")]


@router.get("/tool-version")
async def edit_version(request: Request, session: SessionDep, seen: RoundOnATool) -> Response:
    """Show the version of the tool that the round uses, and how each agency meets it."""
    require(seen.stage, Doing.STRANDS)
    return render(request, _version(request, session, seen, None, {}))


@router.post("/tool-version")
async def save_version(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundOnATool, form: PostedDep
) -> Response:
    """Put the round on another version of its tool."""
    try:
        given = read(ChosenVersion, form)
        tool = _version_chosen(request, session, seen, given.tool)
        choose_version(session, actor, seen, tool, given.version)
    except Unfit as unfit:
        return render(request, _version(request, session, seen, form, unfit.errors), 422)
    return see_plan(request, seen, "Tool version chosen")


@router.get("/strands")
async def edit_strands(request: Request, session: SessionDep, seen: RoundOnATool) -> Response:
    """Show the question sets of the tool, those in use ticked."""
    require(seen.stage, Doing.STRANDS)
    tool = pinned_tool(session, seen.tool_version_id)
    chosen = [each.question_set for each in strands_of(session, seen)]
    return render(request, StrandsPage(head_of(request, seen), tool, chosen))


@router.post("/strands")
async def save_strands(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundOnATool, form: PostedDep
) -> Response:
    """Say which question sets the round uses."""
    tool = pinned_tool(session, seen.tool_version_id)
    try:
        choose_strands(session, actor, seen, tool, read(ChosenStrands, form))
    except Unfit as unfit:
        head, chosen = head_of(request, seen, form), form.all("question_sets")
        return render(request, StrandsPage(head, tool, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Strands chosen")


def _version_chosen(request: Request, session: Session, seen: Round, name: str) -> Tool:
    slug = pinned_tool(session, seen.tool_version_id).slug
    for each, tool, _ in offered_tools(request):
        if each == name and tool.slug == slug:
            return tool
    raise Unfit({"tool": "Choose a version from the list"})


def _version(
    request: Request, session: Session, seen: Round, form: Posted | None, errors: dict[str, str]
) -> VersionPage:
    tool = pinned_tool(session, seen.tool_version_id)
    versions = [row for row in offered_tools(request) if row[1].slug == tool.slug]
    now = f"{tool.slug}.{tool.version}"
    others = [name for name, *_ in versions if name != now]
    return VersionPage(
        of=head_of(request, seen, form),
        tool=tool,
        tool_address=tool_address(request, tool),
        previews=_previews(request, session, seen, tool),
        versions=versions if others else [],
        chosen=form.one("tool") if form else now,
        errors=errors,
    )


def _previews(request: Request, session: Session, seen: Round, tool: Tool) -> list[PreviewLink]:
    """Link each strand as each kind of agency of the round meets it; every kind, before any is."""
    at = tool_address(request, tool)
    kinds = {AgencyKind(agency.kind) for agency in agencies_of(session, seen)}
    return [
        PreviewLink(each.title, kind.words, f"{at}/{each.question_set}/preview?kind={kind.value}")
        for each in (strands_of(session, seen) if at else ())
        for kind in asked_kinds(tool.question_set[each.question_set])
        if not kinds or kind in kinds
    ]
