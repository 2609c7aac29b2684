"""Audit tools on the web: the library, a version, its preview and its printable booklet."""

from collections.abc import Container

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound
from app.library.following import Sought, kinds_of, subjects_of, themes_of
from app.library.pages import (
    BookletPage,
    DifferencesPage,
    PreviewPage,
    SetOverview,
    ToolPage,
    ToolsPage,
    VersionRow,
)
from app.library.queries import Tools, load_standings
from app.library.rules import Counts, as_met_by, counts_of
from app.tools import AgencyKind, QuestionSet, Tool, changes
from app.tools.parts import tidy
from app.web.guard import May
from app.web.pages import render

router = APIRouter(prefix="/{partnership}", dependencies=[Depends(May(Action.TOOL_SEE))])

LONGEST_SEARCH = 100


@router.get("/audit-tools")
async def list_tools(request: Request) -> Response:
    """List the audit tools on file, or those that have what is looked for."""
    tools = _tools(request)
    slugs = dict.fromkeys(slug for slug, _ in sorted(tools))
    subjects, themes, kinds = subjects_of(tools), themes_of(tools), kinds_of(tools)
    sought = _sought(request, dict(subjects), themes, dict(kinds))
    listed = [_versions(request, slug) for slug in slugs]
    page = ToolsPage(
        at=_list(request),
        tools=[versions for versions in listed if sought.fits(versions[0].tool)],
        sought=sought,
        on_file=len(listed),
        subjects=[("", "Anything"), *subjects],
        themes=[("", "Any theme"), *themes.items()],
        kinds=[("", "Any kind of agency"), *kinds],
        follow=f"/{request.state.place.slug}/themes/{sought.theme}" if sought.theme else "",
    )
    return render(request, page)


def _sought(
    request: Request, subjects: Container[str], themes: Container[str], kinds: Container[str]
) -> Sought:
    """Read what is looked for; what there is nothing of is as if it were not asked for."""

    def one_of(name: str, known: Container[str]) -> str:
        typed = request.query_params.get(name, "")
        return typed if typed in known else ""

    return Sought(
        text=tidy(request.query_params.get("text", "")).strip()[:LONGEST_SEARCH],
        subject=one_of("subject", subjects),
        theme=one_of("theme", themes),
        kind=one_of("kind", kinds),
    )


@router.get("/audit-tools/{tool}/{version}")
async def show_tool(request: Request, tool: str, version: str) -> Response:
    """Show one version of an audit tool."""
    found = _tool(request, tool, version)
    versions = _versions(request, tool)
    standing = next(row.standing for row in versions if row.tool is found)
    before = next((row.tool for row in versions if row.tool.version < found.version), None)
    page = ToolPage(
        at=_list(request),
        follow=f"/{request.state.place.slug}",
        tool=found,
        standing=standing,
        versions=versions,
        before=before.version if before else None,
        differences=[each.words for each in changes(before, found)] if before else [],
        sets=[_overview(request, found, each) for each in found.question_sets],
    )
    return render(request, page)


@router.get("/audit-tools/{tool}/{version}/differences")
async def show_differences(request: Request, tool: str, version: str, since: str = "") -> Response:
    """Say in words what differs between two versions: from the older to the newer."""
    one = _tool(request, tool, version)
    versions = [row.tool for row in _versions(request, tool)]
    others = [each for each in versions if each is not one]
    if not others:
        raise NotFound
    earlier = next((each for each in others if each.version < one.version), others[0])
    other = _tool(request, tool, since) if since else earlier
    old, new = sorted((one, other), key=lambda each: each.version)
    found = changes(old, new)
    page = DifferencesPage(
        at=_address(request, one),
        tool=new,
        since=old,
        others=[(str(each.version), f"Version {each.version}") for each in others],
        compared=str(other.version),
        refused=[each.words for each in found if each.refused],
        allowed=[each.words for each in found if not each.refused],
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
    follow = f"/{request.state.place.slug}"
    page = PreviewPage(at, follow, found, chosen, agency_kind, kinds, sections)
    return render(request, page)


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
