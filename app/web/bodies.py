"""Reading a request's body whole before anything else happens, and refusing one that is too big.

Work is done inline on the event loop, inside transactions; a slow sender must never be able to
hold one open, so the body is here before the first transaction begins. A body that breaks off is
nobody's form: half of one could untick what stands in the other half.
"""

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import error_page
from app.web.forms import FORM_LIMIT, UPLOAD_LIMIT


class WholeBodies:
    """Middleware that hands each request on with its body already read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to its limit, then pass the request on."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        limit = UPLOAD_LIMIT if _is_upload(scope) else FORM_LIMIT
        try:
            body = await _read(receive, limit)
        except ClientDisconnect:
            return
        if body is None:
            told = f"What you sent is larger than {limit // 1_000_000} MB."
            await error_page(Request(scope), 413, told)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)


def _is_upload(scope: Scope) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"multipart/form-data")
        for name, value in scope["headers"]
    )


async def _read(receive: Receive, limit: int) -> bytes | None:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        # After the body only the server knows when the client has gone: to say so at once would
        # end an answer that is being streamed.
        return waiting.pop() if waiting else await receive()

    return again
