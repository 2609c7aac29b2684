"""The samples of one round as a whole: what they hold, and what they lack before it opens."""

from collections.abc import Mapping

from sqlmodel import Session, col, func, select

from app.library.queries import pinned_tool
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.samples.queries import key_of, waiting_lists
from app.samples.rules import SubjectState
from app.web.filters import plural


def sample_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say how many subjects were chosen in each strand."""
    sets = pinned_tool(session, of.tool_version_id).question_set
    query = (
        select(Strand, func.count(col(Subject.id)))
        .join(Subject, col(Subject.strand_id) == col(Strand.id))
        .where(Strand.round_id == of.id, Subject.state == SubjectState.CHOSEN)
        .group_by(*Strand.__table__.columns)  # type: ignore[attr-defined]
    )
    return {
        f"/strands/{strand.ref}/sample": plural(
            many, sets[strand.question_set].subject.words.lower()
        )
        for strand, many in session.exec(query)
    }


def missing_before(session: Session, seen: Round, to: Stage) -> list[str]:
    """Say which strands have nothing to audit yet when a round is about to open."""
    if to is not Stage.OPEN:
        return []
    strands = session.exec(
        select(Strand).where(Strand.round_id == seen.id).order_by(col(Strand.id))
    ).all()
    lacking = []
    for strand in strands:
        of = f"{strand.title}: no" if len(strands) > 1 else "No"
        if not _any_chosen(session, key_of(strand)):
            lacking.append(f"{of} subjects have been drawn or typed in.")
        if waiting_lists(session, key_of(strand)):
            lacking.append(
                "A list that was read still waits for its columns: import it or discard it."
            )
    return lacking


def _any_chosen(session: Session, strand_id: int) -> bool:
    query = select(Subject.id).where(
        Subject.strand_id == strand_id, Subject.state == SubjectState.CHOSEN
    )
    return session.exec(query.limit(1)).first() is not None
