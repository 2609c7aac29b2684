"""The comparison's table as HTML, joined from ready-made pieces: a meeting waits for this page.

A macro for every cell costs sixty times the reading of the answers. Here the words of a coded
answer are escaped once per tool version, and everything else is escaped where it is joined:
every `{...}` below holds either a piece made here or the result of `escape`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from itertools import zip_longest

from markupsafe import Markup

from app.comparisons.colours import GRADE, colour_of
from app.comparisons.files import FileBeside, Files, file_in_cell
from app.comparisons.rules import Verdict
from app.comparisons.sheet import (
    ANSWERED,
    ASKED_SINCE,
    CLOSED,
    ENDED,
    NOT_ASKED,
    NOT_KNOWN,
    NOT_SENT,
    Line,
    Said,
)
from app.comparisons.side_by_side import Comparison, Row
from app.library.numbers import POSITION
from app.tools import ABSENCES, Answer, Question, State

_GRADE = '<strong class="govuk-tag govuk-tag--{}">{}</strong>'
_QUIET = '<span class="app-comparison__quiet">{}</span>'
_DASH = '<span aria-hidden="true">\N{EN DASH}</span><span class="govuk-visually-hidden">{}</span>'
_ABSENT = frozenset(POSITION[state] for state in ABSENCES)
_NOTE = "Why there is no answer: "
_MOST_KEPT = 1000
"""Different answers to one question whose words are kept; several options combine into many."""

EMPTY: dict[Said, str] = {
    NOT_ASKED: _DASH.format("Not asked of this kind of agency"),
    ASKED_SINCE: _QUIET.format("Not asked when it was sent"),
    ENDED: _DASH.format("No longer asked"),
    CLOSED: _DASH.format("Not asked, because of an earlier answer"),
    NOT_SENT: _QUIET.format("Not sent yet"),
    NOT_KNOWN: _QUIET.format("Not known to the agency"),
}
"""What stands where an agency gave no answer to show."""

Words = dict[int, dict[Said, str]]
"""The escaped words of answers by question, then state and code: kept per tool version."""


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Links:
    """Where the table leads: `at` is the comparison's own address; `may_agree` offers to decide."""

    at: str
    may_agree: bool
    auditors: tuple[str, ...] = ()
    """Who answered for each agency, only where somebody asked who may be told."""
    reasons: bool = False
    """Whether the reasons stand open."""
    marks: Mapping[int, str] = field(default_factory=dict)
    """By agency, what is to be known of its response as a whole: that it came late."""
    files: Files = field(default_factory=dict)
    token: str = ""
    """What a form that takes a file posts with it."""


def grid(comparison: Comparison, groups: Iterable[Group], links: Links, known: Words) -> Markup:
    """Return the table's head and its groups of rows."""
    links = replace(links, at=escape(links.at))
    agencies = [escape(side.agency) for side in comparison.sides]
    named = zip_longest(agencies, map(escape, links.auditors))
    cells = [
        '<td class="govuk-table__cell" role="cell" data-agency='
        f'"{agency}{f", {auditor}" if auditor else ""}">'
        for agency, auditor in named
    ]
    words = _Words(comparison, known)
    width = len(cells) + 2
    parts = [_head(comparison, links)]
    for group in groups:
        parts.append('<tbody class="govuk-table__body" role="rowgroup">')
        parts.append(_group_heading(group.title, agencies))
        for row in group.rows:
            reasons = words.reasons(row)
            parts.append(_question(row, links, reasoned=bool(reasons)))
            said = words.said(row)
            if files := links.files.get(row.line.number):
                said = [
                    _with_files(each, files.get(side.key or 0, ()), links.token)
                    for each, side in zip(said, comparison.sides, strict=True)
                ]
            parts += [f"{cell}{each}</td>" for cell, each in zip(cells, said, strict=True)]
            parts.append(_agreed(row, links))
            if reasons:
                parts.append(_reasons(row, reasons, width, " open" if links.reasons else ""))
        parts.append("</tbody>")
    return Markup("".join(parts))  # noqa: S704 - every piece is escaped where it is joined


