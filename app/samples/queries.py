"""Finding a strand's sample: its waiting list, frame, draw and subjects."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from app.access import Scope
from app.rounds.models import Round, Strand
from app.rounds.queries import find_strand
from app.samples.draw import Draw
from app.samples.drawn import paragraphs, stored_draw
from app.samples.frame import Referral, Stratum
from app.samples.lists import ReadList, from_json
from app.samples.models import DrawRecord, Frame, FrameRow, Subject, UploadedList
from app.samples.rules import Progress, SubjectState, typed_in_words


@dataclass(frozen=True)
class Sampled:
    """A strand whose sample an address names, with its round."""

    round: Round
    strand: Strand

    @property
    def strand_id(self) -> int:
        """The strand's key."""
        return key_of(self.strand)


def find_sampled(session: Session, scope: Scope, refs: Mapping[str, str]) -> Sampled | None:
    """Find the strand that an address names, in the round that it names."""
    strand = find_strand(session, scope, refs)
    return Sampled(session.get_one(Round, strand.round_id), strand) if strand else None


def find_waiting(session: Session, sampled: Sampled, ref: str) -> UploadedList | None:
    """Find a list of this strand that waits for its columns."""
    query = select(UploadedList).where(
        UploadedList.ref == ref, UploadedList.strand_id == sampled.strand_id
    )
    return session.exec(query).one_or_none()


def waiting_lists(session: Session, strand_id: int) -> list[UploadedList]:
    """List what waits for its columns: one list at most, unless two people sent one at once."""
    query = (
        select(UploadedList)
        .where(UploadedList.strand_id == strand_id)
        .order_by(col(UploadedList.id).desc())
    )
    return list(session.exec(query))


def content_of(waiting: UploadedList) -> ReadList:
    """Return a waiting list as it was read."""
    return from_json(json.dumps({"list": waiting.content}))


def frame_of(session: Session, strand_id: int) -> Frame | None:
    """Return the imported list of a strand."""
    return session.exec(select(Frame).where(Frame.strand_id == strand_id)).one_or_none()


def draw_of(session: Session, strand_id: int) -> DrawRecord | None:
    """Return how a strand's sample was drawn."""
    return session.exec(select(DrawRecord).where(DrawRecord.strand_id == strand_id)).one_or_none()


def progress_of(session: Session, strand_id: int) -> Progress:
    """Say how far a strand's sample has come."""
    if draw_of(session, strand_id):
        return Progress.DRAWN
    if waiting_lists(session, strand_id):
        return Progress.WAITING
    return Progress.IMPORTED if frame_of(session, strand_id) else Progress.NO_LIST


_KEPT: ColumnElement[bool] = col(FrameRow.excluded).is_(None)


def referrals_of(session: Session, frame: Frame, *, every: bool = False) -> list[Referral]:
    """Return the referrals that may be drawn, or with `every` those left out as well."""
    query = select_columns(
        col(FrameRow.reference),
        col(FrameRow.outcome),
        col(FrameRow.received),
        col(FrameRow.previous),
        col(FrameRow.re_referred),
    ).where(col(FrameRow.frame_id) == key_of(frame))
    rows = session.connection().execute(query if every else query.where(_KEPT))
    return [Referral(row[0], Stratum(row[1]), *row[2:]) for row in rows]


@dataclass(frozen=True)
class Counted:
    """What a list holds, without any row of it."""

    rows: int
    kept: Mapping[tuple[Stratum, bool], int]
    """How many may be drawn, by stratum and whether re-referred."""
    excluded: tuple[tuple[str, int], ...]
    """Each reason for leaving rows out, and how many rows."""


def counted(session: Session, frame: Frame) -> Counted:
    """Count a list's rows: those that may be drawn by group, and those left out by reason."""
    of_frame = FrameRow.frame_id == key_of(frame)
    groups = session.exec(
        select(FrameRow.outcome, FrameRow.re_referred, func.count())
        .where(of_frame, _KEPT)
        .group_by(col(FrameRow.outcome), col(FrameRow.re_referred))
    )
    kept = Counter({(Stratum(outcome), again): many for outcome, again, many in groups})
    reasons = session.exec(
        select(FrameRow.excluded, func.count())
        .where(of_frame, ~_KEPT)
        .group_by(col(FrameRow.excluded))
        .order_by(col(FrameRow.excluded))
    )
    excluded = tuple((str(reason), many) for reason, many in reasons)
    return Counted(kept.total() + sum(many for _, many in excluded), kept, excluded)


