"""Documents that take long: whoever asked is told how far it is, and nobody else waits."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlmodel import Session, select

from app.config import ROOT, Settings
from app.db import Database
from app.db.readiness import migrate
from app.events.models import Event
from app.exports import another_process, giving
from app.exports.models import RequestedDocument
from app.identity.models import Person
from app.main import create_app
from app.rounds.models import Purge, Round, RoundPerson
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browsing import Browser, Visitor, soup, words
from tests.clock import SettableClock
from tests.conftest import DATABASES
from tests.exports import slow_documents as slow
from tests.factories import ident
from tests.security.conftest import another_database
from tests.world import World, build_world

_numbers = count(1)


@dataclass
class House:
    """An installation with a database of its own, in which documents are made as a test wants."""

    settings: Settings
    url: str
    world: World
    at: str
    gate: Path
    clock: SettableClock
    closing: ExitStack = field(default_factory=ExitStack)

    def serve(self, patience: float = 0.1) -> Browser:
        """Start one more serving process, as far as anybody can tell from outside."""
        database = Database(self.url, self.clock)
        app = create_app(self.settings, database)
        app.state.document_maker.patience = patience
        client = TestClient(app, base_url="http://casefile.test", follow_redirects=False)
        return Browser(self.closing.enter_context(client), database)

    def let_through(self) -> None:
        (self.gate / "open").touch()

    def begun(self) -> int:
        """Wait until a worker has begun; return its process."""
        return int(waited_for(lambda: _text(self.gate / "worker")))

    def rows(self) -> list[RequestedDocument]:
        return self.all(RequestedDocument)

    def all(self, table: type) -> list:  # type: ignore[type-arg]
        database = Database(self.url)
        with database.reading() as session:
            found = list(session.exec(select(table)))
        database.close()
        return found

    def change(self, what: Callable[[Session], object]) -> None:
        database = Database(self.url)
        with database.writing() as session:
            what(session)
        database.close()

    def taken(self) -> list[Event]:
        return [event for event in self.all(Event) if event.kind == "paper.taken"]


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def waited_for(what: Callable[[], str], seconds: float = 30) -> str:
    """Ask until there is an answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


@pytest.fixture(params=DATABASES)
def house(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, clock: SettableClock
) -> Iterator[House]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/own.db"
    else:
        server = request.getfixturevalue("postgresql_url")
        url = another_database(server, f"making_{next(_numbers)}")
    migrate(url)
    gate = tmp_path / "gate"
    gate.mkdir()
    database = Database(url, clock)
    with database.writing() as session:
        world = build_world(session)
        audit = open_audit(session, world, Stage.REPORTED)
        audit.round.title = str(gate)
    database.close()
    made = House(settings, url, world, f"/wexcombe/rounds/{audit.round.ref}", gate, clock)
    with made.closing:
        yield made
        made.let_through()


