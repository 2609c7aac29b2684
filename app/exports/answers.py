"""Every sent answer of a round as rows, for those who see them all anyway.

One subject is read at a time, each in a transaction of its own, so that however long the reader
takes nothing is held open, and memory does not grow with the round. A response handed back in the
meantime is left out from there on.

What a question is and what an answer from its list says are the same in every row, so they are
put in words once for a file, and found again by the answer's code (`python -m tests.bench P10`).
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from app.comparisons.blindness import Sight
from app.comparisons.queries import Found, compare
from app.comparisons.sheet import ANSWERED, Line, Said, Sheet
from app.comparisons.side_by_side import Agreed, Comparison
from app.db import Database
from app.exports.cells import BYTE_ORDER_MARK, csv_lines, quoted
from app.samples.frame import IN_WORDS
from app.tools import State

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
    database: Database, sight: Sight, subjects: Sequence[Found], not_agreed: str = ""
) -> AsyncIterator[bytes]:
    """Yield the answers to every question asked in a sent response, as a CSV file."""
    yield (BYTE_ORDER_MARK + csv_lines([HEAD])).encode()
    answers = AnswerRows(quoted, ",".join, not_agreed)
    for found in subjects:
        with database.reading() as session:
            comparison = compare(session, sight, found)
        lines = list(answers.of(found, comparison))
        if lines:
            yield "\r\n".join([*lines, ""]).encode()


Part = TypeVar("Part")


class AnswerRows(Generic[Part]):
    """Makes the rows of one file: a cell, several of them and a row are parts of the same kind."""

    def __init__(
        self,
        cell: Callable[[str], Part],
        joined: Callable[[Iterable[Part]], Part],
        not_agreed: str = "",
    ) -> None:
        self._cell = cell
        self._joined = joined
        self._blank = cell("")
        self._not_agreed = cell(not_agreed)
        """What stands where no agreed answer is: that they were purged, or nothing."""
        self._known: dict[tuple[str, int], dict[Said, tuple[Part, Part | None]]] = {}
        """By question: the parts that stand for an answer; the second is None for what is typed."""
        self._amounts: dict[tuple[str, int, str], Part] = {}
        """Numbers and dates in words: the same few come up again and again."""

    def of(self, found: Found, comparison: Comparison) -> Iterator[Part]:
        """Yield one row for each question that an agency was asked in a response it has sent."""
        sheet, stored = comparison.sheet, comparison.stored
        subject, cell, joined, blank = found.subject, self._cell, self._joined, self._blank
        about = (MARKING, subject.label, _GROUPS.get(subject.stratum, subject.stratum))
        sides = [
            (side.response or 0, joined(map(cell, (*about, side.agency))))
            for side in comparison.sides
        ]
        for row in comparison.rows:
            line = row.line
            known = self._known.setdefault((sheet.question_set.id, line.number), {})
            texts = stored.texts.get(line.number, {})
            reasons = stored.reasons.get(line.number, {})
            agreed = cell(_agreed(line, row.agreed)) if row.agreed else self._not_agreed
            for (response, who), said in zip(sides, row.said, strict=True):
                if said[0] < 0:
                    continue
                told = known.get(said)
                if told is None:
                    told = known[said] = self._told(sheet, line, said)
                asked, answer = told
                if answer is None:
                    answer = self._typed(sheet, line, texts.get(response, ""))
                reason = cell(reasons[response]) if response in reasons else blank
                yield joined((who, asked, answer, reason, agreed))

    def _told(self, sheet: Sheet, line: Line, said: Said) -> tuple[Part, Part | None]:
        """Return the parts for a question with its state, and for the answer if it is coded."""
        question, answer = line.question, sheet.answer(line, *said)
        typed_in = answer.state in {State.ANSWERED, State.UNREADABLE}
        state = "Answered" if typed_in else question.state_words(answer.state)
        asked = self._joined(map(self._cell, (question.id, question.text, state)))
        if answer.state is not State.ANSWERED:
            return asked, self._blank
        typed = line.counted or line.worded
        return asked, None if typed else self._cell(question.show(answer))

    def _typed(self, sheet: Sheet, line: Line, text: str) -> Part:
        if line.worded:
            return self._cell(text)
        key = (sheet.question_set.id, line.number, text)
        known = self._amounts.get(key)
        if known is None:
            shown = line.question.show(sheet.answer(line, ANSWERED, None, text))
            known = self._amounts[key] = self._cell(shown)
        return known


def _agreed(line: Line, agreed: Agreed) -> str:
    return line.question.show(agreed.answer) if agreed.answer else "Not agreed"
