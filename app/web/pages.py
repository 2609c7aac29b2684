"""From a page's values to HTML."""

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import ClassVar

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.config import ROOT
from app.web import filters
from app.web.assets import asset
from app.web.chrome import BANNER, Chrome, banner_cookie, chrome_of

TEMPLATES = ROOT / "templates"


@cache
def environment() -> Environment:
    """Return the templates: escaped, and strict about names they are not given."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters.update(
        day=filters.day, moment=filters.moment, plural=filters.plural, listed=filters.listed
    )
    return made


@dataclass(frozen=True)
class Page:
    """Everything one template is given, and the parts of it that htmx may ask for by id.

    A template also sees `chrome` (what surrounds every page) and `token` (for its forms).
    """

    template: ClassVar[str]
    fragments: ClassVar[frozenset[str]] = frozenset()
    known: ClassVar[list[type["Page"]]] = []

    def __init_subclass__(cls) -> None:
        """Remember every page, so that tests check each against its template."""
        Page.known.append(cls)


def render(request: Request, page: Page, status: int = 200, banner: str = "") -> HTMLResponse:
    """Return the whole page, or just the part that htmx is about to replace.

    A fragment is a block of the page's own template named after the element it fills, so the
    request says which one it wants and no route needs to know. A page that is drawn again with
    what was typed says itself in its `banner` what was done.
    """
    template = environment().get_template(page.template)
    chrome = chrome_of(request)
    if banner:
        chrome = replace(chrome, banner=banner)
    values = {"chrome": chrome, "token": chrome.token, **_given_by(page)}
    wanted = _fragment_wanted(request)
    if wanted in page.fragments:
        html = "".join(template.blocks[wanted](template.new_context(values)))
    else:
        html = template.render(values)
    return _answer(request, html, status, chrome)


def _given_by(page: Page) -> dict[str, object]:
    # A function, since a method's name could not be a field's.
    return {field.name: getattr(page, field.name) for field in fields(page)}


def _answer(request: Request, html: str, status: int, chrome: Chrome) -> HTMLResponse:
    response = HTMLResponse(html, status, headers={"Vary": "HX-Request, HX-Target"})
    if chrome.banner and BANNER in request.cookies:
        response.delete_cookie(BANNER, path="/")
    return response


def see(request: Request, address: str, banner: str = "") -> RedirectResponse:
    """Answer a form by sending the browser to a page, with a line on what was done."""
    response = RedirectResponse(address, 303)
    if banner:
        response.set_cookie(
            BANNER,
            banner_cookie(request, banner),
            max_age=60,
            path="/",
            httponly=True,
            samesite="lax",
            secure=request.app.state.secure,
        )
    return response


def _fragment_wanted(request: Request) -> str:
    headers = request.headers
    if "HX-Request" not in headers or "HX-History-Restore-Request" in headers:
        return ""
    return headers.get("HX-Target", "").rpartition("#")[2]
