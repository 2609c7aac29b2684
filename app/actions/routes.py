"""Actions on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Scope, Unfit, holds, scope
from app.actions.commands import (
    NewAction,
    NewDates,
    Update,
    check_agreed,
    plan_action,
    revise_dates,
    update_action,
)
from app.actions.handing_over import NewOwner, check_open, hand_over, hand_over_page
from app.actions.pages import ActionsPage, Narrowing
from app.actions.queries import (
    ActionIn,
    find_action,
    find_action_to_update,
    times_moved,
    updatable,
)
from app.actions.telling import (
    action_page,
    board_steps,
    by_state,
    dates_page,
    listed,
    plan_page,
    plans,
)
from app.actions.tracker import (
    SHOW,
    Wanted,
    Within,
    asked,
    choices_within,
    count_actions,
    list_actions,
    wanted_of,
)
from app.db import today
from app.findings.queries import FindingIn, find_finding
from app.rounds.rules import Doing, require
from app.web.days import day_boxes, fold_days
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.paging import page_number, paged
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

ActionsSeen = Annotated[Scope, Depends(May(Action.ACTION_SEE), scope="function")]
ActionSeen = Annotated[ActionIn, Depends(MayOn(Action.ACTION_SEE, find_action), scope="function")]
ActionUpdated = Annotated[
    ActionIn, Depends(MayOn(Action.ACTION_UPDATE, find_action_to_update), scope="function")
]
ActionPlanned = Annotated[
    ActionIn, Depends(MayOn(Action.ACTION_PLAN, find_action_to_update), scope="function")
]
FindingPlanned = Annotated[
    FindingIn, Depends(MayOn(Action.ACTION_PLAN, find_finding), scope="function")
]

BOARD = "board"


def _slug(request: Request) -> str:
    return str(request.state.place.slug)


@router.get("/actions")
async def show_actions(
    request: Request, session: SessionDep, actor: ActorDep, within: ActionsSeen
) -> Response:
    """Show the actions within somebody's reach, the soonest due first, as a table or a board."""
    query, at = request.query_params, f"/{_slug(request)}/actions"
    choices = choices_within(session, within)
    wanted = wanted_of(query, choices)
    board = query.get("view") == BOARD
    total = count_actions(session, within, wanted, today(session))
    number = page_number(query.get("page", "1"), total)
    found = list_actions(session, within, wanted, today(session), number)
    moved = times_moved(session, [each.action for each in found])
    takes = holds(actor, Action.ACTIONS_EXPORT)
    theirs = updatable(session, scope(actor, Action.ACTION_UPDATE), found) if board else ()
    rows = [
        listed(
            session,
            at,
            each,
            moved.get(each.action.id or 0, 0),
            board_steps(actor, each) if each.action.id in theirs else (),
        )
        for each in found
    ]

    def address(**other: str) -> str:
        return f"{at}?{asked(wanted, **{'view': BOARD if board else '', **other})}"

    page = ActionsPage(
        at=at,
        items=paged(rows, number, total, f"{address()}&page="),
        show=wanted.show,
        finding=wanted.finding,
        filters=tuple(
            (words, address(show=name), name == wanted.show) for name, words in SHOW.items()
        ),
        narrowings=_narrowings(choices, wanted),
        query=asked(wanted, view=BOARD, page=str(number)),
        columns=by_state(rows) if board else (),
        views=(
            ("As a table", address(view=""), not board),
            ("As a board", address(view=BOARD), board),
        ),
        board=board,
        calendar=f"/{_slug(request)}/calendar" if holds(actor, Action.CALENDAR_KEEP) else "",
        take=f"/{_slug(request)}/exports/actions?{asked(wanted)}" if takes and total else "",
    )
    return render(request, page)


def _narrowings(choices: Within, wanted: Wanted) -> tuple[Narrowing, ...]:
    """Offer what there is more than one of, and what is chosen already."""
    lists = (
        ("agency", "Agency", "All agencies", choices.agencies, wanted.agency),
        ("round", "Round", "All rounds", choices.rounds, wanted.round),
        ("subgroup", "Subgroup", "All subgroups", choices.subgroups, wanted.subgroup),
        ("theme", "Theme", "All themes", choices.themes, wanted.theme),
    )
    return tuple(
        Narrowing(name, label, (("", everything), *known), chosen)
        for name, label, everything, known, chosen in lists
        if len(known) > 1 or chosen
    )


