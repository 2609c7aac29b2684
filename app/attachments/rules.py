"""What may be attached to an answer, and what a file is called."""

import unicodedata
from pathlib import PurePosixPath
from typing import Final

from app.access import Unfit

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_OF_ONE: Final = 20
"""Files that one response may hold."""

TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
}
ENDINGS: Final = frozenset(TYPES)
WHICH: Final = "PDF, Word (.docx), Excel (.xlsx), PNG, JPG or plain text (.txt)"

_SAME: Final = {"jpeg": "jpg"}
_OLDER: Final = {"doc": "docx", "xls": "xlsx", "rtf": "docx", "odt": "docx", "ods": "xlsx"}
_MACROS: Final = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb"})
_LONGEST: Final = 80
_NO_NAME: Final = "File"
_NOT_IN_NAMES: Final = frozenset('<>:"|?*%')


def ending_of(file_name: str) -> str:
    """Return what a file says it is, or refuse it with what to do instead.

    >>> ending_of("Letter.JPEG"), ending_of("notes.txt")
    ('jpg', 'txt')
    """
    ending = _base(file_name).suffix.lstrip(".").lower()
    ending = _SAME.get(ending, ending)
    if ending in ENDINGS:
        return ending
    if ending in _MACROS:
        raise Unfit({"attachment": "Save it without macros first: a macro can act by itself"})
    if ending in _OLDER:
        wanted = f"Save it as .{_OLDER[ending]} first: a .{ending} file is not accepted"
        raise Unfit({"attachment": wanted})
    raise Unfit({"attachment": f"The file must be {WHICH}"})


def shown_name(file_name: str, ending: str) -> str:
    r"""Return the name under which pages show a file: no path, nothing invisible, not too long.

    >>> shown_name("C:\\cases\\Chronology.PDF", "pdf"), shown_name("../../etc/passwd.txt", "txt")
    ('Chronology.pdf', 'passwd.txt')
    >>> shown_name("report\N{RIGHT-TO-LEFT OVERRIDE}fdp.docx", "docx"), shown_name(".txt", "txt")
    ('reportfdp.docx', 'File.txt')
    """
    stem = unicodedata.normalize("NFC", _base(file_name).stem)
    seen = "".join(each for each in stem if not _hidden(each))
    tidy = " ".join(seen.split()).strip(". ")[:_LONGEST].rstrip(". ")
    return f"{tidy or _NO_NAME}.{ending}"


def what_it_is(ending: str, size: int) -> str:
    """Say what kind of file something is, and how large, as people read it.

    >>> what_it_is("pdf", 900), what_it_is("txt", 120_000), what_it_is("png", 2_400_000)
    ('PDF, 1 KB', 'TXT, 117 KB', 'PNG, 2.3 MB')
    """
    large = size >= 1024**2
    in_words = f"{size / 1024**2:.1f} MB" if large else f"{max(1, round(size / 1024))} KB"
    return f"{ending.upper()}, {in_words}"


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" or letter in _NOT_IN_NAMES


def _base(file_name: str) -> PurePosixPath:
    """Return the last part of a name, whichever way its sender's machine writes paths."""
    last = PurePosixPath(file_name.replace("\\", "/").replace("\0", "")).name
    # A name that is all ending (".txt") has one: to a path it would be a hidden file without any.
    return PurePosixPath(f"{_NO_NAME}{last}" if last.startswith(".") else last)
