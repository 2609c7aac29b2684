"""Looking into an .xlsx file before anything else opens it: sizes, entities, macros, oddities.

Every part is inflated once, in pieces, and counted as it comes: what the archive claims about
itself is not believed. Each XML part passes through a parser that stops at a document type.

Public: `inspect(data) -> dict[str, SheetFacts]` by the name of the part, raising `ListProblem`.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final
from xml.parsers import expat

from app.samples.lists import MOST_ENTRIES, MOST_INFLATED, ListProblem
from app.samples.sheet_facts import SheetFacts, watch

PIECE: Final = 1 << 16
PLAIN: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGED: Final = (
    "This workbook is damaged or cut short. Open it in your spreadsheet program, save it again as "
    ".xlsx, and choose the new file."
)
ENTITIES: Final = (
    "This workbook holds a document type or entities, which no spreadsheet program writes. Copy "
    "the "
    "list into a new workbook, save it as .xlsx, and choose that file."
)


def inspect(data: bytes) -> dict[str, SheetFacts]:
    """Refuse a workbook that is dangerous to open; give what each worksheet says of itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_entries(entries)
            return _inflated(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise ListProblem(DAMAGED) from None


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    lower = {name.lower() for name in names}
    if len(names) > MOST_ENTRIES:
        raise ListProblem(
            f"This workbook is made of more than {MOST_ENTRIES} parts. Copy the list into a new "
            "workbook, without pictures or charts, and choose that file."
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ListProblem("This archive is protected with a password. Take it off and try again.")
    if any("vbaproject" in name for name in lower):
        raise ListProblem(
            "This workbook holds macros, which are not accepted. Save it as .xlsx, without macros, "
            "and choose that file."
        )
    if "xl/workbook.xml" not in lower:
        raise ListProblem(_other(lower))
    if len(lower) < len(names) or any(entry.compress_type not in PLAIN for entry in entries):
        raise ListProblem(DAMAGED)


def _other(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "This file is a Word document. Choose a list saved as .xlsx or CSV."
    if any(name.startswith("ppt/") for name in names):
        return "This file is a presentation. Choose a list saved as .xlsx or CSV."
    if "xl/workbook.bin" in names or "content.xml" in names:
        return (
            "This workbook is in another format. Open it, save it as .xlsx, and choose that file."
        )
    return "This file is an archive, not a workbook. Choose a list saved as .xlsx or CSV."


def _inflated(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    total = 0
    for entry in entries:
        with archive.open(entry) as part:
            facts[entry.filename] = SheetFacts()
            parser = None
            for place, piece in enumerate(_pieces(part)):
                total += len(piece)
                if total > MOST_INFLATED:
                    raise ListProblem(
                        "This workbook unpacks to more than 50 MB. Copy only the rows and columns "
                        "that are needed into a new workbook, and choose that file."
                    )
                if place == 0 and _is_xml(entry.filename, piece):
                    parser = _parser(facts[entry.filename])
                if parser:
                    _feed(parser, piece)
    return facts


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(PIECE):
        yield piece


def _is_xml(name: str, start: bytes) -> bool:
    # By content as well as by name: a relationship can call any part a worksheet.
    bare = start[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")
    return bare.startswith(b"<") or name.lower().endswith((".xml", ".rels", ".vml"))


def _parser(facts: SheetFacts) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.EntityDeclHandler = _refuse_entities
    parser.UnparsedEntityDeclHandler = _refuse_entities
    parser.ExternalEntityRefHandler = _refuse_entities
    watch(parser, facts)
    return parser


def _refuse_entities(*_: object) -> int:
    raise ListProblem(ENTITIES)


def _feed(parser: expat.XMLParserType, piece: bytes) -> None:
    try:
        parser.Parse(piece, False)  # noqa: FBT003 - the parser's own signature
    except expat.ExpatError:
        raise ListProblem(DAMAGED) from None
