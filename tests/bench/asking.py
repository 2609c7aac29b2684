"""Asking the application for a page, as a server would, without one."""

import asyncio
from collections.abc import Callable

from app.config import Environment, Settings
from app.db import Database
from app.main import create_app
from app.web.guard import COOKIE


def page(database: Database, address: str, cookie: str) -> Callable[[], int]:
    """Return what asks for one address as somebody signed in, and gives the bytes of the answer."""
    settings = Settings(environment=Environment.DEVELOPMENT, _env_file=None)
    app = create_app(settings, database)
    loop = asyncio.new_event_loop()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"casefile.test"), (b"cookie", f"{COOKIE}={cookie}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    size = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        nonlocal size
        assert isinstance(message, dict)
        assert message.get("status", 200) == 200
        size += len(message.get("body", b""))

    def ask() -> int:
        nonlocal size
        size = 0
        loop.run_until_complete(app({**scope, "state": {}}, receive, send))
        return size

    return ask
