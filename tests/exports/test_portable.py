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


def test_a_word_without_end_is_broken_and_stays_on_the_page() -> None:
    solid = "Unbroken" * 40
    table = Table("Actions", ("Action", "Due"), ((solid, "x"),), (1, 4))
    told = text_of(replace(PAPER, sections=(Section(1, solid, (solid, Bullets((solid,)), table)),)))
    assert max(map(len, told.splitlines())) < 110
    assert "".join(told.replace("\N{ZERO WIDTH SPACE}", "").split()).count(solid) == 4


def test_what_is_read_from_the_right_begins_at_the_right() -> None:
    hebrew = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}"
    (left,) = left_edges(replace(PAPER, sections=(Section(1, "One", ("Words",)),)), "Words")
    (right,) = left_edges(replace(PAPER, sections=(Section(1, "One", (hebrew,)),)), hebrew)
    assert (left < 100, right > 400) == (True, True)


def left_edges(paper: Paper, words: str) -> list[float]:
    """Where some words begin on the first page, in points from its left edge."""
    found: list[float] = []

    def look(text: str, matrix: list[float], *_: object) -> None:
        if words in text:
            found.append(matrix[4])

    read(paper).pages[0].extract_text(visitor_text=look)
    return found


def test_a_row_stays_whole_where_a_page_ends_unless_it_fills_one() -> None:
    filling = "word " * 1000
    rows = tuple(
        (f"Begin{number} " + "some words " * 25 + f"end{number}.", "x") for number in range(30)
    )
    table = Table("Rows", ("What", "Due"), (*rows, (filling, "x")), (1, 1))
    pages = [
        p.extract_text()
        for p in read(replace(PAPER, sections=(Section(1, "One", (table,)),))).pages
    ]
    assert len(pages) > 3
    for number in range(30):
        assert [f"Begin{number} " in page for page in pages] == [
            f"end{number}." in page for page in pages
        ]
    assert sum(page.split().count("word") for page in pages) == 1000
    assert sum("word" in page.split() for page in pages) > 1


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
