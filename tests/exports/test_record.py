"""The record of a meeting as a document: what was said, word for word, and who was there."""

import io

import pytest
from docx import Document
from pypdf import PdfReader
from sqlmodel import select

from app.db import Database
from app.meetings.models import Meeting
from tests.browsing import Browser
from tests.comparisons.scene import Scene, stage_scene
from tests.exports.test_packs import document_text
from tests.world import World

HARD = "A & B <c> =1+1 #let \\ *bold* _x_ $y$ [z] \N{SEEDLING} \N{HEBREW LETTER ALEF}"


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


@pytest.fixture
def record(scene: Scene, database: Database, browse: Browser, world: World) -> str:
    """The address of a meeting in which one answer was agreed."""
    lead = browse.as_(world.lead)
    lead.post(f"{scene.at}/meetings", {"others": "Minute taker, business unit"})
    decided = {"decision": "good", "reason": HARD, "version": "0"}
    decided[f"dissent.{world.police.ref}"] = "The log says otherwise."
    lead.post(f"{scene.comparison}/form_worry", decided)
    with database.reading() as session:
        return f"{scene.at}/meetings/{session.exec(select(Meeting.ref)).one()}"


def test_the_record_says_in_word_and_pdf_what_its_page_says(
    browse: Browser, world: World, record: str
) -> None:
    lead = browse.as_(world.lead)
    docx = lead.post(f"{record}/document", {"format": "docx"})
    assert docx.headers["content-disposition"].startswith('attachment; filename="record-')
    told = document_text(docx.content)
    for words in (
        "Minute taker, business unit",
        "Agreed: Good",
        HARD,
        "Wexcombe Police does not agree: The log says otherwise.",
    ):
        assert words in told
    headings = [
        p.text for p in Document(io.BytesIO(docx.content)).paragraphs if "Head" in p.style.name
    ]
    assert "In the room" in headings
    pdf = lead.post(f"{record}/document", {"format": "pdf"}).content
    pages = PdfReader(io.BytesIO(pdf)).pages
    told = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "does not agree: The log says otherwise." in told
    # Its headings follow one another, so that it can be said to be PDF/UA.
    metadata = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"]
    assert "pdfuaid" in metadata.get_data().decode()


def test_a_panel_member_reads_the_record_and_does_not_take_it_away(
    browse: Browser, world: World, record: str
) -> None:
    panel = browse.as_(world.panel_police)
    page = panel.page(record)
    assert not page.select("form[action$=document]")
    assert panel.post(f"{record}/document", {"format": "docx"}).status_code == 403


def test_a_meeting_of_another_round_is_not_found(
    browse: Browser, world: World, scene: Scene, record: str
) -> None:
    answer = browse.as_(world.lead).post(f"{scene.at}/meetings/NOTTHERE22/document", {})
    assert answer.status_code == 404
