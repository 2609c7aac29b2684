"""Packs and exports on the web."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.access import Action, NotFound, Scope, scope
from app.comparisons.blindness import sight_of
from app.comparisons.queries import subjects_in_sight
from app.exports.another_process import POOL
from app.exports.answers import HEAD, MARKING, answers_file
from app.exports.commands import export_answers, take_pack
from app.exports.document import TYPE, pack_document
from app.exports.pages import ExportsPage, PackPage, PacksPage
from app.exports.queries import PackOf, find_pack, make_pack, packs_in_view
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.rules import Doing, Stage, require
from app.web.forms import Input, PostedDep, read
from app.web.guard import ActorDep, May, MayOn, PasswordLately
from app.web.pages import render
from app.web.slow import slow
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}")

PacksSeen = Annotated[Scope, Depends(May(Action.PACK_SEE), scope="function")]
PackSeen = Annotated[PackOf, Depends(MayOn(Action.PACK_SEE, find_pack), scope="function")]
RoundExported = Annotated[
    Round, Depends(MayOn(Action.ANSWERS_EXPORT, find_round), scope="function")
]


class Nothing(Input):
    """A form that only confirms."""


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
    require(found.round.stage, Doing.PREPARE_PACK)
    at = f"/{request.state.place.slug}/packs"
    here = f"{_at(request, found.round)}/packs/{found.subgroup.ref}"
    return render(request, PackPage(make_pack(session, actor, found), at, f"{here}/document"))


@router.post("/rounds/{round}/packs/{subgroup}/document", dependencies=[PasswordLately])
@slow
async def give_document(
    request: Request, session: SessionDep, actor: ActorDep, found: PackSeen, form: PostedDep
) -> Response:
    """Give a subgroup's pack as a Word document, made in another process."""
    read(Nothing, form)
    require(found.round.stage, Doing.PREPARE_PACK)
    pack = make_pack(session, actor, found)
    session.close()
    content = await POOL.run(pack_document, pack)
    async with database_of(request).writing_in_turn() as writing:
        still = find_pack(writing, scope(actor, Action.PACK_SEE), request.path_params)
        if still is None:
            raise NotFound
        take_pack(writing, actor, still)
    name = f"pack-{found.round.ref}-{found.subgroup.ref}.docx"
    return Response(content, media_type=TYPE, headers=_attached(name))


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
    """Give every sent answer of a round as a CSV file."""
    read(Nothing, form)
    sight = sight_of(actor, seen)
    subjects = subjects_in_sight(session, sight)
    export_answers(session, actor, sight, len(subjects))
    return StreamingResponse(
        answers_file(database_of(request), sight, subjects),
        media_type="text/csv; charset=utf-8",
        headers=_attached(f"answers-{seen.ref}.csv"),
    )


def _attached(name: str) -> dict[str, str]:
    """Tell the browser to keep the answer as a file; the name is made of references alone."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
