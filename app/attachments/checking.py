"""Checking a file that somebody attaches, in a child process, before anything of it is stored."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from app.access import Unfit
from app.attachments.rules import MOST_BYTES, ending_of, shown_name
from app.identifiers import Kind, found_in
from app.web.apart import Broken, TooMuch, read_apart

_BROKEN = (
    "This file could not be read: it may be damaged. Open it in the program it was made with, save "
    "it again, and choose the new file."
)
_TOO_MUCH = (
    "This file takes too long or too much memory to look into. Save it as PDF, or make it smaller."
)


@dataclass(frozen=True)
class Checked:
    """A file that may be stored: what it is called, what it is, and its bytes as stored."""

    name: str
    ending: str
    content: bytes
    suspected: tuple[Kind, ...]
    """The kinds of identifier that its name or its words seem to hold."""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


async def checked(file_name: str, data: bytes, today: date) -> Checked:
    """Return a file as it may be stored, or raise Unfit with what to do instead."""
    ending = ending_of(file_name)
    if not data:
        raise Unfit({"attachment": "This file is empty. Choose the file that shows your answer."})
    if len(data) > MOST_BYTES:
        raise Unfit({"attachment": "The file must be smaller than 10 MB"})
    try:
        told = await read_apart("app.attachments.inspecting", data, ending)
    except TooMuch:
        raise Unfit({"attachment": _TOO_MUCH}) from None
    except Broken:
        raise Unfit({"attachment": _BROKEN}) from None
    first, _, rest = told.partition(b"\n")
    word, *kinds = first.decode("ascii", "replace").split()
    if word == "ok":
        name = shown_name(file_name, ending)
        suspected = dict.fromkeys((*found_in(_apart(name), today), *map(Kind, kinds)))
        return Checked(name, ending, rest, tuple(suspected))
    raise Unfit({"attachment": rest.decode() if word == "no" else _BROKEN})


def _apart(name: str) -> str:
    """Return the words of a file name, which stand apart by other signs than spaces.

    >>> _apart("Notes_Karen-Ash.pdf")
    'Notes Karen Ash'
    """
    return re.sub(r"[_.-]+", " ", name.rpartition(".")[0])
