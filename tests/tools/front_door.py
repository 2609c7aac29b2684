"""A small audit tool that asks one question of every kind, for the tests of the engine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.tools import Tool, canonical, from_canonical, read_tool

EXAMPLE = Path(__file__).parent / "example"
FILE = EXAMPLE / "front-door" / "v1.yaml"
TOOL = read_tool(FILE, EXAMPLE / "blocks")
FORM = TOOL.question_set["referral-form"]

Written = dict[str, Any]


def next_version(rewrite: Callable[[Written], object], tool: Tool = TOOL) -> Tool:
    """Write the next version of a tool by changing its definition in place."""
    written = json.loads(canonical(tool))
    written["version"] += 1
    rewrite(written)
    return from_canonical(json.dumps(written).encode())


def question_in(written: Written, name: str) -> Written:
    """Find one question in a definition that is being rewritten."""
    [found] = [
        question
        for question_set in written["question_sets"]
        for section in question_set["sections"]
        for question in section["questions"]
        if question["id"] == name
    ]
    return dict_of(found)


def dict_of(found: object) -> Written:
    assert isinstance(found, dict)
    return found
