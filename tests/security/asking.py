"""Asking the application for something exactly as written, without a browser's good manners.

The test client mends addresses, headers and bodies before it sends them; a forger does not.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.types import ASGIApp, Message

HOST = "casefile.test"
FORM = "application/x-www-form-urlencoded"
FROM_HERE = {"sec-fetch-site": "same-origin"}
Values = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Reply:
    """An answer as it left: its status, every header in order, and its bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    failed: str = ""
    """What the application let through to its server, if anything."""

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        """A header's value; every value, when it is sent more than once."""
        return ", ".join(value for each, value in self.headers if each == name)


class Asker:
    """Sends requests to one application, each to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._runner = asyncio.Runner()

    def close(self) -> None:
        self._runner.close()

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        whole: bool = True,
    ) -> Reply:
        """Send one request; `address` is percent-encoded as it would be on the wire.

        One that is not `whole` breaks off where its body ends.
        """
        path, _, query = address.partition("?")
        given = {"host": HOST, **(headers or {})}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in given.items()],
            "client": ("192.0.2.7", 50_000),
            "server": (HOST, 80),
        }
        return self._runner.run(self._sent(scope, body, whole=whole))

    async def _sent(self, scope: dict[str, Any], body: bytes, *, whole: bool) -> Reply:
        waiting: list[Message] = [
            {"type": "http.disconnect"},
            {"type": "http.request", "body": body, "more_body": not whole},
        ][whole:]
        sent: list[Message] = []

        async def receive() -> Message:
            if waiting:
                return waiting.pop()
            # A connection stays open until its answer is complete.
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        failed = ""
        try:
            await self.app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is part of the answer
            failed = f"{type(error).__name__}: {error}"
        return _reply(sent, failed)


def _reply(sent: list[Message], failed: str) -> Reply:
    start = next((m for m in sent if m["type"] == "http.response.start"), None)
    if start is None:
        return Reply(0, (), b"", failed or "no answer")
    headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in start["headers"])
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Reply(start["status"], headers, body, failed)


def encoded(values: Values) -> bytes:
    """A form as a browser sends it."""
    return urlencode(values, doseq=True).encode()


def multipart(values: Values, name: str, file_name: str, data: bytes) -> tuple[str, bytes]:
    """A form with one file: its content type and body."""
    edge = "casefile-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, given in values.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), data, f"\r\n--{edge}--\r\n".encode()])
    return f"multipart/form-data; boundary={edge}", body
