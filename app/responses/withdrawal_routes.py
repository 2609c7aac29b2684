"""Taking assignments back on the web: what would go and what stays, then doing it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import col

from app.access import Action, Unfit
from app.assignments.round_table import again, assignments_page, round_table
from app.db import Session
from app.identity.models import Agency
from app.library.queries import pinned_tool
from app.responses.forms import ToTakeBack, Withdrawal
from app.responses.pages import WithdrawalPage
from app.responses.withdrawals import Withdrawable, found_for_withdrawal, withdraw
from app.rounds.models import Round
from app.rounds.queries import find_round, strands_of
from app.rounds.rules import Doing, require
from app.samples.models import Subject
from app.web.chrome import about_a_subject
from app.web.filters import plural
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Given = Annotated[Round, Depends(MayOn(Action.ASSIGNMENT_TAKE_BACK, find_round), scope="function")]


@router.post("/rounds/{round}/assignments/withdrawal/preview")
async def preview_withdrawal(
    request: Request, session: SessionDep, actor: ActorDep, given: Given, form: PostedDep
) -> Response:
    """Say which of the ticked assignments would be taken back, and which stay."""
    require(given.stage, Doing.ASSIGN)
    about_a_subject(request)
    try:
        found = _ticked(session, given, read(ToTakeBack, form))
    except Unfit as unfit:
        page = assignments_page(request, session, round_table(session, actor, given))
        return render(request, again(page, unfit.errors, form), 422)
    named = [
        (
            each.assignment.ref,
            f"{each.subject.label}, {each.agency.name}"
            + (", second auditor" if each.assignment.place > 1 else ""),
        )
        for each in found
    ]
    going = tuple(one for one, each in zip(named, found, strict=True) if not each.begun)
    stays = tuple(name for (_, name), each in zip(named, found, strict=True) if each.begun)
    at = f"/{request.state.place.slug}/rounds/{given.ref}/assignments"
    return render(
        request, WithdrawalPage(at, given.title, going, stays, _about_a_child(session, given))
    )


def _ticked(session: Session, given: Round, wanted: ToTakeBack) -> list[Withdrawable]:
    ticked = col(Subject.ref).in_(wanted.subject) & col(Agency.ref).in_(wanted.agency)
    found = found_for_withdrawal(session, given, ticked)
    if not found:
        told = "Tick the subjects and the agencies to take back what they were given"
        raise Unfit({"agency": told})
    return found


@router.post("/rounds/{round}/assignments/withdrawal")
async def take_back(
    request: Request, session: SessionDep, actor: ActorDep, given: Given, form: PostedDep
) -> Response:
    """Take back assignments that nobody has begun."""
    gone, stay = withdraw(session, actor, given, read(Withdrawal, form).assignment)
    told = f"{plural(gone, 'assignment')} taken back"
    if stay:
        told += f". Somebody has begun to answer {stay} meanwhile: kept"
    at = f"/{request.state.place.slug}/rounds/{given.ref}/assignments"
    return see(request, at, banner=told)


def _about_a_child(session: Session, given: Round) -> bool:
    tool = pinned_tool(session, given.tool_version_id)
    strands = strands_of(session, given)
    return any(tool.question_set[each.question_set].subject.about_a_child for each in strands)
