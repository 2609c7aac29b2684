"""Nil returns on the web: declared with what was searched, or taken back before they are sent."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.responses.forms import NilDeclared, Version
from app.responses.nil_commands import declare_not_known, take_back_not_known
from app.responses.pages import NilReturnPage
from app.responses.queries import Work, find_whole
from app.responses.rules import ResponseState, check_about_a_child, check_answerable
from app.responses.standing import standing
from app.web.chrome import about_a_subject
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Declared = Annotated[Work, Depends(MayOn(Action.NIL_RETURN_DECLARE, find_whole), scope="function")]


@router.get("/assignments/{assignment}/nil-return")
async def show_nil_return(
    request: Request, session: SessionDep, actor: ActorDep, work: Declared
) -> Response:
    """Ask what was searched, or offer to take back what was declared and is not sent."""
    check_about_a_child(work.question_set.subject)
    declared = work.nil is not None and work.state is ResponseState.WITH_AGENCY_LEAD
    if not declared:
        check_answerable(work.round.stage, work.subject.state, work.state)
    about_a_subject(request)
    about = standing(request, session, actor, work)
    return render(request, NilReturnPage(about, work.version, declared, "", "", {}))


@router.post("/assignments/{assignment}/nil-return")
async def declare_nil_return(
    request: Request, session: SessionDep, actor: ActorDep, work: Declared, form: PostedDep
) -> Response:
    """Declare that the child is not known to the agency."""
    about = standing(request, session, actor, work)
    try:
        declare_not_known(session, actor, work, read(NilDeclared, form))
    except Unfit as unfit:
        about_a_subject(request)
        typed = form.one("searched"), form.one("note")
        page = NilReturnPage(about, work.version, False, *typed, unfit.errors)  # noqa: FBT003
        return render(request, page, 422)
    banner = looked_over(session, "Declared as not known. Your agency lead can now send it.", form)
    return see(request, about.at, banner=banner)


@router.post("/assignments/{assignment}/nil-return/withdrawal")
async def take_back_nil_return(
    request: Request, session: SessionDep, actor: ActorDep, work: Declared, form: PostedDep
) -> Response:
    """Take back that the child is not known."""
    take_back_not_known(session, actor, work, read(Version, form).version)
    at = f"/{request.state.place.slug}/assignments/{work.assignment.ref}"
    return see(request, at, banner="Taken back. The questions can be answered again.")
