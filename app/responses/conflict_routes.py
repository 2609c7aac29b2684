"""A conflict of interest on the web: its auditor gives a subject back before anything is sent."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.assignments.conflicts import declare_conflict
from app.assignments.forms import ConflictDeclared
from app.assignments.rules import Conflict
from app.responses.pages import ConflictOfInterestPage, Standing
from app.responses.queries import Work, find_work
from app.responses.rules import check_answerable
from app.responses.standing import standing
from app.web.chrome import about_a_subject
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Own = Annotated[Work, Depends(MayOn(Action.CONFLICT_DECLARE, find_work), scope="function")]


@router.get("/assignments/{assignment}/conflict-of-interest")
async def show_conflict(
    request: Request, session: SessionDep, actor: ActorDep, own: Own
) -> Response:
    """Ask what sort of conflict of interest it is."""
    check_answerable(own.round.stage, own.subject.state, own.state)
    about_a_subject(request)
    about = standing(request, session, actor, own)
    return render(request, _page(about, own, {}))


@router.post("/assignments/{assignment}/conflict-of-interest")
async def give_up(
    request: Request, session: SessionDep, actor: ActorDep, own: Own, form: PostedDep
) -> Response:
    """Declare a conflict of interest: another auditor takes the subject over."""
    check_answerable(own.round.stage, own.subject.state, own.state)
    about = standing(request, session, actor, own)
    try:
        given = read(ConflictDeclared, form)
    except Unfit as unfit:
        about_a_subject(request)
        return render(request, _page(about, own, unfit.errors), 422)
    declare_conflict(session, actor, own.round, own.assignment, given.kind)
    banner = f"{own.name} is with your agency lead again, who gives it to somebody else"
    return see(request, f"/{request.state.place.slug}/my-work", banner=banner)


def _page(about: Standing, own: Work, errors: dict[str, str]) -> ConflictOfInterestPage:
    subject = own.question_set.subject
    kinds = tuple((kind.value, kind.words(subject)) for kind in Conflict)
    return ConflictOfInterestPage(about, kinds, subject.about_a_child, errors)
