"""P13: how quickly the application starts, and how much memory it holds."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.db.readiness import migrate
from tests.bench.measuring import SLICES, Result, at_most, cpu_of
from tests.serving import served


def measure() -> Iterator[Result]:
    """Measure importing, memory, and an empty database until it is ready."""
    with tempfile.TemporaryDirectory() as folder:
        yield _import(folder)
        start = time.perf_counter()
        url = f"sqlite:///{folder}/empty.db"
        migrate(url)
        with served(url) as server:
            taken = time.perf_counter() - start
            assert server.process is not None
            held = anonymous_megabytes(server.process.pid)
    yield Result(
        "P13",
        "anonymous memory of a serving process",
        f"{held:.0f} MB",
        "",
        held,
        "<= 100",
        held <= 100,
    )
    yield Result(
        "P13",
        "an empty database migrated and served",
        f"{taken:.1f} s",
        "",
        taken,
        "<= 5",
        taken <= 5,
    )


def _import(bytecode: str) -> Result:
    ours, theirs = "import app.main", "import fastapi, sqlmodel, jinja2"
    taken: dict[str, list[float]] = {ours: [], theirs: []}
    cpu_of(ours, bytecode)
    for _ in range(SLICES):
        for code, into in taken.items():
            into.append(cpu_of(code, bytecode))
    job = "import, against fastapi + sqlmodel + jinja2 (CPU)"
    return at_most("P13", job, taken[ours], taken[theirs], 1.5)


def anonymous_megabytes(pid: int) -> float:
    """Return a process's anonymous memory, as the kernel counts it."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith("Anonymous:"))
    return int(line.split()[1]) / 1024
