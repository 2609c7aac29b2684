"""The snapshot of a tool: one canonical text of its definition, and the digest that names it.

A round pins a snapshot, so it must mean the same for ever. It holds the definition as it was
written, blocks expanded, with nothing that was left unsaid; a new optional field in the engine
therefore changes no digest.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from app.tools.schema import FORMAT, Tool

UPGRADERS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""How a snapshot of an older format becomes one of the next: by the format it starts from."""


def canonical(tool: Tool) -> bytes:
    """Write a tool's definition in the one way it is stored: JSON in UTF-8, keys in order."""
    written = tool.model_dump(mode="json", exclude_unset=True)
    text = json.dumps(written, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(tool: Tool) -> str:
    """Name a tool's definition by the SHA-256 of its canonical text, in hexadecimal."""
    return sha256(canonical(tool)).hexdigest()


def from_canonical(snapshot: bytes) -> Tool:
    """Read a snapshot back, of this format or an older one; ValueError where it is neither."""
    written = json.loads(snapshot)
    if type(written) is not dict or type(written.get("format")) is not int:
        raise ValueError("This is not the snapshot of an audit tool")
    while written["format"] in UPGRADERS:
        written = UPGRADERS[written["format"]](written)
    if written["format"] != FORMAT:
        raise ValueError(
            f"This snapshot has the format {written['format']} and this Casefile reads {FORMAT}"
        )
    return Tool.model_validate(written)
