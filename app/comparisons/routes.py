"""Comparisons on the web."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound, Unfit
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.commands import BeforePanel, agree_answer
from app.comparisons.decisions import read_decision, seen_version
from app.comparisons.grid import Links, Words, grid
from app.comparisons.may import may
from app.comparisons.meeting import Allowed, meeting_page, recorded_values
from app.comparisons.order import DIFFERENCES, QUESTIONS, groups, next_left, summary
from app.comparisons.pages import ComparisonPage, MeetingPage, QueuePage
from app.comparisons.queries import Found, compare, find_subject, subjects_in_sight
from app.comparisons.queue import queue
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing
from app.web.chrome import about_a_subject
from app.web.forms import PostedDep
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundCompared = Annotated[
    Round, Depends(MayOn(Action.COMPARISON_SEE, find_round), scope="function")
]
RoundAgreed = Annotated[
    Round, Depends(MayOn(Action.COMPARISON_AGREE, find_round), scope="function")
]


async def sight(actor: ActorDep, seen: RoundCompared) -> Sight:
    """Work out what this person may see of the round that the address names."""
    return sight_of(actor, seen)


SightDep = Annotated[Sight, Depends(sight, scope="function")]


async def subject_compared(request: Request, session: SessionDep, within: SightDep) -> Found:
    """Find the subject that the address names, among those open to this person."""
    found = find_subject(session, within, request.path_params["subject"])
    if found is None:
        raise NotFound
    about_a_subject(request)
    return found


FoundDep = Annotated[Found, Depends(subject_compared, scope="function")]


async def question_compared(
    request: Request, session: SessionDep, within: SightDep, found: FoundDep
) -> BeforePanel:
    """Find the question that the address names, among those that the subject's agencies have."""
    comparison = compare(session, within, found)
    row = comparison.row(request.path_params["question"])
    if row is None:
        raise NotFound
    return BeforePanel(within.round, found.subject, comparison, row)


BeforePanelDep = Annotated[BeforePanel, Depends(question_compared, scope="function")]


def _at(request: Request, seen: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{seen.ref}"


def _meeting(
    request: Request,
    actor: Actor,
    before: BeforePanel,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> MeetingPage:
    allowed = Allowed(
        agree=may(actor, Action.COMPARISON_AGREE, Doing.AGREE, before.round),
        write=may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, before.round),
    )
    return meeting_page(before, _at(request, before.round), allowed, values, errors or {})


@router.get("/comparisons")
async def show_queue(request: Request, session: SessionDep, within: SightDep) -> Response:
    """Show the subjects of a round, with how far their comparison has come."""
    at, query = _at(request, within.round), request.query_params
    only_left = query.get("show") == "left"
    items = queue(session, within, at, only_left=only_left, page=query.get("page", "1"))
    return render(request, QueuePage(within.round, at, items, only_left, within.everything))


@router.get("/subjects/{subject}/comparison")
async def show_comparison(
    request: Request, session: SessionDep, actor: ActorDep, within: SightDep, found: FoundDep
) -> Response:
    """Show one subject's responses side by side."""
    comparison = compare(session, within, found)
    order = QUESTIONS if request.query_params.get("order") == QUESTIONS else DIFFERENCES
    only = request.query_params.get("only") == DIFFERENCES
    at = f"{_at(request, within.round)}/subjects/{found.subject.ref}/comparison"
    grouped = groups(comparison, order, only=only)
    links = Links(at, may(actor, Action.COMPARISON_AGREE, Doing.AGREE, within.round))
    previous, following = _neighbours(request, session, within, found)
    return render(
        request,
        ComparisonPage(
            round=within.round,
            at=at,
            queue=f"{_at(request, within.round)}/comparisons",
            name=found.name(comparison.sheet.question_set),
            table=grid(comparison, grouped, links, _known(session, found, within)),
            summary=summary(comparison),
            sent=comparison.sent,
            agencies=len(comparison.sides),
            order=order,
            only=only,
            empty=not grouped,
            previous=previous,
            next=following,
        ),
    )


def _known(session: SessionDep, found: Found, within: Sight) -> Words:
    """Return the words of coded answers already escaped for this version of the tool."""
    cache: dict[object, object] = session.info["cache"]
    key = ("answers in words", within.round.tool_version_id, found.strand.question_set)
    known = cache.setdefault(key, {})
    return known if isinstance(known, dict) else {}


def _neighbours(
    request: Request, session: SessionDep, within: Sight, found: Found
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return the subjects before and after, as label and address."""
    at = _at(request, within.round)
    subjects = [each.subject for each in subjects_in_sight(session, within)]
    place = [subject.id for subject in subjects].index(found.subject.id)
    links = [(s.label, f"{at}/subjects/{s.ref}/comparison") for s in subjects]
    before = links[place - 1] if place else None
    return before, links[place + 1] if place + 1 < len(links) else None


@router.get("/subjects/{subject}/comparison/{question}")
async def show_question(request: Request, actor: ActorDep, before: BeforePanelDep) -> Response:
    """Show one question to the panel: every agency's answer and reason, and the agreed answer."""
    return render(request, _meeting(request, actor, before, recorded_values(before)))


@router.post("/subjects/{subject}/comparison/{question}")
async def agree(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    led: RoundAgreed,
    before: BeforePanelDep,
    form: PostedDep,
) -> Response:
    """Record what the panel decided, and go on to the next difference."""
    try:
        decision = read_decision(before.row.line.question, form)
        agree_answer(session, actor, before, decision, seen_version(form))
    except Unfit as unfit:
        return render(request, _meeting(request, actor, before, form, unfit.errors), 422)
    at = f"{_at(request, led)}/subjects/{before.subject.ref}/comparison"
    following = next_left(before.comparison, before.row)
    if following is None:
        return see(request, at, banner="Saved. No differences are left to decide.")
    return see(request, f"{at}/{following.line.question.id}", banner="Saved")
