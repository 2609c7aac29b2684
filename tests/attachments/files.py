"""Files as people attach them, and as an attacker would: each made here, byte by byte."""

import io
import struct
import zipfile
import zlib

import xlsxwriter
from docx import Document
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

CANARY = "52.9051N zqwhereqz"
"""Where a picture was taken."""


def pdf(change: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if change == "script":
        act = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("1"),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    elif change == "file inside":
        writer.add_attachment("inside.txt", b"inside")
    elif change in {"launch", "sends", "elsewhere"}:
        kind = {"launch": "/Launch", "sends": "/SubmitForm", "elsewhere": "/GoToR"}[change]
        action = DictionaryObject(
            {NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("cmd.exe")}
        )
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    elif change == "locked":
        writer.encrypt("secret")
    elif change == "a link":
        link = DictionaryObject(
            {
                NameObject("/S"): NameObject("/URI"),
                NameObject("/URI"): TextStringObject("https://a"),
            }
        )
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): link})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(words: str = "Supervision was held every month. DDE is a bus route here.") -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def xlsx(words: str = "Week") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", words)
        sheet.write_url("A2", "https://wexcombe.example/guidance")
    return out.getvalue()


def with_part(document: bytes, name: str, content: bytes, *, instead: bool = False) -> bytes:
    """Put a part into an Office file, or another in the place of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if not (instead and entry.filename == name):
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part_of(document: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name)


def with_field(*pieces: str) -> bytes:
    """Put a field into a Word document, its words in pieces as Word may split them."""
    told = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    old = part_of(docx(), "word/document.xml")
    new = old.replace(b"<w:sectPr", f"<w:p>{told}</w:p><w:sectPr".encode(), 1)
    assert new != old
    return with_part(docx(), "word/document.xml", new, instead=True)


def with_relation(kind: str, target: str) -> bytes:
    """Let a Word document point outside."""
    rels = part_of(docx(), "word/_rels/document.xml.rels")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    told = (
        f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    new = rels.replace(b"</Relationships>", f"{told}</Relationships>".encode())
    return with_part(docx(), "word/_rels/document.xml.rels", new, instead=True)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Draw a picture that says where it was taken."""
    image, out = Image.new("RGB", size, "teal"), io.BytesIO()
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Comment", CANARY)
        image.save(out, kind, pnginfo=told)
    else:
        exif = Image.Exif()
        exif[0x010E] = CANARY
        image.save(out, kind, exif=exif, comment=CANARY.encode())
    return out.getvalue()


def huge_picture() -> bytes:
    """Make a small file that says it is a picture of 900 million points."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        told = name + content
        return struct.pack(">I", len(content)) + told + struct.pack(">I", zlib.crc32(told))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def bomb(document: bytes) -> bytes:
    """Put a part into an Office file that is a thousand times larger once it is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("word/media/blank.bmp", b"\0" * (101 * 1024 * 1024), zipfile.ZIP_DEFLATED)
    return out.getvalue()
