"""Measuring: the product and its reference in turn, and the median of their ratios."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.config import ROOT

SLICES = 7


@dataclass(frozen=True)
class Result:
    """One line of the report."""

    id: str
    job: str
    product: str
    reference: str
    ratio: float
    goal: str
    met: bool

    def show(self) -> None:
        """Print it."""
        verdict = "met" if self.met else "NOT MET"
        print(
            f"{self.id:4} {self.job:58} {self.product:>14} {self.reference:>14} "
            f"{self.ratio:8.2f}  {self.goal:>8}  {verdict}"
        )


def header() -> None:
    """Print what the columns are."""
    print(f"{'id':4} {'job':58} {'product':>14} {'reference':>14} {'ratio':>8}  {'goal':>8}")


def at_most(
    id_: str,
    job: str,
    product: Sequence[float],
    reference: Sequence[float],
    goal: float,
    unit: str = "ms",
) -> Result:
    """Compare times or sizes slice by slice: the product may take at most so many times more."""
    ratio = statistics.median(p / r for p, r in zip(product, reference, strict=True))
    shown = (f"{statistics.median(values):.2f} {unit}" for values in (product, reference))
    return Result(id_, job, *shown, ratio, f"<= {goal:g}", ratio <= goal)


def at_least(
    id_: str,
    job: str,
    product: Sequence[float],
    reference: Sequence[float],
    goal: float,
    unit: str = "/s",
) -> Result:
    """Compare rates slice by slice: the product must reach at least so large a part."""
    ratio = statistics.median(p / r for p, r in zip(product, reference, strict=True))
    shown = (f"{statistics.median(values):.0f} {unit}" for values in (product, reference))
    return Result(id_, job, *shown, ratio, f">= {goal:g}", ratio >= goal)


def in_turn(*jobs: Callable[[], object], times: int = 1, slices: int = SLICES) -> list[list[float]]:
    """Run jobs in turn, slice after slice; return each job's CPU milliseconds a run, by slice."""
    taken: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job()
    for _ in range(slices):
        for job, into in zip(jobs, taken, strict=True):
            start = time.process_time()
            for _ in range(times):
                job()
            into.append((time.process_time() - start) * 1000 / times)
    return taken


def cpu_of(code: str, bytecode: str) -> float:
    """Run Python code in a process of its own; return the CPU milliseconds it used.

    What it imports is compiled once into the folder `bytecode`, as where the product is installed,
    whatever the environment says.
    """
    settled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        check=True,
        env={**settled, "PYTHONPYCACHEPREFIX": bytecode, "CASEFILE_ENVIRONMENT": "development"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000
