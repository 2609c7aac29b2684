"""P12: a pack of twenty pages as a Word document and as a PDF, and who waits meanwhile."""

import asyncio
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import typst
from docx import Document
from pypdf import PdfReader

from app.actions.rules import ActionState
from app.exports.another_process import POOL
from app.exports.document import paper_document
from app.exports.makers import MAKERS, Format
from app.exports.paper import Bullets, Paper, Table
from app.exports.papers import pack_paper
from app.exports.portable import _PROGRAM, _plain, paper_pdf
from app.exports.told import Told, ToldAction, ToldFinding, ToldGroup
from tests.bench.measuring import SLICES, Result, at_most, in_turn

PAGES, FINDINGS = 20, 44
_TICK = 0.002
_WORDS = "Forms say what happened, and leave out what it is like for the child to live with it. "


def measure() -> Iterator[Result]:
    """Make the pack both ways, and let somebody else ask all the time while it is made."""
    paper = twenty_pages()
    pages = len(PdfReader(io.BytesIO(paper_pdf(paper))).pages)
    assert abs(pages - PAGES) <= 1, f"the pack has {pages} pages"
    word, plain_word = in_turn(lambda: paper_document(paper), lambda: _plain_word(paper))
    job = f"DOCX of a pack of {pages} pages, against python-docx alone (CPU)"
    yield at_most("P12", job, word, plain_word, 1.5)
    pdf, plain_pdf = in_turn(lambda: paper_pdf(paper), _plain_pdf(paper))
    yield at_most("P12", "PDF of the same, against typst alone (CPU)", pdf, plain_pdf, 1.2)
    for wanted in MAKERS:
        yield _waiting(wanted, paper)
    POOL.stop()


def twenty_pages() -> Paper:
    """Put a pack together that is as long as the goal asks."""
    actions = [
        ToldAction(
            what=f"Teach the front door, lesson {number}",
            how_we_will_know="Dip sample of ten referrals in the autumn, read by two people",
            owner="Wexcombe Police: Police officer",
            due="1 March 2027",
            state=ActionState.IN_PROGRESS,
            stands="Overdue by 3 days",
        )
        for number in range(FINDINGS * 2)
    ]
    findings = tuple(
        ToldFinding(
            f"Finding {number}", _WORDS * 9, ("Recognition",), tuple(actions[number * 2 :][:2])
        )
        for number in range(FINDINGS)
    )
    told = Told(
        partnership="Wexcombe Safeguarding Children Partnership",
        round="MASH audit, autumn 2026",
        tool="Multi-agency safeguarding hub (MASH) audit",
        stage="Reported",
        provisional=False,
        purpose="To learn whether referrals reach the right children in time.",
        lines_of_enquiry=("Is the worry plain?",),
        agencies=tuple(f"Agency {number}" for number in range(8)),
        sample=("Referrals were drawn at random.",),
        groups=(ToldGroup("Areas for development", findings),),
        made_by="Round lead",
        made_at="15 September 2026 at 10:00am",
    )
    return pack_paper(told, "Quality and performance subgroup")


def _plain_word(paper: Paper) -> bytes:
    """Write the same words by the library's plainest calls, without styles of our own."""
    document = Document()
    document.add_heading(paper.title, 0)
    for line in (paper.called, *paper.about, paper.made):
        document.add_paragraph(line)
    for section in paper.sections:
        document.add_heading(section.heading, section.level)
        for block in section.blocks:
            match block:
                case Bullets(lines):
                    for line in lines:
                        document.add_paragraph(line, style="List Bullet")
                case Table():
                    _plain_table(document.add_table(1, len(block.heads), "Table Grid"), block)
                case str():
                    document.add_paragraph(block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain_table(table: object, told: Table) -> None:
    for number, row in enumerate((told.heads, *told.rows)):
        cells = (table.add_row() if number else table.rows[0]).cells  # type: ignore[attr-defined]
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


def _plain_pdf(paper: Paper) -> Callable[[], bytes]:
    """Return what compiles the same program over words that are JSON already."""
    told = json.dumps(_plain(paper), ensure_ascii=False)

    def compiled() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "paper.typ")
            program.write_text(_PROGRAM, encoding="utf-8")
            made: bytes = typst.compile(
                program,
                root=Path(folder),
                format="pdf",
                pdf_standards="ua-1",
                sys_inputs={"paper": told},
            )
            return made

    return compiled


def _waiting(wanted: Format, paper: Paper) -> Result:
    """Measure the longest that the event loop kept others waiting while documents were made."""

    async def watch() -> tuple[list[float], list[float]]:
        await POOL.run(MAKERS[wanted], paper)
        longest, taken = [], []
        for _ in range(SLICES):
            start = time.perf_counter()
            making = asyncio.create_task(POOL.run(MAKERS[wanted], paper))
            waited = 0.0
            while not making.done():
                before = time.perf_counter()
                await asyncio.sleep(_TICK)
                waited = max(waited, time.perf_counter() - before - _TICK)
            taken.append((time.perf_counter() - start) * 1000)
            longest.append(waited * 1000)
        return longest, taken

    longest, taken = asyncio.run(watch())
    job = f"longest anybody waited while the {wanted.upper()} was made, against making it"
    return at_most("P12", job, longest, taken, 0.5)
