"""People on the web: the list, letting in, roles, links, and seeing off."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import EXEMPT, Action, Actor, Role, Scope, Unfit, holds
from app.db import Session
from app.identity.links import Purpose
from app.identity.models import Membership, Person
from app.people.commands import (
    NewPerson,
    NewRole,
    add_person,
    give_role,
    invite,
    record_departure,
    take_role,
)
from app.people.departures import end_what_is_held, work_held
from app.people.listing import Looking, Showing, described, left_on, people_in_view
from app.people.memberships import check_taking, key_of, may_link
from app.people.pages import (
    Choices,
    DeparturePage,
    NewLinkPage,
    NewPersonPage,
    NewRolePage,
    PeoplePage,
    PersonPage,
    TakeRolePage,
)
from app.people.queries import agencies_of, find_member, find_membership, find_person, seats_of
from app.people.rules import may_give, roles_given_by
from app.web.addresses import public_address
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, May, MayOn, PasswordLately
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/people")

managing = [Depends(May(Action.PEOPLE_MANAGE), scope="function")]
Within = Annotated[Scope, Depends(May(Action.PEOPLE_MANAGE), scope="function")]
Known = Annotated[Person, Depends(MayOn(Action.PEOPLE_MANAGE, find_person), scope="function")]
Member = Annotated[Person, Depends(MayOn(Action.PEOPLE_MANAGE, find_member), scope="function")]
Held = Annotated[
    Membership, Depends(MayOn(Action.PEOPLE_MANAGE, find_membership), scope="function")
]
NOTHING = Posted({})


def _showing(asked: str) -> Showing:
    return Showing(asked) if asked in set(Showing) else Showing.HERE


def _people_at(request: Request) -> str:
    return f"/{request.state.place.slug}/people"


def _at(request: Request, person: Person) -> str:
    return f"{_people_at(request)}/{person.ref}"


@router.get("")
async def list_people(request: Request, session: SessionDep, within: Within) -> Response:
    """List the people here, or who left, by name or part of it."""
    asked = request.query_params
    looking = Looking(
        search=asked.get("search", "")[:100].replace("\x00", ""),
        show=_showing(asked.get("show", "")),
        page=asked.get("page", ""),
    )
    at = _people_at(request)
    kept = {"search": looking.search, "show": looking.show}
    page = PeoplePage(
        place=f"/{request.state.place.slug}",
        at=at,
        people=people_in_view(session, within, looking, f"{at}?{urlencode(kept)}&page="),
        looking=looking,
    )
    return render(request, page)


@router.get("/new", dependencies=[*managing, PasswordLately])
async def ask_for_person(request: Request, session: SessionDep, actor: ActorDep) -> Response:
    """Ask who is to be let in."""
    return _new_person(request, session, actor, NOTHING, {})


@router.post("", dependencies=[*managing, PasswordLately])
async def let_in(
    request: Request, session: SessionDep, actor: ActorDep, form: PostedDep
) -> Response:
    """Let somebody in."""
    try:
        with session.begin_nested():
            person = add_person(session, actor, read(NewPerson, form))
    except Unfit as unfit:
        return _new_person(request, session, actor, form, unfit.errors)
    return see(request, _at(request, person), banner=f"{person.name} has been added")


@router.get("/{person}")
async def show_person(
    request: Request, session: SessionDep, actor: ActorDep, person: Known
) -> Response:
    """Show what somebody holds here."""
    [shown] = described(session, actor.partnership_id, [person])
    oneself = person.id == actor.person_id
    takeable = set() if oneself else {r.ref for r in shown.roles if may_give(actor.roles, r.role)}
    page = PersonPage(
        at=_at(request, person),
        people_at=_people_at(request),
        person=shown,
        left_on=None if shown.roles else left_on(session, actor.partnership_id, person),
        seats=seats_of(session, key_of(person), actor.partnership_id),
        takeable=frozenset(takeable),
        may_link=bool(shown.roles) and may_link(session, actor, person),
        may_see_off=all(held.ref in takeable for held in shown.roles),
        oneself=oneself,
        sees_all=any(held.role in EXEMPT for held in shown.roles),
    )
    return render(request, page)


@router.post("/{person}/link", dependencies=[PasswordLately])
async def make_link(
    request: Request, session: SessionDep, actor: ActorDep, person: Member
) -> Response:
    """Make an invitation or reset link and show it: this answer is the only place it ever is."""
    made = invite(session, actor, person)
    page = NewLinkPage(
        at=_at(request, person),
        name=person.name,
        email=person.email,
        link=f"{public_address(request)}/links/{made.code}",
        inviting=made.purpose is Purpose.INVITATION,
        expires_at=made.expires_at,
    )
    return render(request, page)


@router.get("/{person}/memberships/new", dependencies=[PasswordLately])
async def ask_for_role(
    request: Request, session: SessionDep, actor: ActorDep, person: Known
) -> Response:
    """Ask which role to give."""
    return _new_role(request, session, actor, person, NOTHING)


@router.post("/{person}/memberships", dependencies=[PasswordLately])
async def give(
    request: Request, session: SessionDep, actor: ActorDep, person: Known, form: PostedDep
) -> Response:
    """Give a role."""
    try:
        with session.begin_nested():
            give_role(session, actor, person, read(NewRole, form))
    except Unfit as unfit:
        return _new_role(request, session, actor, person, form, unfit.errors)
    return see(request, _at(request, person), banner="Role given")


@router.get("/{person}/memberships/{membership}", dependencies=[PasswordLately])
async def ask_to_take(
    request: Request, session: SessionDep, actor: ActorDep, person: Member, held: Held
) -> Response:
    """Ask whether to take a role away."""
    [shown] = described(session, actor.partnership_id, [person])
    check_taking(session, actor, person, [Role(held.role)])
    [role] = [each for each in shown.roles if each.ref == held.ref]
    return render(request, TakeRolePage(at=_at(request, person), name=person.name, role=role))


@router.post("/{person}/memberships/{membership}", dependencies=[PasswordLately])
async def take(
    request: Request, session: SessionDep, actor: ActorDep, person: Member, held: Held
) -> Response:
    """Take a role away."""
    take_role(session, actor, person, held)
    return see(request, _at(request, person), banner="Role taken away")


@router.get("/{person}/departure", dependencies=[PasswordLately])
async def ask_about_departure(
    request: Request, session: SessionDep, actor: ActorDep, person: Member
) -> Response:
    """Show all that somebody holds, and ask whether they have left."""
    [shown] = described(session, actor.partnership_id, [person])
    check_taking(session, actor, person, [held.role for held in shown.roles])
    gives_out = holds(actor, Action.ASSIGNMENT_MAKE)
    page = DeparturePage(
        at=_at(request, person),
        given_out_at=f"/{request.state.place.slug}/assignments" if gives_out else "",
        name=person.name,
        roles=shown.roles,
        seats=seats_of(session, key_of(person), actor.partnership_id),
        work=work_held(request, session, key_of(person), actor.partnership_id),
    )
    return render(request, page)


@router.post("/{person}/departure", dependencies=[PasswordLately])
async def see_off(
    request: Request, session: SessionDep, actor: ActorDep, person: Member
) -> Response:
    """Record that somebody has left."""
    record_departure(session, actor, person)
    end_what_is_held(request, session, actor, key_of(person))
    return see(request, _people_at(request), banner=f"{person.name} has left")


def _choices(session: Session, actor: Actor) -> tuple[Choices, Choices]:
    roles = tuple((str(role), role.words) for role in roles_given_by(actor.roles))
    agencies = tuple((a.ref, a.name) for a in agencies_of(session, actor.partnership_id))
    return roles, (("", "No agency: the whole partnership"), *agencies)


def _new_person(
    request: Request, session: Session, actor: Actor, form: Posted, errors: dict[str, str]
) -> Response:
    roles, agencies = _choices(session, actor)
    page = NewPersonPage(
        at=_people_at(request), roles=roles, agencies=agencies, values=form, errors=errors
    )
    return render(request, page, 422 if errors else 200)


def _new_role(
    request: Request,
    session: Session,
    actor: Actor,
    person: Person,
    form: Posted,
    errors: dict[str, str] | None = None,
) -> Response:
    roles, agencies = _choices(session, actor)
    page = NewRolePage(
        at=_at(request, person),
        name=person.name,
        roles=roles,
        agencies=agencies,
        values=form,
        errors=errors or {},
    )
    return render(request, page, 422 if errors else 200)
