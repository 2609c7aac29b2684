"""Every sent answer of a round as a workbook, with a codebook and what to know beforehand."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import chain

from app.comparisons.blindness import Sight
from app.comparisons.queries import Found, compare
from app.db import Database
from app.exports import codebook
from app.exports.answers import HEAD, MARKING, AnswerRows
from app.exports.workbook import new_book

_WIDTHS = (14, 10, 14, 28, 18, 50, 18, 30, 50, 24)
_CODEBOOK_WIDTHS = (18, 18, 24, 60, 14, 60, 14, 30, 30, 22, 30)


async def answers_book(
    database: Database,
    sight: Sight,
    subjects: Sequence[Found],
    questions: Sequence[tuple[str, ...]],
    about: Sequence[str],
    not_agreed: str = "",
) -> AsyncIterator[bytes]:
    """Yield the workbook: what to know, the answers, and what each question means."""
    with new_book(MARKING) as book:
        book.sheet("Read me", (100,)).write([(line,) for line in about])
        sheet = book.sheet("Answers", _WIDTHS, HEAD)
        answers = AnswerRows(alone, together, not_agreed)
        for found in subjects:
            with database.reading() as session:
                comparison = compare(session, sight, found)
            sheet.write(answers.of(found, comparison))
            await asyncio.sleep(0)
        book.sheet("Codebook", _CODEBOOK_WIDTHS, codebook.HEAD).write(questions)
        async for part in book.parts():
            yield part


def alone(cell: str) -> tuple[str, ...]:
    """Return one cell as a part of a row."""
    return (cell,)


def together(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Join parts of a row."""
    return tuple(chain.from_iterable(parts))
