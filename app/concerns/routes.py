"""Immediate concerns on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Unfit, holds
from app.comparisons.may import reaches
from app.comparisons.reach import FoundDep, SightDep
from app.concerns.commands import acknowledge, change_advice, raise_concern
from app.concerns.forms import Acknowledged, NewAdvice, RaisedConcern
from app.concerns.models import Concern
from app.concerns.pages import AdvicePage, ConcernPage, ConcernsPage
from app.concerns.queries import (
    advice_of,
    concerns_of,
    count_concerns,
    find_concern,
    own_concerns,
)
from app.concerns.rules import Outcome
from app.db import Session
from app.responses.queries import Work, find_work
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.samples.models import Subject
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

raising = [Depends(May(Action.CONCERN_RAISE), scope="function")]
advising = [Depends(May(Action.CONCERN_ADVISE), scope="function")]
Seen = Annotated[Work, Depends(MayOn(Action.RESPONSE_SEE, find_work), scope="function")]
RoundSeen = Annotated[Round, Depends(MayOn(Action.CONCERN_SEE, find_round), scope="function")]
RoundAnswered = Annotated[
    Round, Depends(MayOn(Action.CONCERN_ACKNOWLEDGE, find_round), scope="function")
]
Known = Annotated[
    Concern, Depends(MayOn(Action.CONCERN_ACKNOWLEDGE, find_concern), scope="function")
]
RECORDED = (
    "It is recorded that you raised an immediate concern. The audit lead and the coordinator see "
    "it when they next open a page. Do what this page says now."
)


@router.get("/assignments/{assignment}/concern", dependencies=raising)
async def ask_on_assignment(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """Say what to do now, to somebody at a response about the subject."""
    at = f"{_home(request)}/assignments/{seen.assignment.ref}"
    return _ask(request, session, actor, seen.subject, at, at)


@router.post("/assignments/{assignment}/concern", dependencies=raising)
async def raise_on_assignment(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen, form: PostedDep
) -> Response:
    """Record a concern raised at a response about the subject."""
    read(RaisedConcern, form)
    raise_concern(session, actor, seen.round, seen.subject, seen.assignment.agency_id)
    at = f"{_home(request)}/assignments/{seen.assignment.ref}/concern"
    return see(request, at, RECORDED)


@router.get("/rounds/{round}/subjects/{subject}/concern", dependencies=raising)
async def ask_on_subject(
    request: Request, session: SessionDep, actor: ActorDep, within: SightDep, found: FoundDep
) -> Response:
    """Say what to do now, to somebody who compares what was answered about the subject."""
    at = _of_subject(request, within.round, found.subject)
    return _ask(request, session, actor, found.subject, at, f"{at}/comparison")


@router.post("/rounds/{round}/subjects/{subject}/concern", dependencies=raising)
async def raise_on_subject(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    within: SightDep,
    found: FoundDep,
    form: PostedDep,
) -> Response:
    """Record a concern raised where the subject's answers are compared."""
    read(RaisedConcern, form)
    raise_concern(session, actor, within.round, found.subject, None)
    return see(request, f"{_of_subject(request, within.round, found.subject)}/concern", RECORDED)


def _ask(
    request: Request, session: Session, actor: Actor, subject: Subject, at: str, back: str
) -> Response:
    own = own_concerns(session, actor, subject.id)
    request.state.concern = None  # this page says it in full
    page = ConcernPage(
        at=f"{at}/concern",
        back=back,
        subject=subject.label,
        advice=advice_of(session, actor.partnership_id),
        own=own,
        waits=any(each.acknowledged_at is None for each in own),
        settings=_advice(request) if holds(actor, Action.CONCERN_ADVISE) else "",
    )
    return render(request, page)


@router.get("/rounds/{round}/concerns")
async def list_concerns(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundSeen
) -> Response:
    """List the concerns of a round, with how each was acknowledged."""
    return _list(request, session, actor, seen)


@router.post("/rounds/{round}/concerns/{concern}/acknowledgement")
async def acknowledge_one(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    seen: RoundAnswered,
    known: Known,
    form: PostedDep,
) -> Response:
    """Record that a concern is known, and what was done."""
    try:
        acknowledge(session, actor, seen, known, read(Acknowledged, form))
    except Unfit as unfit:
        return _list(request, session, actor, seen, known.ref, unfit.errors)
    number = page_number(request.query_params.get("page", ""), count_concerns(session, seen)[1])
    at = f"{_of_round(request, seen)}/concerns{f'?page={number}' if number > 1 else ''}"
    return see(request, at, "Immediate concern acknowledged")


def _list(
    request: Request,
    session: Session,
    actor: Actor,
    seen: Round,
    wrong: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    waiting, total = count_concerns(session, seen)
    number = page_number(request.query_params.get("page", ""), total)
    found = concerns_of(session, seen, (number - 1) * ROWS, ROWS)
    at = _of_round(request, seen)
    page = ConcernsPage(
        at=at,
        title=seen.title,
        listed=paged(found, number, total, f"{at}/concerns?page="),
        page=number,
        waiting=waiting,
        may_acknowledge=reaches(actor, Action.CONCERN_ACKNOWLEDGE, seen),
        outcomes=tuple((each.value, each.words) for each in Outcome),
        wrong=wrong,
        errors=errors or {},
    )
    return render(request, page, 422 if errors else 200)


@router.get("/danger-advice", dependencies=advising)
async def show_advice(request: Request, session: SessionDep, actor: ActorDep) -> Response:
    """Show what people are told to do, to be changed."""
    advice, line = advice_of(session, actor.partnership_id), request.state.place.danger_advice
    version = str(advice.version)
    page = AdvicePage(_advice(request), _home(request), advice, line, advice.words, version, {})
    return render(request, page)


@router.post("/danger-advice", dependencies=advising)
async def write_advice(
    request: Request, session: SessionDep, actor: ActorDep, form: PostedDep
) -> Response:
    """Change what people are told to do."""
    try:
        change_advice(session, actor, read(NewAdvice, form))
    except Unfit as unfit:
        advice = advice_of(session, actor.partnership_id)
        typed = form.one("line"), form.one("words"), form.one("version")
        page = AdvicePage(_advice(request), _home(request), advice, *typed, unfit.errors)
        return render(request, page, 422)
    return see(request, _advice(request), "Changed. People are told this from now on.")


def _home(request: Request) -> str:
    return f"/{request.state.place.slug}"


def _advice(request: Request) -> str:
    return f"{_home(request)}/danger-advice"


def _of_round(request: Request, seen: Round) -> str:
    return f"{_home(request)}/rounds/{seen.ref}"


def _of_subject(request: Request, seen: Round, subject: Subject) -> str:
    return f"{_of_round(request, seen)}/subjects/{subject.ref}"
