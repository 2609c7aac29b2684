"""Serving the application in a process of its own: for browsers, kills and loads."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from app.config import ROOT

APPLICATION = "app.main:create_app"
FACTORY = [sys.executable, "-W", "ignore", "-m", "uvicorn", "--factory", "--no-access-log"]
FAST = ["--loop", "uvloop", "--http", "httptools", "--log-level", "error"]


class NeverReady(Exception):
    """The server ended, or did not answer in time."""


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """One serving process, which may be killed and started again on the same port."""

    environment: Mapping[str, str]
    factory: str = APPLICATION
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, ready: str = "/readyz") -> None:
        """Start it, and wait until it can serve."""
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [*FACTORY, *FAST, "--port", str(self.port), self.factory],
            cwd=ROOT,
            env={**os.environ, **self.environment},
        )
        for _ in range(1200):  # importing takes long where much else runs
            if self.process.poll() is not None:
                raise NeverReady("the server ended before it was ready")
            try:
                urlopen(self.address + ready, timeout=1)
            except (HTTPError, URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise NeverReady("the server did not become ready")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, gently or (SIGKILL) as a power cut would."""
        if self.process is not None and self.running:
            self.process.send_signal(how)
            self.process.wait(timeout=20)

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        self.stop(signal.SIGKILL)


@contextmanager
def served(
    url: str, factory: str = APPLICATION, ready: str = "/readyz", **more: str
) -> Iterator[Server]:
    """Serve a database until the block ends."""
    environment = {"CASEFILE_ENVIRONMENT": "development", "CASEFILE_DATABASE_URL": url, **more}
    server = Server(environment, factory)
    server.start(ready)
    try:
        yield server
    finally:
        server.stop()
