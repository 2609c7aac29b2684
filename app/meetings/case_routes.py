"""What the panel decides on the web: question by question, all alike at once, case by case."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotAllowed, NotFound, Unfit
from app.comparisons.blindness import sight_of
from app.comparisons.files import files_beside
from app.comparisons.may import may
from app.comparisons.order import next_left
from app.comparisons.queries import compare, find_subject, judgement_of
from app.comparisons.reach import FoundDep, SightDep, address_of
from app.db import Session
from app.meetings.alike import Chosen, name_of, said_alike
from app.meetings.commands import (
    BeforePanel,
    CaseBefore,
    Reason,
    agree_answer,
    agree_same,
    judge,
    note_learning,
    word_reason,
)
from app.meetings.decisions import (
    DISSENT,
    beside_a_decision,
    learning_beside,
    read_decision,
    read_judgement,
    read_learning,
    seen_version,
    undecided,
)
from app.meetings.judging import JudgedSoFar, judgement_page, levels_of
from app.meetings.pages import (
    NOTHING_TYPED,
    Alike,
    AlikePage,
    JudgementPage,
    QuestionPage,
    Typed,
)
from app.meetings.queries import (
    dissents_on,
    last_changed,
    learning_points_on,
    put_off_in,
)
from app.meetings.question import Allowed, Standing, question_page, recorded_values
from app.meetings.rules import Overtaken
from app.meetings.turns import Part, part_in
from app.rounds.models import Round
from app.rounds.rules import Doing, allows, require
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

Values = Mapping[str, list[str]]
NOTHING_LEFT = "No differences are left to decide"
ONLY_PUT_OFF = "The differences that are left here were put off"


async def case_before(session: SessionDep, within: SightDep, found: FoundDep) -> CaseBefore:
    """Lay the subject that the address names before the panel."""
    return CaseBefore(within.round, found.subject, compare(session, within, found))


CaseDep = Annotated[CaseBefore, Depends(case_before, scope="function")]


async def question_before(request: Request, case: CaseDep) -> BeforePanel:
    """Find the question that the address names, among those that the subject's agencies have."""
    row = case.comparison.row(request.path_params["question"])
    if row is None:
        raise NotFound
    return BeforePanel(*case, row)


QuestionDep = Annotated[BeforePanel, Depends(question_before, scope="function")]


def _part(session: Session, actor: Actor, case: CaseBefore) -> Part:
    return part_in(session, actor, case.round, case.subject)


async def deciding(session: SessionDep, actor: ActorDep, case: CaseDep) -> Round:
    """Let in who decides: the lead of the round, and who chairs the panel that took this case."""
    if not _part(session, actor, case).decides:
        raise NotAllowed
    return case.round


DecidingDep = Annotated[Round, Depends(deciding, scope="function")]


async def question_minuted(
    session: SessionDep, actor: ActorDep, before: QuestionDep
) -> BeforePanel:
    """Let in who decides, and who takes the minutes of the meeting about this case."""
    part = _part(session, actor, before.case)
    if not (part.decides or part.minutes):
        raise NotAllowed
    return before


MinutedDep = Annotated[BeforePanel, Depends(question_minuted, scope="function")]


def _standing(session: Session, before: BeforePanel, part: Part) -> Standing:
    subject, number = before.subject.id or 0, before.row.line.number
    put_off = put_off_in(session, [subject]).get(subject, {})
    return Standing(
        in_meeting=part.meeting is not None,
        panel=part.meeting.name if part.meeting else "",
        put_off=put_off,
        dissent=dissents_on(session, subject, number),
        points=learning_points_on(session, subject, number),
        changed=last_changed(session, subject, number),
    )


def _recorded(session: Session, actor: Actor, before: BeforePanel) -> Values:
    """Return what the form holds of what was recorded so far."""
    return recorded_values(before, _standing(session, before, _part(session, actor, before.case)))


def _question(
    request: Request,
    session: Session,
    actor: Actor,
    before: BeforePanel,
    typed: Typed = NOTHING_TYPED,
) -> QuestionPage:
    part = _part(session, actor, before.case)
    files = files_beside(session, actor, before.subject, request.state.place.slug)
    standing = _standing(session, before, part)._replace(
        files=files.get(before.row.line.number, {})
    )
    now = allows(before.round.stage, Doing.AGREE)
    allowed = Allowed(
        agree=now and part.decides,
        minute=now and part.minutes and not part.decides,
        write=may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, before.round),
    )
    return question_page(
        before,
        address_of(request, before.round),
        allowed,
        standing,
        typed if typed.values else Typed(recorded_values(before, standing), {}),
    )


