"""One subject's responses laid side by side: a row for each question, a column for each agency.

Works on rows as they are stored, without making an object of every answer: a meeting waits for
this page, and a queue lays out every subject of a round.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from app.comparisons.rules import Verdict, verdict
from app.comparisons.sheet import ANSWERED, NOT_KNOWN, SILENT, Line, Said, Sheet
from app.tools import AgencyKind, Answer

Sending = tuple[str, int]
"""The reference of a response and the version of it that was sent: what tells it from any other.
A nil return has no version (-1): its answers, if there are any, were not sent."""


class Side(NamedTuple):
    """One agency's column; `response` is the key of its sent response, or None."""

    agency: str
    kind: AgencyKind
    response: int | None
    key: int | None
    """The agency's key."""
    ref: str
    """The agency's reference, by which a form names it."""
    sending: Sending | None
    """What was sent; None before that."""
    not_known: bool = False
    """Whether what was sent says that the child is not known to the agency."""
    under: int | None = None
    """The version of the tool it was sent under, where the round has moved to a newer one since."""


class Agreed(NamedTuple):
    """What the panel recorded on one question: the answer, or None when it was not agreed."""

    answer: Answer | None
    reason: str
    version: int
    at: datetime


class Row(NamedTuple):
    """One question across the agencies, aligned with the comparison's sides."""

    line: Line
    said: tuple[Said, ...]
    verdict: Verdict
    agreed: Agreed | None

    @property
    def left(self) -> bool:
        """Whether the agencies differ and the panel has not decided yet.

        What a newer version of the tool no longer asks waits for nobody.
        """
        asked = not self.line.section.over
        return self.verdict is Verdict.DIFFERS and self.agreed is None and asked


@dataclass(frozen=True)
class Stored:
    """What the database holds of the sent responses."""

    coded: Mapping[int, Mapping[int, Said]]
    """By response, then question number."""
    texts: Mapping[int, Mapping[int, str]]
    """Words, numbers and dates, by question number, then response."""
    reasons: Mapping[int, Mapping[int, str]]
    """The same way round."""
    agreed: Mapping[int, Agreed]
    """By question number."""


@dataclass(frozen=True)
class Comparison:
    """Everything that one subject's comparison shows."""

    sheet: Sheet
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    stored: Stored

    @property
    def sent(self) -> int:
        """How many of the agencies have sent their response."""
        return sum(side.sending is not None for side in self.sides)

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many questions have each verdict."""
        return Counter(row.verdict for row in self.rows)

    @property
    def agreed(self) -> int:
        """How many questions the panel has decided, agreed or not."""
        return sum(row.agreed is not None for row in self.rows)

    @property
    def left(self) -> int:
        """How many differences the panel has still to decide."""
        return sum(row.left for row in self.rows)

    def row(self, key: str) -> Row | None:
        """Return the row of a question by its id, or None when nobody was asked it."""
        return next((row for row in self.rows if row.line.question.id == key), None)

    def answers(self, row: Row) -> Iterator[tuple[Side, Said, Answer | None]]:
        """Yield each agency's answer to one question; None where there is nothing to show."""
        number = row.line.number
        texts, reasons = self.stored.texts.get(number, {}), self.stored.reasons.get(number, {})
        for side, said in zip(self.sides, row.said, strict=True):
            answer = None
            if side.response is not None and said[0] >= 0:
                text, reason = texts.get(side.response, ""), reasons.get(side.response, "")
                answer = self.sheet.answer(row.line, *said, text, reason)
            yield side, said, answer


def lay(
    sheet: Sheet,
    sides: Sequence[Side],
    stored: Stored,
    older: Mapping[int, Sheet] = MappingProxyType({}),
) -> Comparison:
    """Lay the responses of one subject side by side, in the order of the tool.

    `older` holds the sheets of the versions that some of them were sent under, before the round
    moved to a newer one.
    """
    columns = [_column(sheet, side, stored, older) for side in sides]
    rows = [
        _row(sheet, line, said, sides, stored)
        for line, said in zip(sheet.lines, zip(*columns, strict=True), strict=False)
        if not SILENT.issuperset(said)
    ]
    return Comparison(sheet, tuple(sides), tuple(rows), stored)


def _column(
    sheet: Sheet, side: Side, stored: Stored, older: Mapping[int, Sheet]
) -> tuple[Said, ...]:
    if side.response is None:
        return sheet.not_known(side.kind) if side.not_known else sheet.unsent(side.kind)
    codes = stored.coded[side.response]
    if side.under is not None:
        return sheet.sent_under(older[side.under], side.kind, codes)
    return sheet.sent(side.kind, codes)


def _row(
    sheet: Sheet, line: Line, said: tuple[Said, ...], sides: Sequence[Side], stored: Stored
) -> Row:
    amounts_to = _counted(line, said, sides, stored) if line.counted else sheet.verdict(line, said)
    return Row(line, said, amounts_to, stored.agreed.get(line.number))


def _counted(line: Line, said: tuple[Said, ...], sides: Sequence[Side], stored: Stored) -> Verdict:
    """Say what numbers or dates amount to: each stands for itself, as it is stored."""
    texts = stored.texts.get(line.number, {})
    sent = [(side, state) for side, (state, _) in zip(sides, said, strict=True) if state >= 0]
    answered = [texts.get(side.response or 0, "") for side, state in sent if state == ANSWERED]
    return verdict(line.question, len(sent) + said.count(NOT_KNOWN), answered)
