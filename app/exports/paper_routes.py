"""Papers on the web: packs, letters, briefing and report as pages, and as documents."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, Reach, Scope, scope
from app.db import Session
from app.exports.giving import give
from app.exports.pages import LettersPage, PacksPage, PaperPage
from app.exports.queries import (
    PaperOf,
    find_briefing,
    find_letter,
    find_pack,
    find_record,
    find_report,
    letters_received,
    packs_in_view,
    sections_written,
)
from app.exports.wording import make_paper
from app.rounds.models import Round
from app.rounds.queries import find_round, find_whole_round
from app.rounds.rules import Doing, Stage, allows, require
from app.rounds.taking_part import agencies_of
from app.web.forms import PostedDep
from app.web.guard import ActorDep, May, MayOn, PasswordLately
from app.web.pages import render
from app.web.slow import slow
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}")

PapersSeen = Annotated[Scope, Depends(May(Action.PAPER_SEE), scope="function")]
PackSeen = Annotated[PaperOf, Depends(MayOn(Action.PACK_SEE, find_pack), scope="function")]
LetterSeen = Annotated[PaperOf, Depends(MayOn(Action.LETTER_SEE, find_letter), scope="function")]
LettersSeen = Annotated[
    Round, Depends(MayOn(Action.LETTER_SEE, find_whole_round), scope="function")
]
BriefingSeen = Annotated[
    PaperOf, Depends(MayOn(Action.FINDING_SEE, find_briefing), scope="function")
]
ReportSeen = Annotated[PaperOf, Depends(MayOn(Action.FINDING_SEE, find_report), scope="function")]
RecordSeen = Annotated[PaperOf, Depends(MayOn(Action.FINDING_SEE, find_record), scope="function")]


def _at(request: Request, of: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{of.ref}"


@router.get("/packs")
async def show_packs(
    request: Request, session: SessionDep, actor: ActorDep, _: PapersSeen
) -> Response:
    """Show the packs that somebody may read now, and the letters to their own agencies."""
    packs, letters = scope(actor, Action.PACK_SEE), scope(actor, Action.LETTER_SEE)
    page = PacksPage(
        packs=_rows(request, packs_in_view(session, packs)),
        letters=_rows(request, letters_received(session, letters)),
        reads_packs=bool(packs),
        receives_letters=Reach.AGENCY in letters.reaches,
    )
    return render(request, page)


def _rows(request: Request, papers: Sequence[PaperOf]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (_address(request, of), of.receiver, of.round.title, Stage(of.round.stage).words)
        for of in papers
    )


def _address(request: Request, of: PaperOf) -> str:
    return f"{_at(request, of.round)}/{of.where}"


@router.get("/rounds/{round}/packs/{subgroup}")
async def show_pack(
    request: Request, session: SessionDep, actor: ActorDep, found: PackSeen
) -> Response:
    """Show one subgroup's pack as a page."""
    return _page(request, session, actor, found, _all_packs(request))


@router.post("/rounds/{round}/packs/{subgroup}/document", dependencies=[PasswordLately])
@slow
async def give_pack(
    request: Request, session: SessionDep, actor: ActorDep, found: PackSeen, form: PostedDep
) -> Response:
    """Give a subgroup's pack as a document."""
    return await give(request, session, actor, found, form)


@router.get("/rounds/{round}/letters")
async def list_letters(request: Request, session: SessionDep, seen: LettersSeen) -> Response:
    """List the letters to the agencies of a round, for those who prepare or scrutinise them."""
    require(seen.stage, Doing.PREPARE_PACK)
    written = sections_written(session, seen)
    letters = (PaperOf(seen, agency) for agency in agencies_of(session, seen))
    rows = ((_address(request, of), of.receiver, written.get(of.name, 0)) for of in letters)
    received = allows(seen.stage, Doing.RECEIVE_PACK)
    return render(request, LettersPage(seen, _at(request, seen), tuple(rows), received))


@router.get("/rounds/{round}/letters/{agency}")
async def show_letter(
    request: Request, session: SessionDep, actor: ActorDep, found: LetterSeen
) -> Response:
    """Show the feedback letter to one agency as a page."""
    prepares = find_whole_round(session, scope(actor, Action.LETTER_SEE), request.path_params)
    of_round = ("Letters to agencies", f"{_at(request, found.round)}/letters")
    above = of_round if prepares else _all_packs(request)
    return _page(request, session, actor, found, above)


@router.post("/rounds/{round}/letters/{agency}/document", dependencies=[PasswordLately])
@slow
async def give_letter(
    request: Request, session: SessionDep, actor: ActorDep, found: LetterSeen, form: PostedDep
) -> Response:
    """Give the feedback letter to one agency as a document."""
    return await give(request, session, actor, found, form)


@router.get("/rounds/{round}/briefing")
async def show_briefing(
    request: Request, session: SessionDep, actor: ActorDep, found: BriefingSeen
) -> Response:
    """Show the practitioner briefing as a page."""
    return _page(request, session, actor, found, _of_round(request, found))


@router.post("/rounds/{round}/briefing/document", dependencies=[PasswordLately])
@slow
async def give_briefing(
    request: Request, session: SessionDep, actor: ActorDep, found: BriefingSeen, form: PostedDep
) -> Response:
    """Give the practitioner briefing as a document."""
    return await give(request, session, actor, found, form)


@router.get("/rounds/{round}/report")
async def show_report(
    request: Request, session: SessionDep, actor: ActorDep, found: ReportSeen
) -> Response:
    """Show the full report as a page."""
    return _page(request, session, actor, found, _of_round(request, found))


@router.post("/rounds/{round}/report/document", dependencies=[PasswordLately])
@slow
async def give_report(
    request: Request, session: SessionDep, actor: ActorDep, found: ReportSeen, form: PostedDep
) -> Response:
    """Give the full report as a document."""
    return await give(request, session, actor, found, form)


@router.post("/rounds/{round}/meetings/{meeting}/document", dependencies=[PasswordLately])
@slow
async def give_record(
    request: Request, session: SessionDep, actor: ActorDep, found: RecordSeen, form: PostedDep
) -> Response:
    """Give the record of one meeting as a document."""
    return await give(request, session, actor, found, form)


def _all_packs(request: Request) -> tuple[str, str]:
    return "Packs and letters", f"/{request.state.place.slug}/packs"


def _of_round(request: Request, of: PaperOf) -> tuple[str, str]:
    return of.round.title, _at(request, of.round)


def _page(
    request: Request, session: Session, actor: Actor, of: PaperOf, above: tuple[str, str]
) -> Response:
    require(of.round.stage, Doing.PREPARE_PACK)
    writes = find_round(session, scope(actor, Action.PAPER_WRITE), request.path_params)
    wording = f"{_at(request, of.round)}/papers/{of.name}/wording" if writes else ""
    paper = make_paper(session, actor, of)
    return render(request, PaperPage(paper, above, f"{request.url.path}/document", wording))