@router.get("/subjects/{subject}/comparison/{question}")
async def show_question(
    request: Request, session: SessionDep, actor: ActorDep, before: QuestionDep
) -> Response:
    """Show one question to the panel: every agency's answer and reason, and the agreed answer."""
    return render(request, _question(request, session, actor, before))


@router.post("/subjects/{subject}/comparison/{question}")
async def agree(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    led: DecidingDep,
    before: QuestionDep,
    *,
    form: PostedDep,
) -> Response:
    """Record what the panel decided, and go on to the next difference."""
    try:
        decision, learning = read_decision(before.row.line.question, form), learning_beside(form)
        agree_answer(session, actor, before, decision, seen_version(form))
        if learning:
            note_learning(session, actor, before, learning)
    except Unfit as unfit:
        page = _question(request, session, actor, before, Typed(form, unfit.errors))
        return render(request, page, 422)
    except Overtaken as overtaken:
        return _overtaken(request, session, actor, before, form, overtaken)
    noted = ". Learning point noted" if learning else ""
    at = f"{address_of(request, led)}/subjects/{before.subject.ref}/comparison"
    put_off = put_off_in(session, [before.subject.id or 0]).get(before.subject.id or 0, {})
    following = next_left(before.comparison, before.row, put_off)
    if following is None:
        others = [row for row in before.comparison.rows if row.left and row != before.row]
        done = f"Saved{noted}. {ONLY_PUT_OFF if others else NOTHING_LEFT}."
        return see(request, at, banner=looked_over(session, done, form))
    banner = looked_over(session, f"Saved: question {before.row.line.place}{noted}", form)
    return see(request, f"{at}/{following.line.question.id}", banner=banner)


def _overtaken(
    request: Request,
    session: Session,
    actor: Actor,
    before: BeforePanel,
    form: Posted,
    overtaken: Overtaken,
) -> Response:
    """Show what stands now beside what was typed; saving once more puts it in its place."""
    case = _anew(session, actor, before.case)
    row = case.comparison.row(before.row.line.question.id)
    if row is None:
        raise NotFound
    now = BeforePanel(*case, row)
    stands = _recorded(session, actor, now)
    field = "decision" if "decision" in form else "reason"
    typed = Typed({**form, "version": stands["version"]}, {field: str(overtaken)})
    return render(request, _question(request, session, actor, now, typed), 409)


def _anew(session: Session, actor: Actor, case: CaseBefore) -> CaseBefore:
    """Lay a case before the panel as it stands now, if it is still open to this person."""
    sight = sight_of(actor, case.round)
    found = find_subject(session, sight, case.subject.ref)
    if found is None:
        raise NotFound
    return CaseBefore(case.round, found.subject, compare(session, sight, found))


@router.post("/subjects/{subject}/comparison/{question}/reason")
async def word(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    before: MinutedDep,
    form: PostedDep,
) -> Response:
    """Write down why the panel decided as it did, and stay with the question."""

    def store() -> str:
        word_reason(session, actor, before, read(Reason, form))
        return "Reason saved"

    return _written(request, session, actor, before, form, store)


@router.post("/subjects/{subject}/comparison/{question}/learning-points")
async def note(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    before: MinutedDep,
    form: PostedDep,
) -> Response:
    """Note a learning point on the spot, and stay with the question."""

    def store() -> str:
        note_learning(session, actor, before, read_learning(form))
        return "Learning point noted"

    return _written(request, session, actor, before, form, store)


def _written(
    request: Request,
    session: Session,
    actor: Actor,
    before: BeforePanel,
    form: Posted,
    store: Callable[[], str],
) -> Response:
    """Store what was written beside a question, or say what is wrong; stay with the question."""
    try:
        done = store()
    except Unfit as unfit:
        recorded = {} if beside_a_decision(form) else _recorded(session, actor, before)
        values = {**recorded, **form}
        page = _question(request, session, actor, before, Typed(values, unfit.errors))
        return render(request, page, 422)
    except Overtaken as overtaken:
        return _overtaken(request, session, actor, before, form, overtaken)
    told = looked_over(session, done, form)
    if undecided(form, _recorded(session, actor, before)):
        values = {name: form[name] for name in form if name != "words"}
        page = _question(request, session, actor, before, Typed(values, {}))
        return render(request, page, banner=told)
    question = before.row.line.question.id
    at = f"{address_of(request, before.round)}/subjects/{before.subject.ref}/comparison/{question}"
    return see(request, at, banner=told)


