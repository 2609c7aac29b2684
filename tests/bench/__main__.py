"""Run the benchmarks: all of them, or those that are named (`python -m tests.bench P1 P4`).

`--full` saves 50,000 times for P2 instead of a few thousand. What a number means is in
docs/evidence.md. Nothing here fails: a goal that is missed is said to be missed.
"""

import argparse
import os
import sys
from collections.abc import Collection, Iterator

from tests.bench import comparing, pages, saving, start, storage
from tests.bench.loading import NeedsTool
from tests.bench.measuring import Result, header

ALONE = {
    "P4": pages.measure,
    "P6": comparing.measure,
    "P13": start.measure,
    "P14": storage.measure,
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
            yield from measure()


def main() -> int:
    """Print each result as it comes."""
    known = [*saving.CLIENTS, *ALONE]
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("ids", nargs="*", metavar="P1", help=f"from {', '.join(known)}")
    parser.add_argument("--full", action="store_true", help="50,000 saves for P2")
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
