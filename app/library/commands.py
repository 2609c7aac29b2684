"""Pinning: a tool version becomes part of the records, word for word."""

from sqlmodel import Session, select

from app.access import NotNow
from app.db import now
from app.library.models import ToolVersion
from app.library.numbers import give_numbers
from app.tools import Tool, canonical, digest


def pin_version(session: Session, tool: Tool) -> int:
    """Keep a tool version's snapshot and number its questions; return the version's key.

    A version already pinned must still be what it was: a changed file is refused, since a locked
    version never changes.
    """
    query = select(ToolVersion).where(
        ToolVersion.slug == tool.slug, ToolVersion.version == tool.version
    )
    known = session.exec(query).one_or_none()
    if known is not None and known.digest != digest(tool):
        raise NotNow(
            f"The file of {tool.title} version {tool.version} has changed since it was first used. "
            "Put the old file back and write the change as a new version."
        )
    if known is None:
        known = ToolVersion(
            slug=tool.slug,
            version=tool.version,
            digest=digest(tool),
            snapshot=canonical(tool).decode(),
            first_used_at=now(session),
        )
        session.add(known)
        session.flush()
        give_numbers(session, tool)
    if known.id is None:
        raise LookupError("a stored tool version has a key")
    return known.id
