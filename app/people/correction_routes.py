"""Putting right what somebody is called, on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotAllowed, Unfit
from app.identity.models import Person
from app.people.correcting import NOT_YOURS_TO_CORRECT, Details, correct_person
from app.people.memberships import may_link
from app.people.pages import DetailsPage
from app.people.queries import find_member
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn, PasswordLately
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/people/{person}/details")

Member = Annotated[Person, Depends(MayOn(Action.PEOPLE_MANAGE, find_member), scope="function")]


@router.get("", dependencies=[PasswordLately])
async def ask_for_details(
    request: Request, session: SessionDep, actor: ActorDep, person: Member
) -> Response:
    """Ask what somebody is called, and how they sign in."""
    if not may_link(session, actor, person):
        raise NotAllowed(NOT_YOURS_TO_CORRECT)
    values = Posted({"name": [person.name], "email": [person.email]})
    return render(request, DetailsPage(_at(request, person), person.name, values, {}))


@router.post("", dependencies=[PasswordLately])
async def correct(
    request: Request, session: SessionDep, actor: ActorDep, person: Member, form: PostedDep
) -> Response:
    """Change somebody's name or address."""
    at, name = _at(request, person), person.name
    try:
        correct_person(session, actor, person, read(Details, form))
    except Unfit as unfit:
        return render(request, DetailsPage(at, name, form, unfit.errors), 422)
    return see(request, at, banner=f"{person.name} has been changed")


def _at(request: Request, person: Person) -> str:
    return f"/{request.state.place.slug}/people/{person.ref}"
