"""The files of a response on the web: attached, taken and removed."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from app.access import Action, Actor, NotFound, NotNow, Unfit, scope
from app.attachments.checking import Checked, checked
from app.attachments.commands import NOT_YOURS, SENT, attach, remove, take
from app.attachments.models import Attachment
from app.attachments.pages import FileShown, FilesPage, QuestionFiles, RemovalPage
from app.attachments.queries import (
    Attached,
    Listed,
    answers_beside,
    attachments_of,
    find_attached,
    last_sent,
    was_sent,
)
from app.attachments.rules import TYPES, what_it_is
from app.db import today
from app.identifiers import Kind
from app.library.numbers import numbers_of
from app.responses.queries import Work, find_work
from app.responses.rules import check_answerable
from app.responses.standing import may_answer, skeleton
from app.web.chrome import about_a_subject
from app.web.filters import listed
from app.web.forms import Posted, PostedDep
from app.web.guard import ActorDep, MayOn, PasswordLately
from app.web.pages import render, see
from app.web.slow import slow
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}/assignments/{assignment}/files")

Seen = Annotated[Work, Depends(MayOn(Action.RESPONSE_SEE, find_work), scope="function")]
Answered = Annotated[Work, Depends(MayOn(Action.RESPONSE_ANSWER, find_work), scope="function")]
SeenFile = Annotated[Attached, Depends(MayOn(Action.RESPONSE_SEE, find_attached), scope="function")]
OwnFile = Annotated[
    Attached, Depends(MayOn(Action.RESPONSE_ANSWER, find_attached), scope="function")
]
NO_FILE = "Choose the file that shows your answer"
NO_LONGER = "A question that is no longer asked"


def _at(request: Request, work: Work) -> str:
    return f"/{request.state.place.slug}/assignments/{work.assignment.ref}"


@router.get("")
async def show_files(
    request: Request, session: SessionDep, actor: ActorDep, seen: Seen
) -> Response:
    """Show every file of a response, by question."""
    about_a_subject(request)
    chosen = request.query_params.get("question", "")
    return render(request, _files_page(request, session, actor, seen, chosen, {}))


@router.post("")
@slow
async def attach_file(
    request: Request, session: SessionDep, actor: ActorDep, seen: Answered, form: PostedDep
) -> Response:
    """Look into the file in a child process, and attach it to its question."""
    check_answerable(seen.round.stage, seen.subject.state, seen.state)
    chosen, day = form.one("question"), today(session)
    session.close()  # nothing stays open while the child process looks
    try:
        file = await _file_of(form, day)
        async with database_of(request).writing_in_turn() as writing:
            # The response may have been declared by now, or given to somebody else.
            again = find_work(writing, scope(actor, Action.RESPONSE_ANSWER), request.path_params)
            if again is None:
                raise NotFound
            attach(writing, actor, again, chosen, file)
    except Unfit as unfit:
        async with database_of(request).writing_in_turn() as writing:
            again = find_work(writing, scope(actor, Action.RESPONSE_ANSWER), request.path_params)
            if again is None:
                raise NotFound from None
            page = _files_page(request, writing, actor, again, chosen, unfit.errors)
            return render(request, page, 422)
    return see(request, f"{_at(request, seen)}/files?question={chosen}", banner="File attached")


async def _file_of(form: Posted, day: date) -> Checked:
    unknown = set(form) - {"question"} | set(form.files) - {"attachment"}
    if unknown:
        raise Unfit(f"This form does not ask for “{min(unknown)}”. Reload the page and try again.")
    file = form.files.get("attachment")
    if file is None or not file.filename:
        raise Unfit({"attachment": NO_FILE})
    data = await file.read()
    await file.close()
    return await checked(file.filename, data, day)


@router.post("/{attachment}", dependencies=[PasswordLately])
async def take_file(session: SessionDep, actor: ActorDep, found: SeenFile) -> Response:
    """Give a file to whoever may read the response: always as a file, never shown in the page."""
    ending = found.attachment.ending
    headers = {
        "Content-Disposition": f'attachment; filename="file-{found.attachment.ref}.{ending}"'
    }
    content = take(session, actor, found)
    return Response(content, media_type=TYPES[ending], headers=headers)


@router.get("/{attachment}/removal")
async def ask_to_remove(
    request: Request, session: SessionDep, actor: ActorDep, found: OwnFile
) -> Response:
    """Say what removing a file does, and ask."""
    work, attachment = found
    check_answerable(work.round.stage, work.subject.state, work.state)
    if not answers_beside(session, actor.person_id, work, attachment):
        raise NotNow(NOT_YOURS)
    if was_sent(attachment, last_sent(session, work)):
        raise NotNow(SENT)
    about_a_subject(request)
    at = _at(request, work)
    page = RemovalPage(
        at=f"{at}/files",
        subject=work.name,
        name=attachment.name,
        question=_titles(session, work).get(attachment.question_id, NO_LONGER),
        here=f"{at}/files/{attachment.ref}/removal",
    )
    return render(request, page)


@router.post("/{attachment}/removal")
async def remove_file(
    request: Request, session: SessionDep, actor: ActorDep, found: OwnFile
) -> Response:
    """Take a file away again."""
    remove(session, actor, found)
    return see(request, f"{_at(request, found.work)}/files", banner="File removed")


def _files_page(
    request: Request,
    session: Session,
    actor: Actor,
    work: Work,
    chosen: str,
    errors: Mapping[str, str],
) -> FilesPage:
    at, titles = _at(request, work), _titles(session, work)
    order = {number: place for place, number in enumerate(titles)}
    may_attach, sent = may_answer(actor, work), last_sent(session, work)
    files_here = sorted(
        attachments_of(session, work),
        key=lambda each: order.get(each.attachment.question_id, len(order)),
    )
    return FilesPage(
        at=at,
        back=_back(session, work, at, chosen) if may_attach else (at, work.name),
        subject=work.name,
        round_title=work.round.title,
        questions=tuple(
            QuestionFiles(
                titles.get(number, NO_LONGER),
                tuple(
                    _shown(
                        at,
                        work,
                        each,
                        sent,
                        may_remove=may_attach
                        and answers_beside(session, actor.person_id, work, each.attachment),
                    )
                    for each in files
                ),
            )
            for number, files in groupby(files_here, key=lambda each: each.attachment.question_id)
        ),
        may_attach=may_attach,
        choices=tuple(
            (met.question.id, f"{met.number}. {met.question.text}")
            for each in skeleton(session, work).sections
            for met in each.questions
            if met.question.id in work.filled.by_id
            and work.answerers.answers(actor.person_id, each.section.id)
        ),
        chosen=chosen,
        errors=errors,
    )


def _back(session: Session, work: Work, at: str, chosen: str) -> tuple[str, str]:
    """Lead back to the question for which somebody came, else to the response."""
    for each in skeleton(session, work).sections:
        for met in each.questions:
            if met.question.id == chosen:
                to = f"{at}/sections/{each.section.id}#question-{chosen}"
                return to, f"{work.name}: question {met.number}"
    return at, work.name


def _titles(session: Session, work: Work) -> dict[int, str]:
    """Return every question of the set as pages name it, by its number for life."""
    numbers = numbers_of(session, work.tool).number
    return {numbers[question.id]: question.text for question in work.question_set.questions}


def _shown(
    at: str, work: Work, each: Listed, sent: datetime | None, *, may_remove: bool
) -> FileShown:
    attachment = each.attachment
    here = f"{at}/files/{attachment.ref}"
    return FileShown(
        name=attachment.name,
        what=what_it_is(attachment.ending, attachment.size),
        by=each.by,
        at=attachment.attached_at,
        warning=_warning(attachment, work) if may_remove else "",
        take=here,
        remove=f"{here}/removal" if may_remove and not was_sent(attachment, sent) else "",
    )


def _warning(attachment: Attachment, work: Work) -> str:
    """Ask whoever attached a file to look again where it seems to say who the child is."""
    kinds = [kind.words for kind in map(Kind, attachment.suspected.split())]
    if not kinds:
        return ""
    return (
        f"Its name or its words look like they hold {listed(kinds)}. Look again: if they do, "
        f"remove it, write “{work.subject.label}” there instead, and attach it again."
    )
