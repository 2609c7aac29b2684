"""The child process that reads a list: it limits itself, reads, drops, and says what is left.

It starts with the bytes on standard input and the file's ending as its last argument, and writes
one JSON object. It never writes what it dropped, nor an error's own words: a traceback may hold a
child's name.

Public: `main()` for the process, and `read(data, ending) -> ReadList` for the reading alone.
"""

import sys

from app.samples.headings import headed
from app.samples.lists import ListProblem, ReadList, to_json
from app.samples.signatures import refuse_unless_list
from app.samples.text_table import read_text
from app.samples.verdicts import judged
from app.samples.xlsx_table import read_xlsx
from app.web.apart import TOO_MUCH_CODE, limit_itself


def read(data: bytes, ending: str) -> ReadList:
    """Read the bytes of a list and keep the columns that identify nobody."""
    refuse_unless_list(data, ending)
    table = read_xlsx(data) if ending == ".xlsx" else read_text(data)
    return judged(headed(table))


def main() -> None:
    """Read the list on standard input within limits; whatever happens, write one JSON object."""
    limit_itself()
    try:
        found: ReadList | ListProblem = read(sys.stdin.buffer.read(), sys.argv[-1])
    except ListProblem as problem:
        found = problem
    except MemoryError:
        sys.exit(TOO_MUCH_CODE)
    except Exception:  # noqa: BLE001 - its words may hold what a cell holds: the parent says the rest
        sys.exit(1)
    sys.stdout.write(to_json(found))
