"""Comparisons on the web."""

from fastapi import APIRouter, Request, Response

from app.access import Action
from app.comparisons.blindness import Sight
from app.comparisons.grid import Links, Words, grid
from app.comparisons.may import may
from app.comparisons.order import DIFFERENCES, QUESTIONS, groups, same_left, summary
from app.comparisons.pages import ComparisonPage, QueuePage
from app.comparisons.queries import Found, compare, judgement_of, names_in_sight
from app.comparisons.queue import queue
from app.comparisons.reach import FoundDep, SightDep, address_of
from app.comparisons.rules import judged_by
from app.comparisons.side_by_side import Comparison
from app.responses.late import marks_about
from app.rounds.rules import Doing
from app.web.filters import plural
from app.web.guard import ActorDep
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")


@router.get("/comparisons")
async def show_queue(request: Request, session: SessionDep, within: SightDep) -> Response:
    """Show the subjects of a round, with how far their comparison has come."""
    at, query = address_of(request, within.round), request.query_params
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
    at = f"{address_of(request, within.round)}/subjects/{found.subject.ref}/comparison"
    grouped = groups(comparison, order, only=only)
    may_agree = may(actor, Action.COMPARISON_AGREE, Doing.AGREE, within.round)
    links = Links(at, may_agree)
    judged = judgement_of(session, found.subject)
    grades = judged_by(comparison.sheet.question_set)
    previous, following = _neighbours(request, session, within, found)
    return render(
        request,
        ComparisonPage(
            round=within.round,
            at=at,
            queue=f"{address_of(request, within.round)}/comparisons",
            name=found.name(comparison.sheet.question_set),
            table=grid(
                comparison,
                grouped,
                links,
                _known(session, found, within),
                marks_about(session, found.subject.id or 0, within.round.returns_due),
            ),
            summary=summary(comparison),
            sent=comparison.sent,
            agencies=len(comparison.sides),
            order=order,
            only=only,
            empty=not grouped,
            same_left=len(same_left(comparison)) if may_agree else 0,
            may_agree=may_agree,
            judgement=grades[-1].labels[judged.level] if grades and judged else "",
            judges=bool(grades),
            next_step=_next_step(comparison, at, following, unjudged=bool(grades) and not judged)
            if may_agree
            else None,
            previous=previous,
            next=following,
        ),
    )


def _next_step(
    comparison: Comparison, at: str, following: tuple[str, str] | None, *, unjudged: bool
) -> tuple[str, str] | None:
    """Say what comes next for the lead: differences, what all said alike, judgement, next one."""
    subject, alike = at.removesuffix("/comparison"), len(same_left(comparison))
    first = next((row for row in comparison.rows if row.left), None)
    if first is not None:
        words = f"Go through what is left: {plural(comparison.left, 'difference')}"
        return words, f"{at}/{first.line.question.id}"
    if alike:
        return f"Agree what all said alike: {plural(alike, 'question')}", f"{subject}/alike"
    if unjudged:
        return "Judge this as a whole", f"{subject}/judgement"
    return (f"Go on to {following[0]}", following[1]) if following else None


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
    at = address_of(request, within.round)
    subjects = names_in_sight(session, within)
    place = [subject.key for subject in subjects].index(found.subject.id)
    links = [(s.label, f"{at}/subjects/{s.ref}/comparison") for s in subjects]
    before = links[place - 1] if place else None
    return before, links[place + 1] if place + 1 < len(links) else None
