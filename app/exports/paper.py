"""A paper as plain values: a page, a Word document and a PDF are made of it, and so say the same.

Nothing in it is markup: whatever was typed is shown as it was typed, in each of the three.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

SENSITIVE = "OFFICIAL-SENSITIVE"
OFFICIAL = "OFFICIAL"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Take away what no XML document can hold.

    >>> printable("A & B\x00 <c>\x0b")
    'A & B <c>'
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


_PAGEFUL = 600
"""Characters in a cell or a list that are sure to fit on a page."""


class Bullets(NamedTuple):
    """A list, one line each."""

    lines: tuple[str, ...]

    @property
    def together(self) -> bool:
        """Whether it is short enough to stand on one page."""
        return sum(map(len, self.lines)) <= _PAGEFUL


class Table(NamedTuple):
    """Rows under heads; the first cell of a row names it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """How wide each column is beside the others."""

    def together(self, row: tuple[str, ...]) -> bool:
        """Whether a row is short enough to stand on one page."""
        return max(map(len, row)) <= _PAGEFUL


Block = str | Bullets | Table
"""What stands under a heading; a paragraph is its text."""


class Section(NamedTuple):
    """A heading of the first, second or third level, and what stands under it."""

    level: int
    heading: str
    blocks: tuple[Block, ...] = ()
    """A table is the last of them: the heading that follows keeps it from the next."""
    key: str = ""
    """What its words are kept under when somebody writes them anew; empty when nobody may."""
    edited: str = ""
    """Who wrote its words, and when; empty while they are drafted from the data."""

    @property
    def words(self) -> str:
        """Its words as a form shows them, one line each."""
        lines: list[str] = []
        for block in self.blocks:
            match block:
                case Bullets():
                    lines += block.lines
                case str():
                    lines.append(block)
                case _:
                    pass
        return "\n".join(lines)


class Written(NamedTuple):
    """What somebody wrote for a section in place of its draft."""

    words: str
    by: str


@dataclass(frozen=True)
class Paper:
    """Everything that one paper says."""

    title: str
    called: str
    """What sort of paper it is, and for whom."""
    classification: str
    about: tuple[str, ...]
    warning: str
    """What its reader must know first; empty when there is nothing."""
    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    """What was left out of it, one line each; empty where nothing can be."""
    made: str
    """Who made it, and when."""
    one_page: bool = False
    """Whether it is set closer, to fit one page if it can."""

    @property
    def stays(self) -> bool:
        """Whether it stays in the partnership: then it says who wrote its sections, and when."""
        return self.classification == SENSITIVE

    def mark(self, section: Section) -> str:
        """Say who wrote a section, and when; nothing while it is drafted, or in what is spread."""
        return f"Written by {section.edited}" if section.edited and self.stays else ""

    @property
    def full_title(self) -> str:
        """The title by which a document is known."""
        return f"{self.title}: {self.called}"


def right_to_left(words: str) -> bool:
    r"""Say whether words are read from the right, by their first letter.

    >>> right_to_left("1. \N{HEBREW LETTER SHIN} a"), right_to_left("a \N{HEBREW LETTER SHIN}")
    (True, False)
    """
    if words[:1].isascii() and words[:1].isalpha():
        return False
    strong = (unicodedata.bidirectional(each) for each in words)
    return next((each for each in strong if each in {"L", "R", "AL"}), "L") != "L"


def paragraphs(words: str) -> tuple[str, ...]:
    r"""Return each line that says something as a paragraph.

    >>> paragraphs("One.\n\n Two.\r\n \n")
    ('One.', ' Two.')
    """
    return tuple(line for line in words.replace("\r\n", "\n").split("\n") if line.strip())


def rewritten(paper: Paper, written: Mapping[str, Written]) -> Paper:
    """Put what people wrote in place of what was drafted; a list stays a list."""
    return replace(paper, sections=tuple(_rewritten(each, written) for each in paper.sections))


def _rewritten(section: Section, written: Mapping[str, Written]) -> Section:
    found = written.get(section.key)
    if not found:
        return section
    lines = paragraphs(found.words)
    listed = all(isinstance(block, Bullets) for block in section.blocks)
    return section._replace(blocks=(Bullets(lines),) if listed else lines, edited=found.by)
