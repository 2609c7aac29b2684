"""Single subjects of a sample on the web: typed in, or replaced by a reserve."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from app.access import NotFound, Unfit
from app.rounds.rules import Doing, require
from app.samples.drawing import (
    BY_OUTCOME,
    kind_of,
    label_to_type,
    refuse_to_replace,
    replace_subject,
    type_subject_in,
)
from app.samples.forms import Replacing, TypedIn
from app.samples.frame import IN_WORDS, STRATA
from app.samples.models import Subject
from app.samples.pages import ReplacementPage, TypedInPage
from app.samples.presence import ToDraw, at
from app.samples.queries import Sampled, find_subject, reserves_of
from app.samples.rules import group_words
from app.web.chrome import about_a_subject
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/strands/{strand}/sample")


async def subject_of_strand(request: Request, session: SessionDep, sampled: ToDraw) -> Subject:
    """Load the subject that an address names, in the strand that it names."""
    found = find_subject(session, sampled, request.path_params["subject"])
    if found is None:
        raise NotFound
    return found


OfStrand = Annotated[Subject, Depends(subject_of_strand, scope="function")]


@router.get("/subjects/new")
async def ask_for_subject(request: Request, session: SessionDep, sampled: ToDraw) -> Response:
    """Ask for a subject that nobody draws."""
    require(sampled.round.stage, Doing.SAMPLE)
    label = label_to_type(session, sampled)
    return render(request, _typed_in(request, session, sampled, {"label": label}))


@router.post("/subjects")
async def add_subject(
    request: Request, session: SessionDep, actor: ActorDep, sampled: ToDraw, form: PostedDep
) -> Response:
    """Add a subject that nobody drew, with the reason."""
    try:
        added = type_subject_in(session, actor, sampled, read(TypedIn, form))
    except Unfit as unfit:
        values = {name: form.one(name) for name in ("label", "stratum", "re_referred", "reason")}
        page = _typed_in(request, session, sampled, values, unfit.errors)
        return render(request, page, 422)
    return see(
        request, at(request, sampled), banner=looked_over(session, f"{added.label} added", form)
    )


def _typed_in(
    request: Request,
    session: Session,
    sampled: Sampled,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
) -> TypedInPage:
    kind = kind_of(session, sampled)
    return TypedInPage(
        at=at(request, sampled),
        kind=kind.words,
        label=values["label"],
        by_outcome=kind in BY_OUTCOME,
        strata=tuple((s.value, IN_WORDS[s]) for s in STRATA),
        typed={name: values.get(name, "") for name in ("stratum", "re_referred", "reason")},
        errors=errors or {},
    )


@router.get("/subjects/{subject}/replacement")
async def ask_to_replace(
    request: Request, session: SessionDep, sampled: ToDraw, subject: OfStrand
) -> Response:
    """Say which reserve is next, and what replacing a subject will do."""
    require(sampled.round.stage, Doing.REPLACE)
    refuse_to_replace(subject)
    return render(request, _replacement(request, session, sampled, subject))


@router.post("/subjects/{subject}/replacement")
async def replace(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    sampled: ToDraw,
    subject: OfStrand,
    form: PostedDep,
) -> Response:
    """Let the next reserve take a subject's place, with the reason."""
    try:
        reserve = replace_subject(session, actor, sampled, subject, read(Replacing, form))
        for forget in request.app.state.on_replacement:  # what later steps keep about a subject
            forget(session, subject)
    except Unfit as unfit:
        page = _replacement(request, session, sampled, subject, form.one("reason"), unfit.errors)
        return render(request, page, 422)
    banner = (
        f"{subject.label} is replaced by {reserve.label}. Give {reserve.label} to the agencies on "
        "the round's Assignments page."
    )
    return see(request, at(request, sampled), banner=looked_over(session, banner, form))


def _replacement(
    request: Request,
    session: Session,
    sampled: Sampled,
    subject: Subject,
    reason: str = "",
    errors: dict[str, str] | None = None,
) -> ReplacementPage:
    about_a_subject(request)
    here = at(request, sampled)
    waiting = reserves_of(session, subject)
    return ReplacementPage(
        at=here,
        subject_at=f"{here}/subjects/{subject.ref}",
        kind=kind_of(session, sampled).words,
        label=subject.label,
        group=group_words(subject.stratum, re_referred=subject.re_referred),
        reserve=waiting[0].label if waiting else "",
        reserve_ref=waiting[0].ref if waiting else "",
        left=len(waiting),
        reason=reason,
        errors=errors or {},
    )
