"""Blocks: groups of questions defined once and used by many tools.

A tool names a block and its version where a section could stand. The block's sections take that
place, and every question keeps the name of the block: the same question in two tools is one
question, and its answers can be compared.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, ValidationError

from app.tools.checks import Fault, Path, instead
from app.tools.located import Group, Row
from app.tools.parts import Part, QuestionId, Slug, Words
from app.tools.scales import Scale
from app.tools.schema import Framework, Section, Theme, Tool


class Block(Part):
    """A group of sections that tools use by name and version, with all they lean on."""

    format: Literal[1]
    block: Slug
    version: Annotated[StrictInt, Field(ge=1)]
    title: Words
    summary: str = ""
    frameworks: tuple[Framework, ...] = ()
    themes: tuple[Theme, ...] = ()
    scales: tuple[Scale, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class BlockUse(Part):
    """A block in place of a section: all of it, or only some of its questions."""

    block: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*@[1-9][0-9]*$")]
    only: Annotated[tuple[QuestionId, ...], Field(min_length=1)] = ()


LEANED_ON = ("frameworks", "themes", "scales")
"""What a block brings into the tool that uses it."""

FindBlock = Callable[[str], tuple[Group, Tool]]
"""Finds a block by `name@version`: as written, and read. Raises LookupError in words."""


def as_tool(block: Group) -> Group:
    """Dress a block as a tool of one question set, so that it is checked in the same way."""
    one_set = block.but(id=block.get("block"), subject="case")
    for key in (*LEANED_ON, "format", "block", "version", "summary"):
        one_set.pop(key, None)
    tool = block.but(
        tool=block.get("block"), question_sets=Row(block.file, block.line).of([one_set])
    )
    del tool["block"], tool["sections"]
    return tool


class Expansion:
    """A tool part-way through having its blocks put in place."""

    def __init__(self, tool: Group, find: FindBlock) -> None:
        self.tool = tool
        self.find = find
        self.faults: list[Fault] = []
        self.misshapen: list[tuple[Path, ValidationError]] = []
        self.brought: dict[str, list[Group]] = {key: [] for key in LEANED_ON}

    def expanded(self) -> Group:
        """Give the tool with every block in place of its name; `faults` then says what is wrong."""
        sets = self.tool.get("question_sets")
        if not isinstance(sets, Row):
            return self.tool
        sets = sets.of([self._set(each, ("question_sets", n)) for n, each in enumerate(sets)])
        return self.tool.but(question_sets=sets, **self._lean())

    def _set(self, one_set: object, path: Path) -> object:
        """Put blocks in place in one question set."""
        if not isinstance(one_set, Group) or not isinstance(one_set.get("sections"), Row):
            return one_set
        sections: list[Any] = []
        for n, entry in enumerate(one_set["sections"]):
            if isinstance(entry, Group) and "block" in entry:
                sections += self._block(entry, (*path, "sections", n), set(_ids(sections)))
            else:
                self._refuse_block_of_its_own(entry, (*path, "sections", n))
                sections.append(entry)
        return one_set.but(sections=one_set["sections"].of(sections))

    def _refuse_block_of_its_own(self, section: object, path: Path) -> None:
        """Refuse a question that claims to come from a block."""
        for n, question in enumerate(_questions(section)):
            if "block" in question:
                words = 'a question does not name its block. Take "block" away here'
                self.faults.append(Fault((*path, "questions", n, "block"), words))

    def _block(self, entry: Group, path: Path, asked: set[str]) -> list[Group]:
        """Find a block and give its sections, with the questions that are wanted."""
        try:
            use = BlockUse.model_validate(entry)
            written, block = self.find(use.block)
        except ValidationError as error:
            self.misshapen.append((path, error))
            return []
        except LookupError as error:
            self.faults.append(Fault((*path, "block"), str(error.args[0])))
            return []
        known = block.question_sets[0].question
        only = use.only or tuple(known)
        self._check_only(only, block, (*path, "only"), asked)
        sections = [_kept(section, only, written["block"]) for section in written["sections"]]
        for key in LEANED_ON:
            self.brought[key] += written.get(key, [])
        return [section for section in sections if section["questions"]]

    def _check_only(self, only: tuple[str, ...], block: Tool, path: Path, asked: set[str]) -> None:
        """Find names the block does not have, and follow-ups without what they follow."""
        known = block.question_sets[0].question
        for name in only:
            if name not in known:
                words = f'the block has no question "{name}". {instead(name, known)}'
                self.faults.append(Fault(path, words))
                continue
            when = known[name].when
            for part in when.parts() if when else ():
                if part.question not in only and part.question not in asked:
                    words = (
                        f'"{name}" is asked after an answer to "{part.question}". '
                        f'Add "{part.question}" here too, or leave "{name}" out.'
                    )
                    self.faults.append(Fault(path, words))

    def _lean(self) -> dict[str, Row]:
        """Merge what blocks bring into what the tool has; the same id must mean the same."""
        merged = {}
        for key, brought in self.brought.items():
            own = self.tool.get(key)
            if not brought or not isinstance(own, Row | None):
                continue
            groups = (each for each in own or () if isinstance(each, Group))
            entries = {x["id"]: x for x in groups if isinstance(x.get("id"), str)}
            for entry in brought:
                if entries.setdefault(entry["id"], entry) != entry:
                    words = (
                        f'"{entry["id"]}" also comes from a block, where it says something else. '
                        "Take it away here, or give it another id."
                    )
                    self.faults.append(Fault((key, list(entries).index(entry["id"])), words))
            row = own if own is not None else Row(self.tool.file, self.tool.line)
            added = [x for x in entries.values() if not any(x is y for y in row)]
            merged[key] = row.of([*row, *added])
        return merged


def _questions(section: object) -> Iterator[Group]:
    """Give a section's questions as they are written, passing over what is none."""
    rows = section.get("questions") if isinstance(section, Group) else None
    return (each for each in rows if isinstance(each, Group)) if isinstance(rows, Row) else iter(())


def _ids(sections: list[Any]) -> Iterator[str]:
    return (str(q.get("id")) for section in sections for q in _questions(section))


def _kept(section: Group, only: tuple[str, ...], block: str) -> Group:
    """Give a block's section with the questions that are wanted, each naming its block."""
    kept = [q.but(block=block) for q in section["questions"] if q["id"] in only]
    return section.but(questions=section["questions"].of(kept))
