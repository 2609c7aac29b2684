"""Importing a list of people on the web: choose a file, look at what it would do, confirm."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field, StringConstraints

from app.access import Action, Unfit
from app.people.csv_import import MOST_ROWS, PeopleList, read_people, written
from app.people.importing import import_people
from app.people.pages import ImportPage, PreviewPage
from app.people.planning import Plan, plan_import
from app.people.rules import ROLES, roles_given_by
from app.web.forms import Input, Posted, PostedDep, read
from app.web.guard import ActorDep, May, PasswordLately
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(
    prefix="/{partnership}/people/import",
    dependencies=[Depends(May(Action.PEOPLE_MANAGE), scope="function"), PasswordLately],
)

CHOOSE = {"file": "Choose a CSV file"}


class Confirmation(Input):
    """The list as the preview carried it, to be judged again and imported."""

    people: Annotated[str, StringConstraints(max_length=900_000)] = Field(
        json_schema_extra={"missing": "Choose a CSV file"}
    )


@router.get("")
async def ask_for_list(request: Request, actor: ActorDep) -> Response:
    """Ask for a list of people and say how it must look."""
    return _ask(request, actor.roles, {})


@router.post("/preview")
async def preview(
    request: Request, session: SessionDep, actor: ActorDep, form: PostedDep
) -> Response:
    """Show what importing a list would do. Nothing is stored."""
    try:
        found = read_people(await _file(form))
    except Unfit as unfit:
        return _ask(request, actor.roles, unfit.errors)
    return _preview(request, found, plan_import(session, actor, found.rows))


@router.post("")
async def confirm(
    request: Request, session: SessionDep, actor: ActorDep, form: PostedDep
) -> Response:
    """Import the list that was looked at."""
    try:
        found = read_people(read(Confirmation, form).people.encode())
    except Unfit as unfit:
        return _ask(request, actor.roles, {"file": next(iter(unfit.errors.values()))})
    plan = import_people(session, actor, found.rows)
    if plan.problems:
        return _preview(request, found, plan)
    return see(request, f"{_at(request)}?show=waiting", banner=_done(plan))


async def _file(form: Posted) -> bytes:
    """Return the file's bytes: the whole request is here already, so nothing is waited for."""
    if set(form) or set(form.files) - {"file"}:
        raise Unfit({"file": "This form asks for a file and nothing else"})
    file = form.files.get("file")
    if file is None or not file.filename:
        raise Unfit(CHOOSE)
    return await file.read()


def _at(request: Request) -> str:
    return f"/{request.state.place.slug}/people"


def _done(plan: Plan) -> str:
    if not plan.to_do:
        return "Everybody on the list is here already. Nothing was changed"
    added = sum(each.new_person for each in plan.to_do)
    given = len(plan.to_do) - added
    more = f", and {given} more {'role' if given == 1 else 'roles'} given" if given else ""
    return (
        f"{added} {'person' if added == 1 else 'people'} added{more}. Nobody has been invited yet"
    )


def _ask(request: Request, roles: frozenset[object], errors: dict[str, str]) -> Response:
    given = roles_given_by([role for role in ROLES if role in roles])
    page = ImportPage(
        at=f"{_at(request)}/import",
        people_at=_at(request),
        roles=[(role.words, role.of_an_agency) for role in given],
        most=MOST_ROWS,
        errors=errors,
    )
    return render(request, page, 422 if errors else 200)


def _preview(request: Request, found: PeopleList, plan: Plan) -> Response:
    page = PreviewPage(
        at=f"{_at(request)}/import",
        people_at=_at(request),
        planned=plan.planned,
        to_do=len(plan.to_do),
        problems=plan.problems,
        notes=[*([found.note] if found.note else []), *plan.notes],
        unused=list(found.unused),
        people=written(found.rows),
    )
    return render(request, page, 422 if plan.problems else 200)
