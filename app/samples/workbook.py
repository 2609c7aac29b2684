"""Reading a list somebody uploaded: a child process reads it, within limits, and this waits.

The bytes go in, the kept columns come back, and identifying columns never cross. Whatever happens
to the child, a person gets a sentence that says what to do.

Public: `await read_list(data, file_name) -> ReadList`, raising `ListProblem`.
"""

from pathlib import PurePath
from typing import Final

from app.samples.lists import MOST_BYTES, TOO_MUCH, ListProblem, ReadList, from_json
from app.web.apart import SECONDS, Broken, TooMuch, read_apart

ENDINGS: Final = (".csv", ".txt", ".xlsx")

BROKEN = (
    "This file could not be read: it may be damaged. Open it in your spreadsheet program, save it "
    "again as .xlsx or as CSV, and choose the new file."
)


async def read_list(data: bytes, file_name: str, *, seconds: float = SECONDS) -> ReadList:
    """Read a list of referrals, leaving behind every column that identifies people.

    The file's name serves only for its ending: names of files are often names of children.
    Raises ListProblem, in words for the coordinator, for whatever cannot be read or used.
    """
    ending = _accepted(data, file_name)
    try:
        return from_json(await read_apart("app.samples.reading", data, ending, seconds=seconds))
    except TooMuch:
        raise ListProblem(TOO_MUCH) from None
    except (Broken, ValueError, KeyError, TypeError):
        raise ListProblem(BROKEN) from None


def _accepted(data: bytes, file_name: str) -> str:
    ending = PurePath(file_name.replace("\\", "/")).suffix.lower()
    if ending in {".xlsm", ".xltm", ".xlam"}:
        raise ListProblem("Workbooks with macros are not accepted. Save it as .xlsx and try again.")
    if ending in {".xls", ".xlsb", ".ods", ".numbers"}:
        raise ListProblem(
            f"Casefile does not read {ending} files. Open it, save it as .xlsx, and choose that "
            "file."
        )
    if ending not in ENDINGS:
        raise ListProblem("Choose a spreadsheet saved as .xlsx, or a list saved as .csv.")
    if not data:
        raise ListProblem("This file is empty. Choose the file with the list of referrals.")
    if len(data) > MOST_BYTES:
        raise ListProblem(
            "This file is larger than 5 MB. Keep only the columns and rows that are needed, "
            "save it as .xlsx or CSV, and try again."
        )
    return ending
