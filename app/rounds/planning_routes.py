"""Planning a round on the web: the list of its parts, and the parts that it agrees to once."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.db import Session, today
from app.library.queries import pinned_tool
from app.rounds.addresses import head_of, see_plan
from app.rounds.judgement import JudgementRule
from app.rounds.models import Round
from app.rounds.overview import next_steps
from app.rounds.pages import (
    AgencyContacts,
    ContactsPage,
    Head,
    NotesPage,
    PlanningPage,
    PrioritiesPage,
    RetentionPage,
    RulePage,
)
from app.rounds.planning import Planned, plan_parts, progress
from app.rounds.plans import (
    ChosenContacts,
    ChosenPriorities,
    ChosenRetention,
    ChosenRule,
    ProtectionNotes,
)
from app.rounds.queries import find_round, strands_of
from app.rounds.readiness import missing_for
from app.rounds.retention import USUAL, Kept
from app.rounds.rules import Doing, Stage, require
from app.rounds.taking_part import agencies_of, agency_leads, contacts_of, party_of
from app.rounds.terms import (
    choose_contacts,
    choose_priorities,
    choose_retention,
    choose_rule,
    write_notes,
)
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundPlanned = Annotated[Round, Depends(MayOn(Action.ROUND_PLAN, find_round), scope="function")]
Errors = Mapping[str, str]


@router.get("/planning")
async def show_planning(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned
) -> Response:
    """Show what of the plan is settled, and what is still to do."""
    planned = Planned(
        round=seen,
        tool=pinned_tool(session, seen.tool_version_id),
        strands=strands_of(session, seen),
        party=party_of(session, seen),
        contacts=list(contacts_of(session, seen)),
        today=today(session),
    )
    parts = plan_parts(planned)
    done, needed = progress(parts)
    forward, _ = next_steps(actor, seen)
    asked = request.app.state.round_readiness
    page = PlanningPage(
        of=head_of(request, seen),
        parts=parts,
        done=done,
        needed=needed,
        stage=Stage(seen.stage),
        next_stage=forward,
        missing=missing_for(session, seen, forward, asked) if forward else [],
    )
    return render(request, page)


@router.get("/contacts")
async def edit_contacts(request: Request, session: SessionDep, seen: RoundPlanned) -> Response:
    """Show whom one could ask in each agency."""
    require(seen.stage, Doing.STAFF)
    chosen = {agency: who.ref for agency, who in contacts_of(session, seen).items()}
    return render(request, _contacts(request, session, seen, head_of(request, seen), chosen, {}))


@router.post("/contacts")
async def save_contacts(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned, form: PostedDep
) -> Response:
    """Say whom to ask in each agency."""
    try:
        choose_contacts(session, actor, seen, read(ChosenContacts, form))
    except Unfit as unfit:
        chosen = dict(zip(form.all("agencies"), form.all("contacts"), strict=False))
        head = head_of(request, seen, form)
        return render(request, _contacts(request, session, seen, head, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Lead contacts chosen")


@router.get("/judgement-rule")
async def edit_rule(request: Request, seen: RoundPlanned) -> Response:
    """Show how judgements are made."""
    require(seen.stage, Doing.SET_RULE)
    given = (seen.judgement_rule, seen.judgement_words)
    return render(request, RulePage(head_of(request, seen), list(JudgementRule), *given))


@router.post("/judgement-rule")
async def save_rule(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned, form: PostedDep
) -> Response:
    """Say how judgements are made."""
    try:
        choose_rule(session, actor, seen, read(ChosenRule, form))
    except Unfit as unfit:
        given = (form.one("rule"), form.one("words"), unfit.errors)
        page = RulePage(head_of(request, seen, form), list(JudgementRule), *given)
        return render(request, page, 422)
    return see_plan(request, seen, "Judgement rule chosen")


@router.get("/priorities")
async def edit_priorities(request: Request, session: SessionDep, seen: RoundPlanned) -> Response:
    """Show the themes of the tool, the round's priorities ticked."""
    require(seen.stage, Doing.SET_RULE)
    tool = pinned_tool(session, seen.tool_version_id)
    return render(request, PrioritiesPage(head_of(request, seen), tool, seen.priorities))


@router.post("/priorities")
async def save_priorities(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned, form: PostedDep
) -> Response:
    """Say which themes are priorities."""
    tool = pinned_tool(session, seen.tool_version_id)
    try:
        choose_priorities(session, actor, seen, tool, read(ChosenPriorities, form))
    except Unfit as unfit:
        head, chosen = head_of(request, seen, form), form.all("priorities")
        return render(request, PrioritiesPage(head, tool, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Priorities chosen")


@router.get("/retention")
async def edit_retention(request: Request, seen: RoundPlanned) -> Response:
    """Show how long each class of data is kept; what is usual, until something is chosen."""
    require(seen.stage, Doing.KEEP)
    stored = seen.retention or {kind.value: months for kind, months in USUAL.items()}
    values = Posted({kind: [str(months)] for kind, months in stored.items()})
    return render(request, RetentionPage(head_of(request, seen), list(Kept), values))


@router.post("/retention")
async def save_retention(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned, form: PostedDep
) -> Response:
    """Say how long each class of data is kept."""
    try:
        choose_retention(session, actor, seen, read(ChosenRetention, form))
    except Unfit as unfit:
        page = RetentionPage(head_of(request, seen, form), list(Kept), form, unfit.errors)
        return render(request, page, 422)
    return see_plan(request, seen, "Retention chosen")


@router.get("/data-protection")
async def edit_notes(request: Request, seen: RoundPlanned) -> Response:
    """Show the data-protection notes."""
    require(seen.stage, Doing.KEEP)
    values = Posted({"dpia": [seen.dpia], "lawful_basis": [seen.lawful_basis]})
    return render(request, NotesPage(head_of(request, seen), values))


@router.post("/data-protection")
async def save_notes(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundPlanned, form: PostedDep
) -> Response:
    """Write the data-protection notes."""
    try:
        write_notes(session, actor, seen, read(ProtectionNotes, form))
    except Unfit as unfit:
        page = NotesPage(head_of(request, seen, form), form, unfit.errors)
        return render(request, page, 422)
    return see_plan(request, seen, "Data-protection notes saved")


def _contacts(
    request: Request,
    session: Session,
    seen: Round,
    head: Head,
    chosen: Mapping[str, str],
    errors: Errors,
) -> ContactsPage:
    leads = agency_leads(session, seen)
    rows = [
        AgencyContacts(
            ref=agency.ref,
            name=agency.name,
            people=[(who.ref, who.name) for who, _ in leads.get(agency.id, ())],
            chosen=chosen.get(agency.ref, ""),
        )
        for agency in agencies_of(session, seen)
    ]
    return ContactsPage(head, rows, f"/{request.state.place.slug}/people", errors)