@router.get("/rounds/{round}/findings/{finding}/actions/new")
async def new(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingPlanned
) -> Response:
    """Offer to plan an action from an agreed finding."""
    require(found.round.stage, Doing.PLAN_ACTIONS)
    check_agreed(found)
    return render(request, plan_page(session, actor, found, _slug(request), {}))


@router.post("/rounds/{round}/findings/{finding}/actions")
async def plan(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingPlanned, form: PostedDep
) -> Response:
    """Plan an action from an agreed finding."""
    try:
        made = plan_action(
            session, actor, found, read(NewAction, fold_days(form, "due", "impact_on"))
        )
    except Unfit as unfit:
        page = plan_page(session, actor, found, _slug(request), form, unfit.errors)
        return render(request, page, 422)
    return see(
        request,
        f"/{_slug(request)}/actions/{made.ref}",
        banner=looked_over(session, "Action planned", form),
    )


@router.get("/actions/{action}")
async def show_action(
    request: Request, session: SessionDep, actor: ActorDep, found: ActionSeen
) -> Response:
    """Show one action, how it stands, and everything that was said about it."""
    values = {"to": [request.query_params.get("to", found.action.state)]}
    return render(request, action_page(session, actor, found, _slug(request), values))


@router.post("/actions/{action}/updates")
async def update(
    request: Request, session: SessionDep, actor: ActorDep, found: ActionUpdated, form: PostedDep
) -> Response:
    """Say what has happened to an action, and take it to its next state if that is chosen.

    From the board, the address says which board to go back to.
    """
    try:
        given = read(Update, form)
        update_action(session, actor, found, given, planner=plans(actor, found))
    except Unfit as unfit:
        page = action_page(session, actor, found, _slug(request), form, unfit.errors)
        return render(request, page, 422)
    at, query = f"/{_slug(request)}/actions", request.query_params
    banner = looked_over(session, f"Action updated: {given.to.words.lower()}", form)
    if given.back:
        seen = choices_within(session, scope(actor, Action.ACTION_SEE))
        back = asked(wanted_of(query, seen), view=BOARD, page=query.get("page", ""))
        return see(request, f"{at}?{back}", banner=banner)
    return see(request, f"{at}/{found.action.ref}", banner=banner)


@router.get("/actions/{action}/dates")
async def offer_dates(request: Request, found: ActionPlanned) -> Response:
    """Offer to move an action's dates."""
    require(found.round.stage, Doing.UPDATE_ACTIONS)
    values = day_boxes("due", found.action.due)
    if found.action.impact_on:
        values |= day_boxes("impact_on", found.action.impact_on)
    return render(request, dates_page(found, _slug(request), values))


@router.post("/actions/{action}/dates")
async def move_dates(
    request: Request, session: SessionDep, actor: ActorDep, found: ActionPlanned, form: PostedDep
) -> Response:
    """Move an action's dates, and keep those that it had."""
    try:
        given = read(NewDates, fold_days(form, "due", "impact_on"))
        revise_dates(session, actor, found, given)
    except Unfit as unfit:
        return render(request, dates_page(found, _slug(request), form, unfit.errors), 422)
    return see(
        request,
        f"/{_slug(request)}/actions/{found.action.ref}",
        banner=looked_over(session, "Dates moved", form),
    )


@router.get("/actions/{action}/owner")
async def offer_owners(
    request: Request, session: SessionDep, actor: ActorDep, found: ActionPlanned
) -> Response:
    """Offer to give an action to another owner."""
    require(found.round.stage, Doing.UPDATE_ACTIONS)
    check_open(found)
    return render(request, hand_over_page(session, actor, found, _slug(request), {}))


@router.post("/actions/{action}/owner")
async def give_over(
    request: Request, session: SessionDep, actor: ActorDep, found: ActionPlanned, form: PostedDep
) -> Response:
    """Give an action to another owner."""
    try:
        hand_over(session, actor, found, read(NewOwner, form))
    except Unfit as unfit:
        page = hand_over_page(session, actor, found, _slug(request), form, unfit.errors)
        return render(request, page, 422)
    return see(
        request,
        f"/{_slug(request)}/actions/{found.action.ref}",
        banner=looked_over(session, "Handed over", form),
    )
