"""One difference between two versions of an audit tool, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Change:
    """One difference, in a sentence; a refused one would break comparison between rounds."""

    words: str
    refused: bool = False
    question: str = ""


class Named(Protocol):
    """Anything in a tool that keeps its id between versions."""

    @property
    def id(self) -> str:
        """The name it keeps."""


Kept = TypeVar("Kept", bound=Named)
Name = TypeVar("Name", bound=str)


def by_id(parts: Sequence[Kept]) -> Mapping[str, Kept]:
    """Find parts of a tool by the id they keep."""
    return {part.id: part for part in parts}


def reworded(about: str, old: str, new: str) -> Iterator[str]:
    """Say how words changed, if they did.

    >>> list(reworded("The title", "Front door", "The front door"))
    ['The title was reworded: “Front door” is now “The front door”.']
    >>> list(reworded("The guidance of seen", "", "Look at the visits."))
    ['The guidance of seen was added: “Look at the visits.”']
    """
    if old == new:
        return
    if not old:
        yield f"{about} was added: {_quoted(new)}"
    elif not new:
        yield f"{about} was taken away: {_quoted(old)}"
    else:
        yield f"{about} was reworded: “{old}” is now {_quoted(new)}"


def _quoted(words: str) -> str:
    """Put words in quotes at the end of a sentence, with one full stop between the two."""
    return f"“{words}”" if words.endswith((".", "?", "!")) else f"“{words}”."


def moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Name what stands in another place among the names both versions have, and as few as can be.

    >>> moved(["a", "b", "c", "d"], ["b", "c", "new", "a"])
    ['a']
    """
    kept_old = [name for name in old if name in new]
    kept_new = [name for name in new if name in old]
    matcher = SequenceMatcher(None, kept_old, kept_new, autojunk=False)
    still = {
        n for block in matcher.get_matching_blocks() for n in range(block.b, block.b + block.size)
    }
    return [name for n, name in enumerate(kept_new) if n not in still]


def gained_and_lost(old: Sequence[Name], new: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """Name what only the new version has, and what only the old one had."""
    return [name for name in new if name not in old], [name for name in old if name not in new]
