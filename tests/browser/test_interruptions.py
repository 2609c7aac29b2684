"""An afternoon of interruptions: nothing that the page showed as saved is lost or doubled.

Somebody types in Chromium. At moments drawn from a seed the network goes, the session ends, the
server is killed, or one of two windows on the same response is closed. What was not saved must
still be on the page, and have been said aloud, once. When it is over, what is stored is compared
with everything that was ever shown as saved. CASEFILE_SEED brings a run back.
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from sqlmodel import col, select

from app.db import Database
from app.identity.sign_ins import digest_of, end_sign_in
from app.library.numbers import numbers_of
from app.responses.meanwhile import answer_before
from app.responses.models import AnswerChange, Response
from app.tools import ABSENCES, Answer
from app.web.guard import COOKIE
from tests.browser.house import House, a_served_house
from tests.browser.typist import Fields, Typist
from tests.conftest import DATABASES, free_database
from tests.factories import PASSWORD
from tests.responses.answering import Given, given, stored

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser-interruptions"),
]

RUNS = 50 if os.environ.get("CASEFILE_PROVE") else 5
"""For each database: 10 in all, 100 when proving."""


@dataclass
class Afternoon:
    """One response, the window it is typed in, and what goes wrong."""

    house: House
    context: BrowserContext
    chance: random.Random
    of: Given
    cookie: str
    typist: Typist
    gone: list[Fields] = field(default_factory=list)
    """What was shown as saved in a window that was closed."""

    @property
    def address(self) -> str:
        return f"{self.house.server.address}{self.of.at}/sections/judgement"

    @property
    def database(self) -> Database:
        return self.house.database

    def cut_the_network(self) -> None:
        self.context.set_offline(offline=True)
        self._typed_in_vain("Not saved: no connection")
        self.context.set_offline(offline=False)

    def end_the_session(self) -> None:
        with self.database.writing() as session:
            end_sign_in(session, digest_of(self.cookie))
        self._typed_in_vain("Not saved: you have been signed out")
        page = self.typist.page
        page.get_by_label("E-mail address").fill(self.of.auditor.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in and save").click()
        self.typist.saved()
        self.cookie = next(c["value"] for c in self.context.cookies() if c["name"] == COOKIE)

    def kill_the_server(self) -> None:
        self.house.server.kill()
        self._typed_in_vain("Not saved: no connection")
        self.house.server.start()

    def close_one_of_two(self) -> None:
        """Somebody types in a second window, and closes it in the middle of a word."""
        self.typist.saved()
        other = Typist.at(self.context, self.address, self.chance, boxes=(-1,))
        other.type(2)
        other.saved()
        other.write("and more")
        other.page.wait_for_timeout(self.chance.choice((0, 0, 850, 1500)))
        last = other.held()
        warned = ["beforeunload"] if other.unsaved() else []
        self.gone += [*other.was_shown(), last]
        other.page.close(run_before_unload=True)
        self.typist.page.wait_for_timeout(200)
        assert other.warned[: len(warned)] == warned

    def answer_against_another_window(self) -> None:
        """Both windows answer one question: both answers are kept, and a person chooses."""
        self.typist.saved()
        other = Typist.at(self.context, self.address, self.chance, boxes=(0,))
        other.write("theirs")
        other.saved()
        self.gone += other.was_shown()
        other.page.close()
        self.typist.write("mine", (0,))
        expect(self.typist.status).to_contain_text("changed in another window")
        mine = self.typist.held()
        self.typist.leave_by("Save and continue")
        page = self.typist.page
        expect(page.get_by_role("heading", level=1)).to_contain_text("Choose which answer stays")
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url("**/check")
        page.goto(self.address)
        assert self.typist.held() == mine

    def _typed_in_vain(self, told: str) -> None:
        """What is typed now is not saved: it stays on the page, which says so aloud, once."""
        self.typist.said()
        self.typist.write("in vain")
        self.typist.type(1)
        expect(self.typist.status).to_contain_text(told, timeout=15_000)
        before = self.typist.held()
        assert any("in vain" in words for words in before.values())
        self.typist.page.wait_for_timeout(self.chance.choice((0, 2500)))
        assert self.typist.held() == before
        assert self.typist.spoken.startswith(told)
        assert sum(told in each for each in self.typist.said()) <= 1


@pytest.fixture(scope="module", params=DATABASES)
def own_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A partnership on a server that may be killed."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('interrupted')}/casefile.db"
    else:
        url = free_database(request.getfixturevalue("postgresql_url"))
    with a_served_house(url) as made:
        yield made


FAULTS = (
    Afternoon.cut_the_network,
    Afternoon.end_the_session,
    Afternoon.kill_the_server,
    Afternoon.close_one_of_two,
    Afternoon.answer_against_another_window,
)


def test_nothing_shown_as_saved_is_lost_or_doubled_whatever_interrupts(
    own_house: House, chromium: Browser, record_property: Callable[[str, object], None]
) -> None:
    seed = int(os.environ.get("CASEFILE_SEED", random.randrange(10**6)))
    record_property("seed", seed)
    for run in range(RUNS):
        chance = random.Random(seed + run)
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(10_000)
        of = given(own_house.database, own_house.world)
        cookie = own_house.sign_in(context, of.auditor)
        address = f"{own_house.server.address}{of.at}/sections/judgement"
        typist = Typist.at(context, address, chance)
        afternoon = Afternoon(own_house, context, chance, of, cookie, typist)
        for fault in (FAULTS[run % len(FAULTS)], *chance.choices(FAULTS[:3], k=run % 2)):
            typist.type(chance.randint(1, 3))
            fault(afternoon)
        typist.write("the end")
        typist.saved()
        faults = [*lost_or_doubled(afternoon), *unexpected(typist.window.complaints)]
        context.close()
        assert not faults, (seed + run, faults)


def unexpected(complaints: list[str]) -> list[str]:
    """What the browser complained of, other than that nobody answered."""
    told = "Failed to load resource: net::"
    return [each for each in complaints if not each.startswith(told)]


def lost_or_doubled(afternoon: Afternoon) -> list[str]:
    """What is stored otherwise than the pages said, a sentence each."""
    history, faults = histories(afternoon), list[str]()
    for name, words in afternoon.typist.held().items():
        elsewhere = [fields.get(name, "") for fields in afternoon.gone[-1:]]
        if (now := history.get(name, [""])[-1]) not in (words, *elsewhere):
            faults.append(f"{name} shows {words!r}, and {now!r} is stored")
    for pages in (afternoon.typist.was_shown(), afternoon.gone):
        for name in {name for fields in pages for name in fields}:
            stood = history.get(name, [""])
            left = iter(stood)
            shown = [fields[name] for fields in pages if name in fields]
            said = [words for at, words in enumerate(shown) if shown[at - 1 : at] != [words]]
            faults += [
                f"{name} was shown as saved, and never was: {words!r} in {stood}"
                for words in said
                if words not in left
            ]
    return faults


def histories(afternoon: Afternoon) -> dict[str, list[str]]:
    """Everything that each field was ever stored with, the first empty, the last as it is now."""
    of = afternoon.of
    now = stored(afternoon.database, of)
    found: dict[str, list[str]] = {}
    with afternoon.database.reading() as session:
        numbers = numbers_of(session, of.audit.tool)
        changes = session.exec(
            select(AnswerChange)
            .join(Response, col(Response.id) == col(AnswerChange.response_id))
            .where(Response.assignment_id == of.assignment.id)
            .order_by(col(AnswerChange.id))
        ).all()
    before: dict[str, list[Answer]] = {}
    for c in changes:
        key = numbers.ids[c.question_id]
        question = of.audit.question_set.question[key]
        was = answer_before(numbers, question, c.state, c.code, c.texts)
        before.setdefault(key, []).append(was)
    for key, answers in before.items():
        answers.append(now.get(key, Answer()))
        assert not any(map(Answer.__eq__, answers, answers[1:])), f"{key} was stored twice over"
        for answer in answers:
            for name, words in fields_of(of, key, answer).items():
                found.setdefault(name, []).append(words)
    return found


def fields_of(of: Given, key: str, answer: Answer) -> Fields:
    """What the fields of a question hold for an answer."""
    absent = f"~{answer.state}" if answer.state in ABSENCES else ""
    said = answer.text or "".join(answer.chosen)
    reason = {f"{key}.reason": answer.reason.strip()}
    if of.audit.question_set.question[key].absence_beside:
        return {key: said.strip(), f"{key}.absence": absent, **reason}
    return {key: said or absent, **reason}
