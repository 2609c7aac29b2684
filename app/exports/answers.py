"""Every sent answer of a round as rows, for those who see them all anyway.

One subject is read at a time, each in a transaction of its own, so that however long the reader
takes nothing is held open, and memory does not grow with the round. A response handed back in the
meantime is left out from there on.
"""

from collections.abc import AsyncIterator, Iterator, Sequence

from app.comparisons.blindness import Sight
from app.comparisons.queries import Found, compare
from app.comparisons.side_by_side import Comparison, Row
from app.db import Database
from app.exports.cells import BYTE_ORDER_MARK, Lines
from app.samples.frame import IN_WORDS
from app.tools import STATE_WORDS, State

MARKING = "OFFICIAL-SENSITIVE, inside the round"
HEAD = (
    "Marking",
    "Subject",
    "Group",
    "Agency",
    "Question id",
    "Question",
    "State",
    "Answer",
    "Reason",
    "Agreed answer",
)
_GROUPS = {stratum.value: words for stratum, words in IN_WORDS.items()}


async def answers_file(
    database: Database, sight: Sight, subjects: Sequence[Found]
) -> AsyncIterator[bytes]:
    """Yield the answers to every question asked in a sent response, as a CSV file."""
    lines = Lines()
    yield (BYTE_ORDER_MARK + lines.write([HEAD])).encode()
    for found in subjects:
        with database.reading() as session:
            comparison = compare(session, sight, found)
        rows = list(answer_rows(found, comparison))
        if rows:
            yield lines.write(rows).encode()


def answer_rows(found: Found, comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield one row for each question that an agency was asked in a response it has sent."""
    subject = found.subject
    for row in comparison.rows:
        question = row.line.question
        for side, _, answer in comparison.answers(row):
            if answer is None:
                continue
            yield (
                MARKING,
                subject.label,
                _GROUPS.get(subject.stratum, subject.stratum),
                side.agency,
                question.id,
                question.text,
                STATE_WORDS.get(answer.state, "Answered"),
                question.show(answer) if answer.state is State.ANSWERED else "",
                answer.reason,
                _agreed(row),
            )


def _agreed(row: Row) -> str:
    if row.agreed is None:
        return ""
    answer = row.agreed.answer
    return row.line.question.show(answer) if answer else "Not agreed"
