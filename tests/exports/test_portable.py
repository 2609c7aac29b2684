"""Papers as PDF: everything typed survives, nothing typed is a program, and readers are served."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from app.exports.paper import SENSITIVE, Bullets, Paper, Section, Table
from app.exports.portable import paper_pdf

PAPER = Paper(
    title="MASH audit, autumn 2026",
    called="Pack for the Learning subgroup",
    classification=SENSITIVE,
    about=("Wexcombe Safeguarding Children Partnership",),
    warning="",
    sections=(Section(1, "Findings", ("Forms say what happened.",)),),
    left_out=("Counts of cases",),
    made="Made by Round lead on 15 September 2026 at 10:00am.",
)


def read(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(paper_pdf(paper)))


def text_of(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in read(paper).pages)


@pytest.mark.parametrize(
    "typed",
    [
        "A & B <c>",
        r"#[]*_$\ `a` @b <lab> // no /* more */",
        '#panic("x") #read("paper.typ") \\u{41} "quoted"',
        "= Not a heading",
        "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}",
        "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH}",
    ],
    ids=["ampersand", "markup", "program", "heading", "hebrew", "arabic"],
)
def test_what_was_typed_survives_everywhere_and_is_no_program(typed: str) -> None:
    table = Table("Actions", ("Action", typed), ((typed, "x"),), (1, 1))
    blocks = (typed, Bullets((typed,)), table)
    told = text_of(replace(PAPER, sections=(Section(1, typed, blocks),), left_out=(typed,)))
    assert told.count(typed) == 6


def test_five_thousand_characters_stay_whole() -> None:
    typed = "word " * 1000
    told = text_of(replace(PAPER, sections=(Section(1, "Findings", (typed,)),)))
    assert told.split().count("word") == 1000


def test_a_pictograph_is_drawn_or_named_and_never_lost() -> None:
    told = text_of(replace(PAPER, called="Learning \N{SEEDLING} together"))
    assert "Learning [seedling] together" in told or "\N{SEEDLING}" in told


def test_letters_that_no_font_has_do_not_stop_a_paper() -> None:
    odd = "\N{LINEAR B SYLLABLE B008 A} and \x00\x0b\ud800 on"
    reader = read(replace(PAPER, warning=odd))
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "on" in reader.pages[0].extract_text()


def test_screen_readers_find_title_language_and_structure() -> None:
    reader = read(replace(PAPER, sections=(Section(1, "One", ("Words",)), Section(2, "Two"))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == "MASH audit, autumn 2026: Pack for the Learning subgroup"
    assert [item.title for item in reader.outline if not isinstance(item, list)] == [
        "One",
        "What was left out",
    ]


def test_every_page_carries_the_classification_at_head_and_foot() -> None:
    long = Section(1, "Long", ("word " * 3000,))
    pages = read(replace(PAPER, sections=(long,))).pages
    assert len(pages) > 2
    assert {page.extract_text().count(SENSITIVE) for page in pages} == {2}


def test_nothing_in_it_runs_or_leads_elsewhere() -> None:
    content = paper_pdf(PAPER)
    for what in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert what not in content
