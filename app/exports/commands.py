"""Recording what left: who took which file of which round, and when."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from app.access import Actor, NotNow
from app.comparisons.blindness import Sight
from app.events import Happened, record
from app.exports.queries import PackOf
from app.rounds.models import Round
from app.rounds.rules import Doing, require


def take_pack(session: Session, actor: Actor, of: PackOf, taken_as: str) -> None:
    """Record that somebody took a subgroup's pack as a document."""
    require(of.round.stage, Doing.PREPARE_PACK)
    record(
        session,
        actor,
        Happened.PACK_TAKEN,
        partnership_id=actor.partnership_id,
        scope=of.round.ref,
        about=of.subgroup.ref,
        stage=of.round.stage,
        format=taken_as,
    )


def take_paper(session: Session, actor: Actor, of: Round, kind: str, taken_as: str) -> None:
    """Record that somebody took a paper of a whole round as a document."""
    require(of.stage, Doing.PREPARE_PACK)
    record(
        session,
        actor,
        Happened.PAPER_TAKEN,
        partnership_id=actor.partnership_id,
        scope=of.ref,
        about=of.ref,
        stage=of.stage,
        paper=kind,
        format=taken_as,
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
