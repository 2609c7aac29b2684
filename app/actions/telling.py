"""How an action is told on its pages: how it stands, what was said, and what may be said next."""

from collections.abc import Mapping, Sequence

from app.access import Action, Actor, scope
from app.actions.commands import taker
from app.actions.models import ActionRevision
from app.actions.pages import ActionPage, Choice, DatesPage, Listed, PlanPage, Told
from app.actions.pages import Step as BoardStep
from app.actions.queries import (
    ActionIn,
    Entry,
    Moved,
    agencies_of,
    find_action_to_update,
    history,
    owners,
    revisions,
)
from app.actions.rules import (
    IMPACT_AHEAD,
    ActionState,
    Step,
    due_in_words,
    impact_in_words,
    is_overdue,
    steps_from,
)
from app.comparisons.may import reaches
from app.db import Session, today
from app.findings.queries import FindingIn
from app.rounds.rules import Doing, allows
from app.web.filters import day, moment


def listed(
    session: Session, at: str, each: ActionIn, moved: int, steps: Sequence[BoardStep] = ()
) -> Listed:
    """Tell one action as a line of the list; `at` is the list's address."""
    state, due = ActionState(each.action.state), each.action.due
    return Listed(
        what=each.action.what,
        href=f"{at}/{each.action.ref}",
        owner=f"{each.owner}, {each.agency}",
        due=day(due),
        stands=due_in_words(state, due, today(session)),
        overdue=is_overdue(state, due, today(session)),
        state=state.words,
        round=each.round.title,
        moved=moved,
        version=each.action.version,
        steps=tuple(steps),
    )


def board_steps(actor: Actor, each: ActionIn) -> list[BoardStep]:
    """List where somebody who may update an action can take it from the board."""
    if not allows(each.round.stage, Doing.UPDATE_ACTIONS):
        return []
    who = taker(actor, each, planner=plans(actor, each))
    further = steps_from(ActionState(each.action.state), who)
    return [BoardStep(to.value, step.words, bool(step.ask)) for to, step in further.items()]


def by_state(rows: Sequence[Listed]) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Put actions into columns by their state, in the order of an action's life."""
    columns = [
        (state.words, tuple(row for row in rows if row.state == state.words))
        for state in ActionState
    ]
    return tuple((words, found) for words, found in columns if found)


