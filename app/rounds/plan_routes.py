"""Changing a round's plan on the web: its words, days, agencies, people and subgroups."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.db import Session, today
from app.rounds.addresses import head_of, see_plan
from app.rounds.choices import (
    choose_agencies,
    choose_people,
    choose_subgroups,
    may_remove_agencies,
)
from app.rounds.commands import change_days, change_plan
from app.rounds.models import Round
from app.rounds.pages import AgenciesPage, DaysPage, Head, PeoplePage, PlanPage, SubgroupsPage
from app.rounds.plans import (
    DAYS,
    ChosenAgencies,
    ChosenPeople,
    ChosenSubgroups,
    DueDays,
    Plan,
)
from app.rounds.queries import find_round
from app.rounds.readiness import days_of
from app.rounds.rules import Doing, require
from app.rounds.taking_part import (
    agencies_of,
    agencies_to_choose,
    leads_to_choose,
    panel_to_choose,
    party_of,
    subgroups_of,
    subgroups_to_choose,
)
from app.rounds.working_days import spans, warnings
from app.web.days import day_boxes, fold_days
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

Planned = Annotated[Round, Depends(MayOn(Action.ROUND_PLAN, find_round), scope="function")]
Errors = Mapping[str, str]


@router.get("/plan")
async def edit_plan(request: Request, seen: Planned) -> Response:
    """Show a round's words, to be changed."""
    require(seen.stage, Doing.PLAN)
    words = ("title", "purpose", "lines_of_enquiry")
    values = Posted({name: [getattr(seen, name)] for name in words})
    return render(request, PlanPage(head_of(request, seen), values))


@router.post("/plan")
async def save_plan(
    request: Request, session: SessionDep, actor: ActorDep, seen: Planned, form: PostedDep
) -> Response:
    """Change a round's words."""
    try:
        change_plan(session, actor, seen, read(Plan, form))
    except Unfit as unfit:
        page = PlanPage(head_of(request, seen, form), form, unfit.errors)
        return render(request, page, 422)
    return see_plan(request, seen, "Plan changed")


@router.get("/dates")
async def edit_days(request: Request, session: SessionDep, seen: Planned) -> Response:
    """Show a round's due dates, to be changed."""
    require(seen.stage, Doing.STAFF)
    boxes = [day_boxes(name, when) for name, when in days_of(seen)._asdict().items()]
    values = Posted({key: value for each in boxes for key, value in each.items()})
    return render(request, _days(session, seen, head_of(request, seen), values, {}))


@router.post("/dates")
async def save_days(
    request: Request, session: SessionDep, actor: ActorDep, seen: Planned, form: PostedDep
) -> Response:
    """Change a round's due dates."""
    try:
        change_days(session, actor, seen, read(DueDays, fold_days(form, *DAYS)))
    except Unfit as unfit:
        page = _days(session, seen, head_of(request, seen, form), form, unfit.errors)
        return render(request, page, 422)
    return see_plan(request, seen, "Due dates changed")


@router.get("/agencies")
async def edit_agencies(request: Request, session: SessionDep, seen: Planned) -> Response:
    """Show the partnership's agencies, those that take part ticked."""
    require(seen.stage, Doing.ADD_AGENCY)
    chosen = [agency.ref for agency in agencies_of(session, seen)]
    return render(request, _agencies(session, seen, head_of(request, seen), chosen, {}))


@router.post("/agencies")
async def save_agencies(
    request: Request, session: SessionDep, actor: ActorDep, seen: Planned, form: PostedDep
) -> Response:
    """Say which agencies take part."""
    try:
        choose_agencies(session, actor, seen, read(ChosenAgencies, form))
    except Unfit as unfit:
        head, chosen = head_of(request, seen, form), form.all("agencies")
        return render(request, _agencies(session, seen, head, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Agencies chosen")


@router.get("/people")
async def edit_people(request: Request, session: SessionDep, seen: Planned) -> Response:
    """Show who could lead a round and sit on its panel."""
    require(seen.stage, Doing.STAFF)
    party = party_of(session, seen)
    lead = party.lead.ref if party.lead else ""
    on_panel = [who.ref for who in party.panel]
    head = head_of(request, seen)
    return render(request, _people(session, seen, head, (lead, on_panel), {}))


@router.post("/people")
async def save_people(
    request: Request, session: SessionDep, actor: ActorDep, seen: Planned, form: PostedDep
) -> Response:
    """Say who leads and who sits on the panel."""
    conflicts = request.app.state.lead_conflicts
    try:
        choose_people(session, actor, seen, read(ChosenPeople, form), conflicts)
    except Unfit as unfit:
        head, chosen = head_of(request, seen, form), (form.one("lead"), form.all("panel"))
        return render(request, _people(session, seen, head, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Lead and panel chosen")


@router.get("/subgroups")
async def edit_subgroups(request: Request, session: SessionDep, seen: Planned) -> Response:
    """Show the partnership's subgroups, those that will receive the findings ticked."""
    require(seen.stage, Doing.PLAN)
    chosen = [each.ref for each in subgroups_of(session, seen)]
    return render(request, _subgroups(session, seen, head_of(request, seen), chosen, {}))


@router.post("/subgroups")
async def save_subgroups(
    request: Request, session: SessionDep, actor: ActorDep, seen: Planned, form: PostedDep
) -> Response:
    """Say which subgroups will receive the findings."""
    try:
        choose_subgroups(session, actor, seen, read(ChosenSubgroups, form))
    except Unfit as unfit:
        head, chosen = head_of(request, seen, form), form.all("subgroups")
        return render(request, _subgroups(session, seen, head, chosen, unfit.errors), 422)
    return see_plan(request, seen, "Subgroups chosen")


def _days(session: Session, seen: Round, head: Head, values: Posted, errors: Errors) -> DaysPage:
    days, begins = days_of(seen), today(session)
    return DaysPage(head, values, spans(days, begins), warnings(days, begins), errors)


def _agencies(
    session: Session, seen: Round, head: Head, chosen: Sequence[str], errors: Errors
) -> AgenciesPage:
    fixed = [] if may_remove_agencies(seen.stage) else agencies_of(session, seen)
    stays = {agency.ref for agency in fixed}
    offered = [a for a in agencies_to_choose(session, seen.partnership_id) if a.ref not in stays]
    return AgenciesPage(head, offered, chosen, fixed, errors)


def _people(
    session: Session, seen: Round, head: Head, chosen: tuple[str, Sequence[str]], errors: Errors
) -> PeoplePage:
    leads, panel = leads_to_choose(session, seen), panel_to_choose(session, seen)
    return PeoplePage(head, leads, panel, *chosen, errors)


def _subgroups(
    session: Session, seen: Round, head: Head, chosen: Sequence[str], errors: Errors
) -> SubgroupsPage:
    offered = subgroups_to_choose(session, seen.partnership_id)
    return SubgroupsPage(head, offered, chosen, errors)
