"""The child process that looks into an attachment: what it is, and that nothing in it acts.

It starts with the bytes on standard input and the file's ending as its last argument. It writes a
line, "ok" with the kinds of identifier that its words seem to hold, or "no"; and after it the bytes
to store, or the sentence that says why not. Pictures are drawn anew, so that neither where they
were taken nor a second file hidden in them is kept; any other file is stored as it came.

Public: `main()` for the process, and `inspected(data, ending) -> bytes`, raising `FileProblem`.
"""

import sys
from datetime import UTC, datetime

from app.attachments.documents import check_office
from app.attachments.pictures import drawn_anew
from app.attachments.portable import check_pdf
from app.attachments.problems import FileProblem
from app.attachments.texts import check_text
from app.attachments.words import words_in
from app.identifiers import found_in
from app.web.apart import TOO_MUCH_CODE, limit_itself


def inspected(data: bytes, ending: str) -> bytes:
    """Return the bytes to store for a file that is what its ending says and can do nothing."""
    match ending:
        case "pdf":
            check_pdf(data)
        case "docx" | "xlsx":
            check_office(data, ending)
        case "png" | "jpg":
            return drawn_anew(data, ending)
        case "txt":
            return check_text(data)
        case _:
            raise ValueError(ending)
    return data


def main() -> None:
    """Look into the file on standard input within limits; its own words never leave."""
    limit_itself()
    try:
        told = inspected(sys.stdin.buffer.read(), sys.argv[-1])
        kinds = found_in(words_in(told, sys.argv[-1]), datetime.now(UTC).date())
        first = " ".join(["ok", *kinds])
    except FileProblem as problem:
        first, told = "no", str(problem).encode()
    except MemoryError:
        sys.exit(TOO_MUCH_CODE)
    except Exception:  # noqa: BLE001 - its words may hold what the file holds: the parent says the rest
        sys.exit(1)
    sys.stdout.buffer.write(first.encode() + b"\n" + told)
