"""What somebody is to the decisions about a case, and whether that still holds when they decide.

Decisions queue up at the round's lock. What a request read before its turn came may not be so any
more: the panel's meeting may have ended, or a response may have been returned with queries.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from app.access import Action, Actor, NotAllowed
from app.comparisons.may import reaches
from app.comparisons.queries import sides_of
from app.comparisons.side_by_side import Side
from app.meetings.models import Meeting
from app.meetings.panels import chairs
from app.meetings.queries import meeting_about, takes_minutes
from app.meetings.rules import Overtaken
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing
from app.samples.models import Subject

NO_LONGER = (
    "You take no part in decisions about this case any more: the meeting of its panel has ended, "
    "or somebody else decides or takes the minutes there now. Nothing was recorded."
)
SENT_MEANWHILE = (
    "A response about this case was sent, or returned with queries, while this was on its way. "
    "Look at the answers as they stand now, and save again if the panel decides as before."
)


class Part(NamedTuple):
    """What somebody is to the decisions about a case: of right, or in the meeting about it."""

    meeting: Meeting | None
    """The open meeting whose record they go into; None where no meeting is about this case."""
    decides: bool
    minutes: bool


def part_in(session: Session, actor: Actor, within: Round, subject: Subject) -> Part:
    """Say what somebody is to the decisions about one subject, as things stand now."""
    meeting = meeting_about(session, within, subject.id or 0)
    return Part(
        meeting,
        decides=reaches(actor, Action.COMPARISON_AGREE, within)
        or chairs(session, within, meeting, actor.person_id),
        minutes=takes_minutes(session, meeting, actor.person_id),
    )


def turn_to_decide(
    session: Session, actor: Actor, within: Round, subject: Subject, sides: Sequence[Side]
) -> None:
    """Queue up to decide; refuse who decides no longer, and what was read before it changed.

    `sides` are the responses that the decision is about, as they were read before the lock was had.
    """
    hold(session, within, Doing.AGREE, alone=True)
    if not part_in(session, actor, within, subject).decides:
        raise NotAllowed(NO_LONGER)
    key = subject.id or 0
    if sides_of(session, [key]).get(key, []) != list(sides):
        raise Overtaken(SENT_MEANWHILE)


def turn_to_write(session: Session, actor: Actor, within: Round, subject: Subject) -> None:
    """Queue up to write beside a decision; refuse who neither decides nor takes the minutes."""
    hold(session, within, Doing.AGREE, alone=True)
    part = part_in(session, actor, within, subject)
    if not (part.decides or part.minutes):
        raise NotAllowed(NO_LONGER)