@pytest.fixture
def made_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Say how PDFs are made from now on."""

    def say(work: object) -> None:
        monkeypatch.setitem(giving.MAKERS, "pdf", work)  # type: ignore[arg-type]

    return say


MadeBy = Callable[[object], None]


def ask(visitor: Visitor, house: House, paper: str = "report") -> Response:
    return visitor.post(f"{house.at}/{paper}/document", {"format": "pdf"})


def asked(visitor: Visitor, house: House, paper: str = "report") -> str:
    """Ask for a document that is not there in time; return the address of its page."""
    answer = ask(visitor, house, paper)
    assert answer.status_code == 303
    assert "/documents/" in answer.headers["location"]
    return str(answer.headers["location"])


def comes_to_say(visitor: Visitor, page: str, told: str) -> None:
    waited_for(lambda: "yes" if told in words(soup(visitor.get(page))) else "")


def test_what_is_there_in_time_is_given_at_once_and_nothing_is_kept(
    house: House, made_by: MadeBy
) -> None:
    made_by(slow.at_once)
    answer = ask(house.serve(patience=60).as_(house.world.lead), house)
    assert (answer.status_code, answer.content) == (200, slow.MADE)
    assert house.rows() == []
    assert len(house.taken()) == 1


def test_what_takes_longer_says_how_far_it_is_and_is_taken_from_its_page(
    house: House, made_by: MadeBy
) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    page = asked(lead, house)
    house.begun()
    told = lead.page(page)
    assert "Your document is being made" in words(told)
    assert "Full report, as a PDF. You asked for it on 15 September 2026 at 10:00am." in words(told)
    assert told.select_one('noscript meta[http-equiv="refresh"]')
    assert told.select_one("main a[href$='" + page + "']")  # look again
    assert house.taken() == []

    house.let_through()
    comes_to_say(lead, page, "Your document is ready")
    ready = lead.page(page)
    assert "until 16 September 2026 at 10:00am" in words(ready)
    assert not ready.select("[hx-get], meta[http-equiv=refresh]")
    for _ in range(2):
        given = lead.submit(page)
        assert given.content == slow.MADE
        assert given.headers["content-type"] == "application/pdf"
        assert given.headers["content-disposition"].startswith('attachment; filename="report-')
    assert [event.person_id for event in house.taken()] == [house.world.lead.id] * 2


def test_a_document_of_what_was_purged_meanwhile_is_not_kept(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve(patience=3)
    lead = browse.as_(house.world.lead)
    with ThreadPoolExecutor(1) as others:
        waiting = others.submit(ask, lead, house)
        house.begun()
        house.change(lambda session: purge(session, house.clock()))
        refused = waiting.result(timeout=30)
    assert refused.status_code == 409
    assert "was purged while its document was being made" in refused.text
    house.let_through()
    assert house.rows() == []
    house.clock.forward(minutes=1)
    assert ask(lead, house).content == slow.MADE


def purge(session: Session, at: datetime) -> None:
    of = session.exec(select(Round)).one()
    by = session.exec(select(Person.id)).first() or 0
    session.add(Purge(round_id=ident(of), kind="answers", rows=1, person_id=by, at=at))


def test_another_request_is_answered_while_a_document_is_being_made(
    house: House, made_by: MadeBy
) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve(patience=3)
    lead, nurse = browse.as_(house.world.lead), browse.as_(house.world.nurse)
    nurse.page("/wexcombe/my-work")  # compiled by now
    with ThreadPoolExecutor(1) as others:
        waiting = others.submit(ask, lead, house)
        house.begun()
        for _ in range(5):
            before = time.monotonic()
            nurse.page("/wexcombe/my-work")
            assert time.monotonic() - before < 1
        assert not waiting.done()
        assert waiting.result(timeout=30).status_code == 303  # nor does whoever asked wait on


def test_two_documents_at_once_are_made_one_after_the_other(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve()
    first, second = browse.as_(house.world.lead), browse.as_(house.world.coordinator)
    one = asked(first, house)
    house.begun()
    two, three = asked(second, house), asked(second, house, "briefing")
    assert "It is being made now." in words(first.page(one))
    assert "1 other document will be made before it." in words(second.page(two))
    assert "2 other documents will be made before it." in words(second.page(three))
    house.let_through()
    for visitor, page in ((first, one), (second, two), (second, three)):
        comes_to_say(visitor, page, "Your document is ready")


def test_a_page_that_looks_again_is_told_only_what_is_new(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    page = asked(lead, house)
    comes_to_say(lead, page, "It is being made now.")
    (polling,) = lead.page(page).select("#progress[hx-get]")
    again, htmx = str(polling["hx-get"]), {"HX-Request": "true", "HX-Target": "div#progress"}
    assert lead.get(again, **htmx).status_code == 204
    house.let_through()
    comes_to_say(lead, page, "Your document is ready")
    answer = lead.get(again, **htmx)
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<div id="progress">')
    assert "Download the PDF" in answer.text


def test_asking_again_leads_to_the_same_page(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve()
    lead, coordinator = browse.as_(house.world.lead), browse.as_(house.world.coordinator)
    assert asked(lead, house) == asked(lead, house)
    assert asked(coordinator, house) != asked(lead, house)
    assert len(house.rows()) == 2


def test_every_process_knows_how_far_it_is_and_gives_it(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    here, elsewhere = house.serve(), house.serve()
    page = asked(here.as_(house.world.lead), house)
    lead = elsewhere.as_(house.world.lead)
    comes_to_say(lead, page, "It is being made now.")
    house.let_through()
    comes_to_say(lead, page, "Your document is ready")
    assert lead.submit(page).content == slow.MADE


def test_only_who_asked_sees_it(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve()
    page = asked(browse.as_(house.world.lead), house)
    house.let_through()
    comes_to_say(browse.as_(house.world.lead), page, "Your document is ready")
    for who in (house.world.coordinator, house.world.scrutineer, house.world.officer):
        visitor = browse.as_(who)
        assert visitor.get(page).status_code == 404
        assert visitor.post(f"{page}/file").status_code == 404
    assert house.taken() == []


def test_a_role_taken_away_meanwhile_takes_the_document_away(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    page = asked(lead, house)
    house.let_through()
    comes_to_say(lead, page, "Your document is ready")
    house.change(
        lambda session: [session.delete(part) for part in session.exec(select(RoundPerson))]
    )
    assert lead.get(page).status_code == 404
    assert lead.post(f"{page}/file").status_code == 404
    assert house.taken() == []


def test_an_agencys_letter_goes_with_the_stage_that_let_it_be_read(
    house: House, made_by: MadeBy
) -> None:
    made_by(slow.at_the_gate)
    reader = house.serve().as_(house.world.police_lead)
    page = asked(reader, house, f"letters/{house.world.police.ref}")
    house.let_through()
    comes_to_say(reader, page, "Feedback letter to Wexcombe Police, as a PDF.")

    def take_back(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE round SET stage = 'findings_agreed'")

    house.change(take_back)
    assert reader.get(page).status_code == 404
    assert reader.post(f"{page}/file").status_code == 404


def test_a_worker_that_is_killed_is_replaced_and_the_document_is_made(
    house: House, made_by: MadeBy
) -> None:
    made_by(slow.dying_once)
    answer = ask(house.serve(patience=60).as_(house.world.lead), house)
    assert (answer.status_code, answer.content) == (200, slow.MADE)


@pytest.mark.parametrize("patience", [0.1, 60], ids=["later", "in time"])
@pytest.mark.parametrize("work", [slow.dying, slow.failing], ids=["killed", "failing"])
def test_what_cannot_be_made_ends_in_a_sentence_and_can_be_made_again(
    house: House, made_by: MadeBy, work: object, patience: float, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by(work)
    lead = house.serve(patience).as_(house.world.lead)
    page = asked(lead, house)
    comes_to_say(lead, page, "Your document could not be made")
    assert "Nothing is lost: make it again." in words(lead.page(page))
    assert not lead.page(page).select("[hx-get], meta[http-equiv=refresh]")
    assert lead.post(f"{page}/file").status_code == 303
    assert "what a case says" not in capsys.readouterr().out
    assert house.taken() == []

    made_by(slow.at_once)
    again = lead.post(f"{house.at}/report/document", {"format": "pdf"})
    if again.status_code == 303:
        comes_to_say(lead, again.headers["location"], "Your document is ready")
        again = lead.submit(again.headers["location"])
    assert again.content == slow.MADE


def test_the_button_of_the_sentence_asks_for_the_same_again(house: House, made_by: MadeBy) -> None:
    made_by(slow.failing)
    lead = house.serve(60).as_(house.world.lead)
    page = asked(lead, house)
    form = lead.page(page).select_one("main form")
    assert form is not None
    assert form["action"] == f"{house.at}/report/document"
    (button,) = form.select("button")
    assert (button["name"], button["value"]) == ("format", "pdf")


def test_a_worker_that_never_comes_back_is_ended_and_the_next_is_made(
    house: House, made_by: MadeBy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(another_process, "LONGEST", 3.0)
    made_by(slow.at_the_gate)
    browse = house.serve()
    lead, coordinator = browse.as_(house.world.lead), browse.as_(house.world.coordinator)
    stuck = asked(lead, house)
    worker = house.begun()
    made_by(slow.at_once)
    monkeypatch.setattr(another_process, "LONGEST", 60.0)
    after = asked(coordinator, house)
    comes_to_say(lead, stuck, "Your document could not be made")
    comes_to_say(coordinator, after, "Your document is ready")
    waited_for(lambda: "" if Path(f"/proc/{worker}/exe").exists() else "gone")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_ends_with_its_server_however_that_ends(how: signal.Signals) -> None:
    """Or each time that a server is started again, one more would be left on the machine."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout
        worker = Path(f"/proc/{server.stdout.readline().strip()}/exe")
        assert worker.exists()
        server.send_signal(how)
    waited_for(lambda: "" if worker.exists() else "gone")


