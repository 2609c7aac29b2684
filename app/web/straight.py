"""The straight way to a route that is asked for all day: the same guard, called without ceremony.

The framework works out at every request which dependencies a route has, in what order, and what
each of them wants. That costs a save more than its answers do. A route of this kind is declared
like every other (so the walk over all routes sees its action), and then answered by calling its
guard and itself, one after the other, inside the one transaction.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.web.guard import May
from app.web.units import database_of, open_unit


class NotStraight(Exception):
    """A route asks for more than its request, its session and what it may be done on."""


class StraightRoute(APIRoute):
    """A route that changes something, of the arguments `request`, `session` and what was found.

    Many people ask for it at the same moment, so they are kept by one commit.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request once its address has matched."""
        endpoint, may = self.endpoint, self._may()

        async def answer(request: Request) -> Response:
            async with database_of(request).writing_together() as session:
                found = await may(request, session)
                response: Response = await endpoint(request, session, found)
            return response

        return answer

    def _may(self) -> May:
        asked = self.dependant
        calls = [inner.call for inner in asked.dependencies]
        if asked.path_params or asked.query_params or asked.body_params or len(calls) != 2:  # noqa: PLR2004
            raise NotStraight(self.path)
        session, may = calls
        if session is not open_unit or not isinstance(may, May):
            raise NotStraight(self.path)
        return may
