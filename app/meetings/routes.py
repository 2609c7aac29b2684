"""The panel's meetings on the web: begin one, say who is there, end it, and read its record."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotAllowed, NotFound, NotNow, Unfit
from app.comparisons.blindness import Sight
from app.comparisons.may import may, reaches
from app.comparisons.reach import RoundAgreed, SightDep, address_of
from app.db import Session
from app.meetings.judging import judgements_page
from app.meetings.listing import Who, meetings_page, next_question, panel_page, record_page
from app.meetings.models import Meeting
from app.meetings.pages import NOTHING_TYPED, EndingPage, MeetingsPage, RecordPage, Typed
from app.meetings.panels import Panel, begin_beside, chairs
from app.meetings.queries import find_meeting
from app.meetings.room import ENDED, ChangedRoom, Room, Seen, begin, change_room, end
from app.meetings.rules import Overtaken
from app.rounds.rules import Doing, allows, require
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")


class Sitting(NamedTuple):
    """One meeting, with what of its round is in somebody's sight."""

    sight: Sight
    meeting: Meeting


async def sitting_named(request: Request, session: SessionDep, within: SightDep) -> Sitting:
    """Find the meeting that the address names, in the round that it names."""
    found = find_meeting(session, within.round, request.path_params["meeting"])
    if found is None:
        raise NotFound
    return Sitting(within, found)


SittingDep = Annotated[Sitting, Depends(sitting_named, scope="function")]


def _holds(session: Session, actor: Actor, sitting: Sitting) -> bool:
    """Say whether somebody holds a meeting: the lead of the round, and who chairs this panel."""
    within = sitting.sight.round
    return reaches(actor, Action.COMPARISON_AGREE, within) or chairs(
        session, within, sitting.meeting, actor.person_id
    )


async def sitting_held(session: SessionDep, actor: ActorDep, sitting: SittingDep) -> Sitting:
    """Let in who holds the meeting that the address names."""
    if not _holds(session, actor, sitting):
        raise NotAllowed
    return sitting


HeldDep = Annotated[Sitting, Depends(sitting_held, scope="function")]


@router.get("/judgements")
async def show_judgements(request: Request, session: SessionDep, within: SightDep) -> Response:
    """Show every case: the agencies' own grades, and the panel's judgement beside them."""
    return render(request, judgements_page(session, within, address_of(request, within.round)))


@router.get("/meetings")
async def show_meetings(
    request: Request, session: SessionDep, actor: ActorDep, within: SightDep
) -> Response:
    """Show the panel's meetings of a round, and what waits for the next one."""
    return render(request, _meetings(request, session, actor, within))


def _meetings(
    request: Request, session: Session, actor: Actor, within: Sight, typed: Typed = NOTHING_TYPED
) -> MeetingsPage:
    decides = may(actor, Action.COMPARISON_AGREE, Doing.AGREE, within.round)
    who = Who(actor.person_id, decides, now=allows(within.round.stage, Doing.AGREE))
    return meetings_page(session, within, address_of(request, within.round), typed, who)


@router.post("/meetings")
async def begin_meeting(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    led: RoundAgreed,
    within: SightDep,
    *,
    form: PostedDep,
) -> Response:
    """Begin a meeting, and open the first difference that waits for it."""
    try:
        begin(session, actor, led, read(Room, form))
    except Unfit as unfit:
        page = _meetings(request, session, actor, within, Typed(form, unfit.errors))
        return render(request, page, 422)
    at = address_of(request, led)
    following = next_question(session, within, at)
    return see(request, following or f"{at}/meetings", banner="Meeting begun")


@router.get("/panels")
async def show_second_panel(request: Request, session: SessionDep, led: RoundAgreed) -> Response:
    """Offer to begin the meeting of a second panel, with cases of its own."""
    require(led.stage, Doing.AGREE)
    return render(request, panel_page(session, led, address_of(request, led), NOTHING_TYPED))


@router.post("/panels")
async def begin_second_panel(
    request: Request, session: SessionDep, actor: ActorDep, led: RoundAgreed, *, form: PostedDep
) -> Response:
    """Begin the meeting of a second panel, beside the one that is open."""
    at = address_of(request, led)
    try:
        begun = begin_beside(session, actor, led, read(Panel, form))
    except Unfit as unfit:
        return render(request, panel_page(session, led, at, Typed(form, unfit.errors)), 422)
    except Overtaken as overtaken:
        errors = {"name": str(overtaken)}
        return render(request, panel_page(session, led, at, Typed(form, errors)), 409)
    return see(request, f"{at}/meetings", banner=f"{begun.name}: meeting begun")


@router.get("/meetings/{meeting}")
async def show_record(
    request: Request, session: SessionDep, actor: ActorDep, sitting: SittingDep
) -> Response:
    """Show the record of one meeting."""
    return render(request, _record(request, session, actor, sitting))


def _record(
    request: Request,
    session: Session,
    actor: Actor,
    sitting: Sitting,
    typed: Typed = NOTHING_TYPED,
) -> RecordPage:
    within = sitting.sight.round
    may_change = allows(within.stage, Doing.AGREE) and _holds(session, actor, sitting)
    at = address_of(request, within)
    return record_page(session, sitting.sight, sitting.meeting, at, typed, may_change=may_change)


@router.post("/meetings/{meeting}/room")
async def change_who_is_there(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    sitting: HeldDep,
    *,
    form: PostedDep,
) -> Response:
    """Say anew who is in the room."""
    try:
        change_room(session, actor, sitting.sight.round, sitting.meeting, read(ChangedRoom, form))
    except Unfit as unfit:
        page = _record(request, session, actor, sitting, Typed(form, unfit.errors))
        return render(request, page, 422)
    except Overtaken as overtaken:
        errors = {"others": str(overtaken)}
        return render(request, _record(request, session, actor, sitting, Typed(form, errors)), 409)
    here = f"{address_of(request, sitting.sight.round)}/meetings/{sitting.meeting.ref}"
    return see(request, here, banner="Saved")


@router.get("/meetings/{meeting}/end")
async def ask_before_ending(
    request: Request, session: SessionDep, actor: ActorDep, sitting: HeldDep
) -> Response:
    """Say what ending a meeting fixes, before it is ended."""
    require(sitting.sight.round.stage, Doing.AGREE)
    if sitting.meeting.ended_at:
        raise NotNow(ENDED)
    shown = _record(request, session, actor, sitting)
    page = EndingPage(
        round=shown.round,
        here=shown.here,
        name=shown.name,
        took=shown.took,
        began=shown.began,
        present=shown.present,
        version=shown.version,
    )
    return render(request, page)


@router.post("/meetings/{meeting}/end")
async def end_meeting(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    sitting: HeldDep,
    *,
    form: PostedDep,
) -> Response:
    """End a meeting: its record is what was said until now."""
    end(session, actor, sitting.sight.round, sitting.meeting, read(Seen, form))
    here = f"{address_of(request, sitting.sight.round)}/meetings/{sitting.meeting.ref}"
    return see(request, here, banner="Meeting ended")
