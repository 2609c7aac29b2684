"""Where people reach the service, for links that are used outside it."""

from fastapi import Request


def public_address(request: Request) -> str:
    """Return what such a link begins with: as the operator states it, or as it was reached now."""
    known: str = request.app.state.public_address
    return known or str(request.base_url).rstrip("/")
