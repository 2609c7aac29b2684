"""The rounds in which a theme or a question of a block was asked, as far as somebody reads results.

Only the way to each round's results is given, never a number: there the rules for small numbers and
for who sees which agency hold, and nowhere twice.
"""

from collections.abc import Callable
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.access import Action, Actor, scope
from app.library.queries import pinned_tool
from app.rounds.models import Round, Strand
from app.rounds.queries import rounds_in_view
from app.rounds.rules import Doing, Stage, allows
from app.tools import Question, Tool


class Asked(NamedTuple):
    """One strand of a round in which what is followed was asked."""

    round: Round
    stage: str
    tool: Tool
    strand: Strand
    questions: tuple[Question, ...]


def asked_in_rounds(
    session: Session, actor: Actor, followed: Callable[[Question], bool]
) -> list[Asked]:
    """List the strands that asked it, in rounds whose results somebody may read, newest first."""
    rounds = [
        each
        for each in rounds_in_view(session, scope(actor, Action.RESULT_SEE))
        if may_read_results(actor, each)
    ]
    keys = [each.id for each in rounds]
    query = select(Strand).where(col(Strand.round_id).in_(keys)).order_by(col(Strand.id))
    strands = session.exec(query).all() if keys else []
    found = []
    for each in rounds:
        tool = pinned_tool(session, each.tool_version_id)
        for strand in (strand for strand in strands if strand.round_id == each.id):
            questions = tool.question_set[strand.question_set].questions
            if asked := tuple(filter(followed, questions)):
                found.append(Asked(each, Stage(each.stage).words, tool, strand, asked))
    return found


def may_read_results(actor: Actor, seen: Round) -> bool:
    """Whether a round in reach shows somebody its results at its stage, as their page would."""
    everything = actor.exempt or seen.id in actor.leads
    early = everything and allows(seen.stage, Doing.COMPARE)
    return early or allows(seen.stage, Doing.READ_RESULTS)
