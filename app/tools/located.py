"""A definition as it is written: plain values that remember the file and the line they stand on."""

from typing import Any


class Group(dict[str, Any]):
    """Keys and values, with the file and the line they stand on."""

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def but(self, **changed: object) -> "Group":
        """Give the same group with some values changed or added, on the same lines."""
        copy = Group(self.file, self.line)
        copy.update(self)
        copy.update(changed)
        copy.lines = self.lines
        return copy


class Row(list[Any]):
    """A list, with the file and the lines its entries stand on."""

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: list[int] = []

    def of(self, entries: list[Any]) -> "Row":
        """Give a list in the same place with other entries, each of which knows its own place."""
        copy = Row(self.file, self.line)
        copy.extend(entries)
        return copy


Holder = Group | Row


def where(top: Holder, path: tuple[str | int, ...]) -> tuple[str, int]:
    """Find the file and the line of a place in a definition.

    Steps that lead nowhere are passed over: a key that is missing is looked for where it should be.
    """
    here: Any = top
    file, line = top.file, top.line
    for step in path:
        inside: Any = None
        if isinstance(here, Group) and step in here:
            inside, file, line = here[str(step)], here.file, here.lines.get(str(step), here.line)
        elif isinstance(here, Row) and isinstance(step, int) and step < len(here):
            inside, file = here[step], here.file
            line = here.lines[step] if step < len(here.lines) else here.line
        if isinstance(inside, Holder) and isinstance(here, Row):
            file, line = inside.file, inside.line
        here = inside if inside is not None else here
    return file, line
