"""A paper as plain values: a page, a Word document and a PDF are made of it, and so say the same.

Nothing in it is markup: whatever was typed is shown as it was typed, in each of the three.
"""

from dataclasses import dataclass
from typing import NamedTuple

SENSITIVE = "OFFICIAL-SENSITIVE"
OFFICIAL = "OFFICIAL"


class Bullets(NamedTuple):
    """A list, one line each."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """Rows under heads; the first cell of a row names it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """How wide each column is beside the others."""


Block = str | Bullets | Table
"""What stands under a heading; a paragraph is its text."""


class Section(NamedTuple):
    """A heading of the first, second or third level, and what stands under it."""

    level: int
    heading: str
    blocks: tuple[Block, ...] = ()


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
    made: str
    """Who made it, and when."""

    @property
    def full_title(self) -> str:
        """The title by which a document is known."""
        return f"{self.title}: {self.called}"


def paragraphs(words: str) -> tuple[str, ...]:
    r"""Return each line that says something as a paragraph.

    >>> paragraphs("One.\n\n Two.\r\n \n")
    ('One.', ' Two.')
    """
    return tuple(line for line in words.replace("\r\n", "\n").split("\n") if line.strip())
