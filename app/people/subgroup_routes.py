"""Subgroups on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.db import Session
from app.identity.models import Person, Subgroup
from app.people.pages import NewSubgroupPage, SubgroupPage, SubgroupsPage
from app.people.queries import find_member, find_subgroup
from app.people.seats import not_on, seated_on, subgroups_of
from app.people.subgroups import NewSubgroup, Seat, form_subgroup, rename_subgroup, seat, unseat
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/subgroups")

managing = [Depends(May(Action.PEOPLE_MANAGE), scope="function")]
Known = Annotated[Subgroup, Depends(MayOn(Action.PEOPLE_MANAGE, find_subgroup), scope="function")]
Member = Annotated[Person, Depends(MayOn(Action.PEOPLE_MANAGE, find_member), scope="function")]
NOTHING = Posted({})


def _at(request: Request) -> str:
    return f"/{request.state.place.slug}/subgroups"


@router.get("", dependencies=managing)
async def list_subgroups(request: Request, session: SessionDep, actor: ActorDep) -> Response:
    """List the partnership's subgroups."""
    found = subgroups_of(session, actor.partnership_id)
    page = SubgroupsPage(
        place=f"/{request.state.place.slug}",
        subgroups=[(subgroup.ref, subgroup.name, seats) for subgroup, seats in found],
    )
    return render(request, page)


@router.get("/new", dependencies=managing)
async def ask_for_subgroup(request: Request) -> Response:
    """Ask what a new subgroup is called."""
    return render(request, NewSubgroupPage(at=_at(request), values=NOTHING, errors={}))


@router.post("", dependencies=managing)
async def form_one(
    request: Request, session: SessionDep, actor: ActorDep, form: PostedDep
) -> Response:
    """Form a subgroup."""
    try:
        made = form_subgroup(session, actor, read(NewSubgroup, form))
    except Unfit as unfit:
        page = NewSubgroupPage(at=_at(request), values=form, errors=unfit.errors)
        return render(request, page, 422)
    return see(request, f"{_at(request)}/{made.ref}", banner=f"{made.name} has been formed")


@router.get("/{subgroup}")
async def show_subgroup(request: Request, session: SessionDep, subgroup: Known) -> Response:
    """Show who sits on a subgroup, and offer the other members of the partnership."""
    return _subgroup(request, session, subgroup, {})


@router.post("/{subgroup}/name")
async def rename(
    request: Request, session: SessionDep, actor: ActorDep, subgroup: Known, form: PostedDep
) -> Response:
    """Call a subgroup something else."""
    try:
        rename_subgroup(session, actor, subgroup, read(NewSubgroup, form))
    except Unfit as unfit:
        return _subgroup(request, session, subgroup, unfit.errors, typed=form.one("name"))
    at = f"{_at(request)}/{subgroup.ref}"
    return see(request, at, banner=f"The subgroup is now called {subgroup.name}")


@router.post("/{subgroup}/seats")
async def give_seat(
    request: Request, session: SessionDep, actor: ActorDep, subgroup: Known, form: PostedDep
) -> Response:
    """Seat somebody."""
    try:
        person = seat(session, actor, subgroup, read(Seat, form))
    except Unfit as unfit:
        return _subgroup(request, session, subgroup, unfit.errors)
    at = f"{_at(request)}/{subgroup.ref}"
    return see(request, at, banner=f"{person.name} now sits on {subgroup.name}")


@router.post("/{subgroup}/seats/{person}/end")
async def take_seat(
    request: Request, session: SessionDep, actor: ActorDep, subgroup: Known, person: Member
) -> Response:
    """Take somebody's seat away; it can be given again."""
    unseat(session, actor, subgroup, person)
    at = f"{_at(request)}/{subgroup.ref}"
    return see(request, at, banner=f"{person.name} no longer sits on {subgroup.name}")


def _subgroup(
    request: Request,
    session: Session,
    subgroup: Subgroup,
    errors: dict[str, str],
    typed: str | None = None,
) -> Response:
    page = SubgroupPage(
        place=f"/{request.state.place.slug}",
        at=f"{_at(request)}/{subgroup.ref}",
        name=subgroup.name,
        typed=subgroup.name if typed is None else typed,
        seated=seated_on(session, subgroup),
        others=tuple(not_on(session, subgroup)),
        errors=errors,
    )
    return render(request, page, 422 if errors else 200)
