"""In which order a comparison is read: the differences first, or as the tool asks."""

from collections.abc import Collection, Sequence
from itertools import groupby

from app.comparisons.grid import Group
from app.comparisons.looking import QUESTIONS, Looking
from app.comparisons.rules import Verdict
from app.comparisons.side_by_side import Comparison, Row
from app.library.numbers import POSITION
from app.tools import ABSENCES

_ABSENCES = frozenset(POSITION[state] for state in ABSENCES)


def differing(comparison: Comparison) -> list[Row]:
    """Return the questions on which agencies differ, in the order of the tool."""
    return [row for row in comparison.rows if row.verdict is Verdict.DIFFERS]


def groups(comparison: Comparison, looking: Looking) -> list[Group]:
    """Return the rows that somebody asks for under their headings, in the order asked for."""
    rows = list(comparison.rows)
    if looking.narrowed:
        rows = [row for row in rows if looking.asks_for(row)]
    if looking.order == QUESTIONS or looking.only:
        return _by_section(rows)
    first = [row for row in rows if row.verdict is Verdict.DIFFERS]
    rest = [row for row in rows if row.verdict is not Verdict.DIFFERS]
    return _by_section(first, "Differs: ") + _by_section(rest, "Others: " if first else "")


def _by_section(rows: Sequence[Row], before: str = "") -> list[Group]:
    return [
        Group(f"{before}{title}", tuple(found)) for (_, title), found in groupby(rows, key=_section)
    ]


def _section(row: Row) -> tuple[str, str]:
    return row.line.section.id, row.line.section.title


def same(comparison: Comparison) -> list[Row]:
    """Return the questions that all agencies answered alike.

    What a newer version of the tool no longer asks waits for nobody.
    """
    return [
        row for row in comparison.rows if row.verdict is Verdict.SAME and not row.line.section.over
    ]


def same_left(comparison: Comparison) -> list[Row]:
    """Return the questions that all agencies answered alike and the panel has not agreed yet."""
    return [row for row in same(comparison) if row.agreed is None]


def next_left(comparison: Comparison, row: Row, put_off: Collection[int] = ()) -> Row | None:
    """Return the next difference that the panel has not decided, beginning again at the end.

    `put_off` are the questions, by number, that the panel comes back to some other time.
    """
    left = [
        each
        for each in comparison.rows
        if each.left and each.line != row.line and each.line.number not in put_off
    ]
    after = [each for each in left if each.line.place > row.line.place]
    return next(iter(after or left), None)


def beside(comparison: Comparison, row: Row) -> tuple[Row | None, Row | None]:
    """Return the questions before and after one: among the differences where it is one of them."""
    rows = differing(comparison) if row.verdict is Verdict.DIFFERS else list(comparison.rows)
    at = [each.line.place for each in rows].index(row.line.place)
    return (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


def summary(comparison: Comparison) -> tuple[str, ...]:
    """Count what the answers amount to, in words, leaving out what there is none of.

    Absences do not make a difference, so the questions with one are counted apart; and what the
    panel could not agree is not counted as agreed.
    """
    counts = comparison.counts
    absent = sum(
        not _ABSENCES.isdisjoint([state for state, _ in row.said]) for row in comparison.rows
    )
    told = (
        (counts.get(Verdict.DIFFERS, 0), "differ"),
        (counts.get(Verdict.SAME, 0), "the same"),
        (counts.get(Verdict.ONE, 0), "answered by one agency"),
        (counts.get(Verdict.ABSENT, 0), "without an answer"),
        (counts.get(Verdict.VIEWS, 0), "in words"),
        (counts.get(Verdict.OWN, 0), "about each agency's own part"),
        (counts.get(Verdict.WAITING, 0), "not sent yet"),
    )
    always = {"differ", "the same"}
    lines = [f"{n} {words}" for n, words in told if n or words in always]
    decided = [row.agreed for row in comparison.rows if row.agreed is not None]
    views = sum(each.answer is None for each in decided)
    lines += [f"{absent} with an absence", f"{len(decided) - views} agreed"]
    lines += [f"{views} not agreed"] if views else []
    return (*lines, f"{comparison.left} still to decide")
