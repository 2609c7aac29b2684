"""Creating a round, changing its plan, and moving it from stage to stage."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Action, Actor, NotNow, Reach, Unfit, scope
from app.db import new_reference, now, today
from app.events import Happened, record
from app.library.commands import pin_version
from app.rounds.due import day_problems
from app.rounds.models import Round, RoundMove, Strand
from app.rounds.plans import DueDays, Move, NewRound, Plan, days_given
from app.rounds.readiness import Readiness, days_of, missing_for
from app.rounds.rules import Doing, Stage, check_move, check_mover, require, stage_before
from app.tools import Tool

CHANGED = (
    "Somebody has changed this round since you opened the page, so nothing of yours was kept. "
    "Load the page again and look at how things stand."
)


def create_round(session: Session, actor: Actor, tool: Tool, given: NewRound) -> Round:
    """Start a round in draft: pin the tool version, with a strand for each question set in use.

    The same form sent again finds the round that it created.
    """
    known = session.exec(select(Round).where(Round.ref == given.ref)).one_or_none()
    if known is not None and known.partnership_id == actor.partnership_id:
        return known
    if problems := _new_round_problems(session, tool, given):
        raise Unfit(problems)
    made = Round(
        ref=given.ref if known is None else new_reference(),
        partnership_id=actor.partnership_id,
        tool_version_id=pin_version(session, tool),
        stage=Stage.DRAFT,
        created_at=now(session),
        **given.model_dump(exclude={"ref", "tool", "question_sets"}),
    )
    session.add(made)
    session.flush()
    sets = [each for each in tool.question_sets if each.id in given.question_sets]
    session.add_all(
        Strand(round_id=key_of(made), question_set=each.id, title=each.title) for each in sets
    )
    note(
        session,
        actor,
        made,
        Happened.ROUND_CREATED,
        tool=f"{tool.slug} v{tool.version}",
        question_sets=[each.id for each in sets],
    )
    session.flush()
    return made


def _new_round_problems(session: Session, tool: Tool, given: NewRound) -> dict[str, str]:
    problems = {}
    if not set(given.question_sets) <= set(tool.question_set):
        problems["question_sets"] = f"Choose question sets of {tool.title}"
    return problems | day_problems(days_given(given), today(session))


def change_plan(session: Session, actor: Actor, seen: Round, given: Plan) -> None:
    """Reword a round's title, purpose or key lines of enquiry."""
    require(seen.stage, Doing.PLAN)
    words = given.model_dump(exclude={"version"})
    changed = [name for name, text in words.items() if getattr(seen, name) != text]
    if not changed:
        return
    claim(session, seen, given.version)
    for name in changed:
        setattr(seen, name, words[name])
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=changed)
    session.flush()


def change_days(session: Session, actor: Actor, seen: Round, given: DueDays) -> None:
    """Set other days for the returns, the panel or the report."""
    require(seen.stage, Doing.STAFF)
    before = days_of(seen)
    if days_given(given) == before:
        return
    if problems := day_problems(days_given(given), today(session), before):
        raise Unfit(problems)
    claim(session, seen, given.version)
    changed = {
        name: f"{getattr(before, name)} to {day}"
        for name, day in days_given(given)._asdict().items()
        if getattr(before, name) != day
    }
    for name in changed:
        setattr(seen, name, getattr(given, name))
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=list(changed), **changed)
    session.flush()


def move_round(
    session: Session, actor: Actor, seen: Round, given: Move, asked: Sequence[Readiness] = ()
) -> None:
    """Take a round to its next stage, or back where that is allowed, with the reason."""
    stage = Stage(seen.stage)
    if given.to is stage and seen.version == given.version + 1:
        return  # the same press, sent twice
    check_mover(stage, coordinates=coordinates(actor))
    check_move(stage, given.to)
    back = given.to is stage_before(stage)
    if back and not given.reason:
        raise Unfit({"reason": "Say why the round goes back"})
    claim(session, seen, given.version)
    if lacking := missing_for(session, seen, given.to, asked):
        raise NotNow(f"“{given.to.words}” has to wait. {' '.join(lacking)}")
    seen.stage = given.to
    session.add(
        RoundMove(
            round_id=key_of(seen),
            came_from=stage,
            went_to=given.to,
            reason=given.reason if back else "",
            at=now(session),
            person_id=actor.person_id,
        )
    )
    kind = Happened.ROUND_MOVED
    note(session, actor, seen, kind, came_from=stage.value, went_to=given.to.value)
    session.flush()


def coordinates(actor: Actor) -> bool:
    """Whether somebody moves any round of the partnership, not only those they lead."""
    return Reach.PARTNERSHIP in scope(actor, Action.ROUND_MOVE).reaches


def hold(session: Session, seen: Round, doing: Doing, *, alone: bool = False) -> None:
    """Keep a round at its stage until this change is stored; refuse what the stage forbids.

    Whoever moves the round meanwhile waits, and whoever moved it first is obeyed. `alone` makes
    the changes of one round queue up behind one another as well. SQLite has one writer anyway.
    """
    require(_held(session, seen, alone=alone).stage, doing)


def queue_up(session: Session, seen: Round) -> None:
    """Let a change that any stage allows wait for the others of its round, and they for it."""
    _held(session, seen, alone=True)


def _held(session: Session, seen: Round, *, alone: bool) -> Round:
    query = select(Round).where(Round.id == seen.id)
    query = query.with_for_update(read=not alone, key_share=alone)
    return session.exec(query.execution_options(populate_existing=True)).one()


def claim(session: Session, seen: Round, version: int) -> None:
    """Take the next version of a round, unless somebody changed or moved it meanwhile."""
    session.flush()
    statement = (
        update(Round)
        .where(
            col(Round.id) == seen.id, col(Round.version) == version, col(Round.stage) == seen.stage
        )
        .values(version=version + 1)
    )
    if session.connection().execute(statement).rowcount != 1:
        raise NotNow(CHANGED)
    session.refresh(seen)


def note(
    session: Session, actor: Actor, about: Round, kind: Happened, **details: str | list[str]
) -> None:
    """Record what happened to a round, in the round's own scope."""
    record(
        session,
        actor,
        kind,
        partnership_id=about.partnership_id,
        scope=about.ref,
        about=about.ref,
        **details,
    )


def key_of(stored: Round) -> int:
    """Return the key of a stored round."""
    if stored.id is None:
        raise LookupError("a stored round has a key")
    return stored.id
