"""A person's calendar on the web: their link to it, and what their calendar reads."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse

from app.access import Action, Actor, Scope, holds
from app.db import Session
from app.exports.calendar_days import calendar_days
from app.exports.commands import end_calendar, open_calendar
from app.exports.pages import CalendarLinkPage, CalendarPage
from app.identity.calendar_links import (
    LinkedCalendar,
    TooOften,
    calendar_link_of,
    read_calendar_link,
)
from app.identity.sign_ins import Place, find_place
from app.people.rules import network_of
from app.people.signing_in import address_of
from app.web.addresses import public_address
from app.web.guard import ActorDep, May, PasswordLately, member_of
from app.web.pages import render, see
from app.web.units import SessionDep, database_of

router = APIRouter()

CalendarKept = Annotated[Scope, Depends(May(Action.CALENDAR_KEEP), scope="function")]

NO_SUCH_CALENDAR = "There is no such calendar."
ASKED_TOO_OFTEN = "This calendar was asked for too often. Try again in five minutes."


@router.get("/{partnership}/calendar")
async def show_calendar(
    request: Request, session: SessionDep, actor: ActorDep, _: CalendarKept
) -> Response:
    """Say what a calendar would carry, and whether the person has a link to it."""
    link = calendar_link_of(session, actor.person_id, actor.partnership_id)
    page = CalendarPage(
        here=request.url.path,
        actions=f"/{request.state.place.slug}/actions",
        made_at=link.made_at if link else None,
        used_at=link.used_at if link else None,
    )
    return render(request, page)


@router.post("/{partnership}/calendar/link", dependencies=[PasswordLately])
async def make_link(
    request: Request, session: SessionDep, actor: ActorDep, _: CalendarKept
) -> Response:
    """Make the link, or make it anew, and show it: this answer is the only place it ever is."""
    code = open_calendar(session, actor, request.state.place.slug)
    back = request.url.path.removesuffix("/link")
    link = f"{public_address(request)}/calendar/{code}.ics"
    return render(request, CalendarLinkPage(back=back, link=link))


@router.post("/{partnership}/calendar/link/end")
async def end_link(
    request: Request, session: SessionDep, actor: ActorDep, _: CalendarKept
) -> Response:
    """Put an end to the link: whoever holds it reads nothing from now on."""
    end_calendar(session, actor, request.state.place.slug)
    back = request.url.path.removesuffix("/link/end")
    return see(request, back, banner="The link to your calendar has ended")


@router.get("/calendar/{code}.ics")
async def give_calendar(request: Request, code: str) -> Response:
    """Give a calendar the days of whose link it holds, as far as they are in reach now.

    Unknown, ended, of somebody who has left or lost every role: all are one answer.
    """
    # Loaded here: its library is large, and most who serve have nobody with such a calendar.
    from app.exports.calendar_feed import TYPE, calendar_feed  # noqa: PLC0415

    database = database_of(request)
    try:
        async with database.writing_in_turn() as writing:
            linked = read_calendar_link(writing, code, network_of(address_of(request)))
    except TooOften:
        return PlainTextResponse(ASKED_TOO_OFTEN, 429)
    with database.reading() as session:
        found = _reader(request, session, linked) if linked else None
        if linked is None or found is None:
            return PlainTextResponse(NO_SUCH_CALENDAR, 404)
        place, actor = found
        days = calendar_days(session, actor)
    uid = f"{linked.person_ref}-{place.slug}@casefile"
    content = calendar_feed(uid, place.name, f"{public_address(request)}/{place.slug}", days)
    kept = {"Content-Disposition": 'attachment; filename="casefile.ics"'}
    return Response(content, media_type=TYPE, headers=kept)


def _reader(
    request: Request, session: Session, linked: LinkedCalendar
) -> tuple[Place, Actor] | None:
    """Return who a calendar is read for, as the permission table meets them now."""
    place = find_place(session, linked.person_id, linked.slug)
    if place is None:
        return None
    actor = member_of(request, session, place, linked.person_id, linked.name)
    return (place, actor) if holds(actor, Action.CALENDAR_KEEP) else None
