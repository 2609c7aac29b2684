"""The words in a file, as far as they are easily had: to look for what identifies a child."""

import io
import zipfile
from collections.abc import Iterator

from defusedxml.ElementTree import fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_LETTERS = 500_000
"""Letters that are looked through, of a file that may hold a book."""
_MOST_PAGES = 50
_TEXT = {"docx": ("word/",), "xlsx": ("xl/sharedStrings.xml", "xl/worksheets/", "xl/comments")}
_SPLITS = ("}p", "}si", "}row", "}tr", "}comment")
"""Elements that end a line: without that, two cells would be read as one word."""


def words_in(data: bytes, ending: str) -> str:
    """Return the words in a file that was found to be what it says; none of a picture."""
    match ending:
        case "txt":
            return data.decode()[:MOST_LETTERS]
        case "docx" | "xlsx":
            return "\n".join(_of_office(data, _TEXT[ending]))[:MOST_LETTERS]
        case "pdf":
            return "\n".join(_of_pdf(data))[:MOST_LETTERS]
        case _:
            return ""


def _of_office(data: bytes, parts: tuple[str, ...]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(parts) and name.endswith(".xml"):
                line: list[str] = []
                for element in fromstring(archive.read(name)).iter():
                    if element.tag.endswith(_SPLITS):
                        yield "".join(line)
                        line = []
                    if element.tag.endswith("}t") and element.text:
                        line.append(element.text)
                yield "".join(line)


def _of_pdf(data: bytes) -> Iterator[str]:
    try:
        for page in PdfReader(io.BytesIO(data)).pages[:_MOST_PAGES]:
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError):
        return  # a page whose letters cannot be read is still a page that can be looked at
