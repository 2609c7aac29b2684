"""Queries on the web: what the lead asks about a sent response, which then goes back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Unfit
from app.db import Session
from app.responses.commands import return_with_queries
from app.responses.forms import Returning
from app.responses.pages import AnswerShown, ChooseQueriesPage, QueriesPage, SectionShown
from app.responses.queries import Work, as_asked_now, find_work
from app.responses.rules import check_queryable
from app.responses.skeleton import skeleton_of
from app.responses.standing import answers_shown, standing
from app.web.chrome import about_a_subject
from app.web.filters import plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import Page, render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

NOT_ASKED_THEN = "Not asked when it was sent"

Queried = Annotated[Work, Depends(MayOn(Action.RESPONSE_QUERY, find_work), scope="function")]


@router.get("/assignments/{assignment}/queries")
async def show_queries(
    request: Request, session: SessionDep, actor: ActorDep, queried: Queried
) -> Response:
    """Ask which answers the lead asks about; then, of those chosen, what they ask."""
    check_queryable(queried.round.stage, queried.subject.state, queried.state)
    about_a_subject(request)
    chosen = request.query_params.getlist("question")
    if chosen and "choose" not in request.query_params:
        page = _reasons(request, session, actor, queried, dict.fromkeys(chosen, ""), {})
        return render(request, page)
    missed = {"question": "Tick one or more questions"} if "ask" in request.query_params else {}
    page = _choose(request, session, actor, queried, missed, chosen)
    return render(request, page, 422 if missed else 200)


@router.post("/assignments/{assignment}/queries")
async def return_to_agency(
    request: Request, session: SessionDep, actor: ActorDep, queried: Queried, form: PostedDep
) -> Response:
    """Return a sent response to its agency with what the lead asks."""
    try:
        given = read(Returning, form)
        asked = given.asked([one.key for one in _listed(session, "", queried, actor)])
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
    request: Request,
    session: Session,
    actor: Actor,
    work: Work,
    errors: dict[str, str],
    ticked: Sequence[str] = (),
) -> Page:
    about = standing(request, session, actor, work)
    sections = _sections(session, about.at, work, actor)
    return ChooseQueriesPage(about, sections, tuple(ticked), errors)


def _reasons(
    request: Request,
    session: Session,
    actor: Actor,
    work: Work,
    typed: dict[str, str],
    errors: dict[str, str],
) -> Page:
    about = standing(request, session, actor, work)
    chosen = [one for one in _listed(session, about.at, work, actor) if one.key in typed]
    if not chosen:
        return _choose(request, session, actor, work, errors or {"question": "Tick a question"})
    asked = tuple((one, typed[one.key]) for one in chosen)
    again = urlencode([("choose", "1"), *(("question", one.key) for one in chosen)])
    return QueriesPage(about, work.version, asked, f"{about.at}/queries?{again}", errors)


def _listed(session: Session, at: str, work: Work, actor: Actor) -> list[AnswerShown]:
    return [one for each in _sections(session, at, work, actor) for one in each.answers]


def _sections(session: Session, at: str, work: Work, actor: Actor) -> tuple[SectionShown, ...]:
    """List what may be asked about: all that the agency is asked once it has the response again.

    That is what the round asks now, also where it was sent before the round moved to this version.
    """
    now = as_asked_now(session, work)
    if work.nil is not None:  # what was typed before it was declared unknown is nobody's to read
        now = replace(now, answers={})
    every = skeleton_of(session, work.round.tool_version_id, now.question_set, now.kind).sections
    sections = answers_shown(at, now, every, {}, actor.person_id, change=False)
    then = {place.question.id for place in work.question_set.asked_of[work.kind]}
    return tuple(
        replace(
            each,
            answers=tuple(
                one if one.answered or one.key in then else replace(one, words=NOT_ASKED_THEN)
                for one in each.answers
            ),
        )
        for each in sections
    )
