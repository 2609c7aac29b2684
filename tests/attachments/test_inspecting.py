"""What may be attached and what may not: thirty and more hostile files, and forty names."""

import io
import unicodedata

import pytest
from PIL import Image

from app.access import Unfit
from app.attachments.inspecting import inspected
from app.attachments.problems import FileProblem
from app.attachments.rules import ending_of, shown_name
from tests.attachments import files

GOOD = {
    "a PDF": (files.pdf(), "pdf"),
    "a PDF with a link": (files.pdf("a link"), "pdf"),
    "a Word document": (files.docx(), "docx"),
    "a workbook with a link": (files.xlsx(), "xlsx"),
    "words": (b"Seen on Monday.\r\nAgain on Friday.\tYes\n", "txt"),
    "words of an older program": ("Café: “seen”".encode("cp1252"), "txt"),
    "words with a mark before them": (b"\xef\xbb\xbfSeen.", "txt"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_attach_is_accepted(name: str) -> None:
    assert inspected(*GOOD[name])


def test_text_is_stored_in_one_encoding() -> None:
    assert inspected("Café: “seen”".encode("cp1252"), "txt").decode() == "Café: “seen”"


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg")])
def test_where_a_picture_was_taken_is_not_kept(kind: str, ending: str) -> None:
    given = files.picture(kind)
    assert files.CANARY.encode() in given
    drawn = inspected(given, ending)
    assert files.CANARY.encode() not in drawn
    with Image.open(io.BytesIO(drawn)) as opened:
        assert (opened.format, opened.size) == (kind, (40, 30))
        assert not opened.getexif()
        red, green, blue = opened.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert (red < 5, 120 < green < 136, 120 < blue < 136) == (True, True, True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_hidden_behind_a_picture_is_not_kept(kind: str) -> None:
    hidden = files.docx()
    drawn = inspected(files.picture(kind) + hidden, {"PNG": "png", "JPEG": "jpg"}[kind])
    assert hidden[:200] not in drawn
    assert b"word/document.xml" not in drawn


CONTENT_TYPES = "[Content_Types].xml"
MACROS = files.part_of(files.docx(), CONTENT_TYPES).replace(
    b"document.main+xml", b"document.macroEnabled.main+xml"
)
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'
HOSTILE = {
    "a PDF with a script": (files.pdf("script"), "pdf"),
    "a PDF with a file inside": (files.pdf("file inside"), "pdf"),
    "a PDF that starts a program": (files.pdf("launch"), "pdf"),
    "a PDF that sends a form": (files.pdf("sends"), "pdf"),
    "a PDF that opens another": (files.pdf("elsewhere"), "pdf"),
    "a PDF with a password": (files.pdf("locked"), "pdf"),
    "a PDF after a page": (b"<html><script>1</script>" + files.pdf(), "pdf"),
    "a PDF before an archive": (files.pdf() + files.docx(), "pdf"),
    "a PDF without its end": (files.pdf()[:-40], "pdf"),
    "a PDF in its first bytes alone": (b"%PDF-1.7\nnothing\n%%EOF", "pdf"),
    "a page named as a PDF": (b"<!doctype html><p>hello", "pdf"),
    "a program named as a PDF": (b"MZ\x90\0" + b"\0" * 200, "pdf"),
    "a Word document named as a workbook": (files.docx(), "xlsx"),
    "a workbook named as a Word document": (files.xlsx(), "docx"),
    "a Word document with macros": (
        files.with_part(files.docx(), "word/vbaProject.bin", b"macro"),
        "docx",
    ),
    "a Word document that says it has macros": (
        files.with_part(files.docx(), CONTENT_TYPES, MACROS, instead=True),
        "docx",
    ),
    "a Word document with a file inside": (
        files.with_part(files.docx(), "word/embeddings/oleObject1.bin", b"ole"),
        "docx",
    ),
    "a Word document with a control": (
        files.with_part(files.docx(), "word/activeX/activeX1.xml", b"<x/>"),
        "docx",
    ),
    "a Word document with a program": (
        files.with_part(files.docx(), "word/media/image1.EXE", b"MZ"),
        "docx",
    ),
    "a Word document with another's template": (
        files.with_relation("attachedTemplate", "https://a.example/t.dotm"),
        "docx",
    ),
    "a Word document with a picture from elsewhere": (
        files.with_relation("image", "https://a.example/track.png"),
        "docx",
    ),
    "a Word document with an object from elsewhere": (
        files.with_relation("oleObject", "file://a/b"),
        "docx",
    ),
    "a Word document with a field that acts": (files.with_field("DDEAUTO c:\\cmd.exe"), "docx"),
    "a Word document with such a field in pieces": (files.with_field("D", "DEAU", "TO x"), "docx"),
    "a Word document with a field that fetches": (
        files.with_field('INCLUDEPICTURE "https://a.example/x"'),
        "docx",
    ),
    "a Word document that grows a thousand times": (files.bomb(files.docx()), "docx"),
    "a Word document with entities": (
        files.with_part(files.docx(), "word/document.xml", DTD, instead=True),
        "docx",
    ),
    "a Word document with a part outside": (
        files.with_part(files.docx(), "../../etc/cron.d/x", b"x"),
        "docx",
    ),
    "a Word document before something else": (files.docx() + b"MZ\x90\0", "docx"),
    "a Word document after something else": (b"#!/bin/sh\n" + files.docx(), "docx"),
    "half a Word document": (files.docx()[:2000], "docx"),
    "an archive named as a Word document": (
        files.with_part(files.xlsx(), "word/other.xml", b"<x/>"),
        "docx",
    ),
    "a workbook with links to other workbooks": (
        files.with_part(files.xlsx(), "xl/externalLinks/externalLink1.xml", b"<x/>"),
        "xlsx",
    ),
    "a picture of 900 million points": (files.huge_picture(), "png"),
    "a picture of another kind": (files.picture("JPEG"), "png"),
    "a drawing with a script": (b"<svg onload=alert(1)></svg>", "png"),
    "a page named as a picture": (b"<html><script>alert(1)</script>", "jpg"),
    "half a picture": (files.picture("PNG")[:50], "png"),
    "a page named as text": (b" \n<HTML><script>alert(1)</script>", "txt"),
    "a drawing named as text": (b"<svg onload=alert(1)>", "txt"),
    "a program named as text": (b"#!/bin/sh\nrm -rf /", "txt"),
    "zero bytes named as text": (b"Seen\0on Monday", "txt"),
    "white space": (b" \r\n\t ", "txt"),
    "bytes that are no letters": (b"\x81\x8d\x8f\x90 seen", "txt"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(FileProblem) as refused:
        inspected(*HOSTILE[name])
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) > 30


ANOTHER_KIND = (
    "invoice.pdf.exe", "page.html", "drawing.svg", "script.js", "archive.zip", "old.doc", "old.xls",
    "macros.docm", "macros.xlsm", "template.dotm", "binary.xlsb", "mail.eml", "mail.msg", "a.lnk",
    "noending", "", ".", "..", "/", "pdf", "a.pdf ", "a.pdf.", "a.pdf\0.exe", "a.p\u200bdf",
    "gpj\N{RIGHT-TO-LEFT OVERRIDE}.scr",
)  # fmt: skip


@pytest.mark.parametrize("name", ANOTHER_KIND)
def test_a_name_of_another_kind_is_refused_in_words(name: str) -> None:
    with pytest.raises(Unfit) as refused:
        ending_of(name)
    assert len(refused.value.errors["attachment"]) > 20


NAMES = {
    "../../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\me\\Chronology.pdf": "Chronology.pdf",
    "\\\\server\\share\\notes.txt": "notes.txt",
    "/absolute/report.pdf": "report.pdf",
    ".txt": "File.txt",
    "...pdf": "File.pdf",
    "   .pdf": "File.pdf",
    "a\nb\r\nSet-Cookie: x.pdf": "abSet-Cookie x.pdf",
    "exe\N{RIGHT-TO-LEFT OVERRIDE}fdp.txt": "exefdp.txt",
    "zero\N{ZERO WIDTH SPACE}width.pdf": "zerowidth.pdf",
    "<img src=x onerror=alert(1)>.png": "img src=x onerror=alert(1).png",
    '"quoted".pdf': "quoted.pdf",
    "semi;colon.pdf": "semi;colon.pdf",
    "100%25.pdf": "10025.pdf",
    "CON.PDF": "CON.pdf",
    "stream.txt:hidden.txt": "stream.txthidden.txt",
    "x" * 300 + ".pdf": "x" * 80 + ".pdf",
    "e\N{COMBINING ACUTE ACCENT}tude.txt": "étude.txt",
    "two  spaces .pdf": "two spaces.pdf",
    "\N{GRINNING FACE}.png": "\N{GRINNING FACE}.png",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_without_paths_and_invisible_letters(name: str) -> None:
    shown = shown_name(name, ending_of(name))
    assert len(shown) <= 90
    assert not any(unicodedata.category(each)[0] == "C" for each in shown)
    assert not set(shown) & set('/\\<>:"|?*%')
    assert shown == NAMES[name]
