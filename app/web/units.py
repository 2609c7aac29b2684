"""One transaction per request, opened and committed in one place before the answer leaves."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from app.db import Database, Session


def database_of(request: Request) -> Database:
    """Return the application's database."""
    found: Database = request.app.state.database
    return found


async def open_unit(request: Request) -> AsyncIterator[Session]:
    """Open what this request reads or changes.

    Looking (GET) reads and cannot write. Everything else is one writing transaction. Requests run
    inline on the event loop (docs/adr/0003), so nothing inside may wait for anything else: a route
    that must wait is marked `slow`, reads here, and opens its own `writing` when it has the result.
    """
    database = database_of(request)
    if request.method in {"GET", "HEAD"} or getattr(request.scope.get("endpoint"), "slow", False):
        with database.reading() as session:
            yield session
    else:
        async with database.writing_in_turn() as session:
            yield session


# scope="function": the commit happens before the answer leaves, so a redirect never reads the past.
SessionDep = Annotated[Session, Depends(open_unit, scope="function")]
