"""Slow work in another process, so that nothing else waits for it.

The pool starts when it is first needed and never shares memory with the server: what goes in and
comes out are plain values.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
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
            spawned = get_context("spawn")
            self._running = ProcessPoolExecutor(WORKERS, spawned, initializer=end_with_the_server)
        return self._running


def end_with_the_server() -> None:
    """Let this worker end as soon as its server has, however that ended: nobody asks it again.

    A server that is told to stop ends by that signal, and tells its workers nothing.
    """
    server = parent_process()

    def watch() -> None:
        if server is not None:
            server.join()
        os._exit(0)

    Thread(target=watch, daemon=True).start()


POOL = Pool()
"""The one pool of this process."""
