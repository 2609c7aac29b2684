"""Reading audit tools: the files that ship, and the locked versions that rounds are pinned to."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlmodel import Session

from app.library.models import ToolVersion
from app.library.rules import Standing, standing_of
from app.tools import Tool, digest, from_canonical, read_tools, with_retired
from app.tools.lock import LOCK_FILE, read_lock

Tools = Mapping[tuple[str, int], Tool]
"""Every audit tool version on file, by slug and version."""


@cache
def load_tools(root: Path) -> Tools:
    """Read the audit tool files once; a file that cannot be read stops the start, in a sentence."""
    return read_tools(root)


@cache
def load_lock(root: Path) -> Mapping[tuple[str, int], str]:
    """Read the digests of the locked versions once; where there is no lock, nothing is locked."""
    path = root / LOCK_FILE
    return read_lock(path.read_text("utf-8")) if path.is_file() else {}


@cache
def load_standings(root: Path) -> Mapping[tuple[str, int], Standing]:
    """Say of every tool version on file whether it is locked."""
    lock = load_lock(root)
    tools = load_tools(root)
    return {key: standing_of(digest(tool), lock.get(key)) for key, tool in tools.items()}


def pinned_tool(session: Session, tool_version_id: int) -> Tool:
    """Return the tool version that a round is pinned to, from its locked snapshot.

    Where the round came from an older version, what only that one asked is beside it, over.
    """
    cached: dict[object, object] = session.info["cache"]
    key = ("tool", tool_version_id)
    known = cached.get(key)
    if not isinstance(known, Tool):
        row = session.get_one(ToolVersion, tool_version_id)
        known = from_canonical(row.snapshot.encode())
        if row.earlier_id is not None:
            known = with_retired(pinned_tool(session, row.earlier_id), known)
        cached[key] = known
    return known


def tool_as_written(session: Session, tool_version_id: int) -> Tool:
    """Return the tool version that a round asks, without what is over."""
    return from_canonical(session.get_one(ToolVersion, tool_version_id).snapshot.encode())
