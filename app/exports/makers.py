"""What makes a document of a paper, by the name of its format.

Each maker runs in the worker process and loads its library there: the serving process, which hands
it over by name, never needs one.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from app.exports.paper import Paper

Format = Literal["docx", "pdf"]

TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _word(paper: Paper) -> bytes:
    from app.exports.document import paper_document  # noqa: PLC0415

    return paper_document(paper)


def _pdf(paper: Paper) -> bytes:
    from app.exports.portable import paper_pdf  # noqa: PLC0415

    return paper_pdf(paper)


MAKERS: Mapping[Format, Callable[[Paper], bytes]] = {"docx": _word, "pdf": _pdf}
