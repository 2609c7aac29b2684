"""Papers and exports on the web."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.access import Action, Actor, NotFound, Scope, scope
from app.comparisons.blindness import sight_of
from app.comparisons.queries import subjects_in_sight
from app.db import Session, now
from app.exports.another_process import POOL
from app.exports.answers import HEAD, MARKING, answers_file
from app.exports.answers_book import answers_book
from app.exports.codebook import codebook, codebook_file
from app.exports.commands import export_answers, take_pack, take_paper
from app.exports.makers import MAKERS, TYPES, Format
from app.exports.pages import ExportsPage, PacksPage, PaperPage
from app.exports.paper import Paper
from app.exports.queries import PackOf, find_pack, packs_in_view
from app.exports.records import RECORD, record_paper
from app.exports.wording import BRIEFING, REPORT, PaperOf, make_paper
from app.exports.workbook import TYPE as WORKBOOK
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing, Stage, require
from app.web.filters import moment
from app.web.forms import Input, PostedDep, read
from app.web.guard import ActorDep, May, MayOn, PasswordLately
from app.web.pages import render
from app.web.slow import slow
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}")

PacksSeen = Annotated[Scope, Depends(May(Action.PACK_SEE), scope="function")]
PackSeen = Annotated[PackOf, Depends(MayOn(Action.PACK_SEE, find_pack), scope="function")]
RoundTold = Annotated[Round, Depends(MayOn(Action.FINDING_SEE, find_round), scope="function")]
RoundExported = Annotated[
    Round, Depends(MayOn(Action.ANSWERS_EXPORT, find_round), scope="function")
]


_CSV = "text/csv; charset=utf-8"


class AnswersWanted(Input):
    """The sort of file that is wanted of the answers."""

    format: Literal["csv", "xlsx"] = "csv"


class Wanted(Input):
    """The sort of document that is wanted."""

    format: Format = "docx"


def _at(request: Request, of: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{of.ref}"


@router.get("/packs")
async def show_packs(request: Request, session: SessionDep, within: PacksSeen) -> Response:
    """Show the packs that somebody may read now."""
    packs = tuple(
        (
            f"{_at(request, pack.round)}/packs/{pack.subgroup.ref}",
            pack.subgroup.name,
            pack.round.title,
            Stage(pack.round.stage).words,
        )
        for pack in packs_in_view(session, within)
    )
    return render(request, PacksPage(packs))


@router.get("/rounds/{round}/packs/{subgroup}")
async def show_pack(
    request: Request, session: SessionDep, actor: ActorDep, found: PackSeen
) -> Response:
    """Show one subgroup's pack as a page."""
    above = ("Packs", f"/{request.state.place.slug}/packs")
    return _page(request, session, actor, _pack(found), above)


@router.post("/rounds/{round}/packs/{subgroup}/document", dependencies=[PasswordLately])
@slow
async def give_pack(
    request: Request, session: SessionDep, actor: ActorDep, found: PackSeen, form: PostedDep
) -> Response:
    """Give a subgroup's pack as a document, made in another process."""
    wanted = read(Wanted, form).format
    require(found.round.stage, Doing.PREPARE_PACK)
    paper = make_paper(session, actor, _pack(found))
    session.close()
    content = await POOL.run(MAKERS[wanted], paper)
    async with database_of(request).writing_in_turn() as writing:
        still = find_pack(writing, scope(actor, Action.PACK_SEE), request.path_params)
        if still is None:
            raise NotFound
        take_pack(writing, actor, still, wanted)
    return _document(content, f"pack-{found.round.ref}-{found.subgroup.ref}", wanted)


@router.get("/rounds/{round}/briefing")
async def show_briefing(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundTold
) -> Response:
    """Show the practitioner briefing as a page."""
    above = (seen.title, _at(request, seen))
    return _page(request, session, actor, PaperOf(seen, BRIEFING), above)


@router.post("/rounds/{round}/briefing/document", dependencies=[PasswordLately])
@slow
async def give_briefing(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundTold, form: PostedDep
) -> Response:
    """Give the practitioner briefing as a document, made in another process."""
    wanted = read(Wanted, form).format
    require(seen.stage, Doing.PREPARE_PACK)
    paper = make_paper(session, actor, PaperOf(seen, BRIEFING))
    session.close()
    return await _give(request, actor, paper, BRIEFING, wanted)


