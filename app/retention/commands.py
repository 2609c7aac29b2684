"""Holding a round, lifting the hold, and purging."""

from collections.abc import Collection

from sqlmodel import Session

from app.access import Actor, NotNow, Unfit
from app.db import key_of, now, today
from app.events import Happened
from app.retention.classes import let_go
from app.retention.forms import ConfirmedPurge, PlacedHold
from app.rounds.commands import hold, note
from app.rounds.kept import closed_on, days_of_going, gone_from, hold_on
from app.rounds.models import LegalHold, Purge, Round, RoundMove
from app.rounds.retention import Kept
from app.rounds.rules import Doing, Stage

HELD = "A legal hold is on this round: nothing of it can be purged until the hold is lifted."


def place_hold(session: Session, actor: Actor, seen: Round, given: PlacedHold) -> None:
    """Stop anything of a round from being purged; a purge that came first is not undone."""
    hold(session, seen, Doing.HOLD, alone=True)
    if hold_on(session, seen):
        raise NotNow("A legal hold is on this round already.")
    session.add(
        LegalHold(
            round_id=key_of(seen),
            reason=given.reason,
            placed_by=actor.person_id,
            placed_at=now(session),
        )
    )
    note(session, actor, seen, Happened.HOLD_PLACED)
    session.flush()


def lift_hold(session: Session, actor: Actor, seen: Round) -> None:
    """Let a round be purged again, once its retention has passed."""
    hold(session, seen, Doing.HOLD, alone=True)
    found = hold_on(session, seen)
    if found is None:
        raise NotNow("No legal hold is on this round any more.")
    found.hold.lifted_by = actor.person_id
    found.hold.lifted_at = now(session)
    session.add(found.hold)
    note(session, actor, seen, Happened.HOLD_LIFTED)
    session.flush()


def due_classes(session: Session, seen: Round) -> list[Kept]:
    """List what of a round may go today, whether or not a hold is on it."""
    if seen.stage != Stage.CLOSED:
        return []
    gone = {each.kind for each in gone_from(session, seen)}
    days = days_of_going(seen, closed_on(session, seen))
    return [kind for kind, day in days.items() if kind not in gone and day <= today(session)]


def purge(session: Session, actor: Actor, seen: Round, given: ConfirmedPurge) -> dict[Kept, int]:
    """Let classes of data go for good, all in one transaction; return how many rows of each.

    The round is locked first, so a hold placed meanwhile either is seen here, or waits and is told
    that the data is gone.
    """
    hold(session, seen, Doing.PURGE, alone=True)
    if hold_on(session, seen):
        raise NotNow(HELD)
    _check(session, seen, given)
    rows = {kind: let_go(session, seen, kind) for kind in Kept if kind in given.kinds}
    at = now(session)
    session.add_all(
        Purge(round_id=key_of(seen), kind=kind, rows=many, person_id=actor.person_id, at=at)
        for kind, many in rows.items()
    )
    session.flush()
    told = {kind.value: many for kind, many in rows.items()}
    note(session, actor, seen, Happened.ROUND_PURGED, **{k: str(v) for k, v in told.items()})
    _end(session, actor, seen, {each.kind for each in gone_from(session, seen)})
    return rows


def _check(session: Session, seen: Round, given: ConfirmedPurge) -> None:
    due = set(due_classes(session, seen))
    if not set(given.kinds) <= due:
        raise NotNow(
            "What is due has changed since you opened the page, so nothing was purged. "
            "Load it again and look at what would go."
        )
    if given.title != seen.title:
        raise Unfit({"title": "Type the title exactly as it stands above"})


def _end(session: Session, actor: Actor, seen: Round, gone: Collection[Kept]) -> None:
    """Put a round that keeps nothing more of any case at its last stage."""
    if set(gone) != set(Kept):
        return
    came_from, seen.stage = seen.stage, Stage.PURGED
    seen.version += 1
    session.add(seen)
    session.add(
        RoundMove(
            round_id=key_of(seen),
            came_from=came_from,
            went_to=Stage.PURGED,
            at=now(session),
            person_id=actor.person_id,
        )
    )
    moved = {"came_from": came_from, "went_to": Stage.PURGED.value}
    note(session, actor, seen, Happened.ROUND_MOVED, **moved)
    session.flush()
