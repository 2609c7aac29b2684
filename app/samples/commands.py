"""Changing a strand's list: read, imported, discarded, and its rows left out or taken back."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.db import new_reference, now, today
from app.events import Happened, record
from app.rounds import commands as rounds
from app.rounds.rules import Doing
from app.samples.canonical import digest
from app.samples.file_names import shown_name
from app.samples.forms import Columns, ImportOfList, LeftOut
from app.samples.frame import Referral
from app.samples.lists import ReadList
from app.samples.models import Frame, FrameRow, UploadedList
from app.samples.queries import (
    Sampled,
    content_of,
    draw_of,
    find_waiting,
    frame_of,
    referrals_of,
    waiting_lists,
)
from app.samples.referrals import RowProblems, Rules, referrals
from app.samples.rules import RowOvertaken, check_reason

DRAWN = "The sample has been drawn from the list, so the list can no longer be changed."
SAME = "This is the list that has been imported already: nothing would change."
GONE = (
    "This list was discarded, or another took its place, since you opened the page. Load the page "
    "again and look at how things stand."
)
OTHER = (
    "Another list was imported since you opened the page. Load the page again and look at how "
    "things stand."
)


def hold(session: Session, sampled: Sampled, doing: Doing) -> None:
    """Make changes of one round's samples queue up, and refuse what its stage no longer allows."""
    rounds.hold(session, sampled.round, doing, alone=True)


def keep_list(
    session: Session, actor: Actor, sampled: Sampled, found: ReadList, file_name: str
) -> UploadedList:
    """Keep a list that was read until its columns are chosen; it takes the place of any other."""
    hold(session, sampled, Doing.SAMPLE)
    refuse_drawn(session, sampled)
    delete_waiting(session, sampled)
    kept = UploadedList(
        strand_id=sampled.strand_id,
        file_name=shown_name(file_name),
        content=asdict(found),
        person_id=actor.person_id,
        read_at=now(session),
    )
    session.add(kept)
    session.flush()
    note(
        session,
        actor,
        sampled,
        Happened.LIST_READ,
        list=kept.ref,
        rows=len(found.rows),
        kept=len(found.kept),
        dropped=len(found.dropped),
    )
    return kept


def discard_list(session: Session, actor: Actor, sampled: Sampled, waiting: UploadedList) -> None:
    """Delete a list that waits for its columns. Any stage allows it: less is kept afterwards."""
    rounds.queue_up(session, sampled.round)
    _refuse_gone(session, sampled, waiting)
    session.delete(waiting)
    note(session, actor, sampled, Happened.LIST_DISCARDED, list=waiting.ref)
    session.flush()


def referrals_in(
    session: Session, waiting: UploadedList, given: Columns
) -> tuple[Referral, ...] | RowProblems:
    """Read a waiting list by the columns chosen: every row as a referral, or every bad row."""
    content = content_of(waiting)
    rules = Rules(today(session), given.window)
    return referrals(content, given.mapping(content), rules)


def same_as_imported(
    session: Session, frame: Frame | None, rows: tuple[Referral, ...], window: int
) -> bool:
    """Whether exactly these rows have been imported already, read by the same months.

    Other months may make no row another, and yet the statement of the sample says which they were.
    """
    if frame is None or frame.window_months != window:
        return False
    return digest(rows) == digest(referrals_of(session, frame, every=True))


def import_list(
    session: Session, actor: Actor, sampled: Sampled, waiting: UploadedList, given: ImportOfList
) -> Frame:
    """Make a waiting list the frame of its strand: all of it or nothing. The waiting list goes."""
    hold(session, sampled, Doing.SAMPLE)
    refuse_drawn(session, sampled)
    _refuse_gone(session, sampled, waiting)
    before = frame_of(session, sampled.strand_id)
    if (before.ref if before else "") != given.replaces:
        raise NotNow(OTHER)
    rows = referrals_in(session, waiting, given)
    if isinstance(rows, RowProblems):
        raise NotNow("Some rows of this list have to be put right first.")
    if same_as_imported(session, before, rows, given.window):
        raise NotNow(SAME)
    if before:
        _delete_frame(session, before)
    made = Frame(
        strand_id=sampled.strand_id,
        file_name=waiting.file_name,
        window_months=given.window,
        dropped=_dropped(content_of(waiting), given),
        person_id=actor.person_id,
        imported_at=now(session),
    )
    session.add(made)
    session.flush()
    session.connection().execute(insert(FrameRow), [_row(made, row) for row in rows])
    delete_waiting(session, sampled)
    note(
        session,
        actor,
        sampled,
        Happened.FRAME_IMPORTED,
        frame=made.ref,
        replaced=before.ref if before else None,
        rows=len(rows),
        window_months=given.window,
    )
    session.flush()
    return made


