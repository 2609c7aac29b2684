"""Findings on the web."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from app.access import Action, Actor, NotFound, Unfit
from app.comparisons.blindness import sight_of
from app.comparisons.may import may
from app.comparisons.sheet import sheet_of
from app.db import Session
from app.findings.case_counts import counts_in
from app.findings.commands import (
    ChangedFinding,
    NewFinding,
    Seen,
    add_evidence,
    agree_finding,
    change_finding,
    remove_evidence,
    write_finding,
)
from app.findings.evidence import Pointer, Resting, evidence_of, pointed_at
from app.findings.listing import KINDS, by_kind, theme_choices, theme_titles
from app.findings.pages import AgreementPage, FindingPage, FindingsPage, Point, WordingPage
from app.findings.queries import (
    FindingIn,
    drafts_of,
    find_finding,
    receivers,
    subgroups_of_round,
    tool_of,
)
from app.findings.rules import FindingKind, FindingState, check_agreeable, check_draft
from app.meetings.queries import learning_points_in
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing, require
from app.web.chrome import about_a_subject
from app.web.filters import moment
from app.web.forms import HIDDEN, Input, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/findings")

RoundSeen = Annotated[Round, Depends(MayOn(Action.FINDING_SEE, find_round), scope="function")]
RoundToWriteIn = Annotated[
    Round, Depends(MayOn(Action.FINDING_WRITE, find_round), scope="function")
]
FindingSeen = Annotated[
    FindingIn, Depends(MayOn(Action.FINDING_SEE, find_finding), scope="function")
]
FindingToWrite = Annotated[
    FindingIn, Depends(MayOn(Action.FINDING_WRITE, find_finding), scope="function")
]


class Pointed(Input):
    """What evidence is, by references: a question of a subject's comparison, or of a result."""

    subject: str = ""
    strand: str = ""
    question: str = Field(json_schema_extra=HIDDEN)


def _at(request: Request, of: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{of.ref}"


@router.get("")
async def show_findings(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundSeen
) -> Response:
    """Show what a round has found, by kind and theme."""
    tool, at, query = tool_of(session, seen), _at(request, seen), request.query_params
    may_write = may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, seen)
    kind = query.get("kind", "")
    kind = kind if kind in set(FindingKind) else ""
    theme = query.get("theme", "")
    theme = theme if theme in tool.theme else ""
    return render(
        request,
        FindingsPage(
            round=seen,
            at=at,
            groups=by_kind(session, seen, tool, at, kind=kind, theme=theme),
            kinds=(("", "All kinds"), *KINDS),
            themes=(("", "All themes"), *theme_choices(tool)),
            kind=kind,
            theme=theme,
            may_write=may_write,
            points=_points(session, actor, seen, at) if may_write else (),
        ),
    )


def _points(session: Session, actor: Actor, of: Round, at: str) -> tuple[Point, ...]:
    """List the learning points of the panel's meetings, each with where a finding is written."""
    found = []
    for point, subject, strand in learning_points_in(session, sight_of(actor, of)):
        sheet = sheet_of(session, tool_of(session, of), strand.question_set)
        line = sheet.by_number[point.question_id]
        named = {"subject": subject.ref, "question": line.question.id, "point": point.ref}
        where = f"{sheet.question_set.subject.words} {subject.label}, question {line.place}"
        found.append(Point(point.words, where, f"{at}/findings/new?{urlencode(named)}"))
    return tuple(found)


@router.get("/new")
async def new(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundToWriteIn
) -> Response:
    """Offer to write a finding; from a question or a result when the address points at one."""
    require(seen.stage, Doing.WRITE_FINDINGS)
    query = request.query_params
    pointer = Pointer(*(query.get(name, "") for name in Pointer._fields))
    rests_on = pointed_at(session, actor, seen, pointer)
    themes = rests_on.line.question.themes if rests_on else ()
    noted = {p.point.ref: p.point.words for p in learning_points_in(session, sight_of(actor, seen))}
    values = {"themes": [*themes], "words": [noted.get(query.get("point", ""), "")]}
    return render(request, _new_page(request, session, seen, rests_on, values))


@router.post("")
async def write(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    seen: RoundToWriteIn,
    form: PostedDep,
) -> Response:
    """Write a finding as a draft."""
    pointer = Pointer(*(form.one(name) for name in Pointer._fields))
    rests_on = pointed_at(session, actor, seen, pointer)
    try:
        finding = write_finding(session, actor, seen, read(NewFinding, form), rests_on)
    except Unfit as unfit:
        page = _new_page(request, session, seen, rests_on, form, unfit.errors)
        return render(request, page, 422)
    at = f"{_at(request, seen)}/findings/{finding.ref}"
    return see(request, at, banner=looked_over(session, "Finding written as a draft", form))


