"""Recording what left: who took which file of which round, and when."""

from sqlmodel import Session

from app.access import Actor
from app.comparisons.blindness import Sight
from app.events import Happened, record
from app.exports.queries import PaperOf
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
