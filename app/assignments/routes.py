"""Assignments on the web: who audits what, and each agency's own record numbers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Scope, Unfit, scope
from app.assignments.commands import (
    assign_auditor,
    give_subjects,
    keep_local_record,
    share_out_evenly,
)
from app.assignments.forms import OwnNumber, Sharing
from app.assignments.models import Assignment
from app.assignments.naming import kind_of_subject, round_of, subject_called
from app.assignments.pages import LocalRecordPage, ReferenceSheetPage, WaitingPage
from app.assignments.queries import (
    CHOSEN,
    agencies_of_round,
    auditors_of,
    find_assignment,
    local_record_of,
    subjects_of_round,
)
from app.assignments.round_table import RoundTable, again, assignments_page, round_table
from app.assignments.rules import require_a_child
from app.assignments.second_auditors import WhoAnswered
from app.assignments.waiting import waiting_for_an_auditor
from app.db import Session
from app.identity.models import Agency
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.web.chrome import about_a_subject
from app.web.filters import plural
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, May, MayOn
from app.web.pages import render, see
from app.web.paging import ROWS, page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

RoundSeen = Annotated[Round, Depends(MayOn(Action.ASSIGNMENT_SEE, find_round), scope="function")]
RoundToShare = Annotated[
    Round, Depends(MayOn(Action.ASSIGNMENT_MAKE, find_round), scope="function")
]
RoundPlanned = Annotated[Round, Depends(MayOn(Action.ROUND_PLAN, find_round), scope="function")]
Making = Annotated[Scope, Depends(May(Action.ASSIGNMENT_MAKE), scope="function")]
Kept = Annotated[
    Assignment,
    Depends(MayOn(Action.LOCAL_RECORD_KEEP, find_assignment), scope="function"),
]


@router.get("/rounds/{round}/assignments")
async def show_assignments(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundSeen
) -> Response:
    """Show who audits which subject, as far as this person may know."""
    about_a_subject(request)
    return render(request, assignments_page(request, session, round_table(session, actor, seen)))


@router.post("/rounds/{round}/assignments")
async def share(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundToShare, form: PostedDep
) -> Response:
    """Give subjects to agencies or auditors, or share them out evenly."""
    table = round_table(session, actor, seen)
    page = assignments_page(request, session, table)
    try:
        given = read(Sharing, form)
        done = _share(session, actor, table, given, request.app.state.who_answered)
    except Unfit as unfit:
        about_a_subject(request)
        return render(request, again(page, unfit.errors, form), 422)
    return see(request, f"{page.at}{page.page}", banner=done)


def _share(
    session: Session, actor: Actor, table: RoundTable, given: Sharing, who_answered: WhoAnswered
) -> str:
    ticked = [subject for subject in table.chosen if subject.ref in given.subject]
    match given.do:
        case "agencies":
            agencies = [agency for agency in table.own if agency.ref in given.agency]
            if not table.whole_round or not agencies:
                raise Unfit({"agency": "Tick the agencies to give subjects to"})
            made = give_subjects(session, actor, table.round, ticked or table.chosen, agencies)
            return f"{plural(made, 'new assignment')} made"
        case "shares":
            waiting = table.without_auditor(ticked or table.chosen)
            if not waiting:
                raise Unfit({"": "Every assignment that may be shared out has an auditor already"})
            moved = share_out_evenly(
                session, actor, table.round, waiting, table.auditors, who_answered
            )
            return f"{plural(moved, 'assignment')} shared out"
        case "auditor" | "second":
            return _give_to_auditor(session, actor, table, given, who_answered)


def _give_to_auditor(
    session: Session, actor: Actor, table: RoundTable, given: Sharing, who_answered: WhoAnswered
) -> str:
    everybody = auditors_of(session, table.round, table.own)
    auditor = next((a for a in everybody if a.ref == given.auditor), None)
    if auditor is None:
        raise Unfit({"auditor": "Choose an auditor"})
    ticked = [subject for subject in table.chosen if subject.ref in given.subject]
    second = given.do == "second"
    assignments = table.assignments(ticked, auditor.agency_id, second=second)
    if not assignments:
        raise Unfit({"subject": "Tick one or more subjects that their agency has been given"})
    moved = assign_auditor(session, actor, table.round, assignments, auditor, who_answered)
    return f"{plural(moved, 'assignment')} given to {auditor.name}"


@router.get("/assignments")
async def show_waiting(request: Request, session: SessionDep, within: Making) -> Response:
    """List what waits for an auditor in every round within reach."""
    about_a_subject(request)
    waiting = waiting_for_an_auditor(session, within)
    number = page_number(request.query_params.get("page", ""), len(waiting))
    shown = waiting[(number - 1) * ROWS : number * ROWS]
    at = f"/{request.state.place.slug}"
    listed = paged(shown, number, len(waiting), f"{at}/assignments?page=")
    return render(request, WaitingPage(at, listed))


@router.get("/assignments/{assignment}/local-record")
async def show_local_record(request: Request, session: SessionDep, kept: Kept) -> Response:
    """Show the agency its own number for a subject."""
    require_a_child(kind_of_subject(session, kept))
    about_a_subject(request)
    return render(request, _local_record(request, session, kept))


@router.post("/assignments/{assignment}/local-record")
async def keep_record(
    request: Request, session: SessionDep, actor: ActorDep, kept: Kept, form: PostedDep
) -> Response:
    """Keep the agency's own number for a subject."""
    require_a_child(kind_of_subject(session, kept))
    try:
        given = read(OwnNumber, form)
    except Unfit as unfit:
        page = _local_record(request, session, kept, form.one("number"), unfit.errors)
        about_a_subject(request)
        return render(request, page, 422)
    keep_local_record(session, actor, round_of(session, kept), kept, given.number)
    at = f"/{request.state.place.slug}/assignments/{kept.ref}"
    return see(request, at, banner="Your record number is kept, for your agency's eyes only")


def _local_record(
    request: Request,
    session: Session,
    kept: Assignment,
    number: str | None = None,
    errors: dict[str, str] | None = None,
) -> LocalRecordPage:
    return LocalRecordPage(
        at=f"/{request.state.place.slug}/assignments/{kept.ref}",
        subject=subject_called(session, kept),
        agency=session.get_one(Agency, kept.agency_id).name,
        number=local_record_of(session, kept) if number is None else number,
        errors=errors or {},
    )


@router.get("/rounds/{round}/reference-sheet")
async def show_reference_sheet(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned
) -> Response:
    """Print the labels of a round, with room to write by hand what each stands for."""
    about_a_subject(request)
    agencies = agencies_of_round(session, scope(actor, Action.ROUND_PLAN), seen)
    page = ReferenceSheetPage(
        at=f"/{request.state.place.slug}/rounds/{seen.ref}",
        round_title=seen.title,
        labels=tuple(s.label for s in subjects_of_round(session, seen) if s.state == CHOSEN),
        agencies=tuple(agency.name for agency in agencies),
    )
    return render(request, page)
