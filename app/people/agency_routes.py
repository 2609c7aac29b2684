"""Agencies on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.identity.models import Agency
from app.people.agencies import AgencyNamed, NewAgency, add_agency, rename_agency, shared
from app.people.pages import AgenciesPage, AgencyPage, NewAgencyPage
from app.people.queries import agencies_of, find_agency
from app.tools import AgencyKind
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/agencies")

managing = [Depends(May(Action.PEOPLE_MANAGE), scope="function")]
Known = Annotated[Agency, Depends(MayOn(Action.PEOPLE_MANAGE, find_agency), scope="function")]
NOTHING = Posted({})


def _at(request: Request) -> str:
    return f"/{request.state.place.slug}/agencies"


@router.get("", dependencies=managing)
async def list_agencies(request: Request, session: SessionDep, actor: ActorDep) -> Response:
    """List the partnership's agencies."""
    found = agencies_of(session, actor.partnership_id)
    page = AgenciesPage(
        place=f"/{request.state.place.slug}",
        agencies=[(a.ref, a.name, AgencyKind(a.kind).words) for a in found],
    )
    return render(request, page)


@router.get("/new", dependencies=managing)
async def ask_for_agency(request: Request) -> Response:
    """Ask for an agency's name and kind."""
    return _new(request, NOTHING, {})


@router.post("", dependencies=managing)
async def add(request: Request, session: SessionDep, actor: ActorDep, form: PostedDep) -> Response:
    """Add an agency."""
    try:
        agency = add_agency(session, actor, read(NewAgency, form))
    except Unfit as unfit:
        return _new(request, form, unfit.errors)
    return see(request, _at(request), banner=f"{agency.name} has been added")


@router.get("/{agency}")
async def show_agency(request: Request, session: SessionDep, agency: Known) -> Response:
    """Show an agency, to rename it."""
    return _agency(request, agency, shared=shared(session, agency), typed=agency.name)


@router.post("/{agency}/name")
async def rename(
    request: Request, session: SessionDep, actor: ActorDep, agency: Known, form: PostedDep
) -> Response:
    """Call an agency something else."""
    try:
        rename_agency(session, actor, agency, read(AgencyNamed, form))
    except Unfit as unfit:
        return _agency(request, agency, typed=form.one("name"), errors=unfit.errors)
    return see(request, _at(request), banner=f"The agency is now called {agency.name}")


def _new(request: Request, form: Posted, errors: dict[str, str]) -> Response:
    kinds = tuple((str(kind), kind.words) for kind in AgencyKind)
    page = NewAgencyPage(at=_at(request), kinds=kinds, values=form, errors=errors)
    return render(request, page, 422 if errors else 200)


def _agency(
    request: Request,
    agency: Agency,
    *,
    typed: str,
    shared: bool = False,
    errors: dict[str, str] | None = None,
) -> Response:
    page = AgencyPage(
        at=_at(request),
        ref=agency.ref,
        name=agency.name,
        kind=AgencyKind(agency.kind).words,
        shared=shared,
        typed=typed,
        errors=errors or {},
    )
    return render(request, page, 422 if errors else 200)
