"""Recording what left: who took which file of which round, and when."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from app.access import Actor, NotNow
from app.comparisons.blindness import Sight
from app.events import Happened, record
from app.exports.queries import PaperOf
from app.identity.calendar_links import end_calendar_links, make_calendar_link
from app.identity.models import Subgroup
from app.rounds.rules import Doing, require


def take_paper(session: Session, actor: Actor, of: PaperOf, taken_as: str) -> None:
    """Record that somebody took a paper as a document."""
    require(of.round.stage, Doing.PREPARE_PACK)
    pack = isinstance(of.to, Subgroup)
    record(
        session,
        actor,
        Happened.PACK_TAKEN if pack else Happened.PAPER_TAKEN,
        partnership_id=actor.partnership_id,
        scope=of.round.ref,
        about=of.about,
        stage=of.round.stage,
        format=taken_as,
        **({} if pack else {"paper": of.kind}),
    )


def take_actions(
    session: Session, actor: Actor, taken: Sequence[tuple[int, str]], taken_as: str
) -> None:
    """Record that somebody took actions as a file, in the trail of every round they come from."""
    if not taken:
        raise NotNow("There is no action to take. Show other actions, and take those.")
    for ref, actions in sorted(Counter(round_ for _, round_ in taken).items()):
        record(
            session,
            actor,
            Happened.ACTIONS_EXPORTED,
            partnership_id=actor.partnership_id,
            scope=ref,
            about=ref,
            actions=actions,
            format=taken_as,
        )


def open_calendar(session: Session, actor: Actor, slug: str) -> str:
    """Make somebody's link to their calendar, in place of one they had; return its code."""
    code = make_calendar_link(session, actor.person_id, actor.partnership_id)
    _tell_of_calendar(session, actor, Happened.CALENDAR_LINK_MADE, slug)
    return code


def end_calendar(session: Session, actor: Actor, slug: str) -> None:
    """Put an end to somebody's link to their calendar."""
    if not end_calendar_links(session, actor.person_id, actor.partnership_id):
        raise NotNow("There is no link to your calendar: it has ended already.")
    _tell_of_calendar(session, actor, Happened.CALENDAR_LINK_ENDED, slug)


def _tell_of_calendar(session: Session, actor: Actor, happened: Happened, slug: str) -> None:
    record(session, actor, happened, partnership_id=actor.partnership_id, scope=slug)


def export_answers(
    session: Session, actor: Actor, sight: Sight, subjects: int, taken_as: str
) -> None:
    """Record that somebody took every sent answer of a round as a file."""
    require(sight.round.stage, Doing.COMPARE)
    record(
        session,
        actor,
        Happened.ANSWERS_EXPORTED,
        partnership_id=actor.partnership_id,
        scope=sight.round.ref,
        about=sight.round.ref,
        subjects=subjects,
        format=taken_as,
    )
