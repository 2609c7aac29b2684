"""Audit tools on the web: the library, a version, its preview and its printable booklet."""

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound
from app.library.pages import (
    BookletPage,
    PreviewPage,
    SetOverview,
    ToolPage,
    ToolsPage,
    VersionRow,
)
from app.library.queries import Tools, load_standings
from app.library.rules import Counts, as_met_by, counts_of
from app.tools import AgencyKind, QuestionSet, Tool, changes
from app.web.guard import May
from app.web.pages import render

router = APIRouter(prefix="/{partnership}", dependencies=[Depends(May(Action.TOOL_SEE))])


@router.get("/audit-tools")
async def list_tools(request: Request) -> Response:
    """List the audit tools on file."""
    slugs = dict.fromkeys(slug for slug, _ in sorted(_tools(request)))
    return render(request, ToolsPage([_versions(request, slug) for slug in slugs]))


@router.get("/audit-tools/{tool}/{version}")
async def show_tool(request: Request, tool: str, version: str) -> Response:
    """Show one version of an audit tool."""
    found = _tool(request, tool, version)
    versions = _versions(request, tool)
    standing = next(row.standing for row in versions if row.tool is found)
    before = next((row.tool for row in versions if row.tool.version < found.version), None)
    page = ToolPage(
        at=_list(request),
        tool=found,
        standing=standing,
        versions=versions,
        before=before.version if before else None,
        differences=[each.words for each in changes(before, found)] if before else [],
        sets=[_overview(request, found, each) for each in found.question_sets],
    )
    return render(request, page)


@router.get("/audit-tools/{tool}/{version}/{question_set}/preview")
async def preview(
    request: Request, tool: str, version: str, question_set: str, kind: str = ""
) -> Response:
    """Show a question set as one kind of agency meets it."""
    found = _tool(request, tool, version)
    chosen = _question_set(found, question_set)
    kinds = _kinds(counts_of(chosen))
    agency_kind = _kind(kind or kinds[0][0])
    at = _address(request, found)
    sections = as_met_by(chosen, agency_kind)
    return render(request, PreviewPage(at, found, chosen, agency_kind, kinds, sections))


@router.get("/audit-tools/{tool}/{version}/{question_set}/booklet")
async def booklet(
    request: Request, tool: str, version: str, question_set: str, kind: str = ""
) -> Response:
    """Lay a blank question set out for printing."""
    found = _tool(request, tool, version)
    chosen = _question_set(found, question_set)
    agency_kind = _kind(kind or _kinds(counts_of(chosen))[0][0])
    at = _address(request, found)
    sections = as_met_by(chosen, agency_kind)
    return render(request, BookletPage(at, found, chosen, agency_kind, sections))


def _tools(request: Request) -> Tools:
    tools: Tools = request.app.state.tools
    return tools


def _tool(request: Request, slug: str, version: str) -> Tool:
    versions = (each for (name, _), each in _tools(request).items() if name == slug)
    found = next((each for each in versions if str(each.version) == version), None)
    if found is None:
        raise NotFound
    return found


def _question_set(tool: Tool, name: str) -> QuestionSet:
    found = tool.question_set.get(name)
    if found is None:
        raise NotFound
    return found


def _kind(text: str) -> AgencyKind:
    try:
        return AgencyKind(text)
    except ValueError:
        raise NotFound from None


def _kinds(counts: tuple[Counts, ...]) -> list[tuple[str, str]]:
    asked = {kind for row in counts for kind in row.kinds}
    return [(kind.value, kind.words) for kind in AgencyKind if kind in asked]


def _overview(request: Request, tool: Tool, question_set: QuestionSet) -> SetOverview:
    counts = counts_of(question_set)
    address = f"{_address(request, tool)}/{question_set.id}"
    return SetOverview(question_set, counts, _kinds(counts), address)


def _versions(request: Request, slug: str) -> list[VersionRow]:
    standings = load_standings(request.app.state.settings.audit_tools)
    versions = sorted((key for key in _tools(request) if key[0] == slug), reverse=True)
    return [
        VersionRow(_tools(request)[key], standings[key], _address(request, _tools(request)[key]))
        for key in versions
    ]


def _list(request: Request) -> str:
    return f"/{request.state.place.slug}/audit-tools"


def _address(request: Request, tool: Tool) -> str:
    return f"{_list(request)}/{tool.slug}/{tool.version}"
