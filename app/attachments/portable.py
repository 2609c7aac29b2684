"""PDF files: readable without a password, and with nothing in them that acts."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from app.attachments.problems import FileProblem, not_what_it_says

MOST_OBJECTS = 200_000
_ACTING = frozenset(
    {
        "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA",
        "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition", "/3D",
    }
)  # fmt: skip
"""Names by which a PDF runs, fetches, sends or carries something."""

ACTS = (
    "This PDF holds something that could act when it is opened: a script, a form that sends, or a "
    "file inside it. Print it to a new PDF, and attach that."
)


def check_pdf(data: bytes) -> None:
    """Refuse a file that is not a plain PDF from its first byte to its last."""
    ended = data.rfind(b"%%EOF")
    if not data.startswith(b"%PDF-") or ended < 0 or data[ended + 5 :].strip(b" \r\n\t\0"):
        raise not_what_it_says("pdf")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise FileProblem(
                "This PDF is protected with a password. Print it to a new PDF, and attach that."
            )
        if not len(reader.pages):
            raise not_what_it_says("pdf")
        acts = any(_acts(each) for each in _objects(reader))
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, OSError):
        raise not_what_it_says("pdf") from None
    if acts:
        raise FileProblem(ACTS)


def _objects(reader: PdfReader) -> Iterator[PdfObject]:
    """Yield every object of the file, also those that no page leads to."""
    numbers = [(n, g) for g, places in reader.xref.items() for n in places if n]
    numbers += [(n, 0) for n in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise FileProblem("This PDF is too large. Attach the pages that matter as a new PDF.")
    yield reader.trailer
    for number, generation in numbers:
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None:
            yield found


def _acts(found: PdfObject) -> bool:
    waiting: list[object] = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            values = [dict.__getitem__(each, key) for key in each]
            if _ACTING.intersection(map(str, each)) or _ACTING.intersection(
                str(value) for value in values if isinstance(value, str)
            ):
                return True
            waiting += values
        elif isinstance(each, ArrayObject):
            waiting += list.__iter__(each)
    return False
