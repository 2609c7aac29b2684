"""Reading a list somebody uploaded: a child process reads it, within limits, and this waits.

A hostile spreadsheet can abort or starve whatever reads it, so the web process never opens one.
The bytes go in on standard input, the kept columns come back on standard output, nothing touches
the disk, and identifying columns never cross. Whatever happens to the child, a person gets a
sentence that says what to do.

Public: `await read_list(data, file_name) -> ReadList`, raising `ListProblem`.
"""

import asyncio
import contextlib
import os
import sys
from pathlib import Path, PurePath
from typing import Final
from weakref import WeakKeyDictionary

from app.samples.lists import MOST_BYTES, TOO_MUCH, TOO_MUCH_CODE, ListProblem, ReadList, from_json

SECONDS: Final = 40.0
AT_ONCE: Final = 2
MOST_ANSWERED: Final = 64 * 1024 * 1024
ENDINGS: Final = (".csv", ".txt", ".xlsx")

# The folder that holds the package `app`: isolated mode (-I) looks neither at the current
# folder nor at PYTHONPATH, so the child is told where it is, installed or not.
HOME: Final = Path(__file__).resolve().parents[2]
START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); import app.samples.reading as r; r.main()"
)

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

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
        async with _turn(), asyncio.timeout(seconds):
            code, answer = await _child(data, ending)
    except TimeoutError:
        raise ListProblem(TOO_MUCH) from None
    if code != 0:
        # A negative code is a signal: the kernel has stopped it.
        raise ListProblem(TOO_MUCH if code < 0 or code == TOO_MUCH_CODE else BROKEN)
    try:
        return from_json(answer)
    except (ValueError, KeyError, TypeError):
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


def _turn() -> asyncio.Semaphore:
    """Wait for a turn: a few lists at once, so that many uploads do not take all the memory."""
    loop = asyncio.get_running_loop()
    return _turns.setdefault(loop, asyncio.Semaphore(AT_ONCE))


def _surroundings() -> dict[str, str]:
    """Give the child nothing of the server's environment but where its libraries are."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8", **kept}


async def _child(data: bytes, ending: str) -> tuple[int, bytes]:
    """Run the reader to its end, or end it; give its return code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-c", START, str(HOME), ending),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_surroundings(),
    )
    feeding = asyncio.create_task(_feed(process, data))
    try:
        answer = await _collect(process)
        return await process.wait(), answer
    finally:
        feeding.cancel()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(data)
        await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()


async def _collect(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    answer = bytearray()
    while part := await process.stdout.read(1 << 16):
        answer += part
        if len(answer) > MOST_ANSWERED:
            raise ListProblem(TOO_MUCH)
    return bytes(answer)
