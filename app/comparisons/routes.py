"""Comparisons on the web."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from app.access import Action
from app.comparisons.agreement import MOST, agreement_page
from app.comparisons.blindness import Sight
from app.comparisons.files import files_beside
from app.comparisons.grid import Links, Words, grid
from app.comparisons.looking import Looking, choices_of, looking_at
from app.comparisons.may import may, reaches
from app.comparisons.order import groups, same_left, summary
from app.comparisons.pages import ComparisonPage, QueuePage
from app.comparisons.queries import Found, auditors_of, compare, judgement_of, names_in_sight
from app.comparisons.queue import SHOWS, SORTS, Wanted, most_left, queue, queue_at, time_left
from app.comparisons.reach import FoundDep, SightDep, WholeDep, address_of
from app.comparisons.rules import judged_by
from app.comparisons.side_by_side import Comparison
from app.db import today
from app.responses.late import marks_about
from app.rounds.rules import Doing
from app.web.filters import plural
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

ONWARD, BACK = "onward", "back"
"""What an address asks for that leads to the next subject, or the one before, by what is left."""


@router.get("/comparisons")
async def show_queue(
    request: Request, session: SessionDep, actor: ActorDep, within: SightDep
) -> Response:
    """Show the subjects of a round, with how far their comparison has come."""
    at, query = address_of(request, within.round), request.query_params
    show = query.get("show", "") if query.get("show") in SHOWS else ""
    sort = query.get("sort", "") if query.get("sort") in SORTS else ""
    here = f"{at}/comparisons"
    detailed = reaches(actor, Action.ASSIGNMENT_SEE, within.round)
    return render(
        request,
        QueuePage(
            round=within.round,
            at=at,
            items=queue(session, within, at, Wanted(show, sort, query.get("page", "1"), detailed)),
            show=show,
            shows=tuple(
                (words, queue_at(here, key, sort), key == show) for key, words in SHOWS.items()
            ),
            sorts=tuple(
                (words, queue_at(here, show, key), key == sort) for key, words in SORTS.items()
            ),
            time_left=time_left(within.round, today(session)),
            everything=within.everything,
        ),
    )


@router.get("/agreement")
async def show_agreement(request: Request, session: SessionDep, within: WholeDep) -> Response:
    """Show where the agencies of a round part, and how far second auditors agree."""
    most = request.query_params.get("sort") == MOST
    at = address_of(request, within.round)
    return render(request, agreement_page(session, within, at, most_first=most))


@router.get("/subjects/{subject}/comparison")
async def show_comparison(
    request: Request, session: SessionDep, actor: ActorDep, within: SightDep, found: FoundDep
) -> Response:
    """Show one subject's responses side by side."""
    if ONWARD in request.query_params:
        return _onward(request, session, within, found)
    comparison = compare(session, within, found)
    may_name = reaches(actor, Action.ASSIGNMENT_SEE, within.round)
    looking = looking_at(request.query_params, comparison, may_name=may_name)
    here = address_of(request, within.round)
    at = f"{here}/subjects/{found.subject.ref}/comparison"
    grouped = groups(comparison, looking)
    may_agree = may(actor, Action.COMPARISON_AGREE, Doing.AGREE, within.round)
    auditors = auditors_of(session, found.subject, comparison.sides) if looking.names else ()
    late = marks_about(session, found.subject.id or 0, within.round.returns_due)
    files = files_beside(session, actor, found.subject, request.state.place.slug)
    token = request.state.token
    links = Links(at, may_agree, auditors, looking.reasons, late, files, token)
    judged = judgement_of(session, found.subject)
    grades = judged_by(comparison.sheet.question_set)
    previous, following = _neighbours(session, within, found, here, looking)
    return render(
        request,
        ComparisonPage(
            round=within.round,
            at=at,
            queue=f"{here}/comparisons",
            name=found.name(comparison.sheet.question_set),
            table=grid(comparison, grouped, links, _known(session, found, within)),
            summary=summary(comparison),
            sent=comparison.sent,
            agencies=len(comparison.sides),
            looking=looking,
            choices=choices_of(comparison),
            shown=sum(len(group.rows) for group in grouped),
            questions=len(comparison.rows),
            names=looking.address(at, names=not looking.names) if may_name else None,
            reasons=looking.address(at, reasons=not looking.reasons),
            same_left=len(same_left(comparison)) if may_agree else 0,
            may_agree=may_agree,
            judgement=grades[-1].labels[judged.level] if grades and judged else "",
            judges=bool(grades),
            next_step=_next_step(comparison, at, following, unjudged=bool(grades) and not judged)
            if may_agree
            else None,
            previous=previous,
            next=following,
            by_left=_by_left(looking.address(at)),
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
    session: SessionDep, within: Sight, found: Found, at: str, looking: Looking
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return the subjects before and after, as label and address, looked at in the same way."""
    subjects = names_in_sight(session, within)
    place = [subject.key for subject in subjects].index(found.subject.id)
    links = [
        (s.label, looking.address(f"{at}/subjects/{s.ref}/comparison"))
        for s in subjects[max(0, place - 1) : place + 2]
    ]
    before = links[0] if place else None
    return before, links[-1] if place + 1 < len(subjects) else None


def _onward(request: Request, session: SessionDep, within: Sight, found: Found) -> Response:
    """Go on from one subject to another by how many differences are left, round and round.

    Counted when somebody goes there: the page of one subject does not wait for all the others.
    """
    at, query = address_of(request, within.round), request.query_params
    following = most_left(session, within, found, back=query[ONWARD] == BACK)
    if following is None:
        return see(request, f"{at}/comparisons", banner="No other subject has differences left")
    asked = urlencode([(name, value) for name, value in query.multi_items() if name != ONWARD])
    return see(request, f"{at}/subjects/{following.ref}/comparison{'?' if asked else ''}{asked}")


def _by_left(here: str) -> tuple[str, str]:
    onward = f"{here}{'&' if '?' in here else '?'}{ONWARD}="
    return f"{onward}{BACK}", f"{onward}next"
