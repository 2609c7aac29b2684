"""Slow work in another process, so that nothing else waits for it.

The pool starts when it is first needed and never shares memory with the server: what goes in and
comes out are plain values.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

WORKERS = 1
"""Documents made at once: a pack takes a fifth of a second, and the machine has little to spare."""

LONGEST = 60.0
"""Seconds after which a worker will not finish: it is ended, so that the next document is made."""

T = TypeVar("T")
V = TypeVar("V")


class Pool:
    """Worker processes, started at the first call and again if one of them died."""

    def __init__(self) -> None:
        self._running: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[[V], T], given: V) -> T:
        """Do the work elsewhere and wait for it; no transaction may be open meanwhile."""
        try:
            return await self._run(work, given)
        except BrokenProcessPool:
            self.stop()
            return await self._run(work, given)

    async def _run(self, work: Callable[[V], T], given: V) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(LONGEST):
                return await loop.run_in_executor(self._started(), work, given)
        except TimeoutError:
            self.stop()
            raise

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        running, self._running = self._running, None
        if running is not None:
            for worker in list((running._processes or {}).values()):  # noqa: SLF001
                worker.kill()
            running.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._running is None:
            self._running = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
        return self._running


POOL = Pool()
"""The one pool of this process; the interpreter ends its workers when it ends itself."""
