"""Makers of documents that take as long as a test wants, or never come back.

They run in the worker process. A paper's title is a folder: there they say that they have begun,
and wait until somebody opens the gate.
"""

import os
import signal
import time
from pathlib import Path

from app.exports.paper import Paper

MADE = b"%PDF-1.7 made while nobody waited"


def at_the_gate(paper: Paper) -> bytes:
    """Begin, and come back when the gate is open."""
    place = Path(paper.title)
    (place / "worker").write_text(str(os.getpid()))
    while not (place / "open").exists():
        time.sleep(0.01)
    return MADE


def dying(paper: Paper) -> bytes:
    """Be killed as soon as it begins."""
    with (Path(paper.title) / "deaths").open("a") as deaths:
        deaths.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
    return MADE


def dying_once(paper: Paper) -> bytes:
    """Be killed the first time."""
    return MADE if (Path(paper.title) / "deaths").exists() else dying(paper)


def failing(_: Paper) -> bytes:
    """Fail, and say something of a case."""
    raise ValueError("what a case says")


def at_once(_: Paper) -> bytes:
    """Be there in time."""
    return MADE


def own_process(_: Paper | None) -> int:
    """Say which process the worker is."""
    return os.getpid()
