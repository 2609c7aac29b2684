"""P1, P2, P3: saving answers as they are typed, through the whole stack, under load."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from app.db import Database
from tests.bench.loading import Load, load, need_wrk
from tests.bench.measuring import SLICES, Result, at_least
from tests.bench.seeded import FIRST_VERSION, GRADES, SECRET, Seeded, seed
from tests.bench.statements import write_statements
from tests.serving import Server, served

BARE = "tests.bench.bare:create_app"
SCRIPT = Path(__file__).parent / "autosave.lua"
CLIENTS = {"P1": (1, 8, 32, 128), "P2": (8, 128), "P3": (32,)}
GOAL = 0.5
"""P1's goal. FastAPI alone reaches 0.42 of the same reference with a form, 0.56 without."""

MANY, FEW = 50_000, 5_000


@dataclass
class Loading:
    """One served application, loaded again and again by pages that go on counting."""

    server: Server
    seeded: Seeded
    folder: Path
    first: int = 0
    loads: dict[int, list[Load]] = field(default_factory=dict)

    def slice(self, clients: int, seconds: float) -> Load:
        """Load it for some seconds."""
        path = self.folder / f"{self.server.port}.lua"
        path.write_text(script(self.seeded, self.first))
        done = load(self.server.port, "/", clients, seconds, path)
        self.first += 200_000
        self.loads.setdefault(clients, []).append(done)
        return done

    def per_second(self, clients: int) -> list[float]:
        return [each.per_second for each in self.loads[clients]]

    @property
    def all(self) -> list[Load]:
        return [each for loads in self.loads.values() for each in loads]


def script(seeded: Seeded, first: int) -> str:
    """Write wrk's script: what the pages send, and then how they take turns."""
    pages = ",\n".join(
        f"{{address={json.dumps(p.address)}, form={json.dumps(seeded.form(p))}}}"
        for p in seeded.pages
    )
    headers = ", ".join(f"[{json.dumps(k)}]={json.dumps(v)}" for k, v in seeded.headers.items())
    given = (
        f"pages = {{{pages}}}",
        f"headers = {{{headers}}}",
        f"grades = {{{', '.join(map(json.dumps, GRADES))}}}",
        f"first = {first}",
        SCRIPT.read_text("utf-8"),
    )
    return "\n".join(given)


def measure(
    wanted: Collection[str], seconds: float = 1, slices: int = SLICES, *, full: bool = False
) -> Iterator[Result]:
    """Load the product and the bare endpoint in turn."""
    need_wrk()
    numbers = sorted({clients for id_ in wanted for clients in CLIENTS[id_]})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url, bare_url, spare_url = (f"sqlite:///{folder}/{n}.db" for n in ("ours", "bare", "spare"))
        seeded = seed(url)
        for copy in ("bare", "spare"):
            shutil.copy(folder / "ours.db", folder / f"{copy}.db")
        count = write_statements(spare_url, seeded, folder / "statements.json")
        statements = {"BENCH_STATEMENTS": str(folder / "statements.json")}
        with (
            served(url, CASEFILE_SECRET=SECRET) as product,
            served(bare_url, BARE, "/healthz", **statements) as bare,
        ):
            ours, theirs = Loading(product, seeded, folder), Loading(bare, seeded, folder)
            for _ in range(slices):
                for clients in numbers:
                    ours.slice(clients, seconds)
                    theirs.slice(clients, seconds)
            print(f"     a save is {count} SQL statements and one commit at synchronous=FULL;")
            print(
                "     the reference is a bare endpoint that runs the same ones on a raw connection"
            )
            if "P1" in wanted:
                yield from _against_bare(ours, theirs)
            if "P2" in wanted:
                yield from _no_cliff(ours, url, MANY if full else FEW)
            if "P3" in wanted:
                job = "the same at 32 clients, the reference committing each at FULL"
                rates = ours.per_second(32), theirs.per_second(32)
                yield at_least("P3", job, *rates, 0.8)


def _against_bare(ours: Loading, theirs: Loading) -> Iterator[Result]:
    for clients in CLIENTS["P1"]:
        job = f"autosave, {clients} client{'s' if clients > 1 else ''}, against the same SQL bare"
        yield at_least("P1", job, ours.per_second(clients), theirs.per_second(clients), GOAL)


def _no_cliff(ours: Loading, url: str, wanted: int) -> Iterator[Result]:
    yield at_least(
        "P2", "autosave at 128 clients, against 8", ours.per_second(128), ours.per_second(8), 0.8
    )
    loads = ours.loads[8]
    p50, p99 = (statistics.median(getattr(each, p) for each in loads) for p in ("p50", "p99"))
    tail = p99 / p50
    yield Result(
        "P2",
        "slowest hundredth at 8 clients, against the median",
        f"{p99:.2f} ms",
        f"{p50:.2f} ms",
        tail,
        "< 10",
        tail < 10,
    )
    while (saves := sum(each.requests for each in ours.all)) < wanted:
        ours.slice(32, min(20, max(1, (wanted - saves) / ours.per_second(32)[-1])))
    errors = sum(each.errors for each in ours.all)
    lost = saves - _stored(url)
    yield Result(
        "P2",
        f"errors and lost saves in {saves:,} saves (of the {MANY:,}: --full)",
        f"{errors} + {max(lost, 0)}",
        "",
        errors,
        "0",
        not errors and lost <= 0,
    )


def _stored(url: str) -> int:
    """Count the saves that were stored: every one takes its response's next version."""
    database = Database(url)
    query = text("SELECT sum(version - :first) FROM response WHERE version >= :first")
    with database.reading() as session:
        found: int = session.connection().execute(query, {"first": FIRST_VERSION}).scalar_one()
    database.close()
    return found
