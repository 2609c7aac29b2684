"""Where a round leads: the pages of the later steps, for those who may open them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.access import Action, Actor, Reach, scope
from app.rounds.models import Round, Strand
from app.rounds.queries import rounds_within, whole
from app.rounds.rules import Doing, Stage, allows
from app.rounds.taking_part import Party

Progress = Callable[[Session, Round], Mapping[str, str]]
"""How far a later step has come, in a few words, by the page that shows it (`/returns`). The
application hands these in (`app.state.round_progress`); only those who see all of a round are
told, since the words count every agency's answers."""

ACTIONS = "/actions"
"""What came of a round is told under this name. The tracker shows it, which is no page of it."""


class Link(NamedTuple):
    """A page of a later step."""

    step: str
    """The part of the journey under which the round's page lists it."""
    text: str
    href: str
    stands: str
    """How far that step has come, in words; empty for those who are not told."""


class Ahead(NamedTuple):
    """A round with what its later pages are about: the address they begin with, and for whom."""

    round: Round
    home: str
    """The partnership's address."""
    strands: Sequence[Strand]
    party: Party


class _Page(NamedTuple):
    step: str
    text: str
    where: str
    """Below the round's own address."""


_STAGES = tuple(Stage)
_FROM = {
    Action.SAMPLE_SEE: Stage.SAMPLING,
    Action.ASSIGNMENT_SEE: Stage.SAMPLING,
    Action.CONCERN_SEE: Stage.SAMPLING,
    Action.ROUND_PLAN: Stage.SAMPLING,
    Action.COMPARISON_SEE: Stage.OPEN,
    Action.AGREEMENT_SEE: Stage.OPEN,
    Action.RESULT_SEE: Stage.OPEN,
    Action.FINDING_SEE: Stage.MODERATION,
    Action.PACK_SEE: Stage.MODERATION,
    Action.LETTER_SEE: Stage.MODERATION,
    Action.ANSWERS_EXPORT: Stage.OPEN,
    Action.TRAIL_SEE: Stage.DRAFT,
}
"""The stage from which each step has something to show."""

_OF_ANSWERS = {Action.COMPARISON_SEE, Action.AGREEMENT_SEE, Action.ANSWERS_EXPORT}
"""What shows nothing once the answers are purged."""


def steps_from(
    session: Session, actor: Actor, ahead: Ahead, progress: Sequence[Progress]
) -> list[tuple[str, list[Link]]]:
    """List the pages that this person may open for this round, step by step along the journey."""
    seen = ahead.round
    sees_all = actor.exempt or seen.id in actor.leads
    asked = progress if sees_all else ()
    told = {where: words for find in asked for where, words in find(session, seen).items()}
    at = f"{ahead.home}/rounds/{seen.ref}"
    links = [
        Link(page.step, page.text, f"{at}{page.where}", told.get(page.where, ""))
        for page in _pages(session, actor, ahead)
    ]
    if ACTIONS in told:
        tracker = f"{ahead.home}{ACTIONS}?show=all&round={seen.ref}"
        links.append(Link("Findings", "Actions", tracker, told[ACTIONS]))
    links.sort(key=lambda link: _STEPS.index(link.step))
    return [(step, list(these)) for step, these in groupby(links, key=lambda link: link.step)]


_STEPS = ("Sample", "Answers", "Panel", "Findings", "Papers", "Files and history")


def _pages(session: Session, actor: Actor, ahead: Ahead) -> Iterator[_Page]:
    seen = ahead.round
    offered = {
        Action.SAMPLE_SEE: [
            _Page("Sample", f"Sample: {each.title}", f"/strands/{each.ref}/sample")
            for each in ahead.strands
        ],
        Action.ASSIGNMENT_SEE: [_Page("Answers", "Assignments", "/assignments")],
        Action.CONCERN_SEE: [_Page("Answers", "Immediate concerns", "/concerns")],
        Action.ROUND_PLAN: [_Page("Answers", "Reference sheet to print", "/reference-sheet")],
        Action.COMPARISON_SEE: _panel(seen),
        Action.AGREEMENT_SEE: [_Page("Panel", "Agreement", "/agreement")],
        Action.RESULT_SEE: [_Page("Findings", "Results", "/results")],
        Action.FINDING_SEE: [_Page("Findings", "Findings", "/findings"), *_papers(seen)],
        Action.PACK_SEE: [
            _Page("Papers", f"Pack: {each.name}", f"/packs/{each.ref}")
            for each in ahead.party.subgroups
        ],
        Action.LETTER_SEE: _letters(actor, ahead),
        Action.ANSWERS_EXPORT: [_Page("Files and history", "Exports", "/exports")],
        Action.TRAIL_SEE: [_Page("Files and history", "Audit trail", "/trail")],
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
        offered[Action.ASSIGNMENT_SEE].append(_Page("Answers", "Returns", "/returns"))
    for action, carried in zip(begun, within, strict=True):
        if carried:
            yield from offered[action]


def _panel_compares(seen: Round) -> bool:
    return allows(seen.stage, Doing.COMPARE_AS_PANEL)


def _panel(seen: Round) -> list[_Page]:
    """List what the panel works with: the comparison alone, until it can have met."""
    comparisons = _Page("Panel", "Comparisons", "/comparisons")
    if _STAGES.index(Stage(seen.stage)) < _STAGES.index(Stage.MODERATION):
        return [comparisons]
    return [
        comparisons,
        _Page("Panel", "Meetings", "/meetings"),
        _Page("Panel", "Judgements", "/judgements"),
    ]


def _letters(actor: Actor, ahead: Ahead) -> list[_Page]:
    """Link to the letters of a round, or to those of somebody's own agencies once they are sent."""
    seen, within = ahead.round, scope(actor, Action.LETTER_SEE)
    if Reach.PARTNERSHIP in within.reaches or seen.id in within.rounds:
        return [_Page("Papers", "Letters to agencies", "/letters")]
    if not allows(seen.stage, Doing.RECEIVE_PACK):
        return []
    own = [agency for agency in ahead.party.agencies if agency.id in within.agencies]
    return [_Page("Papers", f"Letter to {each.name}", f"/letters/{each.ref}") for each in own]


def _papers(seen: Round) -> list[_Page]:
    """List the papers of the whole round, once there is something to put into them."""
    if not allows(seen.stage, Doing.PREPARE_PACK):
        return []
    briefing = _Page("Papers", "Practitioner briefing", "/briefing")
    report = _Page("Papers", "Full report", "/report")
    return [briefing, report] if allows(seen.stage, Doing.COMPARE) else [briefing]
