"""Signing in and out, and the first page.

The sign-in form carries no token: before sign-in there is no session to bind one to, and a token in
a cookie of its own would prove only what `app.web.headers` has already required of every form, that
a page of this service sent it. It would also refuse the person who left the page open overnight.
"""

from typing import Annotated

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import Field, StringConstraints

from app.access import Unfit
from app.identity.passwords import LONGEST
from app.identity.sign_ins import end_sign_in, find_sign_in, places_of
from app.people.hashing import verify_aside
from app.people.pages import PartnershipsPage, SignInPage
from app.people.rules import local_path
from app.people.signing_in import TOO_MANY, Try, address_of, begin_try, sign_in
from app.web.errors import error_page
from app.web.forms import Input, PostedDep, read
from app.web.guard import SignedInDep, cookie_name
from app.web.pages import render, see
from app.web.slow import slow
from app.web.units import SessionDep, database_of

log = structlog.get_logger()
router = APIRouter()

NOT_RIGHT = "The e-mail address or the password is not right"
"""One sentence for every reason, so that nobody learns who has an account."""


class Credentials(Input):
    """What the sign-in form says."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=254, to_lower=True)] = Field(
        title="E-mail address", json_schema_extra={"missing": "Enter your e-mail address"}
    )
    password: Annotated[
        str, StringConstraints(min_length=1, max_length=LONGEST, strip_whitespace=False)
    ] = Field(json_schema_extra={"missing": "Enter your password"})
    next: str = ""


@router.get("/")
async def first_page(session: SessionDep, request: Request, who: SignedInDep) -> Response:
    """Go to the only partnership's work, or let the person choose one."""
    places = places_of(session, who.person_id)
    if len(places) == 1:
        return see(request, f"/{places[0][0]}/my-work")
    return render(request, PartnershipsPage(places=places))


@router.get("/sign-in")
async def show_sign_in(session: SessionDep, request: Request) -> Response:
    """Ask who is there; somebody signed in already goes straight on."""
    wanted = local_path(request.query_params.get("next", "/"))
    cookie = request.cookies.get(cookie_name(request), "")
    if cookie and find_sign_in(session, cookie):
        return see(request, wanted)
    return render(request, SignInPage(email="", next=wanted, errors={}))


@router.post("/sign-in")
@slow
async def begin_session(request: Request, form: PostedDep) -> Response:
    """Sign somebody in: a new session in place of any that this browser had."""
    try:
        given = read(Credentials, form)
    except Unfit as unfit:
        return _again(request, form.one("email"), form.one("next"), unfit.errors)
    async with database_of(request).writing_in_turn() as session:
        tried = begin_try(session, given.email, address_of(request))
    if tried is None:
        log.warning("sign-in limited")
        return error_page(request, 429, TOO_MANY)
    cookie = await _verified(request, tried, given.password)
    if cookie is None:
        log.info("sign-in failed")
        return _again(request, given.email, given.next, {"email": NOT_RIGHT})
    return _welcome(request, cookie, given.next)


async def _verified(request: Request, tried: Try, password: str) -> str | None:
    """Return the cookie of a new session, if the password is right."""
    if not await verify_aside(password, tried.stored):
        return None
    async with database_of(request).writing_in_turn() as session:
        begun = sign_in(session, tried, request.cookies.get(cookie_name(request), ""))
    if begun is None:
        return None
    log.info("signed in", person=begun[1])
    return begun[0]


def _welcome(request: Request, cookie: str, wanted: str) -> Response:
    response = see(request, local_path(wanted))
    response.set_cookie(
        cookie_name(request),
        cookie,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.app.state.secure,
    )
    return response


def _again(request: Request, email: str, wanted: str, errors: dict[str, str]) -> Response:
    return render(request, SignInPage(email=email, next=local_path(wanted), errors=errors), 422)


@router.get("/account/person")
async def show_person(who: SignedInDep) -> Response:
    """Say whose session this is, to a page that was left open and may have been another's."""
    return PlainTextResponse(who.person_ref)


@router.post("/sign-out")
async def end_session(request: Request, session: SessionDep, who: SignedInDep) -> Response:
    """Sign out: the session ends here, so a copy of its cookie is worth nothing."""
    end_sign_in(session, who.digest)
    response = see(request, "/sign-in", banner="You are signed out")
    response.delete_cookie(
        cookie_name(request),
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.app.state.secure,
    )
    return response
