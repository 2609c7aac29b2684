"""The server is killed while people save: nothing acknowledged is lost, and nothing is doubled.

Several auditors type into responses of their own. Each save carries its page and sequence. After
SIGKILL the server starts again, each auditor repeats the save that was never acknowledged, as the
page does, and then every answer must be the last one acknowledged, recorded once.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from app.db import Database, new_reference
from app.db.readiness import migrate
from app.identity.sign_ins import digest_of, start_sign_in
from app.web.guard import COOKIE, token_for
from tests.audit import assign, mash, open_audit, subject
from tests.conftest import DATABASES
from tests.serving import Server
from tests.world import build_world

KILLS = 100 if os.environ.get("CASEFILE_PROVE") else 10
"""For each database: 20 in all, 200 when proving."""

AUDITORS = 4
SECRET = "known to this test alone, and long enough"
QUESTION = "worked_well"


@dataclass
class Auditor:
    """One open page, and what it was told."""

    address: str
    cookie: str
    token: str
    page: str
    sequence: int = 0
    acknowledged: int = 0
    waiting: int | None = None
    faults: list[str] = field(default_factory=list)

    def save(self, server: str, sequence: int) -> bool:
        """Save what is typed at this sequence; say whether the server acknowledged it."""
        fields = {
            "token": self.token,
            "page": self.page,
            "sequence": str(sequence),
            "base": "0",
            "asked": QUESTION,
            QUESTION: f"typed {sequence}",
        }
        headers = {"Sec-Fetch-Site": "same-origin", "X-Casefile-Save": "1"}
        try:
            answer = httpx.post(
                server + self.address,
                data=fields,
                headers={**headers, "Cookie": f"{COOKIE}={self.cookie}"},
                timeout=10,
            )
        except httpx.HTTPError:
            return False
        if answer.is_success and answer.headers.get("x-saved-version"):
            return True
        self.faults.append(f"{answer.status_code} {answer.text[:200]}")
        return False

    def type_until(self, server: str, dead: threading.Event) -> None:
        """Go on typing until a save is not acknowledged."""
        while not dead.is_set():
            self.sequence += 1
            self.waiting = self.sequence
            if not self.save(server, self.sequence):
                return
            self.acknowledged, self.waiting = self.sequence, None

    def waits_since(self, acknowledged: int) -> bool:
        """Whether nothing more has been acknowledged."""
        return self.acknowledged == acknowledged

    def carry_on(self, server: str) -> None:
        """Repeat the save that was never acknowledged, twice over, as a page that retries does."""
        if self.waiting is not None:
            assert self.save(server, self.waiting), self.faults
            assert self.save(server, self.waiting), self.faults
            self.acknowledged, self.waiting = self.waiting, None


@pytest.fixture(params=DATABASES)
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, list[Auditor]]:
    """A database of this test's own, with an auditor at each of several responses."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/live.db"
    else:
        url = own_postgresql(request.getfixturevalue("postgresql_url"))
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        world = build_world(session)
        audit = open_audit(session, world)
        auditors = []
        for number in range(AUDITORS):
            given = assign(
                session,
                subject(session, audit, f"R-{number}", number),
                world.police,
                world.officer,
            )
            cookie = start_sign_in(session, world.officer)
            token = token_for(SECRET, digest_of(cookie))
            address = f"/wexcombe/assignments/{given.ref}/answers"
            auditors.append(Auditor(address, cookie, token, new_reference()))
    database.close()
    return url, auditors


def own_postgresql(url: str) -> str:
    database = Database(url)
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE killed"))
    database.close()
    return url.replace("/casefile?", "/killed?")


def stored(url: str) -> list[tuple[str, int, int]]:
    """Each response's answer as stored, its version, and how often a change was recorded."""
    database = Database(url)
    query = text(
        "SELECT t.text, r.version, (SELECT count(*) FROM answer_change c "
        "WHERE c.response_id = r.id) FROM response r "
        "JOIN assignment a ON a.id = r.assignment_id JOIN subject s ON s.id = a.subject_id "
        "JOIN answer_text t ON t.response_id = r.id ORDER BY s.position"
    )
    with database.reading() as session:
        rows = [tuple(row) for row in session.connection().execute(query)]
    database.close()
    return rows


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled(
    killed: tuple[str, list[Auditor]], record_property: Callable[[str, object], None]
) -> None:
    url, auditors = killed
    assert QUESTION in mash().question_set["referral-form"].question
    seed = int(os.environ.get("CASEFILE_SEED", random.randrange(10**6)))
    record_property("seed", seed)
    chance = random.Random(seed)
    server = Server(
        {
            "CASEFILE_ENVIRONMENT": "development",
            "CASEFILE_DATABASE_URL": url,
            "CASEFILE_SECRET": SECRET,
        }
    )
    try:
        for _ in range(KILLS):
            server.start()
            for auditor in auditors:
                auditor.carry_on(server.address)
            one_life(server, auditors, chance.uniform(0, 0.5))
        server.start()
        for auditor in auditors:
            auditor.carry_on(server.address)
    finally:
        server.kill()

    assert [fault for auditor in auditors for fault in auditor.faults] == []
    assert all(auditor.acknowledged >= KILLS for auditor in auditors)
    for auditor, (words, version, changes) in zip(auditors, stored(url), strict=True):
        assert words == f"typed {auditor.acknowledged}"
        assert version == changes == auditor.acknowledged


def one_life(server: Server, auditors: list[Auditor], seconds: float) -> None:
    """Let everybody type for a while after their first save, then kill the server under them."""
    dead, before = threading.Event(), [auditor.acknowledged for auditor in auditors]
    typing = [
        threading.Thread(target=auditor.type_until, args=(server.address, dead))
        for auditor in auditors
    ]
    for thread in typing:
        thread.start()
    give_up = time.monotonic() + 20
    while any(map(Auditor.waits_since, auditors, before)) and time.monotonic() < give_up:
        dead.wait(0.002)
    dead.wait(seconds)
    server.kill()
    dead.set()
    for thread in typing:
        thread.join()
