"""How an action is told on its pages: how it stands, what was said, and what may be said next."""

from collections.abc import Mapping

from app.access import Action, Actor, scope
from app.actions.pages import ActionPage, Choice, Listed, PlanPage, Told
from app.actions.queries import ActionIn, agencies_of, find_action_to_update, history, owners
from app.actions.rules import ActionState, due_in_words, is_overdue, steps_from
from app.comparisons.may import reaches
from app.db import Session, today
from app.findings.queries import FindingIn
from app.rounds.rules import Doing, allows
from app.web.filters import day, moment


def listed(session: Session, at: str, each: ActionIn) -> Listed:
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
    )


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
    action, state = found.action, ActionState(found.action.state)
    finding = f"/{slug}/rounds/{found.round.ref}/findings/{found.finding.ref}"
    return ActionPage(
        action=action,
        at=f"/{slug}/actions",
        round_title=found.round.title,
        finding_title=found.finding.title,
        finding=finding if reaches(actor, Action.FINDING_SEE, found.round) else None,
        agency=found.agency,
        owner=found.owner,
        due=day(action.due),
        stands=due_in_words(state, action.due, today(session)),
        overdue=is_overdue(state, action.due, today(session)),
        state=state.words,
        history=_history(session, found),
        steps=_steps(session, actor, found),
        values=values,
        errors=errors or {},
    )


def _history(session: Session, found: ActionIn) -> tuple[Told, ...]:
    return tuple(
        Told(
            state=ActionState(entry.update.state).words,
            by=entry.by,
            when=moment(entry.update.at),
            moment=entry.update.at.isoformat(),
            words=entry.update.words,
        )
        for entry in history(session, found.action)
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
    further = steps_from(state, planner=plans(actor, found))
    stays = (state.value, f"Nothing: it stays “{state.words}”")
    return (stays, *((to.value, f"{step.words} ({to.words})") for to, step in further.items()))
