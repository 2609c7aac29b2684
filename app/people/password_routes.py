"""Setting a password: through an invitation or reset link, or by somebody signed in.

The form behind a link asks for no token, for the reason that the sign-in form asks for none; and
its address is a secret that only its holder can post to.
"""

from typing import Annotated, TypeVar

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from app.access import Unfit
from app.identity.links import LivingLink, Purpose, find_link
from app.identity.passwords import check_strength
from app.identity.sign_ins import confirm_sign_in, forget_try
from app.people.hashing import hash_aside, verify_aside
from app.people.pages import ChangePasswordPage, ConfirmPage, DeadLinkPage, LinkPage
from app.people.passwords import change_own, set_through
from app.people.rules import local_path
from app.people.signing_in import TOO_MANY, address_of, begin_try
from app.web.errors import error_page
from app.web.forms import Input, Posted, PostedDep, read
from app.web.guard import SignedInDep
from app.web.pages import render, see
from app.web.slow import slow
from app.web.units import SessionDep, database_of

router = APIRouter()
NOT_YOURS = "That is not your password"
P = TypeVar("P", bound="NewPassword")

Secret = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=False)]


class NewPassword(Input):
    """A password and, since it cannot be seen while it is typed, the same again."""

    password: Secret = Field(json_schema_extra={"missing": "Enter a password"})
    again: Secret = Field(json_schema_extra={"missing": "Type the password again"})


class ChangedPassword(NewPassword):
    """The same, with the password that it replaces."""

    current: Secret = Field(json_schema_extra={"missing": "Enter your password as it is now"})


def _read_new_password(model: type[P], form: Posted, email: str) -> P:
    """Read a form that sets a password, or say what is wrong with the password."""
    given = read(model, form)
    check_strength(given.password, email)
    if given.again != given.password:
        raise Unfit({"again": "The two passwords are not the same: type both again"})
    return given


@router.get("/links/{code}")
async def show_link(request: Request, session: SessionDep, code: str) -> Response:
    """Show whose link this is, and ask for a password. Looking does not use it up."""
    link = find_link(session, code)
    return _page(request, link, code, {}) if link else _dead(request)


@router.post("/links/{code}")
@slow
async def use_link(request: Request, form: PostedDep, code: str) -> Response:
    """Set the password, once; every session of the person ends."""
    with database_of(request).reading() as looking:
        link = find_link(looking, code)
    if link is None:
        return _dead(request)
    try:
        password = _read_new_password(NewPassword, form, link.email).password
    except Unfit as unfit:
        return _page(request, link, code, unfit.errors)
    hashed = await hash_aside(password)
    async with database_of(request).writing_in_turn() as session:
        done = set_through(session, link, hashed)
    if not done:
        return _dead(request)
    return see(request, "/sign-in", banner="Your password is set. Sign in with it")


def _page(request: Request, link: LivingLink, code: str, errors: dict[str, str]) -> Response:
    page = LinkPage(
        code=code,
        name=link.name,
        email=link.email,
        inviting=link.purpose is Purpose.INVITATION,
        errors=errors,
    )
    return render(request, page, 422 if errors else 200)


def _dead(request: Request) -> Response:
    return render(request, DeadLinkPage(), 404)


class Confirmed(Input):
    """One's own password, typed again, and where to go on."""

    current: Secret = Field(json_schema_extra={"missing": "Enter your password"})
    next: str = ""


@router.get("/account/confirm")
async def ask_to_confirm(request: Request, who: SignedInDep) -> Response:
    """Ask somebody signed in for their password, before what is final or reaches far."""
    wanted = local_path(request.query_params.get("next", "/"))
    return render(request, ConfirmPage(email=who.email, next=wanted, errors={}))


@router.post("/account/confirm")
@slow
async def confirm(
    request: Request, session: SessionDep, who: SignedInDep, form: PostedDep
) -> Response:
    """Take the password, and go on to where it was asked for."""
    session.close()  # nothing may be held while hashing
    wanted = local_path(form.one("next"))

    def again(errors: dict[str, str]) -> Response:
        return render(request, ConfirmPage(email=who.email, next=wanted, errors=errors), 422)

    try:
        given = read(Confirmed, form)
    except Unfit as unfit:
        return again(unfit.errors)
    async with database_of(request).writing_in_turn() as writing:
        tried = begin_try(writing, who.email, address_of(request))
    if tried is None:
        return error_page(request, 429, TOO_MANY)
    if not await verify_aside(given.current, tried.stored):
        return again({"current": NOT_YOURS})
    async with database_of(request).writing_in_turn() as writing:
        forget_try(writing, tried.counted)
        confirm_sign_in(writing, who.digest)
    return see(request, wanted)


@router.get("/account/password")
async def ask_for_change(request: Request, who: SignedInDep) -> Response:
    """Ask somebody who is signed in for a new password."""
    return render(request, ChangePasswordPage(email=who.email, errors={}))


@router.post("/account/password")
@slow
async def change_password(
    request: Request, session: SessionDep, who: SignedInDep, form: PostedDep
) -> Response:
    """Change one's own password; every session ends, this one too.

    A wrong present password counts as a try at signing in, or an unwatched screen could be used to
    guess it.
    """
    session.close()  # nothing may be held while hashing
    try:
        given = _read_new_password(ChangedPassword, form, who.email)
    except Unfit as unfit:
        return render(request, ChangePasswordPage(email=who.email, errors=unfit.errors), 422)
    async with database_of(request).writing_in_turn() as writing:
        tried = begin_try(writing, who.email, address_of(request))
    if tried is None:
        return error_page(request, 429, TOO_MANY)
    if not await verify_aside(given.current, tried.stored):
        wrong = {"current": NOT_YOURS}
        return render(request, ChangePasswordPage(email=who.email, errors=wrong), 422)
    hashed = await hash_aside(given.password)
    async with database_of(request).writing_in_turn() as writing:
        change_own(writing, who, tried, hashed)
    return see(request, "/sign-in", banner="Your password is changed. Sign in with it")
