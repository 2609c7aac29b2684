"""The pack as a Word document: everything typed survives, and nothing typed is markup."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.actions.rules import ActionState
from app.exports.document import paper_document
from app.exports.drafting import PROVISIONAL
from app.exports.paper import printable
from app.exports.papers import pack_paper
from app.exports.told import Told, ToldAction, ToldFinding, ToldGroup

ACTION = ToldAction(
    what="Teach the front door",
    how_we_will_know="Dip sample",
    owner="Wexcombe Police: Police officer",
    due="1 March 2027",
    state=ActionState.IN_PROGRESS,
    stands="Overdue by 3 days",
)
PACK = Told(
    partnership="Wexcombe Safeguarding Children Partnership",
    round="MASH audit, autumn 2026",
    tool="Multi-agency safeguarding hub (MASH) audit",
    stage="Reported",
    provisional=False,
    purpose="To learn whether referrals reach the right children in time.",
    lines_of_enquiry=("Is the worry plain?",),
    agencies=("Wexcombe Police", "Alder Vale School"),
    sample=("Referrals were drawn at random.",),
    groups=(
        ToldGroup(
            "Areas for development",
            (ToldFinding("The worry", "Forms say what happened.", ("Recognition",), (ACTION,)),),
        ),
    ),
    made_by="Round lead",
    made_at="15 September 2026 at 10:00am",
)


def pack_document(told: Told) -> bytes:
    return paper_document(pack_paper(told, "Quality and performance subgroup"))


def text_of(told: Told) -> str:
    document = Document(io.BytesIO(pack_document(told)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "typed",
    [
        "A & B <c>",
        "{{ 7 * 7 }} {% raw %}",
        "Learning \N{SEEDLING} together",
        "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}",
        "\N{ARABIC LETTER ALEF}\N{RIGHT-TO-LEFT MARK} and back",
        "word " * 1000,
        "</w:t></w:r><w:p/>",
    ],
    ids=["ampersand", "template", "emoji", "hebrew", "arabic", "long", "xml"],
)
def test_what_was_typed_survives_everywhere(typed: str) -> None:
    finding = ToldFinding(typed[:200], typed, (typed[:50],), (replace(ACTION, what=typed),))
    pack = replace(PACK, purpose=typed, groups=(ToldGroup("Strengths", (finding,)),))
    told = text_of(pack)
    assert told.count(typed) == (5 if len(typed) <= 50 else 3)  # title and theme are shortened


def test_control_characters_do_not_stop_a_document() -> None:
    told = text_of(replace(PACK, purpose="A\x00B\x0b\x1f\ufffe\ud800C"))
    assert "ABC" in told
    assert printable("A\tB\nC") == "A\tB\nC"


def test_it_says_what_a_subgroup_needs() -> None:
    told = text_of(PACK)
    for words in (
        "MASH audit, autumn 2026",
        "Pack for the Quality and performance subgroup",
        "Stage: Reported",
        "Is the worry plain?",
        "Alder Vale School",
        "Referrals were drawn at random.",
        "Areas for development",
        "Themes: Recognition",
        "Wexcombe Police: Police officer",
        "In progress. Overdue by 3 days",
        "Made by Round lead on 15 September 2026 at 10:00am.",
    ):
        assert words in told
    assert PROVISIONAL not in told
    assert PROVISIONAL in text_of(replace(PACK, provisional=True))


def test_a_pack_without_findings_says_so() -> None:
    assert "No agreed findings go to this subgroup." in text_of(replace(PACK, groups=()))


def test_every_page_carries_the_classification() -> None:
    section = Document(io.BytesIO(pack_document(PACK))).sections[0]
    for part in (section.header, section.footer):
        assert "OFFICIAL-SENSITIVE" in part.paragraphs[0].text


def test_readers_and_screen_readers_find_their_way() -> None:
    document = Document(io.BytesIO(pack_document(PACK)))
    assert document.core_properties.title.startswith("MASH audit, autumn 2026")
    assert document.core_properties.language == "en-GB"
    assert {s.get(qn("w:val")) for s in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == "Heading 1"
    assert {"Heading 1", "Heading 2", "Heading 3"} == set(headings)
    (table,) = document.tables
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_row_stays_whole_where_a_page_ends_unless_it_fills_one() -> None:
    long = replace(ACTION, what="word " * 1000)
    finding = ToldFinding("Both", "Two actions.", (), (ACTION, long))
    told = replace(PACK, groups=(ToldGroup("Strengths", (finding,)),))
    (table,) = Document(io.BytesIO(pack_document(told))).tables
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows]  # noqa: SLF001
    assert whole == [False, True, False]


def test_what_is_read_from_the_right_begins_at_the_right() -> None:
    hebrew = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED} (A & B)"
    told = replace(PACK, purpose=hebrew, sample=(f"In English: {hebrew}",))
    paragraphs = Document(io.BytesIO(pack_document(told))).paragraphs
    right = [p.text for p in paragraphs if p._p.find(f".//{qn('w:bidi')}") is not None]  # noqa: SLF001
    assert right == [hebrew]


def test_no_empty_paragraph_is_read_out() -> None:
    assert [p for p in Document(io.BytesIO(pack_document(PACK))).paragraphs if not p.text] == []


def test_the_file_holds_no_program_and_no_link_to_elsewhere() -> None:
    packed = zipfile.ZipFile(io.BytesIO(pack_document(PACK)))
    assert not [name for name in packed.namelist() if "vba" in name.lower()]
    for name in packed.namelist():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in packed.read(name)
