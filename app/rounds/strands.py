"""Which version of an audit tool a round uses, and which of its question sets."""

from collections.abc import Collection

from sqlmodel import Session, col, delete

from app.access import Actor, Unfit
from app.events import Happened
from app.library.commands import pin_version
from app.rounds.commands import claim, key_of, note
from app.rounds.models import Round, Strand
from app.rounds.plans import ChosenStrands
from app.rounds.queries import strands_of
from app.rounds.rules import Doing, require
from app.tools import Tool


def choose_strands(
    session: Session, actor: Actor, seen: Round, tool: Tool, given: ChosenStrands
) -> None:
    """Say which question sets the round uses; each is a strand."""
    require(seen.stage, Doing.STRANDS)
    wanted = set(given.question_sets)
    if not wanted <= set(tool.question_set):
        raise Unfit({"question_sets": f"Choose question sets of {tool.title}"})
    if wanted == {each.question_set for each in strands_of(session, seen)}:
        return
    claim(session, seen, given.version)
    _make_strands(session, seen, tool, wanted)
    sets = sorted(wanted)
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=["strands"], question_sets=sets)


def choose_version(session: Session, actor: Actor, seen: Round, tool: Tool, version: int) -> None:
    """Put a round on another version of its tool, with those of its strands that are there too."""
    require(seen.stage, Doing.STRANDS)
    kept = {s.question_set for s in strands_of(session, seen)} & set(tool.question_set)
    if not kept:
        raise Unfit({"tool": "That version has none of the question sets in use"})
    pinned = pin_version(session, tool)
    if pinned == seen.tool_version_id:
        return
    claim(session, seen, version)
    seen.tool_version_id = pinned
    seen.priorities = [theme for theme in seen.priorities if theme in tool.theme]
    _make_strands(session, seen, tool, kept)
    named = f"{tool.slug} v{tool.version}"
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=["tool version"], tool=named)


def _make_strands(session: Session, seen: Round, tool: Tool, wanted: Collection[str]) -> None:
    """Make the strands anew, in the order of the tool: before sampling nothing hangs on them."""
    session.connection().execute(delete(Strand).where(col(Strand.round_id) == seen.id))
    session.add_all(
        Strand(round_id=key_of(seen), question_set=each.id, title=each.title)
        for each in tool.question_sets
        if each.id in wanted
    )
    session.flush()
