"""A strand's sample on the web: its overview, and the check that the draw comes out the same."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from app.access import NotNow
from app.samples.draw import redraw_matches
from app.samples.overview import View, draw_facts, overview
from app.samples.pages import CheckPage
from app.samples.presence import Seen, view_of
from app.samples.queries import Sampled, draw_of, drawn_by, frame_of, referrals_of
from app.web.guard import ActorDep
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/strands/{strand}/sample")


@router.get("")
async def show_sample(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen, page: str = ""
) -> Response:
    """Show what has been done for a strand's sample, what comes next, and what was drawn."""
    return render(request, overview(session, seen, view_of(request, actor, seen), page))


@router.get("/check")
async def check_draw(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """Draw again from the stored list, and say whether it gives what is recorded."""
    return render(request, _check(session, seen, view_of(request, actor, seen)))


def _check(session: Session, seen: Sampled, view: View) -> CheckPage:
    record = draw_of(session, seen.strand_id)
    frame = frame_of(session, seen.strand_id)
    if record is None:
        raise NotNow("Nothing has been drawn yet, so there is nothing to check.")
    rows = referrals_of(session, frame) if frame else []
    differences = tuple(redraw_matches(drawn_by(session, record), rows)) if rows else ()
    return CheckPage(
        at=view.at,
        strand_title=seen.strand.title,
        facts=draw_facts(session, record),
        equal=bool(rows) and not differences,
        gone=not rows,
        differences=differences if view.draws else (),
        hidden_differences=0 if view.draws else len(differences),
    )
