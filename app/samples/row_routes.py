"""The rows of the imported list on the web, for the business unit alone."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from app.access import NotFound, Unfit
from app.rounds.rules import Doing, allows
from app.samples.commands import exclude_row, take_row_back
from app.samples.forms import LeftOut
from app.samples.frame import IN_WORDS, STRATA
from app.samples.models import FrameRow
from app.samples.pages import ExclusionPage, RowLine, RowsPage
from app.samples.presence import ToDraw, at
from app.samples.queries import RowsWanted, Sampled, draw_of, find_row, frame_of, rows_of
from app.samples.rules import RowOvertaken, stratum_words
from app.web.filters import day
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/strands/{strand}/sample")


async def row_of_list(request: Request, session: SessionDep, sampled: ToDraw) -> FrameRow:
    """Load the row that an address names, in the strand that it names."""
    found = find_row(session, sampled, request.path_params["row"])
    if found is None:
        raise NotFound
    return found


Row = Annotated[FrameRow, Depends(row_of_list, scope="function")]


@router.get("/rows")
async def show_rows(request: Request, session: SessionDep, sampled: ToDraw) -> Response:
    """Show the rows of the imported list, fifty at a time."""
    frame = frame_of(session, sampled.strand_id)
    if frame is None:
        raise NotFound
    wanted = _wanted(request)
    _, total = rows_of(session, frame, wanted, 0, 1)
    page = page_number(request.query_params.get("page", ""), total)
    rows, _ = rows_of(session, frame, wanted, (page - 1) * ROWS, ROWS)
    here = at(request, sampled)
    lines = [_line(here, row) for row in rows]
    return render(
        request,
        RowsPage(
            at=here,
            strand_title=sampled.strand.title,
            lines=paged(lines, page, total, f"{here}/rows?{_query(wanted)}&page="),
            reference=wanted.reference,
            outcome=wanted.outcome,
            excluded=wanted.excluded,
            strata=(("", "Every outcome"), *((s.value, IN_WORDS[s]) for s in STRATA)),
            changeable=_changeable(session, sampled),
        ),
    )


def _wanted(request: Request) -> RowsWanted:
    asked = request.query_params
    outcome = asked.get("outcome", "")
    return RowsWanted(
        reference=asked.get("reference", "").replace("\x00", "").strip()[:100],
        outcome=outcome if outcome in set(STRATA) else "",
        excluded=asked.get("excluded") == "yes",
    )


def _query(wanted: RowsWanted) -> str:
    excluded = "yes" if wanted.excluded else ""
    return urlencode(
        {"reference": wanted.reference, "outcome": wanted.outcome, "excluded": excluded}
    )


def _line(here: str, row: FrameRow) -> RowLine:
    return RowLine(
        reference=row.reference,
        outcome=stratum_words(row.outcome),
        received=row.received,
        previous=row.previous,
        re_referred=row.re_referred,
        excluded=row.excluded,
        href=f"{here}/rows/{row.ref}/exclusion",
    )


def _changeable(session: Session, sampled: Sampled) -> bool:
    drawn = draw_of(session, sampled.strand_id) is not None
    return allows(sampled.round.stage, Doing.SAMPLE) and not drawn


@router.get("/rows/{row}/exclusion")
async def ask_to_exclude(request: Request, sampled: ToDraw, row: Row) -> Response:
    """Ask why a row is left out, or offer to take it back."""
    return render(request, _exclusion(request, sampled, row))


@router.post("/rows/{row}/exclusion")
async def leave_row_out(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    sampled: ToDraw,
    row: Row,
    form: PostedDep,
) -> Response:
    """Leave a row out of the draw, with the reason."""
    try:
        exclude_row(session, actor, sampled, row, read(LeftOut, form))
    except Unfit as unfit:
        page = _exclusion(request, sampled, row, form.one("reason"), unfit.errors)
        return render(request, replace(page, shown_reason=form.one("shown_reason")), 422)
    except RowOvertaken as overtaken:
        errors = {"reason": str(overtaken)}
        page = _exclusion(request, sampled, row, form.one("reason"), errors)
        return render(request, page, 409)
    address = f"{at(request, sampled)}/rows?excluded=yes"
    return see(
        request,
        address,
        banner=looked_over(session, f"{row.reference} is left out of the draw", form),
    )


@router.post("/rows/{row}/inclusion")
async def let_row_be_drawn(
    request: Request, session: SessionDep, actor: ActorDep, sampled: ToDraw, row: Row
) -> Response:
    """Let a row that was left out be drawn after all."""
    take_row_back(session, actor, sampled, row)
    address = f"{at(request, sampled)}/rows?excluded=yes"
    return see(request, address, banner=f"{row.reference} can be drawn again")


def _exclusion(
    request: Request,
    sampled: Sampled,
    row: FrameRow,
    reason: str = "",
    errors: dict[str, str] | None = None,
) -> ExclusionPage:
    here = at(request, sampled)
    before = (("Previous referral", day(row.previous)),) if row.previous else ()
    return ExclusionPage(
        at=here,
        row_at=f"{here}/rows/{row.ref}",
        facts=(
            ("Outcome", stratum_words(row.outcome)),
            ("Received", day(row.received)),
            *before,
            ("Re-referred", "Yes" if row.re_referred else "No"),
        ),
        reference=row.reference,
        excluded=row.excluded,
        shown_reason=row.excluded or "",
        reason=reason or row.excluded or "",
        errors=errors or {},
    )