def plan_page(
    session: Session,
    actor: Actor,
    found: FindingIn,
    slug: str,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> PlanPage:
    """Lay out the form on which an action is planned."""
    agencies = agencies_of(session, actor.partnership_id)
    people = owners(session, actor.partnership_id)
    return PlanPage(
        round=found.round,
        finding=found.finding,
        back=f"/{slug}/rounds/{found.round.ref}/findings/{found.finding.ref}",
        agencies=(("", "Choose an agency"), *((each.ref, each.name) for each in agencies)),
        owners=(("", "Choose a person"), *((each.person.ref, each.words) for each in people)),
        values=values,
        errors=errors or {},
    )


def plans(actor: Actor, found: ActionIn) -> bool:
    """Say whether somebody plans the round's actions, and so may agree that one is closed."""
    return reaches(actor, Action.ACTION_PLAN, found.round)


def action_page(
    session: Session,
    actor: Actor,
    found: ActionIn,
    slug: str,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> ActionPage:
    """Tell one action whole."""
    action, state, now_day = found.action, ActionState(found.action.state), today(session)
    finding = f"/{slug}/rounds/{found.round.ref}/findings/{found.finding.ref}"
    entries, moves = history(session, action), revisions(session, action)
    return ActionPage(
        action=action,
        at=f"/{slug}/actions",
        round_title=found.round.title,
        finding_title=found.finding.title,
        finding=finding if reaches(actor, Action.FINDING_SEE, found.round) else None,
        agency=found.agency,
        owner=found.owner,
        due=day(action.due),
        earlier_dues=_earlier_dues(moves),
        impact_on=day(action.impact_on),
        impact_stands=impact_in_words(state, action.impact_on, now_day),
        evidence=_last_said(entries, ActionState.COMPLETE),
        impact=_last_said(entries, ActionState.IMPACT_SHOWN),
        stands=due_in_words(state, action.due, now_day),
        overdue=is_overdue(state, action.due, now_day),
        state=state.words,
        history=_history(entries, moves),
        steps=_steps(session, actor, found),
        may_move_dates=_moves_dates(actor, found),
        may_hand_over=_hands_over(actor, found),
        values=values,
        errors=errors or {},
    )


def _moves_dates(actor: Actor, found: ActionIn) -> bool:
    ahead = found.action.state in IMPACT_AHEAD
    return ahead and plans(actor, found) and allows(found.round.stage, Doing.UPDATE_ACTIONS)


def _hands_over(actor: Actor, found: ActionIn) -> bool:
    open_ = ActionState(found.action.state).open
    return open_ and plans(actor, found) and allows(found.round.stage, Doing.UPDATE_ACTIONS)


def dates_page(
    found: ActionIn,
    slug: str,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> DatesPage:
    """Lay out the form on which an action's dates are moved."""
    return DatesPage(
        action=found.action,
        back=f"/{slug}/actions/{found.action.ref}",
        due=day(found.action.due),
        open=ActionState(found.action.state).open,
        values=values,
        errors=errors or {},
    )


def _history(entries: Sequence[Entry], moves: Sequence[Moved]) -> tuple[Told, ...]:
    """Tell updates and moved dates as one line of time, the newest first."""
    told = [
        (
            entry.update.at,
            Told(
                state=ActionState(entry.update.state).words,
                by=entry.by,
                when=moment(entry.update.at),
                moment=entry.update.at.isoformat(),
                words=entry.update.words,
            ),
        )
        for entry in entries
    ]
    told += [
        (
            move.revision.at,
            Told(
                state=_moved(move.revision),
                by=move.by,
                when=moment(move.revision.at),
                moment=move.revision.at.isoformat(),
                words=move.revision.why,
            ),
        )
        for move in moves
    ]
    return tuple(line for _, line in sorted(told, key=lambda each: each[0], reverse=True))


def _moved(revision: ActionRevision) -> str:
    parts = []
    if revision.due_after != revision.due_before:
        parts.append(f"Due date moved from {day(revision.due_before)} to {day(revision.due_after)}")
    if revision.impact_after != revision.impact_before:
        before = f"moved from {day(revision.impact_before)}" if revision.impact_before else "set"
        parts.append(f"Impact review {before} to {day(revision.impact_after)}")
    return "; ".join(parts)


def _last_said(entries: Sequence[Entry], state: ActionState) -> str:
    """Return what was said when the action last came to a state, and not in later notes."""
    said, before = "", ""
    for entry in reversed(entries):
        if entry.update.state == state != before:
            said = f"{entry.update.words} ({entry.by}, {day(entry.update.at)})"
        before = entry.update.state
    return said


def _earlier_dues(moves: Sequence[Moved]) -> tuple[str, ...]:
    return tuple(
        day(move.revision.due_before)
        for move in moves
        if move.revision.due_after != move.revision.due_before
    )


def _steps(session: Session, actor: Actor, found: ActionIn) -> tuple[Choice, ...]:
    """Return what this person may change, first that nothing changes; nothing for a reader."""
    within = scope(actor, Action.ACTION_UPDATE)
    refs = {"action": found.action.ref}
    if not allows(found.round.stage, Doing.UPDATE_ACTIONS):
        return ()
    if not within or find_action_to_update(session, within, refs) is None:
        return ()
    state = ActionState(found.action.state)
    further = steps_from(state, taker(actor, found, planner=plans(actor, found)))
    stays = (state.value, f"Nothing: it stays “{state.words}”")
    return (stays, *((to.value, _offered(to, step)) for to, step in further.items()))


def _offered(to: ActionState, step: Step) -> str:
    """Say a step as it is chosen: what it is called, where it leads, what it asks for."""
    asked = f". {step.ask}" if step.ask else ""
    return f"{step.words} ({to.words.lower()}){asked}"
