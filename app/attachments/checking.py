"""Checking a file that somebody attaches, in a child process, before anything of it is stored."""

import hashlib
from dataclasses import dataclass

from app.access import Unfit
from app.attachments.rules import MOST_BYTES, ending_of, shown_name
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

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


async def checked(file_name: str, data: bytes) -> Checked:
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
    word, _, rest = told.partition(b"\n")
    if word == b"ok":
        return Checked(shown_name(file_name, ending), ending, rest)
    raise Unfit({"attachment": rest.decode() if word == b"no" else _BROKEN})
