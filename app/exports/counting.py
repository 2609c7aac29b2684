"""Reading the numbers that papers may hold: of a whole round, and of one agency for itself."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.sheet import Sheet, sheet_of
from app.db import key_of, today
from app.exports.cases import cases_of, compared_in, grades_of, profile_of
from app.exports.told import Counted, Own, ResultRow
from app.findings.queries import tool_of
from app.findings.results import Bar, Result, results
from app.findings.tallies import tallies_of
from app.identity.models import Agency
from app.responses.returns import Return, returns_of
from app.rounds.kept import days_gone
from app.rounds.models import Round
from app.rounds.queries import strands_of
from app.rounds.taking_part import party_of
from app.tools import Grade

GRADES = "Grades"


class _Part(NamedTuple):
    """The results of one strand, with what a heading says of it where there are several."""

    sheet: Sheet
    before: str
    results: Sequence[Result]


def count(session: Session, sight: Sight) -> Counted:
    """Gather the numbers of a round, for those who see every answer anyway."""
    parts = list(_parts(session, sight.round, None))
    cases = list(cases_of(session, sight))
    gone = days_gone(session, sight.round)
    returns = returns_of(session, sight.round, today(session), with_second=False)
    return Counted(
        returns=tuple(
            (row.agency, str(row.given), str(row.sent), _stands(row))
            for row in sorted(returns, key=lambda row: row.agency)
        ),
        profile=tuple(line for each in cases for line in profile_of(each)),
        results=tuple(each for part in parts for each in _by_section(part, part.results)),
        themed=_by_theme(parts),
        grades=tuple(graded for each in cases for graded in grades_of(session, each, gone)),
        compared=tuple(
            row for strand in cases for row in compared_in(strand, gone, several=len(cases) > 1)
        ),
        gone=gone,
        questions=tuple(
            {line.question.id: line.question.text for p in parts for line in p.sheet.lines}.items()
        ),
    )


def count_own(session: Session, of: Round, agency: Agency) -> Own:
    """Gather what one agency answered; of no other agency anything is read."""
    told: list[tuple[str, tuple[ResultRow, ...]]] = []
    for part in _parts(session, of, [key_of(agency)]):
        chosen = [result for result in part.results if result.bars]  # words are not told in counts
        graded = [result for result in chosen if _graded(part.sheet, result)]
        if graded:
            told.append((part.before + GRADES, tuple(map(_row, graded))))
        told += _by_section(part, [r for r in chosen if not _graded(part.sheet, r)])
    lead = party_of(session, of).lead
    return Own(agency.name, lead.name if lead else "", tuple(told))


def _parts(session: Session, of: Round, agencies: Sequence[int] | None) -> Iterator[_Part]:
    """Count the strands of a round one by one, of some agencies or of all (None)."""
    tool, strands = tool_of(session, of), strands_of(session, of)
    for strand in strands:
        sheet = sheet_of(session, tool, strand.question_set)
        before = f"{strand.title}: " if len(strands) > 1 else ""
        found = results(sheet, tallies_of(session, strand, agencies, ""), "", "")
        yield _Part(sheet, before, found)


def _by_theme(parts: Sequence[_Part]) -> dict[str, tuple[ResultRow, ...]]:
    """Take the results of each theme together; what is no longer asked is in none."""
    found: dict[str, list[ResultRow]] = {}
    for part in parts:
        for result in part.results:
            if result.over:
                continue
            for theme in part.sheet.by_key[result.key].question.themes:
                found.setdefault(theme, []).append(_row(result))
    return {theme: tuple(rows) for theme, rows in found.items()}


def _by_section(
    part: _Part, found: Iterable[Result]
) -> Iterator[tuple[str, tuple[ResultRow, ...]]]:
    for section, rows in groupby(found, key=lambda result: result.section):
        yield part.before + section, tuple(map(_row, rows))


def _graded(sheet: Sheet, result: Result) -> bool:
    return isinstance(sheet.by_key[result.key].question, Grade)


def _stands(row: Return) -> str:
    if not row.given:
        return "Nothing was asked of it"
    if not row.sent:
        return f"Nil: {row.overdue.lower()}" if row.overdue else "Nil so far"
    if row.waited_for:
        return f"In part: {row.overdue.lower()}" if row.overdue else "In part"
    told = ["Nil return" if row.not_known == row.sent else "Returned"]
    if row.not_known and row.not_known != row.sent:
        told.append(f"{row.not_known} not known to it")
    if row.sent_late:
        told.append(f"{row.sent_late} late")
    return ", ".join(told)


def _row(result: Result) -> ResultRow:
    return (
        f"{result.place}. {result.text}" + (" (no longer asked)" if result.over else ""),
        f"{result.answered} of {result.asked}",
        "; ".join(_bar(bar) for bar in result.bars if bar.count) or "In words, a number or a date",
        "; ".join(_bar(bar) for bar in result.absent) or "None",
    )


def _bar(bar: Bar) -> str:
    percent = "" if bar.percent is None else f" ({bar.percent}%)"
    return f"{bar.words}: {bar.count}{percent}"
