"""Reading audit tools from their files, or saying in sentences what stops it.

Every sentence names the file and the line, says what is wrong there and what to write instead. All
that is wrong with a file's shape is said at once.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from app.tools.blocks import Expansion, as_tool
from app.tools.checks import Fault
from app.tools.located import Group, where
from app.tools.schema import Tool
from app.tools.sentences import sentences
from app.tools.yaml_files import located
from app.tools.yaml_problems import Misread

Tools = dict[tuple[str, int], Tool]
"""Every version of every audit tool, by slug and version."""

_VERSION_FILE = re.compile(r"v([1-9][0-9]*)\.yaml")


class ToolError(Exception):
    """A file that is no audit tool yet, with a sentence for everything wrong in it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(self.problems))


class Reader:
    """Reads tools, and each block they use once."""

    def __init__(self, blocks_dir: Path) -> None:
        self.blocks_dir = blocks_dir
        self._blocks: dict[str, tuple[Group, Tool]] = {}

    def tool(self, path: Path) -> Tool:
        """Read one version of a tool, its blocks expanded."""
        written = _written(path)
        if "block" in written and "tool" not in written:
            raise ToolError([_sentence(written, Fault(("block",), _A_BLOCK))])
        expansion = Expansion(written, self.block)
        whole = expansion.expanded()
        faults = list(expansion.faults)
        for at, error in expansion.misshapen:
            faults += [Fault((*at, *f.path), f.words) for f in sentences(error, "use")]
        if faults:
            raise ToolError(_sentence(written, fault) for fault in faults)
        return _read(whole, "tool")

    def block(self, name: str) -> tuple[Group, Tool]:
        """Find a block by `name@version`; LookupError where there is none."""
        if name not in self._blocks:
            slug, version = name.split("@")
            path = self.blocks_dir / slug / f"v{version}.yaml"
            if not path.is_file():
                raise LookupError(self._no_such(slug, version))
            written = _written(path)
            self._blocks[name] = (written, _read_block(written, slug, int(version)))
        return self._blocks[name]

    def _no_such(self, slug: str, version: str) -> str:
        """Say which blocks and versions there are instead."""
        versions = sorted((self.blocks_dir / slug).glob("v*.yaml"))
        if versions:
            names = ", ".join(f"{slug}@{path.stem[1:]}" for path in versions)
            return f'the block "{slug}" has no version {version}. Write one of: {names}.'
        names = ", ".join(sorted(path.parent.name for path in self.blocks_dir.glob("*/v1.yaml")))
        return f'there is no block "{slug}". Write one of: {names or "none are written yet"}.'


_A_BLOCK = "this is a block, not an audit tool. Use it in a tool, in place of a section."


def read_tool(path: Path, blocks_dir: Path) -> Tool:
    """Read one version of an audit tool, or raise ToolError with everything wrong in its file."""
    return Reader(blocks_dir).tool(path)


def read_tools(root: Path) -> Tools:
    """Read every version of every tool under a folder, or raise ToolError for all that are wrong.

    A version stands in `<slug>/v<version>.yaml`; blocks stand in `blocks/` and are read when used.
    """
    reader = Reader(root / "blocks")
    tools: Tools = {}
    problems: list[str] = []
    for path in sorted(root.glob("*/*.yaml")):
        if path.parent.name == "blocks":
            continue
        try:
            tool = reader.tool(path)
        except ToolError as error:
            problems += error.problems
            continue
        problems += _misplaced(path, tool.slug, tool.version)
        tools[tool.slug, tool.version] = tool
    if problems:
        raise ToolError(problems)
    return dict(sorted(tools.items()))


def _misplaced(path: Path, slug: str, version: int) -> list[str]:
    """Say where a file should be, if its name is not what it says inside."""
    if path.parent.name == slug and path.name == f"v{version}.yaml":
        return []
    home = f"{slug}/v{version}.yaml"
    says = f"the file says that it is version {version} of {slug}"
    return [f"{path.as_posix()}, line 1: {says}. Name it {home}, or change what it says."]


def _written(path: Path) -> Group:
    """Read a file as it is written, before anything is made of it."""
    name = path.as_posix()
    try:
        return located(path.read_bytes(), name)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise ToolError(
            [f"{name}, line 1: the file cannot be opened ({reason}). Check its name."]
        ) from None
    except Misread as error:
        raise ToolError([f"{name}, line {error.line}: {error.words.rstrip('.')}."]) from None


def _read_block(written: Group, slug: str, version: int) -> Tool:
    """Check a block by itself, as a tool of one question set."""
    if (written.get("block"), written.get("version")) != (slug, version):
        words = f'the file\'s name says "block: {slug}" and "version: {version}". Write both in it.'
        raise ToolError([_sentence(written, Fault(("block",), words))])
    if "subjects" in written:
        words = "a block does not name what is audited. Write it in the question set of the tool."
        raise ToolError([_sentence(written, Fault(("subjects",), words))])
    if isinstance(written.get("sections"), list):
        nested = (s for s in written["sections"] if isinstance(s, Group) and "block" in s)
        if (entry := next(nested, None)) is not None:
            words = "a block cannot use another block. Use both in the tool."
            raise ToolError([_sentence(entry, Fault(("block",), words))])
    return _read(as_tool(written), "block")


def _read(written: Group, top: str) -> Tool:
    """Make a tool of what is written, or say everything that stops it."""
    try:
        return Tool.model_validate(written)
    except ValidationError as error:
        found = list(sentences(error, top))
    raise ToolError(_sentence(written, fault) for fault in found)


def _sentence(written: Group, fault: Fault) -> str:
    """Say where a fault is, and what it is."""
    file, line = where(written, fault.path)
    words = fault.words if fault.words.endswith(("?", ".")) else f"{fault.words}."
    return f"{file}, line {line}: {words}"
