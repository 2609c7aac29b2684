"""A round's page on agreement: where agencies part, and how far two auditors of a file agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from sqlmodel import Session

from app.agreement.divergence import Place, Together, by_pair
from app.agreement.raters import FEWEST, Estimate, agreement
from app.comparisons.blindness import Sight
from app.comparisons.pages import (
    AgreementPage,
    PairShown,
    QuestionShown,
    RatersShown,
    StrandShown,
)
from app.comparisons.queries import Found, sheet_for, subjects_in_sight
from app.comparisons.rules import Verdict
from app.comparisons.second_auditors import second_pairs
from app.comparisons.sheet import ANSWERED, Line, Sheet
from app.comparisons.side_by_side import Comparison, Row
from app.comparisons.standing import Kept, worked_out
from app.tools import Coded, Grade, Tool

MOST = "most"
"""Under this name the address asks for the questions on which agencies part most often first."""

WHO_SAID_THE_SAME = "who said the same"
"""Under this name it is kept, as `standing` keeps what differs."""
_COMPARED = frozenset({Verdict.SAME, Verdict.DIFFERS})


class _Said(NamedTuple):
    """How often agencies said the same about one subject."""

    questions: tuple[tuple[int, bool], ...]
    """Each question by number that two agencies or more answered, and whether all said the same."""
    pairs: tuple[tuple[Place, Together], ...]
    """Of every two agencies, by their places among the subject's."""


def agreement_page(session: Session, sight: Sight, at: str, *, most_first: bool) -> AgreementPage:
    """Tell of every strand of a round that has subjects."""
    here = f"{at}/agreement"
    found = groupby(subjects_in_sight(session, sight), key=lambda each: each.strand.id)
    return AgreementPage(
        round=sight.round,
        at=at,
        strands=tuple(
            _strand(session, sight, at, list(of_strand), most_first=most_first)
            for _, of_strand in found
        ),
        sorts=(
            ("As the tool asks", here, not most_first),
            ("Most often different first", f"{here}?sort={MOST}", most_first),
        ),
        fewest=FEWEST,
    )


def _strand(
    session: Session, sight: Sight, at: str, found: Sequence[Found], *, most_first: bool
) -> StrandShown:
    strand = found[0].strand
    sheet = sheet_for(session, sight, strand)
    subjects, kept = [each.subject for each in found], Kept(WHO_SAID_THE_SAME, _said)
    questions: defaultdict[int, Together] = defaultdict(Together)
    pairs: defaultdict[tuple[str, str], Together] = defaultdict(Together)
    cases = 0
    for sides, said in worked_out(session, sight, strand, subjects, kept).values():
        cases += bool(said.questions)
        for number, same in said.questions:
            questions[number] = questions[number].plus(Together(int(same), 1))
        for (one, other), together in said.pairs:
            names = sides[one].agency, sides[other].agency
            pairs[names] = pairs[names].plus(together)
    shown = [
        _question(
            line, questions[line.number], f"{at}/results/{line.question.id}?strand={strand.ref}"
        )
        for line in sheet.lines
        if line.number in questions
    ]
    if most_first:
        shown.sort(key=lambda each: -each.differ)
    return StrandShown(
        ref=strand.ref,
        title=strand.title,
        cases=cases,
        pairs=tuple(
            PairShown(f"{one} and {other}", pairs[one, other].words) for one, other in sorted(pairs)
        ),
        questions=tuple(shown),
        raters=tuple(_raters(session, sight, sheet, found[0])),
    )


def _question(line: Line, together: Together, href: str) -> QuestionShown:
    return QuestionShown(
        text=f"{line.place}. {line.question.text}",
        href=href,
        section=line.section.title,
        said=together.words,
        differ=together.answered - together.same,
    )


def _said(comparison: Comparison) -> _Said:
    pairs: defaultdict[Place, Together] = defaultdict(Together)
    compared = [row for row in comparison.rows if row.verdict in _COMPARED]
    for row in compared:
        for place, together in by_pair(_answered(comparison, row)):
            pairs[place] = pairs[place].plus(together)
    return _Said(
        tuple((row.line.number, row.verdict is Verdict.SAME) for row in compared),
        tuple(pairs.items()),
    )


def _answered(comparison: Comparison, row: Row) -> list[tuple[int, str | int | None]]:
    """Return who answered a question by place, with what stands for the answer."""
    texts = comparison.stored.texts.get(row.line.number, {})
    counted = row.line.counted
    return [
        (place, texts.get(side.response or 0, "") if counted else code)
        for place, (side, (state, code)) in enumerate(zip(comparison.sides, row.said, strict=True))
        if state == ANSWERED
    ]


def _raters(session: Session, sight: Sight, sheet: Sheet, found: Found) -> Iterable[RatersShown]:
    given = second_pairs(session, sight, found.strand)
    for line in sheet.lines:
        if line.question.id not in given or not isinstance(line.question, Coded):
            continue  # what has no categories has no agreement by chance
        of_line = given[line.question.id]
        scale = categories_of(sheet.tool, line.question, chain.from_iterable(of_line))
        pairs = [(scale.index(one), scale.index(other)) for one, other in of_line]
        told = agreement(pairs, len(scale), ordered=isinstance(line.question, Grade))
        yield RatersShown(
            text=f"{line.place}. {line.question.text}",
            pairs=told.pairs,
            percent=_percent(told.percent),
            ac=_in_words(told.ac),
            alpha=_in_words(told.alpha),
        )


def categories_of(tool: Tool, question: Coded, chosen: Iterable[str]) -> list[str]:
    """List what may be chosen: a grade's levels from the best on, other options as they stand.

    An option that is retired is among them where somebody chose it while it was offered.
    """
    if isinstance(question, Grade):
        return [level.id for level in tool.scale[question.scale].best_first]
    were = frozenset(chosen)
    return [each.id for each in question.listed if not each.retired or each.id in were]


def _percent(found: Estimate) -> str:
    if found.value is None or found.low is None or found.high is None:
        return found.why
    return f"{found.value:.0%} ({found.low:.0%} to {found.high:.0%})"


def _in_words(found: Estimate) -> str:
    if found.value is None:
        return found.why
    if found.low is None or found.high is None:
        return f"{found.value:.2f}; {found.why}"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"
