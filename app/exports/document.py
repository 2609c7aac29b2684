"""A paper as a Word document, built from nothing but its values: no template that could be swapped.

Runs in a child process, so it takes plain values and gives bytes back. Every text goes through
`printable`, since one control character makes a document that Word refuses to open.
"""

import io
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from app.exports.paper import Block, Bullets, Paper, Table, printable, right_to_left

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.styles.style import ParagraphStyle
    from docx.table import _Row as Row
    from docx.text.paragraph import Paragraph

_FONT = "Arial"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_SIZES = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_SPACES = {
    "Normal": (0, 6),
    "List Bullet": (0, 2),
    "Title": (0, 8),
    "Heading 1": (14, 4),
    "Heading 2": (10, 3),
    "Heading 3": (6, 3),
}
"""Points before and after."""
_CLOSER = 0.85
"""How much smaller everything is in a paper of one page."""
_WIDTH = 170
"""What the page leaves between its margins, in millimetres."""


def paper_document(paper: Paper) -> bytes:
    """Return a paper as the bytes of a Word document (.docx)."""
    document = Document()
    _set_up(document, paper)
    _front(document, paper)
    for section in paper.sections:
        _styled(document, f"Heading {section.level}", section.heading)
        if mark := paper.mark(section):
            _mark_written(document, mark)
        for block in section.blocks:
            _put(document, block)
    if paper.left_out:
        _styled(document, "Heading 1", "What was left out")
        _put(document, Bullets(paper.left_out))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: "Doc", paper: Paper) -> None:
    """Give the document its page, styles, language, title and classification."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    scale = _CLOSER if paper.one_page else 1
    for name, size in _SIZES.items():
        _style(document.styles[name], size * scale)
    for name, (before, after) in _SPACES.items():
        spaces = document.styles[name].paragraph_format
        spaces.space_before, spaces.space_after = Pt(before * scale), Pt(after * scale)
        spaces.line_spacing = 1.1
    _english(document)
    told = document.core_properties
    told.title = printable(paper.full_title)[:255]
    told.author = printable(paper.made)[:255]
    told.subject = paper.classification
    told.language = "en-GB"
    told.comments = told.keywords = ""
    _classify(section.header.paragraphs[0], paper.classification)
    foot = section.footer.paragraphs[0]
    _classify(foot, paper.classification)
    foot.add_run("  Page ")
    _page_number(foot)


def _style(style: "ParagraphStyle", size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _english(document: "Doc") -> None:
    """Say that the words are British English, so that readers pronounce and spell them so."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _classify(paragraph: "Paragraph", classification: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(classification).bold = True


def _page_number(paragraph: "Paragraph") -> None:
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if instruction:
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)  # noqa: SLF001 - the library has no fields
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def _front(document: "Doc", paper: Paper) -> None:
    _styled(document, "Title", paper.title)
    _say(document, paper.called, bold=True)
    for line in paper.about:
        _say(document, line)
    if paper.warning:
        _say(document, paper.warning, bold=True)
    _say(document, paper.made)


def _put(document: "Doc", block: Block) -> None:
    match block:
        case Bullets(lines):
            for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
                item = _styled(document, "List Bullet", line)
                item.paragraph_format.keep_with_next = block.together and left > 0
                _directed(item, line)
        case Table():
            _table(document, block)
        case str():
            _say(document, block)


def _table(document: "Doc", told: Table) -> None:
    table = document.add_table(rows=1, cols=len(told.heads))
    table._tbl.tblStyle_val = _style_ids()["Table Grid"]  # noqa: SLF001 - by its id, as below
    table.autofit = False
    widths = [Mm(_WIDTH * width / sum(told.widths)) for width in told.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0], told.heads, widths, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for row in told.rows:
        added = table.add_row()
        _fill(added, row, widths)
        if told.together(row):
            _mark(added, "w:cantSplit")


def _fill(
    row: "Row", texts: Iterable[str], widths: Iterable[Length], *, bold: bool = False
) -> None:
    """Write one row of a table."""
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold or None, Pt(9.5)
        _directed(paragraph, text)


def _mark(row: "Row", name: str) -> None:
    """Say something of a row: that it is the head, repeated on each page, or stays whole."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no name for it


def _mark_written(document: "Doc", mark: str) -> None:
    """Say who wrote a section, on the same page as its heading and its first words."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(printable(mark))
    run.italic, run.font.size = True, Pt(9.5)


@cache
def _style_ids() -> Mapping[str, str]:
    """Return the ids of styles by their names; the library searches all of them for every use."""
    return {style.name: style.style_id for style in Document().styles}


def _styled(document: "Doc", style: str, text: str) -> "Paragraph":
    paragraph = document.add_paragraph(printable(text))
    paragraph._p.style = _style_ids()[style]  # noqa: SLF001 - the library takes no id
    return paragraph


def _say(document: "Doc", text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(printable(text)).bold = bold or None
    _directed(paragraph, text)


def _directed(paragraph: "Paragraph", text: str) -> None:
    """Begin at the right what is read from the right."""
    if right_to_left(text):
        told = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no name for it
        told.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")
