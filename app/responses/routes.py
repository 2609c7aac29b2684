"""A response on the web: its sections, its answers in words, and its way to the round."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound, Unfit
from app.db import Session, new_reference, today
from app.responses.commands import declare_complete, hand_back, send_response
from app.responses.forms import HandingBack, Version
from app.responses.onward import onward
from app.responses.pages import (
    CheckPage,
    DeclarationPage,
    HandBackPage,
    Link,
    ResponsePage,
    SectionPage,
    SendingPage,
    Standing,
)
from app.responses.queries import Work, find_whole, find_work, name_of
from app.responses.rules import check_answerable, check_with_agency_lead
from app.responses.sharing import check_own_section, shared_standing, waited_for
from app.responses.skeleton import Files
from app.responses.standing import (
    answers_shown,
    first_unanswered,
    may_answer,
    may_query,
    may_sign_off,
    open_sections,
    own_sections,
    queries_shown,
    section_list,
    skeleton,
    standing,
    time_left,
    wanted,
    why_closed,
)
from app.responses.suspected import warned_when_shown
from app.web.chrome import about_a_subject
from app.web.forms import PostedDep, read
from app.web.guard import ActorDep, MayOn, PasswordLately, SignedInDep
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

Seen = Annotated[Work, Depends(MayOn(Action.RESPONSE_SEE, find_work), scope="function")]
Answered = Annotated[Work, Depends(MayOn(Action.RESPONSE_ANSWER, find_work), scope="function")]
Whole = Annotated[Work, Depends(MayOn(Action.RESPONSE_ANSWER, find_whole), scope="function")]
SignedOff = Annotated[Work, Depends(MayOn(Action.RESPONSE_SIGN_OFF, find_work), scope="function")]


@router.get("/assignments/{assignment}")
async def show_response(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """Show where a response has got to, and the way to each of its sections."""
    about_a_subject(request)
    about, sections = standing(request, session, actor, seen), skeleton(session, seen).sections
    answers = may_answer(actor, seen)
    stored = seen.response
    page = ResponsePage(
        response=about,
        introduction=tuple(seen.question_set.introduction.splitlines()),
        sections=tuple(section_list(about.at, seen, sections, actor.person_id)),
        time_left=time_left(seen, actor.person_id),
        may_answer=answers,
        may_sign_off=may_sign_off(actor, seen),
        closed_because=why_closed(seen),
        carry_on=first_unanswered(about.at, seen, sections, actor.person_id) if answers else None,
        handed_back=stored.handed_back_words if stored and not stored.sent_at else "",
        handed_back_by=name_of(session, stored.handed_back_by if stored else None),
        declared_by=name_of(session, stored.declared_by if stored else None),
        signed_off_by=name_of(session, stored.signed_off_by if stored else None),
        declared_at=stored.declared_at if stored else None,
        sent_at=stored.sent_at if stored else None,
        queries=tuple(
            queries_shown(
                session, about.at, seen, sections, actor.person_id, change=answers
            ).values()
        ),
        returned_at=stored.returned_at if stored else None,
        may_query=may_query(actor, seen),
        shared=shared_standing(actor, seen, sections),
    )
    return render(request, page)


@router.get("/assignments/{assignment}/sections/{section}")
async def show_section(
    request: Request, session: SessionDep, actor: ActorDep, answered: Answered, who: SignedInDep
) -> Response:
    """Show one section to be answered."""
    check_answerable(answered.round.stage, answered.subject.state, answered.state)
    about_a_subject(request)
    about, prepared = standing(request, session, actor, answered), skeleton(session, answered)
    wanted_id = request.path_params["section"]
    order = [met.section.id for met in prepared.sections]
    if wanted_id not in order:
        raise NotFound
    check_own_section(answered, actor, wanted_id)
    met = prepared.sections[order.index(wanted_id)]
    own = own_sections(answered, open_sections(answered, prepared.sections), actor.person_id)
    open_ = [each.section for each in own]
    before = [each for each in open_ if order.index(each.id) < order.index(wanted_id)]
    after = [each for each in open_ if order.index(each.id) > order.index(wanted_id)]
    here = f"{about.at}/sections"
    shown = [
        (each.question, each.answer)
        for each in answered.filled.asked
        if each.section.id == wanted_id
    ]
    warned = warned_when_shown(shown, answered.subject.label, today(session))
    onwards_from = onward(
        answered.filled, {question.id for question, _ in shown}, answered.answerers, actor.person_id
    )
    files = Files(f"{about.at}/files", request.app.state.files_attached(session, answered))
    onwards = Link(f"{here}/{after[0].id}", after[0].title) if after else None
    page = SectionPage(
        response=about,
        section=wanted_id,
        title=met.section.title,
        number=len(before) + 1,
        of=len(open_),
        guidance=met.section.guidance,
        evidence=met.evidence,
        questions=prepared.questions(
            wanted_id, answered.filled.by_id, answered.answers, warned, files
        ),
        page=new_reference(),
        base=answered.version,
        person=who.person_ref,
        person_name=who.name,
        previous=Link(f"{here}/{before[-1].id}", before[-1].title) if before else None,
        next=onwards or Link(f"{about.at}/check", "Check your answers"),
        onward=onwards_from,
        unanswered=onwards_from.first(about.at, wanted_id),
    )
    return render(request, page)


@router.get("/assignments/{assignment}/check")
async def show_answers(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """Show all the answers of a response in words, and what is still wanted."""
    about_a_subject(request)
    about, sections = standing(request, session, actor, seen), skeleton(session, seen).sections
    answers = may_answer(actor, seen)
    me = actor.person_id
    queries = queries_shown(session, about.at, seen, sections, me, change=answers)
    page = CheckPage(
        response=about,
        sections=tuple(answers_shown(about.at, seen, sections, queries, me, change=answers)),
        wanted=tuple(wanted(about.at, seen, sections, me)) if answers else (),
        kept=len(seen.filled.closed) - len(seen.filled.retired),
        may_answer=answers,
        may_sign_off=may_sign_off(actor, seen),
        may_query=may_query(actor, seen),
        shared=shared_standing(actor, seen, sections),
    )
    return render(request, page)


@router.get("/assignments/{assignment}/declaration")
async def show_declaration(
    request: Request, session: SessionDep, actor: ActorDep, answered: Whole
) -> Response:
    """Say what declaring a response complete means."""
    check_answerable(answered.round.stage, answered.subject.state, answered.state)
    about_a_subject(request)
    about = standing(request, session, actor, answered)
    return render(request, _declaration(session, actor, answered, about, {}))


@router.post("/assignments/{assignment}/declaration")
async def declare(
    request: Request, session: SessionDep, actor: ActorDep, answered: Whole, form: PostedDep
) -> Response:
    """Declare a response complete: it goes to the agency lead."""
    about = standing(request, session, actor, answered)
    try:
        declare_complete(session, actor, answered, read(Version, form).version)
    except Unfit as unfit:
        about_a_subject(request)
        page = _declaration(session, actor, answered, about, unfit.errors)
        return render(request, page, 422)
    return see(request, about.at, banner="Declared complete. Your agency lead can now send it.")


def _declaration(
    session: Session, actor: Actor, work: Work, about: Standing, errors: dict[str, str]
) -> DeclarationPage:
    sections = skeleton(session, work).sections
    missing = tuple(wanted(about.at, work, sections, actor.person_id))
    waits = tuple(waited_for(work, actor.person_id))
    return DeclarationPage(about, missing, waits, work.version, errors)


@router.get("/assignments/{assignment}/sending", dependencies=[PasswordLately])
async def show_sending(
    request: Request, session: SessionDep, actor: ActorDep, signed: SignedOff
) -> Response:
    """Say what signing a response off means."""
    check_with_agency_lead(signed.round.stage, signed.subject.state, signed.state)
    about_a_subject(request)
    own = signed.response is not None and signed.response.declared_by == actor.person_id
    about = standing(request, session, actor, signed)
    return render(request, SendingPage(about, signed.version, own))


@router.post("/assignments/{assignment}/sending", dependencies=[PasswordLately])
async def send(
    request: Request, session: SessionDep, actor: ActorDep, signed: SignedOff, form: PostedDep
) -> Response:
    """Sign a response off and send it to the round."""
    send_response(session, actor, signed, read(Version, form).version)
    at = f"/{request.state.place.slug}/assignments/{signed.assignment.ref}"
    return see(request, at, banner="Sent. It can be read, and not changed.")


@router.get("/assignments/{assignment}/hand-back")
async def show_hand_back(
    request: Request, session: SessionDep, actor: ActorDep, signed: SignedOff
) -> Response:
    """Ask why a response goes back to its auditor."""
    check_with_agency_lead(signed.round.stage, signed.subject.state, signed.state)
    about_a_subject(request)
    about = standing(request, session, actor, signed)
    return render(request, HandBackPage(about, signed.version, "", {}))


@router.post("/assignments/{assignment}/hand-back")
async def give_back(
    request: Request, session: SessionDep, actor: ActorDep, signed: SignedOff, form: PostedDep
) -> Response:
    """Give a response back to its auditor."""
    about = standing(request, session, actor, signed)
    try:
        given = read(HandingBack, form)
        hand_back(session, actor, signed, given.version, given.words)
    except Unfit as unfit:
        about_a_subject(request)
        page = HandBackPage(about, signed.version, form.one("words"), unfit.errors)
        return render(request, page, 422)
    return see(request, about.at, banner=looked_over(session, "Handed back to its auditor", form))
