"""Word and Excel files: an archive that ends where it says, with nothing in it that acts."""

import io
import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.attachments.problems import FileProblem, not_what_it_says

MOST_ENTRIES = 2_000
MOST_INFLATED = 100 * 1024 * 1024
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_END = b"PK\x05\x06"
_END_LENGTH = 22
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
_ACTS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|externallinks?/|customui|/ctrlprops/|\.(exe|dll|js|vbs"
    r"|bat|cmd|ps1|scr|lnk|jar|msi|hta|ole|swf)$",
    re.IGNORECASE,
)
_ACTING_TYPES = ("macroenabled", "vbaproject", "oleobject", "activex", "x-msdownload")
_FIELD_WORDS = re.compile(rb"instrText[^>]*>([^<]*)<|instr=[\"']([^\"'<]*)")
_ACTING_FIELDS = re.compile(rb"\b(DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)", re.IGNORECASE)

ACTS = (
    "This file holds something that could act when it is opened: a macro, an embedded file or a "
    "link that is followed by itself. Save it as PDF, and attach that."
)
LOCKED = "This file is protected with a password. Save it without one, and choose that file."


def check_office(data: bytes, ending: str) -> None:
    """Refuse a file that is not a plain Word document or workbook."""
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise FileProblem(LOCKED)
    # Nothing before the archive and nothing after: a second file could hide there.
    if not data.startswith(b"PK\x03\x04") or data.rfind(_END) != len(data) - _END_LENGTH:
        raise not_what_it_says(ending)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, ending)
            _check_parts(archive)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, NotImplementedError, EOFError):
        raise not_what_it_says(ending) from None


def _check_entries(archive: zipfile.ZipFile, ending: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names):
        raise not_what_it_says(ending)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileProblem(LOCKED)
    if _CONTENT_TYPES not in names or _MAIN[ending] not in names:
        raise not_what_it_says(ending)
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise not_what_it_says(ending)
    if any(_ACTS.search(f"/{name}") for name in names):
        raise FileProblem(ACTS)


def _check_parts(archive: zipfile.ZipFile) -> None:
    inflated = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            content = part.read(MOST_INFLATED - inflated + 1)
        inflated += len(content)
        if inflated > MOST_INFLATED:
            raise FileProblem("This file is too large once it is opened. Save it as PDF instead.")
        if entry.filename.endswith((".xml", ".rels")):
            _check_part(entry.filename, content)


def _check_part(name: str, content: bytes) -> None:
    # Word joins the pieces of a field before it reads them, so they are joined here as well.
    fields = b"".join(b"".join(found) for found in _FIELD_WORDS.findall(content))
    if _ACTING_FIELDS.search(fields):
        raise FileProblem(ACTS)
    if name == _CONTENT_TYPES:
        told = " ".join(each for x in fromstring(content).iter() for each in x.attrib.values())
        if any(acting in told.lower() for acting in _ACTING_TYPES):
            raise FileProblem(ACTS)
    elif name.endswith(".rels"):
        if any(_followed(each) for each in fromstring(content).iter()):
            raise FileProblem(ACTS)
    elif b"<!" in content[:4096]:
        fromstring(content)  # refuses a document type and whatever it declares


def _followed(relation: Element) -> bool:
    """Whether something outside is fetched when the file is opened: a link is only offered."""
    outside = relation.get("TargetMode", "").lower() == "external"
    return outside and not relation.get("Type", "").endswith("/hyperlink")