@router.get("/subjects/{subject}/alike")
async def show_alike(
    request: Request, session: SessionDep, led: DecidingDep, case: CaseDep
) -> Response:
    """List what all agencies said alike, to be agreed at once."""
    require(led.stage, Doing.AGREE)
    return render(request, _alike(request, session, case))


def _alike(
    request: Request,
    session: Session,
    case: CaseBefore,
    form: Posted | None = None,
    errors: Mapping[str, str] | None = None,
) -> AlikePage:
    """Offer what is alike: ticked, save what the panel put off, or else as somebody chose."""
    left = [e for e in said_alike(session, case.subject, case.comparison) if e.row.agreed is None]
    chosen = [each for each in left if each.put_off is None]
    if form is not None:
        ticked, shown = form.all("questions"), form.all("seen")
        chosen = [each for each in left if each.key in ticked and each.seen in shown]
    return AlikePage(
        name=f"{case.comparison.sheet.question_set.subject.words} {case.subject.label}",
        back=f"{address_of(request, case.round)}/subjects/{case.subject.ref}",
        rows=tuple(
            Alike(
                each.key,
                name_of(each.row),
                each.words,
                each.put_off.reason if each.put_off else None,
                each.seen,
            )
            for each in left
        ),
        chosen=tuple(each.key for each in chosen),
        errors=errors or {},
    )


@router.post("/subjects/{subject}/alike")
async def agree_alike(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    led: DecidingDep,
    case: CaseDep,
    *,
    form: PostedDep,
) -> Response:
    """Agree at once what all agencies said alike."""
    try:
        agreed = agree_same(session, actor, case, read(Chosen, form))
    except Unfit as unfit:
        return render(request, _alike(request, session, case, form, unfit.errors), 422)
    except Overtaken as overtaken:
        errors = {"questions": str(overtaken)}
        now = _anew(session, actor, case)
        return render(request, _alike(request, session, now, form, errors), 409)
    at = f"{address_of(request, led)}/subjects/{case.subject.ref}/comparison"
    return see(request, at, banner=f"{agreed} agreed at once")


@router.get("/subjects/{subject}/judgement")
async def show_judgement(
    request: Request, session: SessionDep, actor: ActorDep, case: CaseDep
) -> Response:
    """Show one case as a whole: each agency's own grades, and the panel's judgement beside."""
    return render(request, _judgement(request, session, actor, case))


def _judgement(
    request: Request,
    session: Session,
    actor: Actor,
    case: CaseBefore,
    typed: Typed = NOTHING_TYPED,
) -> JudgementPage:
    if not levels_of(case.comparison):
        raise NotFound
    part = _part(session, actor, case)
    judged = judgement_of(session, case.subject)
    dissent = dissents_on(session, case.subject.id or 0, None)
    own: Values = {"version": ["0"]}
    if judged is not None:
        own = {
            "version": [str(judged.version)],
            "level": [judged.level],
            "reason": [judged.reason],
            **{f"{DISSENT}{each.ref}": [each.words] for each in dissent},
        }
    return judgement_page(
        case,
        address_of(request, case.round),
        JudgedSoFar(judged, dissent),
        typed if typed.values else Typed(own, {}),
        may_judge=part.decides and allows(case.round.stage, Doing.AGREE),
        in_meeting=part.meeting is not None,
    )


@router.post("/subjects/{subject}/judgement")
async def judge_case(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    led: DecidingDep,
    case: CaseDep,
    *,
    form: PostedDep,
) -> Response:
    """Record the panel's judgement of one case."""
    levels = {level.id: level for level in levels_of(case.comparison)}
    if not levels:
        raise NotFound
    try:
        judged = read_judgement(levels, form)
        judge(session, actor, case, levels[judged.level], judged, seen_version(form))
    except Unfit as unfit:
        page = _judgement(request, session, actor, case, Typed(form, unfit.errors))
        return render(request, page, 422)
    except Overtaken as overtaken:
        now = _anew(session, actor, case)
        judgement = judgement_of(session, case.subject)
        version = [str(judgement.version if judgement else 0)]
        typed = Typed({**form, "version": version}, {"level": str(overtaken)})
        return render(request, _judgement(request, session, actor, now, typed), 409)
    at = f"{address_of(request, led)}/subjects/{case.subject.ref}/comparison"
    return see(request, at, banner=looked_over(session, "Judgement recorded", form))
