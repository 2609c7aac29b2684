"""Saving answers as they are typed, and the same for a page without scripts."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlmodel import select
from starlette.responses import Response as Reply

from app.access import Action, NotNow
from app.assignments.models import Assignment
from app.assignments.naming import subject_called
from app.db import Session, new_reference
from app.library.queries import pinned_tool
from app.responses.forms import read_save
from app.responses.given import shown
from app.responses.meanwhile import Conflict
from app.responses.models import Response
from app.responses.onward import onward
from app.responses.pages import ClashShown, ConflictPage
from app.responses.queries import Answering, find_answering
from app.responses.saving import NotYours, Saved, save_answers
from app.responses.shared_pages import NotYoursPage
from app.responses.suspected import warned_as_saved
from app.tools import QuestionSet
from app.web.chrome import about_a_subject
from app.web.forms import Posted, posted
from app.web.guard import MayOn, SignedInDep
from app.web.pages import Page, render, see
from app.web.straight import StraightRoute
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")
straight = APIRouter(prefix="/{partnership}", route_class=StraightRoute)

Answered = Annotated[
    Answering, Depends(MayOn(Action.RESPONSE_ANSWER, find_answering), scope="function")
]

ELSEWHERE = (
    "Something here was changed in another window. Nothing on this page has been saved since. "
    "Press “Save and continue” to see both answers and choose."
)

REFUSED_SHOWN = {"X-Refused-Shown": "1"}
"""Tells an open page that its form, sent once more by the browser, is answered with what it said.

Any other refusal is a page without it, so what was typed may not be left for that one."""


@router.get(
    "/assignments/{assignment}/token",
    dependencies=[Depends(MayOn(Action.RESPONSE_ANSWER, find_answering), scope="function")],
)
async def show_token(request: Request, who: SignedInDep) -> Reply:
    """Give an open page the token of a new session of the same person, so that it can save."""
    if request.query_params.get("person") != who.person_ref:
        return PlainTextResponse("Somebody else is signed in now. Nothing was saved.", 409)
    return PlainTextResponse(request.state.token)


@straight.post("/assignments/{assignment}/answers")
async def save(request: Request, session: SessionDep, answered: Answered) -> Reply:
    """Store what was typed: answered at once to a script, and by the next page otherwise."""
    # The guard has both already; asking for them by name costs a save more than its answers do.
    actor, form = request.state.actor, await posted(request)
    quiet = "X-Casefile-Save" in request.headers or form.one("quiet") == "1"
    question_set = _question_set(session, answered)
    clear = question_set.question.get(form.one("clear"))
    given = read_save(form, clear)
    try:
        saved = save_answers(session, actor, answered, given)
    except (Conflict, NotNow) as refusal:
        if quiet:
            words = ELSEWHERE if isinstance(refusal, Conflict) else str(refusal)
            shown = isinstance(refusal, Conflict | NotYours)
            return PlainTextResponse(words, 409, headers=REFUSED_SHOWN if shown else None)
        if isinstance(refusal, Conflict):
            page: Page = _conflict(request, session, answered, form, refusal)
        elif isinstance(refusal, NotYours):
            page = _not_yours(request, session, answered, question_set, refusal)
        else:
            raise
        about_a_subject(request)
        return render(request, page, 409)
    # Its round may have moved to a newer version while it waited.
    answered, question_set = saved.place, _question_set(session, saved.place)
    if quiet:
        return _receipt(session, answered, saved, form.all("asked"), actor.person_id)
    at = f"/{request.state.place.slug}/assignments/{answered.assignment_ref}"
    own = [
        each.id
        for each in question_set.sections
        if answered.answerers.answers(actor.person_id, each.id)
    ]
    return see(request, f"{at}/{_onwards(form, question_set, saved, own)}")


def _question_set(session: Session, answered: Answering) -> QuestionSet:
    tool = pinned_tool(session, answered.tool_version_id)
    return tool.question_set[answered.question_set]


def _receipt(
    session: Session, answered: Answering, saved: Saved, asked: list[str], person_id: int
) -> Reply:
    """Prove what is stored, and say what the page may show: the count, and what is closed now.

    A warning, or none, is told only of what this save changed: of the rest the page knows.
    """
    body: dict[str, object] = {"answered": saved.answered, "of": saved.asked}
    if saved.filled is not None:
        now_asked = saved.filled.by_id
        wanted = onward(saved.filled, asked, answered.answerers, person_id)
        body["wanted"], body["beyond"] = wanted.here, wanted.beyond
        body["closed"] = [key for key in asked if key not in now_asked]
        body["problems"] = {
            key: now_asked[key].problem
            for key in asked
            if key in now_asked and now_asked[key].problem
        }
        questions = _question_set(session, answered).question
        changed = [(questions[key], answer) for key, answer in saved.filled.changed.items()]
        body["warnings"] = warned_as_saved(session, answered.assignment_id, changed)
    proof = {"X-Saved-Version": str(saved.version), "X-Saved-Sequence": str(saved.sequence)}
    return JSONResponse(body, headers=proof)


def _onwards(form: Posted, question_set: QuestionSet, saved: Saved, own: Collection[str]) -> str:
    section, cleared = form.one("section"), form.one("clear")
    if cleared in question_set.question:
        return f"sections/{section}#question-{cleared}"
    order = [each.id for each in question_set.sections]
    if section not in order:
        return "check"
    if saved.filled is None:
        return f"sections/{section}"  # a later save came first: they are still typing there
    asked = [each.id for each in saved.filled.sections]
    later = [each for each in asked if each in own and order.index(each) > order.index(section)]
    return f"sections/{later[0]}" if later else "check"


def _conflict(
    request: Request, session: Session, answered: Answering, form: Posted, conflict: Conflict
) -> ConflictPage:
    assignment = session.get_one(Assignment, answered.assignment_id)
    version = select(Response.version).where(Response.assignment_id == assignment.id)
    clashing = {clash.question.id for clash in conflict.clashes}
    asked = [("asked", key) for key in (*clashing, *conflict.own)]
    typed = [(n, v) for n, values in form.items() for v in values if n not in _OF_THE_PAGE]
    return ConflictPage(
        at=f"/{request.state.place.slug}/assignments/{assignment.ref}",
        subject=subject_called(session, assignment),
        clashes=tuple(
            ClashShown(
                key=clash.question.id,
                question=clash.question.text,
                mine=shown(clash.question, clash.mine),
                my_reason=clash.mine.reason,
                theirs=shown(clash.question, clash.theirs),
                their_reason=clash.theirs.reason,
                before=": ".join(
                    filter(None, (shown(clash.question, clash.before), clash.before.reason))
                ),
            )
            for clash in conflict.clashes
        ),
        fields=(*asked, *typed),
        page=new_reference(),
        base=session.exec(version).one(),
    )


def _not_yours(
    request: Request,
    session: Session,
    answered: Answering,
    question_set: QuestionSet,
    refusal: NotYours,
) -> NotYoursPage:
    assignment = session.get_one(Assignment, answered.assignment_id)
    return NotYoursPage(
        at=f"/{request.state.place.slug}/assignments/{answered.assignment_ref}",
        subject=subject_called(session, assignment),
        section=refusal.section.title,
        who=refusal.who or "nobody yet",
        typed=tuple(
            (question.text, shown(question, answer), answer.reason)
            for key, answer in refusal.changed.items()
            if (question := question_set.question[key])
        ),
    )


_OF_THE_PAGE = frozenset({"page", "base", "sequence", "quiet", "part", "asked", "clear"})
