"""Loading a served application with wrk."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT


class NeedsTool(Exception):
    """A program that the benchmarks use is not on this machine."""


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests a second, latency in milliseconds, answers that were not 2xx."""

    per_second: float
    p50: float
    p99: float
    errors: int
    requests: int


def need_wrk() -> str:
    """Return where wrk is, or say in words how to have it."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise NeedsTool("The load benchmarks need wrk: apt-get install wrk")
    return wrk


def load(port: int, path: str, clients: int, seconds: float, script: Path | None = None) -> Load:
    """Load an address with a number of clients for some seconds."""
    command = [
        need_wrk(),
        "-t1",
        f"-c{clients}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
        "--timeout",
        "30s",
    ]
    command += ["-s", str(script)] if script else []
    command += [f"http://127.0.0.1:{port}{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return _parsed(done.stdout)


_UNIT = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def _parsed(text: str) -> Load:
    def latency(percent: int) -> float:
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
        return float(number) * _UNIT[unit]

    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))  # type: ignore[union-attr]
    requests = int(re.search(r"(\d+) requests in", text).group(1))  # type: ignore[union-attr]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    socket_errors = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = int(bad.group(1)) if bad else 0
    errors += sum(map(int, socket_errors.groups())) if socket_errors else 0
    return Load(rate, latency(50), latency(99), errors, requests)