def _with_files(said: str, files: Sequence[FileBeside], token: str) -> str:
    if not files:
        return said
    return f"<div>{said}{''.join(file_in_cell(each, token) for each in files)}</div>"


def _head(comparison: Comparison, links: Links) -> str:
    names = ["Question", *(escape(side.agency) for side in comparison.sides), "Agreed answer"]
    for place, (side, auditor) in enumerate(zip_longest(comparison.sides, links.auditors), 1):
        if auditor:
            names[place] += f'<br><span class="app-comparison__auditor">{escape(auditor)}</span>'
        if mark := links.marks.get(side.key or 0):
            names[place] += f'<br><span class="govuk-body-s">{escape(mark)}</span>'
    cells = "".join(
        f'<th scope="col" class="govuk-table__header" role="columnheader">{name}</th>'
        for name in names
    )
    return (
        '<thead class="govuk-table__head" role="rowgroup">'
        f'<tr class="govuk-table__row" role="row">{cells}</tr></thead>'
    )


def _group_heading(title: str, agencies: Iterable[str]) -> str:
    """Return a heading that names the agencies again: a long table has left its head behind."""
    names = "".join(
        f'<td class="govuk-table__cell" role="cell" aria-hidden="true">{name}</td>'
        for name in (*agencies, "Agreed answer")
    )
    return (
        '<tr class="govuk-table__row app-comparison__group" role="row">'
        '<th scope="rowgroup" class="govuk-table__header" role="rowheader">'
        f"{escape(title)}</th>{names}</tr>"
    )


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Escape what a tool says, which is the same on every page."""
    return escape(text)


def _question(row: Row, links: Links, *, reasoned: bool) -> str:
    line = row.line
    differs = row.verdict is Verdict.DIFFERS
    modifier = " app-comparison__row--differs" if differs else ""
    modifier += " app-comparison__row--reasoned" if reasoned else ""
    tag = (
        ' <strong class="govuk-tag govuk-tag--orange app-differs">Differs</strong>'
        if differs
        else ""
    )
    return (
        f'<tr class="govuk-table__row{modifier}" role="row" id="{line.question.id}">'
        '<th scope="row" class="govuk-table__header" role="rowheader">'
        f'<a class="govuk-link govuk-link--no-underline app-comparison__question" '
        f'href="{links.at}/{line.question.id}">{line.place}. {_escaped(line.question.text)}</a>'
        f"{tag}</th>"
    )


class _Words:
    """The words of one comparison, escaped: answers, and the reasons beside them."""

    def __init__(self, comparison: Comparison, known: Words) -> None:
        self.sides = comparison.sides
        self.sheet = comparison.sheet
        self.known = known
        self.stored = comparison.stored
        self.texts = escape_all(comparison.stored.texts)
        self.reasoned = escape_all(comparison.stored.reasons)
        self.agencies = [(s.response, f"<dt>{escape(s.agency)}</dt><dd>") for s in self.sides]
        self.amounts: dict[tuple[int, str], str] = {}

    def said(self, row: Row) -> list[str]:
        """Return the answers of a row in words, one for each agency."""
        line = row.line
        known = self.known.get(line.number)
        if known is None:
            known = self.known[line.number] = dict(EMPTY)
        if not line.counted and not line.worded:
            return [known.get(said) or self._coded(line, said, known) for said in row.said]
        typed = self._typed(row)
        return [
            typed.get(side.response or 0, "")
            if said[0] == ANSWERED
            else known.get(said) or self._coded(line, said, known)
            for side, said in zip(self.sides, row.said, strict=True)
        ]

    def _coded(self, line: Line, said: Said, known: dict[Said, str]) -> str:
        """Put an answer in words, and keep them for other pages: there may be too many for all."""
        words = self._show(self.sheet.answer(line, *said), line.question)
        if len(known) < _MOST_KEPT:
            known[said] = words
        return words

    def _show(self, answer: Answer, question: Question) -> str:
        """Show a grade as a word in its colour, and any other answer as what it says."""
        words = escape(question.show(answer))
        if answer.state is not State.ANSWERED:
            return _QUIET.format(words)
        if question.kind != GRADE:
            return words
        return _GRADE.format(colour_of(self.sheet.tool, question, answer), words)

    def _typed(self, row: Row) -> Mapping[int, str]:
        """Return what was typed in answer to a question, by response."""
        line = row.line
        if line.worded:
            return self.texts.get(line.number, {})
        given = self.stored.texts.get(line.number, {})
        return {
            side.response or 0: self._amount(line, given.get(side.response or 0, ""))
            for side, (state, _) in zip(self.sides, row.said, strict=True)
            if state == ANSWERED
        }

    def _amount(self, line: Line, text: str) -> str:
        """Return a number or a date in words; the same few come up again and again."""
        known = self.amounts.get((line.number, text))
        if known is None:
            answer = self.sheet.answer(line, ANSWERED, None, text)
            known = self.amounts[line.number, text] = escape(line.question.show(answer))
        return known

    def reasons(self, row: Row) -> str:
        """Return the reasons given for a question, as the items of a list."""
        told = ""
        if reasons := self.reasoned.get(row.line.number):
            told = "".join(
                [
                    f"{agency}{_NOTE if said[0] in _ABSENT else ''}{reasons[response]}</dd>"
                    for (response, agency), said in zip(self.agencies, row.said, strict=True)
                    if response in reasons and said[0] >= 0
                ]
            )
        if row.agreed is not None and row.agreed.reason:
            told += f"<dt>Agreed answer</dt><dd>{escape(row.agreed.reason)}</dd>"
        return told


def escape_all(texts: Mapping[int, Mapping[int, str]]) -> dict[int, dict[int, str]]:
    """Escape every text of a page at once, which costs a tenth of one after another.

    They are joined by NUL, which no stored text holds: forms take it out and PostgreSQL refuses it.

    >>> escape_all({1: {7: "A & B", 8: "<c>"}})
    {1: {7: 'A &amp; B', 8: '&lt;c&gt;'}}
    """
    joined = "\0".join([text for row in texts.values() for text in row.values()])
    escaped = iter(escape(joined).split("\0"))
    return {number: dict(zip(row, escaped, strict=False)) for number, row in texts.items()}


def _agreed(row: Row, links: Links) -> str:
    decided = row.agreed is not None
    asks = links.may_agree and (decided or row.verdict is Verdict.DIFFERS)
    shown = [_decision(row)] if decided or not asks else []
    if asks:
        shown.append(
            f'<a class="govuk-link" href="{links.at}/{row.line.question.id}">'
            f"{'Change' if decided else 'Agree'}"
            f'<span class="govuk-visually-hidden"> question {row.line.place}</span></a>'
        )
    return (
        '<td class="govuk-table__cell" role="cell" data-agency="Agreed answer">'
        f"<span>{'<br>'.join(shown)}</span></td></tr>"
    )


def _decision(row: Row) -> str:
    """Say what was decided, or, where nothing was, what the answers amount to."""
    if row.agreed is None:
        return _QUIET.format(row.verdict.words)
    if row.agreed.answer is None:
        return "<strong>Not agreed:</strong> both views stand"
    return f"<strong>{escape(row.line.question.show(row.agreed.answer))}</strong>"


def _reasons(row: Row, told: str, width: int, opened: str) -> str:
    """Return the row that opens to show the reasons for the question above it."""
    differs = row.verdict is Verdict.DIFFERS
    modifier = " app-comparison__reasons--differs" if differs else ""
    return (
        f'<tr class="govuk-table__row app-comparison__reasons{modifier}" role="row">'
        f'<td colspan="{width}" class="govuk-table__cell" role="cell">'
        f'<details class="govuk-details"{opened}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">Reasons'
        f'<span class="govuk-visually-hidden"> for question {row.line.place}</span></span>'
        f'</summary><dl class="govuk-details__text">{told}</dl></details></td></tr>'
    )
