"""A paper as a PDF that screen readers can follow (PDF/UA), set by typst.

Runs in a child process, so it takes plain values and gives bytes back. What was typed reaches
typst as data and is never part of its program, which is `_PROGRAM` and nothing else.
"""

import json
import re
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import typst

from app.exports.paper import Block, Bullets, Paper, Table, printable, right_to_left

_PROGRAM = """
#let paper = json(bytes(sys.inputs.paper))
#let scale = if paper.one_page { 0.85 } else { 1.0 }
#set document(title: paper.full_title, author: paper.made)
#set text(lang: "en", region: "gb", size: 11pt * scale, fallback: true)
#set page(
  paper: "a4",
  margin: 20mm,
  header: align(center, strong(paper.classification)),
  footer: align(center)[
    #strong(paper.classification) #h(1em) Page #context counter(page).display()
  ],
)
#set par(spacing: 0.9em)
#show heading: set block(above: 1.4em, below: 0.8em, sticky: true)
#show title: set text(size: 20pt * scale)
#show title: set block(below: 1em)
// What has no space in it may be broken anywhere, or it would run out of its cell and off the page.
#show regex("\\S{30,}"): long => long.text.clusters().chunks(8).map(some => box(some.join())).join()
#let say(words) = if words.right { text(dir: rtl, words.text) } else { words.text }
#let put(part) = if part.kind == "bullets" {
  block(breakable: not part.together, list(..part.lines.map(say)))
} else if part.kind == "table" {
  set text(size: 9.5pt)
  set par(justify: false)
  table(
    columns: part.widths.map(width => width * 1fr),
    stroke: 0.5pt + gray,
    table.header(..part.heads.map(head => strong(say(head)))),
    ..part.rows.map(row => row.cells.map(cell => {
      table.cell(breakable: not row.together, say(cell))
    })).flatten(),
  )
} else {
  set text(dir: if part.words.right { rtl } else { ltr })
  par(part.words.text)
}
#title(paper.title)
#par(strong(paper.called))
#for line in paper.about { par(line) }
#if paper.warning != "" { par(strong(paper.warning)) }
#par(paper.made)
#for section in paper.sections {
  heading(level: section.level, section.heading)
  if section.mark != "" { block(sticky: true, emph(text(size: 9.5pt, section.mark))) }
  for part in section.blocks { put(part) }
}
#if paper.left_out.lines.len() > 0 {
  heading(level: 1, "What was left out")
  put(paper.left_out)
}
"""
_JOINERS = re.compile("[\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}]")
_MAYBE_PICTOGRAPH = re.compile("[^\x00-\x7f]")


def paper_pdf(paper: Paper) -> bytes:
    """Return a paper as the bytes of a tagged PDF.

    The compiler brings letters of its own (Latin, Greek, Cyrillic, Hebrew, Arabic), and uses the
    machine's for others. A pictograph that no font can draw is named in brackets instead of being
    lost; with any other such letter the PDF is still tagged, and no longer said to be PDF/UA.
    """
    told = json.dumps(_plain(paper), ensure_ascii=False)
    with suppress(typst.TypstError):
        return _compiled(told, "ua-1")
    named = _named(told)
    with suppress(typst.TypstError):
        return _compiled(named, "ua-1")
    return _compiled(named, None)


def _compiled(told: str, standard: Literal["ua-1"] | None) -> bytes:
    """Set a paper; the compiler is shown a folder of its own, so that it reads no neighbour."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "paper.typ")
        program.write_text(_PROGRAM, encoding="utf-8")
        return typst.compile(
            program,
            root=Path(folder),
            format="pdf",
            pdf_standards=standard,
            sys_inputs={"paper": told},
        )


def _plain(paper: Paper) -> dict[str, Any]:
    sections = [
        {
            **section._asdict(),
            "blocks": [_block(block) for block in section.blocks],
            "mark": paper.mark(section),
        }
        for section in paper.sections
    ]
    made = {"sections": sections, "left_out": _block(Bullets(paper.left_out))}
    cleaned: dict[str, Any] = _cleaned({**vars(paper), "full_title": paper.full_title, **made})
    return cleaned


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Bullets(lines):
            told = {"together": block.together, "lines": list(map(_words, lines))}
            return {"kind": "bullets", **told}
        case Table():
            rows = [
                {"together": block.together(row), "cells": list(map(_words, row))}
                for row in block.rows
            ]
            heads = list(map(_words, block.heads))
            return {"kind": "table", "widths": block.widths, "heads": heads, "rows": rows}
        case str():
            return {"kind": "paragraph", "words": _words(block)}


def _words(text: str) -> dict[str, Any]:
    return {"text": text, "right": right_to_left(text)}


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case _:
            return value


def _named(text: str) -> str:
    r"""Name the pictographs of a text in words.

    >>> _named("Learning \N{SEEDLING} together")
    'Learning [seedling] together'
    """
    return _MAYBE_PICTOGRAPH.sub(_name, _JOINERS.sub("", text))


def _name(found: re.Match[str]) -> str:
    character = found[0]
    if unicodedata.category(character) != "So":
        return character
    return f"[{unicodedata.name(character, 'picture').lower()}]"
