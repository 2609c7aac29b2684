"""Help, the privacy notice and the accessibility statement on the web."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound, Role, Scope
from app.guidance.pages import AccessibilityPage, HelpPage, PrivacyPage, SigningInPage
from app.guidance.queries import coordinators_of
from app.guidance.roles import GUIDES
from app.web.guard import ActorDep, May, SignedOut, signed_in
from app.web.pages import Page, render
from app.web.units import SessionDep

router = APIRouter()

Own = Annotated[Scope, Depends(May(Action.WORK_SEE), scope="function")]


@router.get("/help")
async def show_signing_in(request: Request, session: SessionDep) -> Response:
    """Help somebody to sign in."""
    return await _to_anybody(request, session, SigningInPage(request.app.state.settings))


@router.get("/privacy")
async def show_privacy(request: Request, session: SessionDep) -> Response:
    """Say what is kept about whom, and for how long."""
    settings = request.app.state.settings
    return await _to_anybody(request, session, PrivacyPage(settings, settings.privacy_wants))


@router.get("/accessibility")
async def show_accessibility(request: Request, session: SessionDep) -> Response:
    """Say how accessible the service is."""
    settings = request.app.state.settings
    page = AccessibilityPage(settings, settings.accessibility_wants)
    return await _to_anybody(request, session, page)


async def _to_anybody(request: Request, session: SessionDep, page: Page) -> Response:
    """Show a page to anybody; who is signed in keeps their name and the way to sign out."""
    with suppress(SignedOut):
        await signed_in(request, session)
    return render(request, page)


@router.get("/{partnership}/help")
async def show_help(request: Request, session: SessionDep, actor: ActorDep, _: Own) -> Response:
    """Show the help of one's own roles."""
    return _help(request, session, actor.partnership_id, actor.roles, "Help")


@router.get("/{partnership}/help/{role}")
async def show_help_of_a_role(
    request: Request, session: SessionDep, actor: ActorDep, _: Own, role: str
) -> Response:
    """Show the help of any role: what others do is no secret."""
    named = [each for each in GUIDES if each.value.replace("_", "-") == role]
    if not named:
        raise NotFound
    title = f"Help: {named[0].words}"
    return _help(request, session, actor.partnership_id, frozenset(named), title)


def _help(
    request: Request,
    session: SessionDep,
    partnership_id: int,
    roles: frozenset[Role],
    title: str,
) -> Response:
    page = HelpPage(
        at=f"/{request.state.place.slug}",
        title=title,
        guides=[(role, guide) for role, guide in GUIDES.items() if role in roles],
        others=[role for role in GUIDES if role not in roles],
        coordinators=coordinators_of(session, partnership_id),
    )
    return render(request, page)
