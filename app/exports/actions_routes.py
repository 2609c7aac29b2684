"""The action tracker as a file, on the web."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.access import Action, Actor, NotNow, Scope
from app.actions.tracker import (
    Wanted,
    Within,
    asked,
    choices_within,
    count_actions,
    in_words,
    keys_asked_for,
    wanted_of,
)
from app.db import Session, now, today
from app.exports.actions_file import COLUMNS, LEFT_OUT, ActionsTaken, actions_book, actions_file
from app.exports.commands import take_actions
from app.exports.pages import ActionsFilePage
from app.exports.paper import SENSITIVE
from app.exports.workbook import TYPE as WORKBOOK
from app.web.filters import moment
from app.web.forms import Input, MaybeLine, PostedDep, read
from app.web.guard import ActorDep, May, PasswordLately
from app.web.pages import render
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}")

ActionsTakenFrom = Annotated[Scope, Depends(May(Action.ACTIONS_EXPORT), scope="function")]


class ActionsWanted(Input):
    """Which actions are wanted as a file, and of what sort."""

    format: Literal["csv", "xlsx"] = "xlsx"
    show: MaybeLine = ""
    finding: MaybeLine = ""
    agency: MaybeLine = ""
    round: MaybeLine = ""
    subgroup: MaybeLine = ""
    theme: MaybeLine = ""


@router.get("/exports/actions", dependencies=[PasswordLately])
async def show_actions_file(
    request: Request, session: SessionDep, within: ActionsTakenFrom
) -> Response:
    """Say which actions would leave as a file, and ask."""
    choices = choices_within(session, within)
    wanted = wanted_of(request.query_params, choices)
    page = ActionsFilePage(
        back=f"/{request.state.place.slug}/actions?{asked(wanted)}",
        here=request.url.path,
        marking=SENSITIVE,
        total=count_actions(session, within, wanted, today(session)),
        narrowed=in_words(wanted, choices),
        asked=tuple((name, value) for name, value in wanted._asdict().items() if value),
        columns=COLUMNS,
        left_out=LEFT_OUT,
    )
    return render(request, page)


@router.post("/exports/actions", dependencies=[PasswordLately])
async def give_actions_file(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    within: ActionsTakenFrom,
    form: PostedDep,
) -> Response:
    """Give the actions that were asked for, all of them, as a workbook or a CSV file."""
    given = read(ActionsWanted, form)
    choices = choices_within(session, within)
    wanted = _exactly(given, choices)
    keys = keys_asked_for(session, within, wanted, today(session))
    take_actions(session, actor, keys, given.format)
    taken = ActionsTaken(within, [key for key, _ in keys])
    database = database_of(request)
    name = f"actions-{request.state.place.slug}-{today(session)}.{given.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if given.format == "csv":
        content = actions_file(database, taken)
        return StreamingResponse(content, media_type="text/csv; charset=utf-8", headers=headers)
    about = _about(session, actor, request.state.place.name, wanted, choices)
    content = actions_book(database, taken, about)
    return StreamingResponse(content, media_type=WORKBOOK, headers=headers)


def _exactly(given: ActionsWanted, choices: Within) -> Wanted:
    """Return what is asked for: a file never holds more because a choice has gone meanwhile."""
    asked_for = given.model_dump(exclude={"format"}, exclude_defaults=True)
    wanted = wanted_of(asked_for, choices)
    if any(getattr(wanted, name) != value for name, value in asked_for.items()):
        raise NotNow("These choices are no longer there. Show the actions again, and take those.")
    return wanted


def _about(
    session: Session, actor: Actor, partnership: str, wanted: Wanted, choices: Within
) -> tuple[str, ...]:
    return (
        SENSITIVE,
        f"The learning actions of {partnership} that {actor.name} may see, and asked for.",
        *in_words(wanted, choices),
        f"Taken by {actor.name} on {moment(now(session))}. It does not change when they do.",
        "Names of owners are for following the actions up, and for nothing else.",
        LEFT_OUT,
        "The sheet “Columns” says what each column means.",
    )
