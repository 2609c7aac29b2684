"""The briefing and the full report: who reads which, and what is never in them."""

import io
import json

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from app.actions.models import LearningAction
from app.db import Database
from app.events.models import Event
from app.rounds.rules import Stage
from tests.browsing import Browser, words
from tests.comparisons.scene import CANARY, move_to
from tests.conftest import nothing_written
from tests.exports.test_packs import SUBJECTS, Reported, document_text
from tests.exports.test_packs import reported as reported  # noqa: PLC0414 - a fixture
from tests.world import World

PAPERS = ("briefing", "report")


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_page_word_document_and_pdf_say_the_same(
    browse: Browser, world: World, reported: Reported
) -> None:
    lead = browse.as_(world.lead)
    for address in (reported.pack, *(f"{reported.scene.at}/{paper}" for paper in PAPERS)):
        page = words(lead.page(address))
        docx = document_text(lead.post(f"{address}/document", {"format": "docx"}).content)
        answer = lead.post(f"{address}/document", {"format": "pdf"})
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].endswith('.pdf"')
        pdf = " ".join(pdf_text(answer.content).split())
        for told in (
            "The worry is not always plain",
            "Teach the front door",
            "What was left out",
            "Findings that are not agreed",
        ):
            assert told in page
            assert told in docx
            assert told in pdf
        assert "Still a draft" not in page + docx + pdf


def test_the_briefing_counts_no_cases_names_nobody_and_fits_a_page(
    browse: Browser, world: World, reported: Reported
) -> None:
    lead = browse.as_(world.lead)
    page = words(lead.page(f"{reported.scene.at}/briefing"))
    answer = lead.post(f"{reported.scene.at}/briefing/document", {"format": "pdf"})
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    for told in (page, pdf_text(answer.content)):
        assert "What you can do tomorrow" in told
        plain = told.replace(world.lead.name, "")  # invented names carry numbers
        for never in (str(SUBJECTS), "R-X", "R-7F3K", CANARY, world.officer.name):
            assert never not in plain


def test_the_full_report_counts_and_gives_no_percentage_of_fewer_than_ten(
    browse: Browser, world: World, reported: Reported
) -> None:
    page = words(browse.as_(world.lead).page(f"{reported.scene.at}/report"))
    for told in (
        "Executive summary",
        "Agencies contributing",
        "It rests on 1 compared answer.",
        "Limitations",
        "Appendix: the questions",
        "For the other subgroup alone",
    ):
        assert told in page
    assert CANARY not in page
    for row in page.split(" of ")[1:]:
        if row.startswith("2 "):
            assert "%" not in row.split(". ")[0]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "name", ["panel_police", "police_lead", "officer", "owner", "subgroup_member", "administrator"]
)
def test_only_those_who_read_every_finding_read_them(
    browse: Browser, world: World, reported: Reported, name: str, paper: str
) -> None:
    visitor = browse.as_(world.people[name])
    assert visitor.get(f"{reported.scene.at}/{paper}").status_code == 403
    assert visitor.post(f"{reported.scene.at}/{paper}/document").status_code == 403


@pytest.mark.parametrize("paper", PAPERS)
def test_before_moderation_there_is_none_and_until_reported_it_is_provisional(
    browse: Browser, world: World, reported: Reported, database: Database, paper: str
) -> None:
    lead, at = browse.as_(world.lead), f"{reported.scene.at}/{paper}"
    move_to(database, reported.scene, Stage.MODERATION)
    assert "Provisional" in words(lead.page(at))
    move_to(database, reported.scene, Stage.RETURNS_CLOSED)
    assert lead.get(at).status_code == 409
    with nothing_written(database):
        assert lead.post(f"{at}/document").status_code == 409


@pytest.mark.parametrize("paper", PAPERS)
def test_taking_it_is_recorded_with_what_it_was_and_its_format(
    browse: Browser, world: World, reported: Reported, session: Session, paper: str
) -> None:
    lead = browse.as_(world.scrutineer)
    lead.post(f"{reported.scene.at}/{paper}/document", {"format": "pdf"})
    event = session.exec(select(Event).where(Event.kind == "paper.taken")).one()
    assert event.person_id == world.scrutineer.id
    details = json.loads(event.details)
    assert (details["paper"], details["format"]) == (paper, "pdf")


def test_a_sort_of_document_that_there_is_not_is_refused(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    with nothing_written(database):
        answer = browse.as_(world.lead).post(
            f"{reported.scene.at}/report/document", {"format": "exe"}
        )
    assert answer.status_code == 422


def test_what_nobody_does_is_not_told_as_being_done(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    lead = browse.as_(world.lead)
    for state, briefed, recommended in (
        ("in_progress", True, True),
        ("proposed", False, True),
        ("superseded", False, False),
    ):
        with database.writing() as session:
            for action in session.exec(select(LearningAction)):
                action.state = state
        briefing = words(lead.page(f"{reported.scene.at}/briefing"))
        assert ("Teach the front door" in briefing) is briefed, state
        report = words(lead.page(f"{reported.scene.at}/report"))
        told = "The worry is not always plain: Teach the front door"
        assert (told in report) is recommended, state
