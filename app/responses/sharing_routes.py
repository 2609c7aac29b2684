"""Sharing a response by section on the web: who answers what, and "my sections are complete"."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Unfit
from app.assignments.commands import able_auditors
from app.assignments.queries import auditors_of
from app.assignments.shared_sections import Change, Meanwhile, shared_sections
from app.db import Session
from app.responses.forms import SectionsDone, SectionsShared
from app.responses.queries import Work, find_work
from app.responses.rules import check_answerable
from app.responses.shared_pages import SectionToShare, SharingPage
from app.responses.sharing_commands import complete_sections, share_response
from app.responses.standing import skeleton, standing
from app.web.chrome import about_a_subject
from app.web.filters import moment, plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Lent = Annotated[Work, Depends(MayOn(Action.SECTIONS_SHARE, find_work), scope="function")]
Answered = Annotated[Work, Depends(MayOn(Action.RESPONSE_ANSWER, find_work), scope="function")]


@router.get("/assignments/{assignment}/sharing")
async def show_sharing(
    request: Request, session: SessionDep, actor: ActorDep, lent: Lent
) -> Response:
    """Show which auditor answers which section, and offer others."""
    check_answerable(lent.round.stage, lent.subject.state, lent.state)
    about_a_subject(request)
    return render(request, _page(request, session, actor, lent))


@router.post("/assignments/{assignment}/sharing")
async def share(
    request: Request, session: SessionDep, actor: ActorDep, lent: Lent, form: PostedDep
) -> Response:
    """Share sections among auditors, or take them back."""
    check_answerable(lent.round.stage, lent.subject.state, lent.state)
    try:
        given = read(SectionsShared, form)
        auditors = {each.ref: each for each in auditors_of(session, lent.round, [lent.agency])}
        sections = [met.section.id for met in skeleton(session, lent).sections]
        person = {ref: each.person_id for ref, each in auditors.items()}
        wanted = {
            key: Change(person.get(shown), auditors.get(chosen))
            for key, (shown, chosen) in given.changed(sections, auditors).items()
        }
        changed = share_response(session, actor, lent, wanted)
    except Unfit as unfit:
        about_a_subject(request)
        return render(request, _page(request, session, actor, lent, form, unfit.errors), 422)
    except Meanwhile as meanwhile:
        about_a_subject(request)
        titles = {m.section.id: m.section.title for m in skeleton(session, lent).sections}
        errors = {
            f"auditor-{key}": f"“{titles[key]}” went to {name or 'the auditor of it all'} since "
            "you opened the page, so nothing was changed. Your choice is still here: share once "
            "more if it stands"
            for key, name in meanwhile.now_with.items()
        }
        return render(request, _page(request, session, actor, lent, form, errors), 409)
    at = f"/{request.state.place.slug}/assignments/{lent.assignment.ref}"
    verb = "has" if changed == 1 else "have"
    banner = (
        f"{plural(changed, 'section')} {verb} another auditor now" if changed else "Kept as it was"
    )
    return see(request, at, banner=banner)


@router.post("/assignments/{assignment}/sections-complete")
async def say_sections_complete(
    request: Request, session: SessionDep, actor: ActorDep, answered: Answered, form: PostedDep
) -> Response:
    """Say that one's own sections are complete, or that they are not after all."""
    given = read(SectionsDone, form)
    complete_sections(session, actor, answered, complete=given.complete == "yes")
    at = f"/{request.state.place.slug}/assignments/{answered.assignment.ref}"
    who = answered.answerers.auditor or "The assignment's auditor"
    banner = (
        f"Your sections are complete. {who} declares the whole response."
        if given.complete == "yes"
        else "Your sections are not complete after all"
    )
    return see(request, at, banner=banner)


def _page(
    request: Request,
    session: Session,
    actor: Actor,
    lent: Work,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
) -> SharingPage:
    every = auditors_of(session, lent.round, [lent.agency])
    able = [
        a
        for a in able_auditors(session, lent.round, every)
        if a.person_id != lent.assignment.auditor_id
    ]
    refs = {each.person_id: each.ref for each in every}
    barred = {each.ref: each.name for each in every if each not in able}
    typed = _typed(form) if form else {}
    key = lent.assignment.id or 0
    stored = shared_sections(session, lent.round.partnership_id, [key]).get(key, {})
    sections = []
    for met in skeleton(session, lent).sections:
        shared = stored.get(met.section.id)
        done, total = lent.filled.progress_in(met.section.id)
        said = (
            f", said to be complete on {moment(shared.complete_at)}"
            if shared and shared.complete_at
            else ""
        )
        holder = refs.get(shared.person_id, "") if shared else ""
        shown, chosen = typed.get(met.section.id, (holder, holder))
        told = f"auditor-{met.section.id}" in (errors or {})
        sections.append(
            SectionToShare(
                key=met.section.id,
                title=met.section.title,
                holder=chosen,
                shown=holder if told else shown,
                barred=((holder, f"{barred[holder]}, may not audit in this round"),)
                if holder in barred
                else (),
                stands=f"{done} of {plural(total, 'question')} answered{said}",
            )
        )
    return SharingPage(
        response=standing(request, session, actor, lent),
        sections=tuple(sections),
        auditors=tuple((each.ref, each.name) for each in able),
        errors=errors or {},
    )


def _typed(form: Posted) -> dict[str, tuple[str, str]]:
    """Return whom the page showed and who was chosen, where these differ."""
    rows = zip(form.all("section"), form.all("shown"), form.all("auditor"), strict=False)
    return {key: (shown, chosen) for key, shown, chosen in rows if shown != chosen}
