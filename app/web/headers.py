"""The security headers of every answer, errors included; and that forms come from our own pages."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.plain import answer_plainly

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_ALWAYS = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
]
_NO_STORE = (b"cache-control", b"no-store")
_STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")

FORGED = "This form did not come from a page of this service. Reload the page and try again."
UNREADABLE = "This address cannot be read. Check it, or start again from the first page."


class SecurityHeaders:
    """Middleware: headers on everything; forms from elsewhere and unreadable addresses refused."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.always = [*_ALWAYS, _STRICT_TRANSPORT] if secure else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_NO_STORE)
                message["headers"] = headers + self.always
            await send(message)

        if _holds_nul(scope):
            await answer_plainly(with_headers, 400, UNREADABLE)
            return
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"} and not from_our_pages(scope):
            await answer_plainly(with_headers, 403, FORGED)
            return
        await self.app(scope, receive, with_headers)


def _holds_nul(scope: Scope) -> bool:
    # No reference or word holds one, and PostgreSQL fails on being asked about one.
    return "\x00" in scope["path"] or b"%00" in scope["query_string"]


def from_our_pages(scope: Scope) -> bool:
    """Whether a browser says that this request was made by a page of this service.

    Every current browser sends `Sec-Fetch-Site`, and older ones `Origin`, with a form. A request
    with neither is not from a browser that could be tricked, nor from one that we know: refused.
    """
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return bool(site == b"same-origin")
    host = headers.get(b"host", b"")
    return host != b"" and headers.get(b"origin") in {b"http://" + host, b"https://" + host}
