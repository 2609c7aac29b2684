"""Writing a paper's sections on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Unfit
from app.exports.counts_told import counted, counts_told
from app.exports.pages import AgainPage, WordingPage
from app.exports.paper import Paper
from app.exports.queries import PaperOf
from app.exports.wording import (
    Again,
    NewWords,
    draft_again,
    find_paper,
    make_paper,
    section_called,
    versions_of,
    write_section,
)
from app.rounds.rules import Doing, require
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep, MayOn
from app.web.pages import render, see
from app.web.suspecting import looked_over
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/papers/{paper}")

PaperToWrite = Annotated[PaperOf, Depends(MayOn(Action.PAPER_WRITE, find_paper), scope="function")]


def _back(request: Request, of: PaperOf) -> str:
    """Return the address of the paper itself."""
    return f"/{request.state.place.slug}/rounds/{of.round.ref}/{of.where}"


def _here(request: Request, of: PaperOf) -> str:
    return f"/{request.state.place.slug}/rounds/{of.round.ref}/papers/{of.name}"


@router.get("/wording")
async def show_wording(
    request: Request, session: SessionDep, actor: ActorDep, found: PaperToWrite
) -> Response:
    """Show each section that may be written, as it stands.

    Beside the one that was just saved, say what looks like a count of cases.
    """
    require(found.round.stage, Doing.PREPARE_PACK)
    page = _page(request, session, make_paper(session, actor, found), found)
    return render(request, counted(page, found, request.query_params.get("saved", "")))


@router.post("/wording")
async def save_wording(
    request: Request, session: SessionDep, actor: ActorDep, found: PaperToWrite, form: PostedDep
) -> Response:
    """Keep what somebody wrote for one section."""
    try:
        section = write_section(session, actor, found, read(NewWords, form))
    except Unfit as unfit:
        paper = make_paper(session, actor, found)
        page = _page(request, session, paper, found, form, unfit)
        return render(request, page, 422)
    here, looks = f"{_here(request, found)}/wording", counts_told(found, form.one("words"))
    at = f"{here}?saved={section.key}" if looks else here
    told = ". It may hold a count of cases: look below" if looks else ""
    return see(
        request,
        f"{at}#{section.key}",
        banner=looked_over(session, f"Saved: {section.heading}{told}", form),
    )


@router.get("/draft-again")
async def ask_to_draft_again(
    request: Request, session: SessionDep, actor: ActorDep, found: PaperToWrite
) -> Response:
    """Say what would be lost if a section, or all of them, were drafted again, and ask."""
    require(found.round.stage, Doing.PREPARE_PACK)
    paper = make_paper(session, actor, found)
    key = request.query_params.get("section", "")
    lost = [section_called(paper, key)] if key else [s for s in paper.sections if s.edited]
    version = sum(versions_of(session, found).values())
    return render(request, AgainPage(paper, _here(request, found), key, version, tuple(lost)))


@router.post("/draft-again")
async def give_draft_again(
    request: Request, session: SessionDep, actor: ActorDep, found: PaperToWrite, form: PostedDep
) -> Response:
    """Draft a section, or all of them, from the data again."""
    draft_again(session, actor, found, read(Again, form))
    return see(request, f"{_here(request, found)}/wording", banner="Drafted from the data again")


def _page(
    request: Request,
    session: SessionDep,
    paper: Paper,
    found: PaperOf,
    form: Posted | None = None,
    unfit: Unfit | None = None,
) -> WordingPage:
    wrong = form.one("section") if form else ""
    return WordingPage(
        paper=paper,
        here=_here(request, found),
        back=_back(request, found),
        versions=versions_of(session, found),
        wrong=wrong,
        typed=form.one("words") if form else "",
        errors={f"words-{wrong}": words for words in unfit.errors.values()} if unfit else {},
        counts={},
    )
