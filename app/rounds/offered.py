"""The tool versions on which a round may be planned."""

from fastapi import Request

from app.library.queries import Tools, load_standings
from app.library.rules import Standing
from app.tools import Tool

Offer = tuple[str, Tool, Standing]
"""A version as forms name it (`mash.1`), the version, and whether it is locked."""


def tools_of(request: Request) -> Tools:
    """Return every version on file."""
    tools: Tools = request.app.state.tools
    return tools


def offered_tools(request: Request) -> list[Offer]:
    """List the versions that a round may use, newest first; not one that changed when locked."""
    standings = load_standings(request.app.state.settings.audit_tools)
    newest_first = sorted(tools_of(request).items(), key=lambda item: (item[0][0], -item[0][1]))
    return [
        (f"{tool.slug}.{tool.version}", tool, standings[key])
        for key, tool in newest_first
        if standings[key] is not Standing.CHANGED
    ]


def tool_address(request: Request, tool: Tool) -> str:
    """Return where a version's page is, while it is on file; else nothing."""
    on_file = (tool.slug, tool.version) in tools_of(request)
    at = f"/{request.state.place.slug}/audit-tools/{tool.slug}/{tool.version}"
    return at if on_file else ""
