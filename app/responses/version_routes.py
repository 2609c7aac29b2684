"""The versions of a response on the web: who sent each and when, and what changed between two."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound
from app.responses.differences import differences, versions_of
from app.responses.pages import VersionsPage
from app.responses.queries import Work, find_work
from app.responses.standing import standing
from app.web.chrome import about_a_subject
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Seen = Annotated[Work, Depends(MayOn(Action.RESPONSE_SEE, find_work), scope="function")]


@router.get("/assignments/{assignment}/versions")
async def show_versions(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """List every version of a response that was sent, and tell two of them apart in words."""
    about_a_subject(request)
    versions = versions_of(session, seen)
    numbers = [each.number for each in versions]
    older = _chosen(request, "from", numbers, numbers[-2:-1])
    newer = _chosen(request, "to", numbers, numbers[-1:])
    changed = differences(session, seen, older, newer) if len(numbers) > 1 else ()
    about = standing(request, session, actor, seen)
    return render(request, VersionsPage(about, versions, older, newer, tuple(changed)))


def _chosen(request: Request, name: str, numbers: list[int], usual: list[int]) -> int:
    asked = request.query_params.get(name, "")
    known = {str(number): number for number in numbers}
    if asked and asked not in known:
        raise NotFound
    return known[asked] if asked else next(iter(usual), 0)
