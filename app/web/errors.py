"""Every refusal and failure as a page in plain words, with what to do and a reference."""

import secrets
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlsplit

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from app.access import NotAllowed, NotFound, NotNow, Unfit
from app.db.engines import UnsafeDatabase
from app.web.guard import Forged, PasswordWanted, SignedOut
from app.web.pages import Page, render

log = structlog.get_logger()


@dataclass(frozen=True)
class ErrorPage(Page):
    """What went wrong, and what to do about it."""

    template: ClassVar[str] = "errors/error.html"

    status: int
    explanation: str | None
    """What this was about, in place of the usual sentence."""
    reference: str | None


_NOT_THERE = 404


def error_page(request: Request, status: int, explanation: str = "") -> Response:
    """Answer with the page for a status; the template knows the usual words for each."""
    reference = secrets.token_hex(4)
    if status == _NOT_THERE:
        request.state.alarms = ()  # or a page that is not there would tell whose it is
    log.info("refused", status=status, reference=reference, method=request.method)
    return render(request, ErrorPage(status, explanation or None, reference), status)


_STATUS: dict[type[Exception], int] = {NotAllowed: 403, NotFound: 404, NotNow: 409}


def add_error_pages(app: FastAPI) -> None:
    """Give every refusal its page."""
    for refusal in _STATUS:
        app.exception_handler(refusal)(_refused)
    for lost in (OperationalError, InterfaceError, PoolTimeout, UnsafeDatabase):
        app.exception_handler(lost)(_database_away)
    app.exception_handler(Forged)(_forged)
    app.exception_handler(Unfit)(_unfit)
    app.exception_handler(SignedOut)(_signed_out)
    app.exception_handler(PasswordWanted)(_password_wanted)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_misread)


async def _refused(request: Request, error: Exception) -> Response:
    status = next(status for refusal, status in _STATUS.items() if isinstance(error, refusal))
    return error_page(request, status, str(error))


async def _forged(request: Request, _: Exception) -> Response:
    return error_page(request, 403, "This page was made for a session that has ended.")


async def _unfit(request: Request, error: Unfit) -> Response:
    return error_page(request, 422, ". ".join(error.errors.values()))


async def _http(request: Request, error: HTTPException) -> Response:
    return error_page(request, error.status_code)


async def _misread(request: Request, _: Exception) -> Response:
    return error_page(request, 422)


async def _database_away(request: Request, error: Exception) -> Response:
    kind = type(error.orig).__name__ if isinstance(error, DBAPIError) else type(error).__name__
    log.error("database away", kind=kind)
    return error_page(request, 503)


async def _signed_out(request: Request, _: Exception) -> Response:
    """Send a looker to sign in and back; tell a saver plainly, and never by a redirect."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        back = request.url.path
        return RedirectResponse(f"/sign-in?next={quote(back)}", 303)
    if "HX-Request" in request.headers or "X-Casefile-Save" in request.headers:
        return PlainTextResponse("You are signed out. Nothing was saved.", 401)
    return error_page(request, 401)


async def _password_wanted(request: Request, _: Exception) -> Response:
    """Ask for the password, and come back to the page, or to the page of the form."""
    here = request.url
    back = f"{here.path}?{here.query}" if here.query else here.path
    if request.method != "GET":
        back = _sent_from(request)
    return RedirectResponse(f"/account/confirm?next={quote(back, safe='')}", 303)


def _sent_from(request: Request) -> str:
    """Return the path of the page that a form was on, as far as the browser says so."""
    try:
        return urlsplit(request.headers.get("Referer", "/")).path
    except ValueError:
        return "/"
