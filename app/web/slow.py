"""Marking the routes that must wait for something, and what they wait with."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def slow(route: F) -> F:
    """Mark a route that waits (for a child process, a document): its session only reads.

    It must open its own `writing_in_turn` once it has what it waited for, and check there again
    what may have changed meanwhile.
    """
    route.slow = True  # type: ignore[attr-defined]
    return route
