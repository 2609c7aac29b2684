"""An answer given before the application is reached, in plain words."""

from starlette.types import Send


async def answer_plainly(send: Send, status: int, words: str) -> None:
    """Send one sentence as text."""
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
