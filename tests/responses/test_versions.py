"""Every version that was sent is kept and compared in words; what came late is marked."""

from datetime import UTC, date, datetime

import pytest

from app.db import Database
from app.responses.late import how_late, late_from
from app.responses.models import Response
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.responses.answering import answered, given, open_tab, words_asked
from tests.responses.test_queries import ask, send, sent
from tests.world import World

DUE = date(2026, 10, 16)


def test_two_versions_are_told_apart_question_by_question(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    number = words_asked(of)
    ask(browse, world, of, **{number: "Who said so?"})
    officer = browse.as_(world.officer)
    assert open_tab(officer, of.at, "judgement").save({number: "The <b>worker</b>"}).is_success
    send(browse, world, of)
    for who in (world.officer, world.police_lead, world.lead, world.coordinator, world.scrutineer):
        page = browse.as_(who).page(f"{of.at}/versions")
        told = words(page)
        assert "Version 1" in told, who.name
        assert "Police officer" in told
        assert "Returned with 1 query" in told
        assert "from version 1 to version 2: 1 answer" in told
        cells = [c.get_text(" ", strip=True) for c in page.select("#differences tbody td")]
        assert cells == ["Some words", "The <b>worker</b>"]
    for who in (world.nurse, world.health_lead):
        assert browse.as_(who).get(f"{of.at}/versions").status_code == 404


def test_any_two_of_several_versions_can_be_chosen(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    number = words_asked(of)
    for text in ("Second", "Third"):
        ask(browse, world, of, **{number: "And now?"})
        officer = browse.as_(world.officer)
        open_tab(officer, of.at, "judgement").save({number: text})
        send(browse, world, of)
    lead = browse.as_(world.lead)
    for chosen, cells in (("", ["Second", "Third"]), ("?from=1&to=3", ["Some words", "Third"])):
        page = lead.page(f"{of.at}/versions{chosen}")
        assert [c.get_text(strip=True) for c in page.select("#differences tbody td")] == cells
    assert "do not differ" in words(lead.page(f"{of.at}/versions?from=2&to=2"))
    assert lead.get(f"{of.at}/versions?from=1&to=9").status_code == 404


def test_what_was_sent_is_its_agencys_alone_while_it_is_back(
    browse: Browser, database: Database, world: World
) -> None:
    of = sent(browse, database, world)
    ask(browse, world, of, form_seen="Which form?")
    assert browse.as_(world.lead).get(f"{of.at}/versions").status_code == 404
    assert "Version 1" in words(browse.as_(world.officer).page(f"{of.at}/versions"))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 10, 16, 22, 59, 59, tzinfo=UTC), ""),
        (datetime(2026, 10, 16, 23, 0, tzinfo=UTC), "Sent 1 day late"),
        (datetime(2026, 10, 19, 22, 0, tzinfo=UTC), "Sent 3 days late"),
        (None, ""),
    ],
)
def test_late_is_after_the_end_of_the_day_in_london(at: datetime | None, told: str) -> None:
    assert how_late(at, DUE) == told
    assert at is None or (at >= late_from(DUE)) == bool(told)


def test_a_late_return_is_accepted_and_marked_wherever_it_is_read(
    browse: Browser, database: Database, world: World, clock: SettableClock
) -> None:
    of = given(database, world, Stage.MODERATION)
    answered(database, of)
    clock.forward(days=34)
    send(browse, world, of)
    lead = browse.as_(world.lead)
    for where in ("", "/check", "/versions"):
        assert "Sent 3 days late" in words(lead.page(f"{of.at}{where}"))
    round_at = f"/wexcombe/rounds/{of.audit.round.ref}"
    with database.reading() as session:
        about = session.get_one(Subject, of.assignment.subject_id).ref
    head = lead.page(f"{round_at}/subjects/{about}/comparison").select_one("#answers thead")
    assert head is not None
    assert "Wexcombe Police Sent 3 days late" in words(head)
    assert "Wexcombe Police 1 0 0 0 1 1 late" in words(lead.page(f"{round_at}/returns"))


def test_sending_again_after_queries_is_not_late(
    browse: Browser, database: Database, world: World, clock: SettableClock
) -> None:
    of = sent(browse, database, world)
    ask(browse, world, of, form_seen="Which form?")
    clock.forward(days=60)
    send(browse, world, of)
    assert "late" not in words(browse.as_(world.lead).page(f"{of.at}/versions"))


def test_a_round_without_a_copy_says_so(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    response = answered(database, of)
    assert "No copy" in words(browse.as_(world.officer).page(f"{of.at}/versions"))
    with database.reading() as session:
        assert session.get_one(Response, response.id).first_sent_at is None
        assert session.get_one(Round, of.audit.round.id).returns_due == DUE
