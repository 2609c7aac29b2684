"""The published JSON Schema: what an editor offers and underlines while a tool is being written.

It is generated from the models, then told about the file as it is written: blocks stand in place of
sections, `health` stands for six kinds of agency, and nobody writes which block a question is from.
Names that lead nowhere and conditions that look forward are found by reading the file, not by it.
"""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from app.tools.blocks import Block, BlockUse
from app.tools.kinds import KINDS
from app.tools.parts import AgencyKind
from app.tools.schema import Tool

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Describe the file of an audit tool, or of a block, as JSON Schema 2020-12."""
    _, generated = models_json_schema(
        [(Tool, "validation"), (Block, "validation"), (BlockUse, "validation")],
        ref_template="#/$defs/{model}",
    )
    definitions: Schema = generated["$defs"]
    for kind in KINDS.values():
        definitions[kind.__name__]["properties"].pop("block")
    _let_blocks_stand_for_sections(definitions["QuestionSet"])
    definitions["AgencyKind"]["enum"] = [*AgencyKind, "health"]
    definitions["Section"]["properties"]["evidence"]["propertyNames"] = _ref("AgencyKind")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An audit tool of Casefile, or a block that tools use",
        "if": {"type": "object", "required": ["tool"]},
        "then": _ref("Tool"),
        "else": _ref("Block"),
        "$defs": {name: _tidied(each) for name, each in definitions.items()},
    }


def published_schema() -> str:
    """Write the schema as it stands in docs/schema/audit-tool.schema.json."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _let_blocks_stand_for_sections(question_set: Schema) -> None:
    sections = question_set["properties"]["sections"]
    sections["items"] = {
        "if": {"type": "object", "required": ["block"]},
        "then": _ref("BlockUse"),
        "else": _ref("Section"),
    }


def _tidied(schema: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """Take away what no author needs: titles made of field names, and empty values."""
    if isinstance(schema, list):
        return [_tidied(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    idle = {key for key in ("title", "default") if isinstance(schema.get(key), str | None)}
    return {key: _tidied(each) for key, each in schema.items() if key not in idle}
