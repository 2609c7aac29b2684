"""The list of referrals on the web: read, its columns chosen, imported or discarded."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from app.access import Action, NotFound, Unfit, scope
from app.rounds.rules import Doing, require
from app.samples.choosing import (
    columns_page,
    hidden_fields,
    ids_of,
    import_page,
    problem_page,
    refused,
    suggested,
    with_words_of,
)
from app.samples.commands import (
    discard_list,
    import_list,
    keep_list,
    referrals_in,
    refuse_drawn,
    same_as_imported,
)
from app.samples.forms import ImportOfList, RowsOfList
from app.samples.lists import ListProblem
from app.samples.models import Frame, UploadedList
from app.samples.pages import DiscardPage, UploadPage
from app.samples.presence import ToDraw, at
from app.samples.queries import (
    RowsWanted,
    Sampled,
    content_of,
    find_sampled,
    find_waiting,
    frame_of,
    rows_of,
    waiting_lists,
)
from app.samples.referrals import RowProblems
from app.samples.workbook import read_list
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.slow import slow
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}/rounds/{round}/strands/{strand}/sample")


async def waiting_list(request: Request, session: SessionDep, sampled: ToDraw) -> UploadedList:
    """Load the list that an address names, in the strand that it names."""
    found = find_waiting(session, sampled, request.path_params["list"])
    if found is None:
        raise NotFound
    return found


Waiting = Annotated[UploadedList, Depends(waiting_list, scope="function")]


@router.get("/list")
async def ask_for_list(request: Request, session: SessionDep, sampled: ToDraw) -> Response:
    """Ask for the file that holds the list."""
    _refuse_unless_sampling(session, sampled)
    instead = bool(waiting_lists(session, sampled.strand_id))
    return render(request, UploadPage(at(request, sampled), sampled.strand.title, instead, {}, {}))


@router.post("/list")
@slow
async def read_file(
    request: Request, session: SessionDep, actor: ActorDep, sampled: ToDraw, form: PostedDep
) -> Response:
    """Read the file in a child process, and keep what identifies nobody until it is imported."""
    _refuse_unless_sampling(session, sampled)
    instead = bool(waiting_lists(session, sampled.strand_id))
    session.close()  # nothing stays open while the child process reads
    try:
        data, name = await _file_of(form)
        found = await read_list(data, name)
    except ListProblem as problem:
        errors = {
            f"list-{place}" if place else "list": sentence
            for place, sentence in enumerate(problem.sentences)
        }
        page = UploadPage(
            at(request, sampled),
            sampled.strand.title,
            instead,
            errors,
            dict.fromkeys(errors, "list"),
        )
        return render(request, page, 422)
    async with database_of(request).writing_in_turn() as writing:
        # The round, or the strand, may be another by now.
        within = scope(actor, Action.SAMPLE_DRAW)
        again = find_sampled(writing, within, request.path_params)
        if again is None:
            raise NotFound
        kept = keep_list(writing, actor, again, found, name)
    return see(request, f"{at(request, sampled)}/list/{kept.ref}")


async def _file_of(form: Posted) -> tuple[bytes, str]:
    file = form.files.get("list")
    if file is None or not file.filename:
        raise ListProblem("Choose the file with the list of referrals.")
    data = await file.read()
    await file.close()
    return data, file.filename


@router.get("/list/{list}")
async def ask_for_columns(
    request: Request, session: SessionDep, sampled: ToDraw, waiting: Waiting
) -> Response:
    """Show the columns of a list that was read, with what the product would choose."""
    _refuse_unless_sampling(session, sampled)
    content = content_of(waiting)
    page = columns_page(at(request, sampled), sampled, waiting, content, suggested(content))
    return render(request, page)


@router.post("/list/{list}")
async def preview_list(
    request: Request,
    session: SessionDep,
    sampled: ToDraw,
    waiting: Waiting,
    form: PostedDep,
) -> Response:
    """Read every row by the columns chosen: what the list would give, or what to put right."""
    _refuse_unless_sampling(session, sampled)
    content = content_of(waiting)
    given = suggested(content)
    page = columns_page(at(request, sampled), sampled, waiting, content, given)
    try:
        given = with_words_of(content, asked := read(RowsOfList, form))
        page = columns_page(at(request, sampled), sampled, waiting, content, given)
        rows = referrals_in(session, waiting, asked)
        if isinstance(rows, RowProblems):
            refused(rows)
            shown = problem_page(rows.sentences, asked.page)
            page = replace(page, hidden=hidden_fields(given), **shown)  # type: ignore[arg-type]
            return render(request, page, 422)
    except Unfit as unfit:
        return render(request, replace(page, errors=unfit.errors, ids=ids_of(unfit.errors)), 422)
    before = frame_of(session, sampled.strand_id)
    preview = import_page(page, content, given, rows, before)
    same = same_as_imported(session, before, rows, given.window)
    return render(request, replace(preview, same=same))


@router.post("/list/{list}/frame")
async def import_frame(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    sampled: ToDraw,
    waiting: Waiting,
    form: PostedDep,
) -> Response:
    """Import a list as previewed: all of it or nothing."""
    frame = import_list(session, actor, sampled, waiting, read(ImportOfList, form))
    return see(request, at(request, sampled), banner=_imported(session, frame))


def _imported(session: Session, frame: Frame) -> str:
    _, total = rows_of(session, frame, RowsWanted(), 0, 1)
    return f"List imported: {total:,} referrals"


@router.get("/list/{list}/removal")
async def ask_to_discard(request: Request, sampled: ToDraw, waiting: Waiting) -> Response:
    """Say what discarding a list that waits will do."""
    here = at(request, sampled)
    rows = len(content_of(waiting).rows)
    page = DiscardPage(here, f"{here}/list/{waiting.ref}", waiting.file_name, rows)
    return render(request, page)


@router.post("/list/{list}/removal")
async def discard(
    request: Request, session: SessionDep, actor: ActorDep, sampled: ToDraw, waiting: Waiting
) -> Response:
    """Delete a list that waits for its columns."""
    discard_list(session, actor, sampled, waiting)
    return see(request, at(request, sampled), banner="List discarded")


def _refuse_unless_sampling(session: Session, sampled: Sampled) -> None:
    require(sampled.round.stage, Doing.SAMPLE)
    refuse_drawn(session, sampled)
