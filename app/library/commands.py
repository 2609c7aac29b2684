"""Pinning: a tool version becomes part of the records, word for word."""

from sqlmodel import Session, col, select

from app.access import NotNow
from app.db import now, read_apart
from app.library.models import ToolVersion
from app.library.numbers import give_numbers
from app.tools import Tool, canonical, digest


def pin_version(session: Session, tool: Tool) -> int:
    """Keep a tool version's snapshot and number its questions; return the version's key.

    A version already pinned must still be what it was: a changed file is refused, since a locked
    version never changes.
    """
    known = _version(session, tool, None)
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
        read_apart(session)
        give_numbers(session, tool)
    return _key(known)


def pin_after(session: Session, tool: Tool, earlier_id: int) -> int:
    """Pin a version for a round that comes from another one, whose retired questions it keeps."""
    as_written = session.get_one(ToolVersion, pin_version(session, tool))
    known = _version(session, tool, earlier_id)
    if known is None:
        known = ToolVersion(
            slug=tool.slug,
            version=tool.version,
            digest=as_written.digest,
            snapshot=as_written.snapshot,
            first_used_at=now(session),
            earlier_id=earlier_id,
        )
        session.add(known)
        session.flush()
        read_apart(session)
    return _key(known)


def _version(session: Session, tool: Tool, earlier_id: int | None) -> ToolVersion | None:
    query = select(ToolVersion).where(
        ToolVersion.slug == tool.slug,
        ToolVersion.version == tool.version,
        col(ToolVersion.earlier_id).is_not_distinct_from(earlier_id),
    )
    return session.exec(query).one_or_none()


def _key(stored: ToolVersion) -> int:
    if stored.id is None:
        raise LookupError("a stored tool version has a key")
    return stored.id