def _new_page(
    request: Request,
    session: SessionDep,
    seen: Round,
    rests_on: Resting | None,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> WordingPage:
    at = _at(request, seen)
    evidence = rests_on.evidence if rests_on else None
    drafts = drafts_of(session, seen) if evidence else []
    if evidence and evidence.pointer.subject:
        about_a_subject(request)
    return WordingPage(
        round=seen,
        heading="Write a finding",
        back=f"{at}/{evidence.path}" if evidence else f"{at}/findings",
        action=f"{at}/findings",
        evidence=evidence,
        kinds=KINDS,
        themes=theme_choices(tool_of(session, seen)),
        subgroups=_subgroups(session, seen),
        drafts=tuple((f"{at}/findings/{draft.ref}/evidence", draft.title) for draft in drafts),
        values=values,
        errors=errors or {},
    )


def _subgroups(session: SessionDep, of: Round) -> tuple[tuple[str, str], ...]:
    return tuple((subgroup.ref, subgroup.name) for subgroup in subgroups_of_round(session, of))


@router.get("/{finding}")
async def show_finding(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingSeen
) -> Response:
    """Show one finding with the evidence it rests on."""
    finding, within = found
    agreed = finding.state == FindingState.AGREED
    may_write = may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, within) and not agreed
    return render(
        request,
        FindingPage(
            round=within,
            finding=finding,
            at=_at(request, within),
            kind=FindingKind(finding.kind).words,
            state=FindingState(finding.state).words,
            themes=theme_titles(tool_of(session, within), finding.themes),
            subgroups=_receivers(session, found),
            evidence=tuple(evidence_of(session, found)),
            written=moment(finding.written_at),
            agreed=moment(finding.agreed_at) if agreed else None,
            may_write=may_write,
            counts=counts_in(f"{finding.title}. {finding.words}") if may_write else (),
            may_plan=may(actor, Action.ACTION_PLAN, Doing.PLAN_ACTIONS, within) and agreed,
            actions=f"/{request.state.place.slug}/actions?finding={finding.ref}"
            if agreed
            else None,
        ),
    )


def _receivers(session: SessionDep, found: FindingIn) -> tuple[str, ...]:
    listed = receivers(session, [found.finding]).get(found.finding.id or 0, [])
    return tuple(subgroup.name for subgroup in listed)


@router.get("/{finding}/wording")
async def show_wording(request: Request, session: SessionDep, found: FindingToWrite) -> Response:
    """Offer to write a draft again."""
    require(found.round.stage, Doing.WRITE_FINDINGS)
    check_draft(found.finding.state)
    finding = found.finding
    values = {
        "kind": [finding.kind],
        "title": [finding.title],
        "words": [finding.words],
        "themes": finding.themes,
        "subgroups": [s.ref for s in receivers(session, [finding]).get(finding.id or 0, [])],
        "version": [str(finding.version)],
    }
    return render(request, _change_page(request, session, found, values))


@router.post("/{finding}/wording")
async def change(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingToWrite, form: PostedDep
) -> Response:
    """Write a draft again."""
    try:
        change_finding(session, actor, found, read(ChangedFinding, form))
    except Unfit as unfit:
        page = _change_page(request, session, found, form, unfit.errors)
        return render(request, page, 422)
    return see(
        request, _address(request, found), banner=looked_over(session, "Finding changed", form)
    )


def _change_page(
    request: Request,
    session: SessionDep,
    found: FindingIn,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> WordingPage:
    address = _address(request, found)
    return WordingPage(
        round=found.round,
        heading="Change a finding",
        back=address,
        action=f"{address}/wording",
        evidence=None,
        kinds=KINDS,
        themes=theme_choices(tool_of(session, found.round)),
        subgroups=_subgroups(session, found.round),
        drafts=(),
        values=values,
        errors=errors or {},
    )


def _address(request: Request, found: FindingIn) -> str:
    return f"{_at(request, found.round)}/findings/{found.finding.ref}"


@router.post("/{finding}/evidence")
async def rest(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingToWrite, form: PostedDep
) -> Response:
    """Rest a draft on one more question."""
    add_evidence(session, actor, found, _pointed(session, actor, found, form))
    return see(request, _address(request, found), banner="Evidence added")


@router.post("/{finding}/evidence/withdrawal")
async def withdraw(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingToWrite, form: PostedDep
) -> Response:
    """Let a draft no longer rest on a question."""
    remove_evidence(session, actor, found, _pointed(session, actor, found, form))
    return see(request, _address(request, found), banner="Evidence removed")


def _pointed(session: SessionDep, actor: Actor, found: FindingIn, form: PostedDep) -> Resting:
    given = read(Pointed, form)
    pointer = Pointer(given.subject, given.strand, given.question)
    resting = pointed_at(session, actor, found.round, pointer)
    if resting is None:
        raise NotFound
    return resting


@router.get("/{finding}/agreement")
async def show_agreement(request: Request, session: SessionDep, found: FindingToWrite) -> Response:
    """Say what agreeing a finding will do, and ask."""
    require(found.round.stage, Doing.WRITE_FINDINGS)
    evidence = tuple(evidence_of(session, found))
    check_agreeable(found.finding.state, len(evidence))
    return render(
        request,
        AgreementPage(
            round=found.round,
            finding=found.finding,
            back=_address(request, found),
            evidence=evidence,
            subgroups=_receivers(session, found),
        ),
    )


@router.post("/{finding}/agreement")
async def agree(
    request: Request, session: SessionDep, actor: ActorDep, found: FindingToWrite, form: PostedDep
) -> Response:
    """Agree a finding."""
    agree_finding(session, actor, found, read(Seen, form))
    return see(request, _address(request, found), banner="Finding agreed")
