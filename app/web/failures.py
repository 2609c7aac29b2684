"""What nobody expected, told to the person as a page and to the operator without any of its words.

The server would log an exception as it is, and that of a database holds what was being stored.
"""

import traceback

import structlog
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.config import ROOT
from app.web.errors import error_page

log = structlog.get_logger()


class Interrupted(Exception):
    """An answer broke off after it had begun: the server must end the connection."""


class Failures:
    """Middleware: a failure becomes a page inside the security headers, and one line of the log.

    `raising` lets the exception itself through afterwards, for whoever develops.
    """

    def __init__(self, app: ASGIApp, *, raising: bool) -> None:
        self.app = app
        self.raising = raising

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever happens."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if scope["type"] != "http" or (self.raising and begun):
                raise
            await self._answer(scope, receive, send, error, begun=begun)
            if self.raising:
                raise

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, error: Exception, *, begun: bool
    ) -> None:
        kind, where = type(error).__name__, _place(error)
        log.error("failed", kind=kind, where=where, path_pattern=_pattern(scope))
        if begun:
            raise Interrupted from None
        await error_page(Request(scope), 500)(scope, receive, send)


def _place(error: Exception) -> str:
    """Say where in our own code something failed: module, line and function, no values."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(str(ROOT / "app"))]
    last = (own or frames)[-1]
    return f"{last.filename.removeprefix(str(ROOT))}:{last.lineno} {last.name}"


def _pattern(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", ""))
