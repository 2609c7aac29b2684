"""The page of a newer version of a round's tool: its differences, the preview, and the move."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound, Unfit
from app.db import Session
from app.library.queries import pinned_tool
from app.newer_versions.commands import NewerVersion, move_to_version
from app.newer_versions.pages import AffectedRow, Chosen, EffectShown, NewerVersionPage
from app.newer_versions.queries import Preview, may_add_strands, preview
from app.newer_versions.rules import Affected, Effect, places_of
from app.responses.rules import ResponseState
from app.rounds.addresses import head_of, round_address
from app.rounds.models import Round
from app.rounds.offered import offered_tools, tool_address
from app.rounds.queries import find_round
from app.rounds.rules import Doing, require
from app.tools import Tool
from app.web.filters import plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundOnAVersion = Annotated[
    Round, Depends(MayOn(Action.ROUND_MOVE_VERSION, find_round), scope="function")
]


@router.get("/newer-version")
async def show_newer_version(
    request: Request, session: SessionDep, seen: RoundOnAVersion
) -> Response:
    """Say how a newer version differs, and list every answer that moving to it would affect."""
    require(seen.stage, Doing.NEWER_VERSION)
    asked, newer = request.query_params.get("to", ""), _newer(request, session, seen)
    if asked and asked not in newer:
        raise NotFound
    chosen = newer.get(asked) or next(iter(newer.values()), None)
    return render(request, _page(request, session, seen, chosen))


@router.post("/newer-version")
async def move_to_newer_version(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundOnAVersion, form: PostedDep
) -> Response:
    """Move the round to a newer version, if nothing has changed since the preview."""
    require(seen.stage, Doing.NEWER_VERSION)
    offered = {name: tool for name, tool, _ in offered_tools(request)}
    tool = offered.get(form.one("tool"))
    if tool is None or tool.slug != pinned_tool(session, seen.tool_version_id).slug:
        raise NotFound
    try:
        moved = move_to_version(session, actor, seen, tool, read(NewerVersion, form))
    except Unfit as unfit:
        return render(request, _page(request, session, seen, tool, form, unfit.errors), 422)
    back = sum(each.goes_back for each in moved.affected) if moved else 0
    banner = f"The round now asks version {tool.version}. Every answer was kept."
    banner += f" {plural(back, 'response')} went back to an auditor." if back else ""
    return see(request, round_address(request, seen), banner)


def _newer(request: Request, session: Session, seen: Round) -> dict[str, Tool]:
    """Find the newer versions on file, the newest first."""
    now = pinned_tool(session, seen.tool_version_id)
    return {
        name: tool
        for name, tool, _ in offered_tools(request)
        if tool.slug == now.slug and tool.version > now.version
    }


def _page(
    request: Request,
    session: Session,
    seen: Round,
    tool: Tool | None,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
) -> NewerVersionPage:
    now = pinned_tool(session, seen.tool_version_id)
    found = preview(session, seen, tool) if tool and tool.version > now.version else None
    return NewerVersionPage(
        of=head_of(request, seen, form),
        title=now.title,
        version=now.version,
        newer=tuple(
            (name, f"Version {each.version}")
            for name, each in _newer(request, session, seen).items()
        ),
        chosen=_chosen(request, seen, found) if found else None,
        wanted=form.all("question_sets") if form else (),
        errors=errors or {},
    )


def _chosen(request: Request, seen: Round, found: Preview) -> Chosen:
    written, query = found.written, request.query_params
    agencies = {each.agency_ref: each.agency for each in found.affected}
    agency = query.get("agency", "") if query.get("agency") in agencies else ""
    known = {effect.name.lower(): effect for effect in Effect}
    effect = query.get("effect", "") if query.get("effect") in known else ""
    listed = [
        each
        for each in found.affected
        if agency in {"", each.agency_ref}
        and (not effect or known[effect] in each.effects.values())
    ]
    named = f"{written.slug}.{written.version}"
    given = {"to": named, "agency": agency, "effect": effect}
    address = urlencode({name: value for name, value in given.items() if value})
    number = page_number(query.get("page", ""), len(listed))
    here = [_row(found, each) for each in listed[(number - 1) * ROWS : number * ROWS]]
    totals = Counter(effect for each in found.affected for effect in each.effects.values())
    may_add = may_add_strands(seen)
    return Chosen(
        tool=named,
        version=written.version,
        address=tool_address(request, written),
        changes=found.differing.listed,
        refused=found.differing.refused,
        totals=tuple((each.value, totals[each]) for each in Effect),
        responses=len(found.affected),
        go_back=sum(each.goes_back for each in found.affected),
        rows=paged(
            here,
            number,
            len(listed),
            f"{round_address(request, seen)}/newer-version?{address}&page=",
        ),
        agency=agency,
        effect=effect,
        agencies=(("", "Every agency"), *sorted(agencies.items(), key=lambda item: item[1])),
        effects=(
            ("", "Everything"),
            *((name, f"{each.value} ({totals[each]})") for name, each in known.items()),
        ),
        added=found.added if may_add else (),
        too_late=() if may_add else tuple(each.title for each in found.added),
        ended=tuple(each.title for each in found.ended),
        unshared=tuple(each.words for each in found.unshared),
        digest=found.digest,
    )


def _row(found: Preview, each: Affected) -> AffectedRow:
    places = places_of(found.old.question_set.get(each.strand), found.new.question_set[each.strand])
    return AffectedRow(
        subject=each.subject,
        agency=each.agency,
        state=ResponseState(each.state).words,
        goes_back=each.goes_back,
        effects=tuple(
            _effect(effect, [places[key].question.text for key in keys])
            for effect in Effect
            if (keys := each.of(effect))
        ),
    )


def _effect(effect: Effect, questions: Sequence[str]) -> EffectShown:
    told = () if effect is Effect.KEPT else tuple(questions)
    return EffectShown(effect.name.lower(), effect.value, len(questions), told)
