"""A round's results: what was sent, counted; what too few said, without a percentage."""

import pytest
from bs4 import BeautifulSoup

from app.access import Role
from app.db import Database
from app.responses.tallies import rebuild
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, heading, words
from tests.factories import membership
from tests.world import World

VOICE = "form_child_voice"


def said(level: str) -> dict[str, Answer]:
    opens = {"parts_played": "receiver", "form_seen": "yes"}
    given = {**opens, VOICE: level}
    return {key: Answer(State.ANSWERED, (chosen,)) for key, chosen in given.items()}


@pytest.fixture
def audit(database: Database, world: World) -> Audit:
    """Twelve referrals on which social care has sent, and two on which the police have."""
    with database.writing() as session:
        made = open_audit(session, world, Stage.MODERATION)
        for place in range(12):
            about = subject(session, made, f"R-{place:03}", place)
            level = "yes" if place < 9 else "no"
            given = assign(session, about, world.social_care, world.social_worker)
            respond(session, made, given, said(level))
            if place < 2:
                respond(session, made, assign(session, about, world.police, world.officer), {})
        rebuild(session, made.strand)
    return made


def at(audit: Audit) -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/results"


def result(page: BeautifulSoup, key: str) -> str:
    """What the table of one question says."""
    table = page.select_one(f"#result-{key}")
    assert table is not None, key
    return " ".join(table.get_text(" ", strip=True).split())


def test_the_lead_reads_counts_with_their_base_and_absences_apart(
    browse: Browser, world: World, audit: Audit
) -> None:
    page = browse.as_(world.lead).page(at(audit))
    voice = result(page, VOICE)
    assert "12 answered of 12 asked" in voice
    assert "Yes 9 (75%)" in voice
    assert "No 3 (25%)" in voice


def test_below_ten_answers_there_is_no_percentage(
    browse: Browser, world: World, audit: Audit
) -> None:
    page = browse.as_(world.lead).page(f"{at(audit)}?agency={world.police.ref}")
    assert "%" not in words(page).replace("Percentages", "")


def test_each_number_leads_to_the_answers_behind_it(
    browse: Browser, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    page = lead.page(f"{at(audit)}/{VOICE}")
    assert "12 responses" in words(page)
    link = page.select_one("#behind tbody a")
    assert link is not None
    assert "what the child has said" in words(lead.page(str(link["href"])))


def test_grades_stand_side_by_side_in_words(browse: Browser, world: World, audit: Audit) -> None:
    page = browse.as_(world.scrutineer).page(f"{at(audit)}?show=agencies")
    assert "Yes 9, No 3" in words(page)


def test_an_agency_waits_until_the_findings_are_agreed_and_then_reads_the_round_and_its_own(
    browse: Browser, database: Database, world: World, audit: Audit
) -> None:
    with database.writing() as session:
        membership(session, world.teacher, world.partnership, Role.AGENCY_LEAD, world.police)
    reader = browse.as_(world.teacher)
    assert reader.get(at(audit)).status_code == 409
    with database.writing() as session:
        session.get_one(Round, audit.round.id).stage = Stage.FINDINGS_AGREED
    page = reader.page(at(audit))
    assert "12 answered of 12 asked" in result(page, VOICE)
    assert [o.get_text() for o in page.select("[name=agency] option")] == [
        "All agencies",
        "Wexcombe Police",
    ]
    assert not page.select("[name=stratum]")
    assert "Responses behind" not in words(page)
    assert reader.get(f"{at(audit)}/{VOICE}").status_code == 404
    other = reader.page(f"{at(audit)}?agency={world.social_care.ref}&show=agencies")
    assert not other.select("#heat")


def test_before_anything_is_sent_the_page_says_so(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        empty = open_audit(session, world)
    assert "No response has been sent yet" in words(browse.as_(world.lead).page(at(empty)))


def test_what_is_not_there_to_be_chosen_is_not_chosen(
    browse: Browser, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    page = lead.page(f"{at(audit)}?agency=NOTTHERE22&theme=none&stratum='&section=x&strand=y")
    assert "12 answered of 12 asked" in result(page, VOICE)
    assert heading(lead.get(f"{at(audit)}/nothing")) == "Page not found"
