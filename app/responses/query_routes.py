"""Queries on the web: what the lead asks about a sent response, which then goes back."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Unfit
from app.db import Session
from app.responses.commands import return_with_queries
from app.responses.forms import Returning
from app.responses.pages import AnswerShown, ChooseQueriesPage, QueriesPage
from app.responses.queries import Work, find_work
from app.responses.rules import check_queryable
from app.responses.standing import answers_shown, skeleton, standing
from app.web.chrome import about_a_subject
from app.web.filters import plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import Page, render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Queried = Annotated[Work, Depends(MayOn(Action.RESPONSE_QUERY, find_work), scope="function")]


@router.get("/assignments/{assignment}/queries")
async def show_queries(
    request: Request, session: SessionDep, actor: ActorDep, queried: Queried
) -> Response:
    """Ask which answers the lead asks about; then, of those chosen, what they ask."""
    check_queryable(queried.round.stage, queried.subject.state, queried.state)
    about_a_subject(request)
    chosen = request.query_params.getlist("question")
    if chosen:
        page = _reasons(request, session, actor, queried, dict.fromkeys(chosen, ""), {})
        return render(request, page)
    missed = {"question": "Tick one or more questions"} if "ask" in request.query_params else {}
    page = _choose(request, session, actor, queried, missed)
    return render(request, page, 422 if missed else 200)


@router.post("/assignments/{assignment}/queries")
async def return_to_agency(
    request: Request, session: SessionDep, actor: ActorDep, queried: Queried, form: PostedDep
) -> Response:
    """Return a sent response to its agency with what the lead asks."""
    try:
        given = read(Returning, form)
        asked = given.asked(queried.filled.by_id)
        return_with_queries(session, actor, queried, given.version, asked)
    except Unfit as unfit:
        about_a_subject(request)
        page = _reasons(request, session, actor, queried, _typed(form), unfit.errors)
        return render(request, page, 422)
    at = f"/{request.state.place.slug}/rounds/{queried.round.ref}/returns"
    queries = plural(len(asked), "query", "queries")
    done = f"{queried.name} went back to {queried.agency.name} with {queries}"
    banner = looked_over(session, done, form)
    return see(request, at, banner=banner)


def _typed(form: Posted) -> dict[str, str]:
    return dict(zip(form.all("question"), form.all("words"), strict=False))


def _choose(
    request: Request, session: Session, actor: Actor, work: Work, errors: dict[str, str]
) -> Page:
    about = standing(request, session, actor, work)
    sections = skeleton(session, work).sections
    listed = tuple(answers_shown(about.at, work, sections, {}, actor.person_id, change=False))
    return ChooseQueriesPage(about, listed, errors)


def _reasons(
    request: Request,
    session: Session,
    actor: Actor,
    work: Work,
    typed: dict[str, str],
    errors: dict[str, str],
) -> Page:
    about = standing(request, session, actor, work)
    chosen = _chosen(session, about.at, work, actor, typed)
    if not chosen:
        return _choose(request, session, actor, work, errors or {"question": "Tick a question"})
    return QueriesPage(about, work.version, tuple((one, typed[one.key]) for one in chosen), errors)


def _chosen(
    session: Session, at: str, work: Work, actor: Actor, keys: Collection[str]
) -> list[AnswerShown]:
    every = skeleton(session, work).sections
    sections = answers_shown(at, work, every, {}, actor.person_id, change=False)
    return [one for section in sections for one in section.answers if one.key in keys]
