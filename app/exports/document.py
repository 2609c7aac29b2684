"""A pack as a Word document, built from nothing but its values: no template that could be swapped.

Runs in a child process, so it takes plain values and gives bytes back. Every text goes through
`printable`, since one control character makes a document that Word refuses to open.
"""

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from app.exports.pack import CLASSIFICATION, PROVISIONAL, Pack, PackAction, PackFinding

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.styles.style import ParagraphStyle
    from docx.table import _Row as Row
    from docx.text.paragraph import Paragraph

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FONT = "Arial"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_SIZES = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_HEADS = ("What will be done", "How we will know", "Owner", "Due", "State")
_WIDTHS = (55, 42, 28, 22, 23)
"""Of the columns in millimetres: together as wide as the page leaves."""


def printable(text: str) -> str:
    r"""Take away what no XML document can hold.

    >>> printable("A & B\x00 <c>\x0b")
    'A & B <c>'
    """
    return _UNPRINTABLE.sub("", text)


def pack_document(pack: Pack) -> bytes:
    """Return a subgroup's pack as the bytes of a Word document (.docx)."""
    document = Document()
    _set_up(document, pack)
    _front(document, pack)
    _about(document, pack)
    _findings(document, pack)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: "Doc", pack: Pack) -> None:
    """Give the document its page, styles, language, title and classification."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in _SIZES.items():
        _style(document.styles[name], size)
    _english(document)
    told = document.core_properties
    told.title = printable(f"{pack.round}: pack for the {pack.subgroup}")[:255]
    told.author = printable(pack.made_by)[:255]
    told.subject = CLASSIFICATION
    told.language = "en-GB"
    told.comments = told.keywords = ""
    _classify(section.header.paragraphs[0])
    foot = section.footer.paragraphs[0]
    _classify(foot)
    foot.add_run("  Page ")
    _page_number(foot)


def _style(style: "ParagraphStyle", size: int) -> None:
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


def _classify(paragraph: "Paragraph") -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(CLASSIFICATION).bold = True


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


def _front(document: "Doc", pack: Pack) -> None:
    document.add_paragraph(printable(pack.round), style="Title")
    _say(document, f"Pack for the {pack.subgroup}", bold=True)
    _say(document, pack.partnership)
    _say(document, f"{pack.tool}. Stage: {pack.stage}.")
    if pack.provisional:
        _say(document, PROVISIONAL, bold=True)
    _say(document, f"Made by {pack.made_by} on {pack.made_at}.")


def _about(document: "Doc", pack: Pack) -> None:
    document.add_heading("About this round", 1)
    document.add_heading("Purpose", 2)
    _say(document, pack.purpose)
    if pack.lines_of_enquiry:
        document.add_heading("Key lines of enquiry", 2)
        _bullets(document, pack.lines_of_enquiry)
    document.add_heading("Agencies that took part", 2)
    _bullets(document, pack.agencies)
    document.add_heading("How the cases were chosen", 2)
    for paragraph in pack.sample:
        _say(document, paragraph)


def _findings(document: "Doc", pack: Pack) -> None:
    if not pack.groups:
        document.add_heading("Findings", 1)
        _say(document, "No agreed findings go to this subgroup.")
    for group in pack.groups:
        document.add_heading(group.heading, 1)
        for finding in group.findings:
            _finding(document, finding)


def _finding(document: "Doc", finding: PackFinding) -> None:
    document.add_heading(printable(finding.title), 2)
    if finding.themes:
        _say(document, f"Themes: {', '.join(finding.themes)}")
    for paragraph in finding.words.split("\n"):
        if paragraph.strip():
            _say(document, paragraph)
    if finding.actions:
        document.add_heading("Actions", 3)
        _actions(document, finding.actions)
    else:
        _say(document, "No actions are planned from this finding yet.")


def _actions(document: "Doc", actions: Iterable[PackAction]) -> None:
    table = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], _HEADS, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for action in actions:
        state = f"{action.state}. {action.stands}" if action.stands else action.state
        told = (action.what, action.how_we_will_know, action.owner, action.due, state)
        _fill(table.add_row(), told)
    document.add_paragraph()


def _fill(row: "Row", texts: Iterable[str], *, bold: bool = False) -> None:
    """Write one row of a table; it stays whole where a page ends."""
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold or None, Pt(9.5)
    _mark(row, "w:cantSplit")


def _mark(row: "Row", name: str) -> None:
    """Say something of a row: that it is the head, repeated on each page, or stays whole."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no name for it


def _say(document: "Doc", text: str, *, bold: bool = False) -> None:
    document.add_paragraph().add_run(printable(text)).bold = bold or None


def _bullets(document: "Doc", lines: Iterable[str]) -> None:
    for line in lines:
        document.add_paragraph(printable(line), style="List Bullet")