SERVER = """
import asyncio, time
from app.exports.another_process import POOL
from tests.exports.slow_documents import own_process
print(asyncio.run(POOL.run(own_process, None)), flush=True)
time.sleep(60)
"""


def _left_behind(session: Session, house: House, who: Person, maker: str) -> RequestedDocument:
    """A document whose process was killed while it made it."""
    row = RequestedDocument(
        person_id=ident(who),
        round_id=session.exec(select(RoundPerson.round_id)).first() or 0,
        kind="report",
        name="report",
        called="Full report",
        format="pdf",
        state="making",
        maker=maker,
        asked_at=house.clock(),
    )
    session.add(row)
    session.flush()
    return row


def test_a_page_never_says_for_ever_that_a_document_is_being_made(house: House) -> None:
    lead = house.serve().as_(house.world.lead)
    refs: list[str] = []
    house.change(
        lambda session: refs.append(_left_behind(session, house, house.world.lead, "GONE").ref)
    )
    page = f"{house.at}/documents/{refs[0]}"
    assert "It is being made now." in words(lead.page(page))
    house.clock.at += timedelta(minutes=11)
    assert "Your document could not be made" in words(lead.page(page))


def test_what_was_left_unfinished_is_given_up_when_the_one_process_starts_again(
    house: House,
) -> None:
    house.change(lambda session: _left_behind(session, house, house.world.lead, "GONE"))
    house.serve()
    # Beside another process on PostgreSQL, that one may still be making it.
    wanted = "failed" if house.url.startswith("sqlite") else "making"
    assert [row.state for row in house.rows()] == [wanted]


