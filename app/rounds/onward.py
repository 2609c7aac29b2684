"""Where a round leads: the pages of the later steps, for those who may open them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.access import Action, Actor, Reach, scope
from app.rounds.models import Round, Strand
from app.rounds.queries import rounds_within, whole
from app.rounds.rules import Doing, Stage, allows
from app.rounds.taking_part import Party


class Link(NamedTuple):
    """A page of a later step."""

    text: str
    where: str
    """Below the round's own address."""


_STAGES = tuple(Stage)
_FROM = {
    Action.SAMPLE_SEE: Stage.SAMPLING,
    Action.ASSIGNMENT_SEE: Stage.SAMPLING,
    Action.COMPARISON_SEE: Stage.OPEN,
    Action.RESULT_SEE: Stage.OPEN,
    Action.FINDING_SEE: Stage.MODERATION,
    Action.PACK_SEE: Stage.MODERATION,
    Action.LETTER_SEE: Stage.MODERATION,
    Action.ANSWERS_EXPORT: Stage.OPEN,
    Action.TRAIL_SEE: Stage.DRAFT,
}
"""The stage from which each step has something to show."""

_OF_ANSWERS = {Action.COMPARISON_SEE, Action.ANSWERS_EXPORT}
"""What shows nothing once the answers are purged."""


def links_from(
    session: Session,
    actor: Actor,
    seen: Round,
    strands: Sequence[Strand],
    party: Party,
) -> list[Link]:
    """List the pages that this person may open for this round, in the order of the journey."""
    offered = {
        Action.SAMPLE_SEE: [
            Link(f"Sample: {each.title}", f"/strands/{each.ref}/sample") for each in strands
        ],
        Action.ASSIGNMENT_SEE: [Link("Assignments", "/assignments")],
        Action.COMPARISON_SEE: [Link("Comparisons", "/comparisons")],
        Action.RESULT_SEE: [Link("Results", "/results")],
        Action.FINDING_SEE: [Link("Findings", "/findings"), *_papers(seen)],
        Action.PACK_SEE: [
            Link(f"Pack: {each.name}", f"/packs/{each.ref}") for each in party.subgroups
        ],
        Action.LETTER_SEE: _letters(actor, seen, party),
        Action.ANSWERS_EXPORT: [Link("Exports", "/exports")],
        Action.TRAIL_SEE: [Link("Audit trail", "/trail")],
    }
    place = _STAGES.index(Stage(seen.stage))
    begun = [action for action in offered if place >= _STAGES.index(_FROM[action])]
    if seen.stage == Stage.PURGED:
        begun = [action for action in begun if action not in _OF_ANSWERS]
    if seen.id in actor.panels and not actor.exempt and not _panel_compares(seen):
        begun = [action for action in begun if action is not Action.COMPARISON_SEE]
    everything = actor.exempt or seen.id in actor.leads
    if not everything and not allows(seen.stage, Doing.READ_RESULTS):
        begun = [action for action in begun if action is not Action.RESULT_SEE]
    reached = [rounds_within(scope(actor, action)) for action in begun]
    reached.append(rounds_within(whole(scope(actor, Action.ASSIGNMENT_SEE))))
    query = select(*reached).where(col(Round.id) == seen.id)
    carries: Sequence[bool] = session.connection().execute(query).one()
    *within, all_of_it = carries
    if all_of_it and place >= _STAGES.index(Stage.OPEN):
        offered[Action.ASSIGNMENT_SEE].append(Link("Returns", "/returns"))
    return [
        link
        for action, carried in zip(begun, within, strict=True)
        if carried
        for link in offered[action]
    ]


def _panel_compares(seen: Round) -> bool:
    return allows(seen.stage, Doing.COMPARE_AS_PANEL)


def _letters(actor: Actor, seen: Round, party: Party) -> list[Link]:
    """Link to the letters of a round, or to those of somebody's own agencies once they are sent."""
    within = scope(actor, Action.LETTER_SEE)
    if Reach.PARTNERSHIP in within.reaches or seen.id in within.rounds:
        return [Link("Letters to agencies", "/letters")]
    if not allows(seen.stage, Doing.RECEIVE_PACK):
        return []
    own = [agency for agency in party.agencies if agency.id in within.agencies]
    return [Link(f"Letter to {each.name}", f"/letters/{each.ref}") for each in own]


def _papers(seen: Round) -> list[Link]:
    """List the papers of the whole round, once there is something to put into them."""
    if not allows(seen.stage, Doing.PREPARE_PACK):
        return []
    briefing, report = Link("Practitioner briefing", "/briefing"), Link("Full report", "/report")
    return [briefing, report] if allows(seen.stage, Doing.COMPARE) else [briefing]
