"""What has become of what the round before found: it is the first thing that a board asks."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from app.access import Actor
from app.comparisons.sheet import Sheet, sheet_of
from app.exports.told import LastTime
from app.findings.models import Finding
from app.findings.queries import findings_of, tool_of
from app.findings.results import Result, results
from app.findings.rules import FindingKind, FindingState
from app.findings.tallies import tallies_of
from app.library.models import ToolVersion
from app.rounds.models import Round
from app.rounds.queries import strands_of
from app.rounds.rules import ALLOWED, Doing
from app.tools import Grade

NOTHING = "Nothing"


def last_time(session: Session, actor: Actor, of: Round) -> LastTime | None:
    """Compare a round with the one before it; None where there is none that its reader may see."""
    before = _round_before(session, of)
    if before is None or not (actor.exempt or before.id in actor.leads):
        return None
    found = _agreed(session, of)
    areas = [f for f in _agreed(session, before) if f.kind == FindingKind.AREA_FOR_DEVELOPMENT]
    return LastTime(
        round=before.title,
        areas=tuple(
            (
                area.title,
                _alike(area, found, FindingKind.STRENGTH, FindingKind.GOOD_PRACTICE),
                _alike(area, found, FindingKind.AREA_FOR_DEVELOPMENT),
            )
            for area in areas
        ),
        grades=tuple(_grades(session, before, of)),
    )


def _round_before(session: Session, of: Round) -> Round | None:
    """Find the round with the same tool, whatever its version, that was reported last."""
    slug = select(ToolVersion.slug).where(ToolVersion.id == of.tool_version_id).scalar_subquery()
    query = (
        select(Round)
        .join(ToolVersion, col(ToolVersion.id) == col(Round.tool_version_id))
        .where(
            Round.partnership_id == of.partnership_id,
            col(Round.created_at) < of.created_at,
            ToolVersion.slug == slug,
            col(Round.stage).in_(ALLOWED[Doing.RECEIVE_PACK]),
        )
        .order_by(col(Round.created_at).desc())
    )
    return session.exec(query).first()


def _agreed(session: Session, of: Round) -> list[Finding]:
    return [f for f in findings_of(session, of) if f.state == FindingState.AGREED]


def _alike(area: Finding, found: Iterable[Finding], *kinds: FindingKind) -> str:
    told = (f.title for f in found if f.kind in kinds and set(f.themes) & set(area.themes))
    return "\n".join(told) or NOTHING


def _grades(session: Session, before: Round, of: Round) -> Iterator[tuple[str, str, str]]:
    then = {
        (question_set, sheet.by_key[result.key].question.text, result.key): result
        for question_set, sheet, result in _graded(session, before)
    }
    for question_set, sheet, result in _graded(session, of):
        earlier = then.get((question_set, sheet.by_key[result.key].question.text, result.key))
        if earlier:
            yield f"{result.place}. {result.text}", _in_words(earlier), _in_words(result)


def _graded(session: Session, of: Round) -> Iterator[tuple[str, Sheet, Result]]:
    tool = tool_of(session, of)
    for strand in strands_of(session, of):
        sheet = sheet_of(session, tool, strand.question_set)
        for result in results(sheet, tallies_of(session, strand, None, ""), "", ""):
            if isinstance(sheet.by_key[result.key].question, Grade):
                yield strand.question_set, sheet, result


def _in_words(result: Result) -> str:
    told: Sequence[str] = [
        f"{bar.words} {bar.count}" for bar in (*result.bars, *result.absent) if bar.count
    ]
    return ", ".join(told) or "Not answered"
