"""Reading a file of YAML, which may be hostile, into values that know their lines.

It is read event by event, never by recursion, so a file can neither exhaust the stack nor unfold
into more than was written. `yes`, `no`, `on` and `off` are words here, as in YAML 1.2. There are no
tags, no dates and no merged keys, and an empty value is refused: leaving the key out says the same.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.tools.located import Group, Holder, Row
from app.tools.yaml_problems import Misread, syntax

LARGEST = 1_000_000
"""The most bytes a file may have."""
DEEPEST = 40
"""How deep lists and groups may stand inside each other."""
MOST_BORROWED = 20_000
"""How many values a file may repeat through YAML aliases."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
_FRACTION = re.compile(r"[-+]?[0-9]{0,18}\.[0-9]{1,18}")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass
class _Open:
    """A list or group that is still being read."""

    holder: Holder
    anchor: str | None
    key: str | None = None
    size: int = 1


@dataclass
class _Reading:
    """A document part-way through being read."""

    file: str
    open: list[_Open] = field(default_factory=list)
    named: dict[str, tuple[Any, int]] = field(default_factory=dict)
    borrowed: int = 0
    top: Any = None

    def event(self, event: yaml.Event) -> None:
        """Take in the next thing the file says."""
        line = _line(event)
        match event:
            case yaml.ScalarEvent():
                self.scalar(event, line)
            case yaml.MappingStartEvent():
                self.start(Group(self.file, line), event, line)
            case yaml.SequenceStartEvent():
                self.start(Row(self.file, line), event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.end()
            case yaml.AliasEvent():
                self.alias(str(event.anchor), line)
            case yaml.DocumentStartEvent() if self.top is not None:
                raise Misread(line, "a second document starts here. Take away the line of dashes")

    def scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        """Take a key, or a single value."""
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.holder, Group) and top.key is None:
            self.key(top, top.holder, event.value, line)
            return
        _refuse_tag(event, line)
        value = _plain(event.value, line) if event.implicit[0] else event.value
        if event.anchor:
            self.named[event.anchor] = (value, 1)
        self.put(value, 1, line)

    def key(self, top: _Open, group: Group, key: str, line: int) -> None:
        """Take a key, which may stand in a group once."""
        if key in group.lines:
            raise Misread(
                line,
                f'the key "{key}" is here twice (first on line {group.lines[key]}). '
                "Keep one of them",
            )
        group.lines[key] = line
        top.key = key

    def put(self, value: object, size: int, line: int) -> None:
        """Put a value where it belongs."""
        if not self.open:
            self.top = value
            return
        top = self.open[-1]
        top.size += size
        if isinstance(top.holder, Row):
            top.holder.append(value)
            top.holder.lines.append(line)
        elif top.key is None:
            raise Misread(line, "a list or a group cannot be a key. Write a word as the key")
        else:
            top.holder[top.key] = value
            top.key = None

    def start(
        self, holder: Holder, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int
    ) -> None:
        """Open a list or a group."""
        _refuse_tag(event, line)
        if len(self.open) >= DEEPEST:
            raise Misread(
                line, f"lists stand inside each other more than {DEEPEST} deep. Flatten them"
            )
        self.put(holder, 0, line)
        self.open.append(_Open(holder, event.anchor))

    def end(self) -> None:
        """Close the list or group that was opened last."""
        done = self.open.pop()
        if self.open:
            self.open[-1].size += done.size
        if done.anchor:
            self.named[done.anchor] = (done.holder, done.size)

    def alias(self, name: str, line: int) -> None:
        """Repeat a value that was named above, within reason."""
        if name not in self.named:
            raise Misread(line, f'nothing above is named "&{name}". Write the value out in full')
        value, size = self.named[name]
        self.borrowed += size
        if self.borrowed > MOST_BORROWED:
            raise Misread(line, f'"*{name}" repeats too much. Write the values out in full')
        self.put(value, size, line)


def _line(event: yaml.Event) -> int:
    """Say on which line an event starts, counting from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _refuse_tag(event: yaml.NodeEvent, line: int) -> None:
    """Refuse types named in the file: what a value is follows from the key it stands under."""
    if tag := getattr(event, "tag", None):
        raise Misread(line, f'the tag "{tag}" is not read here. Take it away')


def _plain(word: str, line: int) -> object:
    """Read a value without quotes: a number, true or false, or words."""
    if _NUMBER.fullmatch(word):
        return int(word)
    if _FRACTION.fullmatch(word):
        return float(word)
    if word in _EMPTY:
        raise Misread(
            line, "a key or a dash has nothing after it. Write its value, or take it away"
        )
    return _TRUTH.get(word, word)


def located(written: bytes, file: str) -> Group:
    r"""Read a file as groups and lists that know their lines, or raise Misread.

    >>> tool = located(b"tool: mash\nversion: 1\n", "v1.yaml")
    >>> tool["version"], tool.lines["version"]
    (1, 2)
    """
    if len(written) > LARGEST:
        raise Misread(1, f"the file is larger than {LARGEST:,} bytes. Split it into smaller tools")
    try:
        written.decode()
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        raise Misread(line, "a character here is not UTF-8. Save the file as UTF-8") from None
    reading = _Reading(file)
    loader = yaml.CSafeLoader(written.removeprefix(b"\xef\xbb\xbf"))
    try:
        while (event := loader.get_event()) is not None:
            reading.event(event)
    except yaml.YAMLError as error:
        raise syntax(error, written) from None
    finally:
        loader.dispose()
    if reading.top is None:
        raise Misread(1, 'the file is empty. Start it with "format: 1"')
    if not isinstance(reading.top, Group):
        raise Misread(1, 'the file must start with keys. Start it with "format: 1"')
    return reading.top
