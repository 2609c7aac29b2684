import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.config import ROOT
from app.tools import json_schema, published_schema, starter
from tests.tools.front_door import EXAMPLE, FILE

SCHEMA = json_schema()
PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "audit-tool.schema.json"
SHIPPED = sorted((ROOT / "audit_tools").rglob("v*.yaml"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def accepts(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401 - JSON
    """Judge a value by as much of JSON Schema as the published one uses."""
    if "$ref" in schema:
        return accepts(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value)
    if "if" in schema:
        branch = "then" if accepts(schema["if"], value) else "else"
        return accepts(schema[branch], value)
    return all(judge(schema, value) for judge in (_alternatives, _type, _group, _list, _scalar))


def _alternatives(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    if "anyOf" in schema:
        return any(accepts(each, value) for each in schema["anyOf"])
    return "oneOf" not in schema or sum(accepts(each, value) for each in schema["oneOf"]) == 1


def _type(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    if schema.get("type") == "number":
        return isinstance(value, int | float)
    return "type" not in schema or isinstance(value, TYPES[schema["type"]])


def _group(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, dict):
        return True
    properties, other = schema.get("properties", {}), schema.get("additionalProperties", True)
    names = schema.get("propertyNames", {})
    return set(schema.get("required", ())) <= set(value) and all(
        accepts(names, key)
        and (accepts(properties[key], each) if key in properties else _other(other, each))
        for key, each in value.items()
    )


def _other(other: Any, value: Any) -> bool:  # noqa: ANN401
    return accepts(other, value) if isinstance(other, dict) else bool(other)


def _list(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, list):
        return True
    return len(value) >= schema.get("minItems", 0) and all(
        accepts(schema.get("items", {}), each) for each in value
    )


def _scalar(schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str):
        long_enough = len(value) >= schema.get("minLength", 0)
        return long_enough and bool(re.search(schema.get("pattern", ""), value))
    return not isinstance(value, int) or value >= schema.get("minimum", value)


def as_written(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    text = path.read_text(encoding="utf-8").replace("[yes]", '["yes"]')
    return yaml.load(text, Loader=yaml.CSafeLoader)


def test_the_published_schema_is_the_one_the_engine_has() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == published_schema()
    assert json.loads(published_schema()) == SCHEMA


@pytest.mark.parametrize("path", [FILE, EXAMPLE / "blocks" / "voice" / "v1.yaml"])
def test_files_as_they_are_written_fit_the_schema(path: Path) -> None:
    assert accepts(SCHEMA, as_written(path))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_that_ships_fits_the_schema_as_an_editor_reads_it(path: Path) -> None:
    assert accepts(SCHEMA, as_written(path))


def test_a_new_tool_fits_the_schema(tmp_path: Path) -> None:
    (tmp_path / "v1.yaml").write_text(starter("home-visits", "schema.json"), encoding="utf-8")
    assert accepts(SCHEMA, as_written(tmp_path / "v1.yaml"))


def test_a_question_set_may_name_what_is_audited() -> None:
    written = as_written(FILE)
    written["question_sets"][0]["subjects"] = [{"id": "arrivals", "title": "Arrivals"}]
    assert accepts(SCHEMA, written)

    written["question_sets"][0]["subjects"] = [{"id": "arrivals"}]
    assert not accepts(SCHEMA, written)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: long_text", "kind: longtext"),
        ("guidance: Judge", "guidence: Judge"),
        ("polarity: best_first", "polarity: best"),
        ("voice@1", "voice"),
        ("agencies: [police]", "agencies: [polise]"),
        ("evidence: {health:", "evidence: {healthy:"),
        ("{question: worry_stated, is_one_of", "{question: worry_stated, is"),
        ("id: learning, kind", "block: voice, id: learning, kind"),
        ("title: Timing\n", "name: Timing\n"),
        ("version: 1\n", "version: one\n"),
        ("agencies: [police]", "agencies: []"),
    ],
)
def test_an_editor_underlines_a_slip(old: str, new: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "v1.yaml").write_text(text.replace(old, new, 1))
    assert not accepts(SCHEMA, as_written(tmp_path / "v1.yaml"))