@dataclass(frozen=True)
class RowsWanted:
    """Which rows of a list to show: with this in the reference, of this outcome, left out only."""

    reference: str = ""
    outcome: str = ""
    excluded: bool = False


def rows_of(
    session: Session, frame: Frame, wanted: RowsWanted, skip: int, most: int
) -> tuple[list[FrameRow], int]:
    """Return some rows of a list by reference, and how many there are in all."""
    conditions: list[ColumnElement[bool]] = [col(FrameRow.frame_id) == key_of(frame)]
    if wanted.reference:
        folded = func.lower(FrameRow.reference)
        conditions.append(folded.contains(wanted.reference.lower(), autoescape=True))
    if wanted.outcome:
        conditions.append(col(FrameRow.outcome) == wanted.outcome)
    if wanted.excluded:
        conditions.append(~_KEPT)
    total = session.exec(select(func.count()).select_from(FrameRow).where(*conditions)).one()
    query = select(FrameRow).where(*conditions).order_by(col(FrameRow.reference))
    return list(session.exec(query.offset(skip).limit(most))), total


def find_row(session: Session, sampled: Sampled, ref: str) -> FrameRow | None:
    """Find a row of the list imported into this strand."""
    query = (
        select(FrameRow)
        .join(Frame, col(Frame.id) == col(FrameRow.frame_id))
        .where(FrameRow.ref == ref, Frame.strand_id == sampled.strand_id)
    )
    return session.exec(query).one_or_none()


def subjects_of(session: Session, strand_id: int) -> list[Subject]:
    """List a strand's subjects: drawn ones in the order of the draw, then those typed in."""
    query = select(Subject).where(Subject.strand_id == strand_id).order_by(col(Subject.position))
    return list(session.exec(query))


def find_subject(session: Session, sampled: Sampled, ref: str) -> Subject | None:
    """Find a subject of this strand."""
    query = select(Subject).where(Subject.ref == ref, Subject.strand_id == sampled.strand_id)
    return session.exec(query).one_or_none()


def reserves_of(session: Session, subject: Subject) -> list[Subject]:
    """List the reserves that wait in a subject's group, the next in turn first."""
    query = (
        select(Subject)
        .where(
            Subject.strand_id == subject.strand_id,
            Subject.state == SubjectState.RESERVE,
            Subject.stratum == subject.stratum,
            col(Subject.re_referred) == subject.re_referred,
        )
        .order_by(col(Subject.position))
    )
    return list(session.exec(query))


def references_of(session: Session, subjects: Sequence[Subject]) -> dict[int, str]:
    """Return the list's own reference of each subject, by its row: for the business unit alone."""
    rows = [subject.frame_row_id for subject in subjects if subject.frame_row_id is not None]
    query = select(FrameRow.id, FrameRow.reference).where(col(FrameRow.id).in_(rows))
    return {key: reference for key, reference in session.exec(query) if key is not None}


def drawn_by(session: Session, record: DrawRecord) -> Draw:
    """Return a strand's draw as it was recorded."""
    subjects = subjects_of(session, record.strand_id)
    return stored_draw(record, subjects, references_of(session, subjects))


def statement_for(session: Session, strand_id: int, *, counts: bool) -> str | None:
    """State in words how a strand's subjects were found, a blank line between paragraphs.

    Without `counts` no number of cases is told. None when there are no subjects.
    """
    subjects = subjects_of(session, strand_id)
    record = draw_of(session, strand_id)
    told: list[str] = []
    if record:
        draw = stored_draw(record, subjects, {})
        told += paragraphs(draw, dict(record.background), subjects, counts=counts)
    typed = [subject.reason or "" for subject in subjects if subject.ticket is None]
    told.append(typed_in_words(typed, drawn=record is not None, counts=counts))
    return "\n\n".join(filter(None, told)) or None


def key_of(row: Round | Strand | Frame | Subject) -> int:
    """Return the key of a stored row."""
    if row.id is None:
        raise LookupError("a stored row has a key")
    return row.id
