"""A definition written as YAML once more is the same; a spoilt one ends in sentences."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from app.config import ROOT
from app.tools import Tool, ToolError, digest, read_tool, read_tools
from tests.tools.test_engine_properties import tools

FILES = ROOT / "audit_tools"
SHIPPED = sorted(path for path in FILES.glob("*/v*.yaml") if path.parent.name != "blocks")
SENTENCE = re.compile(r"^.+\.yaml, line \d+: .+[.!?”\"]$", re.DOTALL)


def written_anew(path: Path, to: Path) -> Path:
    """Write a file's plain values down again, in another order of nothing and another layout."""
    values = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(yaml.dump(values, Dumper=yaml.CSafeDumper, sort_keys=False, width=60))
    return to


def read_or_told(path: Path) -> Tool | ToolError:
    """Read a file, or return what is said of it."""
    try:
        return read_tool(path, FILES / "blocks")
    except ToolError as error:
        return error


def told(read: Tool | ToolError) -> list[str]:
    """The sentences about a file that is not good; nothing about one that is."""
    return list(read.problems) if isinstance(read, ToolError) else []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_a_shipped_tool_is_the_same_when_it_is_written_as_yaml_once_more(
    path: Path, tmp_path: Path
) -> None:
    for block in (FILES / "blocks").rglob("*.yaml"):
        written_anew(block, tmp_path / "blocks" / block.relative_to(FILES / "blocks"))
    anew = written_anew(path, tmp_path / path.parent.name / path.name)
    was, now = read_tool(path, FILES / "blocks"), read_tool(anew, tmp_path / "blocks")
    assert now == was
    assert digest(now) == digest(was)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tools())
def test_any_tool_is_the_same_after_it_was_yaml(tmp_path: Path, written: dict[str, Any]) -> None:
    path = tmp_path / "any" / f"v{written['version']}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.dump(written, Dumper=yaml.CSafeDumper, sort_keys=False))
    read = read_or_told(path)
    # What cannot be typed in a file, such as a control character, is refused in words.
    assert all(map(SENTENCE.match, told(read))), read
    if isinstance(read, Tool):
        assert digest(read) == digest(Tool.model_validate(written))


Spoil = Callable[[list[str], int, random.Random], None]


def _swap(lines: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _value(value: str) -> Spoil:
    def put(lines: list[str], at: int, _: random.Random) -> None:
        lines[at] = f"{lines[at].partition(':')[0]}: {value}\n"

    return put


def _key(lines: list[str], at: int, _: random.Random) -> None:
    lines[at] = re.sub(r"([a-z_]+):", r"\1s_:", lines[at], count=1)


def _twice(lines: list[str], at: int, _: random.Random) -> None:
    lines.insert(at, lines[at])


def _indent(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = " " * chance.randrange(1, 5) + lines[at]


def _cut(lines: list[str], at: int, _: random.Random) -> None:
    del lines[at:]


def _lose(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at : at + chance.randrange(1, 4)]


SPOILS: dict[str, Spoil] = {
    "a line lost": _lose,
    "two lines swapped": _swap,
    "a line twice": _twice,
    "the end cut off": _cut,
    "a line moved to the right": _indent,
    "a key misspelt": _key,
    "nothing said": _value(""),
    "a number": _value("17"),
    "a list": _value("[a, b]"),
    "a group": _value("{a: {b: c}}"),
    "a tag": _value("!!python/object/apply:os.system ['echo']"),
    "an alias of nothing": _value("*nobody"),
    "an anchor of itself": _value("&it [*it]"),
    "a control character": _value('"\\u0000"'),
    "a tab": _value("\t- x"),
    "very long": _value("x" * 300_000),
    "very deep": _value("[" * 500),
    "another language": _value("<script>alert(1)</script>"),
    "a quotation left open": _value('"open'),
    "a merge": _value("{<<: {id: other}}"),
}
EACH = 6


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_definition_ends_in_sentences_that_name_file_and_line(
    spoil: str, tmp_path: Path
) -> None:
    """120 files in all: where one still can be read, what it says is a definition."""
    chance = random.Random(f"spoilt: {spoil}")
    refused = 0
    for number in range(EACH):
        lines = chance.choice(SHIPPED).read_text(encoding="utf-8").splitlines(keepends=True)
        SPOILS[spoil](lines, chance.randrange(len(lines) // 10, len(lines) * 9 // 10), chance)
        path = tmp_path / f"spoilt{number}" / "v1.yaml"
        path.parent.mkdir()
        path.write_text("".join(lines), encoding="utf-8")
        sentences = told(read_or_told(path))
        refused += bool(sentences)
        assert all(map(SENTENCE.match, sentences)), sentences
    assert refused, "none of these was noticed"


def test_every_shipped_version_stands_here() -> None:
    assert len(SHIPPED) == len(read_tools(FILES))