def test_stopping_gives_up_what_is_unfinished(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    asked(lead, house)
    worker = house.begun()
    house.closing.close()
    assert [row.state for row in house.rows()] == ["failed"]
    waited_for(lambda: "" if Path(f"/proc/{worker}/exe").exists() else "gone")


def test_after_a_day_it_is_gone(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    browse = house.serve()
    lead = browse.as_(house.world.lead)
    page = asked(lead, house)
    house.let_through()
    comes_to_say(lead, page, "Your document is ready")
    house.clock.at += timedelta(days=1)
    lead = browse.as_(house.world.lead)
    assert lead.get(page).status_code == 404
    assert lead.post(f"{page}/file").status_code == 404
    house.serve()
    assert house.rows() == []


def test_what_is_not_what_was_made_is_not_given(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    page = asked(lead, house)
    house.let_through()
    comes_to_say(lead, page, "Your document is ready")

    def damage(session: Session) -> None:
        for row in session.exec(select(RequestedDocument)):
            row.content = b"something else"

    house.change(damage)
    answer = lead.post(f"{page}/file")
    assert answer.status_code == 409
    assert "make it again" in words(soup(answer))
    assert house.taken() == []


def test_a_form_with_more_in_it_is_refused(house: House, made_by: MadeBy) -> None:
    made_by(slow.at_the_gate)
    lead = house.serve().as_(house.world.lead)
    page = asked(lead, house)
    assert lead.post(f"{page}/file", {"state": "ready"}).status_code == 422
