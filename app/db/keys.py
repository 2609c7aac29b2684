"""The integer key of a stored row: inside the product only, never in an address or export."""

from typing import Protocol


class Keyed(Protocol):
    """A row whose table has an integer key."""

    id: int | None


def key_of(row: Keyed) -> int:
    """Return the key of a stored row; one that was never stored has none."""
    if row.id is None:
        raise LookupError("a stored row has a key")
    return row.id