def exclude_row(
    session: Session, actor: Actor, sampled: Sampled, row: FrameRow, given: LeftOut
) -> None:
    """Leave a row out of the draw, with the reason; another's reason only once it has been read."""
    _change_row(session, sampled, row)
    reason = check_reason(given.reason, "Say why this referral is left out")
    if row.excluded == reason:
        return
    if (row.excluded or "") != given.shown_reason:
        raise RowOvertaken(row.excluded)
    _set_excluded(session, row, reason)
    note(session, actor, sampled, Happened.ROW_EXCLUDED, row=row.ref)


def take_row_back(session: Session, actor: Actor, sampled: Sampled, row: FrameRow) -> None:
    """Let a row that was left out be drawn after all."""
    _change_row(session, sampled, row)
    if row.excluded is None:
        return
    _set_excluded(session, row, None)
    note(session, actor, sampled, Happened.ROW_TAKEN_BACK, row=row.ref)


def _change_row(session: Session, sampled: Sampled, row: FrameRow) -> None:
    hold(session, sampled, Doing.SAMPLE)
    refuse_drawn(session, sampled)
    # The page was read before the round was held: another may have changed the row meanwhile, or
    # imported another list.
    query = select(FrameRow).where(FrameRow.id == row.id)
    if session.exec(query.execution_options(populate_existing=True)).one_or_none() is None:
        raise NotNow(OTHER)


def _set_excluded(session: Session, row: FrameRow, reason: str | None) -> None:
    row.excluded = reason
    session.flush()


def note(
    session: Session,
    actor: Actor,
    sampled: Sampled,
    kind: Happened,
    **details: str | int | None,
) -> None:
    """Record what happened to a strand's sample, in its round's scope."""
    record(
        session,
        actor,
        kind,
        partnership_id=sampled.round.partnership_id,
        scope=sampled.round.ref,
        about=sampled.strand.ref,
        **details,
    )


def refuse_drawn(session: Session, sampled: Sampled) -> None:
    """Refuse to change a list from which the sample has been drawn."""
    if draw_of(session, sampled.strand_id):
        raise NotNow(DRAWN)


def _refuse_gone(session: Session, sampled: Sampled, waiting: UploadedList) -> None:
    """Refuse a list that was there when the page was read, and no longer is when its turn comes."""
    if find_waiting(session, sampled, waiting.ref) is None:
        raise NotNow(GONE)


def delete_waiting(session: Session, sampled: Sampled) -> None:
    """Delete whatever waits for its columns, once something else has taken its place."""
    for waiting in waiting_lists(session, sampled.strand_id):
        session.delete(waiting)
    session.flush()


def _delete_frame(session: Session, frame: Frame) -> None:
    session.connection().execute(delete(FrameRow).where(col(FrameRow.frame_id) == frame.id))
    session.delete(frame)
    session.flush()


def _dropped(content: ReadList, given: Columns) -> list[dict[str, str]]:
    """List what was left behind: identifying columns, and those that a draw has no use for."""
    used = {given.reference, given.outcome, given.received, given.previous, given.re_referred}
    return [
        {
            "letter": column.letter,
            "heading": column.heading,
            "reason": column.reason or "is not needed for the draw",
        }
        for column in content.columns
        if column.letter not in used
    ]


def _row(frame: Frame, referral: Referral) -> dict[str, Any]:
    return {
        "ref": new_reference(),
        "frame_id": frame.id,
        "reference": referral.reference,
        "outcome": referral.outcome.value,
        "received": referral.received,
        "previous": referral.previous,
        "re_referred": referral.re_referred,
        "excluded": None,
    }
