"""A definition written as YAML once more is the same; a spoilt one ends in sentences."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from app.config import ROOT
from app.tools import Tool, ToolError, digest, read_tool, read_tools
from tests.tools.front_door import EXAMPLE
from tests.tools.front_door import FILE as FRONT_DOOR
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


Place = tuple[str | int, ...]
GONE = object()
"""Stands for a part that is taken away."""
INSTEAD: dict[str, object] = {
    "a number": 1,
    "a fraction": 1.5,
    "a truth": True,
    "a word": "other",
    "a list": ["other"],
    "a list of lists": [["other"]],
    "a group": {"id": ["other"]},
    "nothing": GONE,
}
PARTS = [FRONT_DOOR, EXAMPLE / "blocks" / "voice" / "v1.yaml"]
"""The small tool that asks one question of every kind, and the block that it uses."""


def places(written: object, so_far: Place = ()) -> Iterator[Place]:
    """Every place in a definition, from the top down."""
    inside: dict[str | int, object] = {}
    if isinstance(written, dict):
        inside = written
    elif isinstance(written, list):
        inside = dict(enumerate(written))
    for step, value in inside.items():
        yield (*so_far, step)
        yield from places(value, (*so_far, step))


def put(written: dict[str, Any], place: Place, value: object) -> None:
    """Put something else in a place, or take away what stands there."""
    here: Any = written
    for step in place[:-1]:
        here = here[step]
    if value is GONE:
        del here[place[-1]]
    else:
        here[place[-1]] = value


def said_of(room: Path, changed: Path, place: Place, value: object) -> list[str]:
    """What is said of the small tool once something else stands in a place of one of its files."""
    for path in PARTS:
        written = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        if path == changed:
            put(written, place, value)
        to = room / path.relative_to(EXAMPLE)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(yaml.dump(written, Dumper=yaml.CSafeDumper, sort_keys=False))
    try:
        read_tools(room)
    except ToolError as error:
        return error.problems
    return []


@pytest.mark.parametrize("instead", INSTEAD)
def test_whatever_stands_in_place_of_a_part_it_ends_in_sentences(
    instead: str, tmp_path: Path
) -> None:
    """A quarter of all places, chosen anew for each thing that stands there."""
    chance = random.Random(f"instead: {instead}")
    refused = 0
    for path in PARTS:
        everywhere = list(places(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)))
        for place in chance.sample(everywhere, len(everywhere) // 4):
            sentences = said_of(tmp_path, path, place, INSTEAD[instead])
            refused += bool(sentences)
            assert all(map(SENTENCE.match, sentences)), (place, sentences)
    assert refused, "none of these was noticed"


@pytest.mark.parametrize("value", [1, True, 1.5, ["other"], {"id": "other"}], ids=str)
@pytest.mark.parametrize(
    "place",
    [
        ("themes", 0, "id"),
        ("question_sets", 0, "sections", 0, "questions"),
        ("question_sets", 0, "sections", 0, "agencies", 0),
    ],
    ids=lambda place: f"{place[0]} {place[-1]}",
)
def test_what_cannot_stand_there_is_named_also_where_blocks_and_shorthand_are_put_in_place(
    place: Place, value: object, tmp_path: Path
) -> None:
    sentences = said_of(tmp_path, FRONT_DOOR, place, value)
    assert sentences
    assert all(map(SENTENCE.match, sentences)), sentences


def test_every_shipped_version_stands_here() -> None:
    assert len(SHIPPED) == len(read_tools(FILES))
