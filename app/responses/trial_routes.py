"""Trying a question set: answered through the same engine as a response, and kept nowhere.

Whoever reads a tool finds out what opens after which answer, and what would hold a response back.
"""

from collections.abc import Iterator, Mapping

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, NotFound, Unfit
from app.db import Session
from app.library.rules import asked_kinds
from app.responses.pages import Link
from app.responses.skeleton import Skeleton, prepared
from app.responses.trial_pages import TrialPage, TrialSection
from app.tools import AgencyKind, Filled, QuestionSet, Tool, fill
from app.web.forms import Posted, PostedDep
from app.web.guard import May
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(
    prefix="/{partnership}/audit-tools/{tool}/{version}/{question_set}",
    dependencies=[Depends(May(Action.TOOL_SEE))],
)

_OF_ONE = ("", ".absence", ".reason", ".day", ".month", ".year")
"""How the names of a question's fields end."""


@router.get("/trial")
async def show_trial(request: Request, session: SessionDep, kind: str = "") -> Response:
    """Show a question set to be tried, with nothing answered."""
    return _trial(request, session, kind, {})


@router.post("/trial")
async def try_answers(
    request: Request, session: SessionDep, form: PostedDep, kind: str = ""
) -> Response:
    """Say what given answers open and what they leave wanting; keep nothing."""
    _refuse_unknown(request, form)
    cleared = {f"{form.one('clear')}{end}" for end in _OF_ONE if form.one("clear")}
    return _trial(request, session, kind, {n: form.all(n) for n in form if n not in cleared})


def _refuse_unknown(request: Request, form: Posted) -> None:
    """Refuse a form that the page did not make: nothing else would say that it was not read."""
    _, question_set = _named(request)
    known = {f"{key}{end}" for key in question_set.question for end in _OF_ONE}
    for name in form:
        if name not in known | {"asked", "clear"}:
            raise Unfit(f"This form does not ask for “{name[:60]}”. Reload the page and try again.")


def _trial(
    request: Request, session: Session, kind: str, posted: Mapping[str, list[str]]
) -> Response:
    tool, question_set = _named(request)
    kinds = asked_kinds(question_set)
    agency_kind = next((each for each in kinds if each == (kind or kinds[0])), None)
    if agency_kind is None:
        raise NotFound
    filled = fill(question_set, agency_kind, {}, posted or None)
    skeleton = _prepared(session, tool, question_set, agency_kind)
    answered, total = filled.progress
    page = TrialPage(
        at=f"/{request.state.place.slug}/audit-tools/{tool.slug}/{tool.version}",
        tool=tool,
        question_set=question_set,
        kind=agency_kind,
        kinds=[(each.value, each.words) for each in kinds],
        answered=answered,
        total=total,
        asked=len(filled.asked),
        closed=len(filled.closed),
        checked=bool(posted),
        wanted=tuple(_wanted(filled, skeleton)) if posted else (),
        sections=tuple(_sections(filled, skeleton)),
    )
    return render(request, page)


def _named(request: Request) -> tuple[Tool, QuestionSet]:
    """Find the tool on file and its question set that the address names."""
    named = request.path_params
    tools: Mapping[tuple[str, int], Tool] = request.app.state.tools
    for (slug, version), tool in tools.items():
        if slug == named["tool"] and str(version) == named["version"]:
            found = tool.question_set.get(named["question_set"])
            if found is not None:
                return tool, found
    raise NotFound


def _prepared(
    session: Session, tool: Tool, question_set: QuestionSet, kind: AgencyKind
) -> Skeleton:
    """Prepare the questions once for the file that was read: a draft may be another tomorrow."""
    cache: dict[object, object] = session.info["cache"]
    key = ("trial", id(tool), question_set.id, kind)
    known = cache.get(key)
    if not isinstance(known, tuple) or known[0] is not tool:
        known = cache[key] = (tool, prepared(question_set, kind))
    found: Skeleton = known[1]
    return found


def _sections(filled: Filled, skeleton: Skeleton) -> Iterator[TrialSection]:
    asked = {section.id for section in filled.sections}
    for met in skeleton.sections:
        section = met.section
        yield TrialSection(
            id=section.id,
            title=section.title,
            guidance=section.guidance,
            evidence=met.evidence,
            asked=section.id in asked,
            questions=skeleton.questions(section.id, filled.by_id, filled.closed),
        )


def _wanted(filled: Filled, skeleton: Skeleton) -> Iterator[Link]:
    """List what would hold a response back, each leading to its question."""
    number = {m.question.id: m.number for each in skeleton.sections for m in each.questions}
    for each in filled.asked:
        if words := each.problem or each.wants:
            key = each.question.id
            yield Link(f"#question-{key}", f"Question {number[key]}: {words}")
