"""Reading what somebody uploaded in a child process: a hostile file can abort whatever opens it.

The bytes go in on standard input, what was found comes back on standard output, and nothing
touches the disk. The child gets nothing of the server's environment, and limits itself.

Public: `await read_apart(module, data, ending)`, raising `TooMuch` or `Broken`; and for the child,
`limit_itself()`.
"""

import asyncio
import contextlib
import os
import resource
import sys
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

SECONDS: Final = 40.0
AT_ONCE: Final = 2
MOST_ANSWERED: Final = 64 * 1024 * 1024
TOO_MUCH_CODE: Final = 3
"""How a child process ends when its memory ran out."""

LIMITS: Final = (
    (resource.RLIMIT_AS, 512 * 1024 * 1024),
    (resource.RLIMIT_CPU, 25),  # the largest list allowed takes about 17 on a slow machine
    (resource.RLIMIT_NOFILE, 16),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)

# The folder that holds the package `app`: isolated mode (-I) looks neither at the current
# folder nor at PYTHONPATH, so the child is told where it is, installed or not.
HOME: Final = Path(__file__).resolve().parents[2]
START: Final = (
    "import importlib, sys; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main()"
)

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class TooMuch(Exception):
    """The file takes too long or too much memory to read."""


class Broken(Exception):
    """The file could not be read at all."""


def limit_itself() -> None:
    """Keep this process, a child that reads a file, within its limits."""
    for limit, most in LIMITS:
        resource.setrlimit(limit, (most, most))


async def read_apart(module: str, data: bytes, ending: str, *, seconds: float = SECONDS) -> bytes:
    """Have a module's `main()` read the bytes in a child process; return what it wrote."""
    try:
        async with _turn(), asyncio.timeout(seconds):
            code, answer = await _child(module, data, ending)
    except TimeoutError:
        raise TooMuch from None
    if code != 0:
        # A negative code is a signal: the kernel has stopped it.
        raise TooMuch if code < 0 or code == TOO_MUCH_CODE else Broken
    return answer


def _turn() -> asyncio.Semaphore:
    """Wait for a turn: a few files at once, so that many uploads do not take all the memory."""
    loop = asyncio.get_running_loop()
    return _turns.setdefault(loop, asyncio.Semaphore(AT_ONCE))


def _surroundings() -> dict[str, str]:
    """Give the child nothing of the server's environment but where its libraries are."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8", **kept}


async def _child(module: str, data: bytes, ending: str) -> tuple[int, bytes]:
    """Run the reader to its end, or end it; give its return code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-c", START, str(HOME), module, ending),
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
            raise TooMuch
    return bytes(answer)
