"""Run the benchmarks: all of them, or those that are named (`python -m tests.bench P1 P4`).

`--full` takes the counts that the goals name (50,000 saves for P2, a million answers for P7 and
P10, 100,000 for P11) instead of a few. What a number means is in docs/evidence.md. Nothing here
fails: a goal that is missed is said to be missed.
"""

import argparse
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping

from tests.bench import (
    comparing,
    comparing_round,
    counting,
    definitions,
    leaving,
    pages,
    papers,
    saving,
    start,
    storage,
)
from tests.bench.loading import NeedsTool
from tests.bench.measuring import Result, header

Measure = Callable[[bool], Iterator[Result]]
"""Measures one goal, with the full counts or with a few."""

ALONE: Mapping[str, Measure] = {
    "P4": lambda _: pages.measure(),
    "P5": lambda _: comparing_round.measure(),
    "P6": lambda _: comparing.measure(),
    "P7": lambda full: counting.measure(full=full),
    "P10": lambda full: leaving.measure(["P10"], full=full),
    "P11": lambda full: leaving.measure(["P11"], full=full),
    "P12": lambda _: papers.measure(),
    "P13": lambda _: start.measure(),
    "P14": lambda _: storage.measure(),
    "T": lambda _: definitions.measure(),
}


def results(wanted: Collection[str], *, full: bool) -> Iterator[Result]:
    """Measure what is wanted, in the order of the goals."""
    under_load = [id_ for id_ in saving.CLIENTS if id_ in wanted]
    if under_load:
        try:
            yield from saving.measure(under_load, full=full)
        except NeedsTool as missing:
            print(missing)
    for id_, measure in ALONE.items():
        if id_ in wanted:
            yield from measure(full)


def main() -> int:
    """Print each result as it comes."""
    known = [*saving.CLIENTS, *ALONE]
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("ids", nargs="*", metavar="P1", help=f"from {', '.join(known)}")
    parser.add_argument("--full", action="store_true", help="the counts that the goals name")
    given = parser.parse_args()
    if unknown := sorted(set(given.ids) - set(known)):
        print(f"There is no benchmark {', '.join(unknown)}. There are {', '.join(known)}.")
        return 2
    wanted = given.ids or known
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {load:.1f} processes running or waiting before this began")
    header()
    for result in results(wanted, full=given.full):
        result.show()
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