@router.get("/rounds/{round}/report")
async def show_report(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundTold
) -> Response:
    """Show the full report as a page."""
    above = (seen.title, _at(request, seen))
    return _page(request, session, actor, PaperOf(seen, REPORT), above)


@router.post("/rounds/{round}/report/document", dependencies=[PasswordLately])
@slow
async def give_report(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundTold, form: PostedDep
) -> Response:
    """Give the full report as a document, made in another process."""
    wanted = read(Wanted, form).format
    require(seen.stage, Doing.PREPARE_PACK)
    paper = make_paper(session, actor, PaperOf(seen, REPORT))
    session.close()
    return await _give(request, actor, paper, REPORT, wanted)


@router.post("/rounds/{round}/meetings/{meeting}/document", dependencies=[PasswordLately])
@slow
async def give_record(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundTold, form: PostedDep
) -> Response:
    """Give the record of one meeting as a document, made in another process."""
    wanted = read(Wanted, form).format
    require(seen.stage, Doing.PREPARE_PACK)
    paper = record_paper(session, actor, seen, request.path_params["meeting"])
    session.close()
    return await _give(request, actor, paper, RECORD, wanted)


def _pack(of: PackOf) -> PaperOf:
    return PaperOf(of.round, of.subgroup.ref, of.subgroup)


def _page(
    request: Request, session: Session, actor: Actor, of: PaperOf, above: tuple[str, str]
) -> Response:
    require(of.round.stage, Doing.PREPARE_PACK)
    writes = find_round(session, scope(actor, Action.PAPER_WRITE), request.path_params)
    wording = f"{_at(request, of.round)}/papers/{of.name}/wording" if writes else ""
    paper = make_paper(session, actor, of)
    return render(request, PaperPage(paper, above, f"{request.url.path}/document", wording))


async def _give(
    request: Request, actor: Actor, paper: Paper, kind: str, wanted: Format
) -> Response:
    content = await POOL.run(MAKERS[wanted], paper)
    async with database_of(request).writing_in_turn() as writing:
        still = find_round(writing, scope(actor, Action.FINDING_SEE), request.path_params)
        if still is None:
            raise NotFound
        take_paper(writing, actor, still, kind, wanted)
    return _document(content, f"{kind}-{still.ref}", wanted)


def _document(content: bytes, name: str, wanted: Format) -> Response:
    return Response(content, media_type=TYPES[wanted], headers=_attached(f"{name}.{wanted}"))


@router.get("/rounds/{round}/exports", dependencies=[PasswordLately])
async def show_exports(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundExported
) -> Response:
    """Say what would leave the round as a file, and ask."""
    subjects = subjects_in_sight(session, sight_of(actor, seen))
    page = ExportsPage(seen, _at(request, seen), MARKING, HEAD[1:], len(subjects))
    return render(request, page)


@router.post("/rounds/{round}/exports/answers", dependencies=[PasswordLately])
async def give_answers(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundExported, form: PostedDep
) -> Response:
    """Give every sent answer of a round as a CSV file or a workbook."""
    wanted = read(AnswersWanted, form).format
    sight = sight_of(actor, seen)
    subjects = subjects_in_sight(session, sight)
    export_answers(session, actor, sight, len(subjects), wanted)
    database = database_of(request)
    name = f"answers-{seen.ref}.{wanted}"
    if wanted == "csv":
        content = answers_file(database, sight, subjects)
        return StreamingResponse(content, media_type=_CSV, headers=_attached(name))
    about = (
        MARKING,
        f"Every answer that was sent in the round “{seen.title}”.",
        f"Taken by {actor.name} on {moment(now(session))}.",
        "Keep it inside the round: it is not for subgroups, and never for publication.",
        "Left out: local record numbers, references from the list, names of who uses Casefile.",
        "The sheet “Codebook” says what each question means and what could be answered.",
    )
    content = answers_book(database, sight, subjects, codebook(session, seen), about)
    return StreamingResponse(content, media_type=WORKBOOK, headers=_attached(name))


@router.get("/rounds/{round}/exports/codebook")
async def give_codebook(session: SessionDep, seen: RoundExported) -> Response:
    """Give what each question of a round means as a CSV file; no answer is in it."""
    content = codebook_file(codebook(session, seen))
    headers = _attached(f"codebook-{seen.ref}.csv")
    return Response(content, media_type=_CSV, headers=headers)


def _attached(name: str) -> dict[str, str]:
    """Tell the browser to keep the answer as a file; the name is made of references alone."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
