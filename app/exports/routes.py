"""A round's answers as files on the web, and what each question of them means."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.access import Action, NotNow
from app.comparisons.blindness import sight_of
from app.comparisons.queries import subjects_in_sight
from app.db import now
from app.exports.answers import HEAD, MARKING, answers_file
from app.exports.answers_book import answers_book
from app.exports.codebook import codebook, codebook_file
from app.exports.commands import export_answers
from app.exports.giving import attached
from app.exports.pages import ExportsPage
from app.exports.workbook import TYPE as WORKBOOK
from app.rounds.kept import days_gone
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.rounds.retention import Kept
from app.web.filters import moment
from app.web.forms import Input, PostedDep, read
from app.web.guard import ActorDep, MayOn, PasswordLately
from app.web.pages import render
from app.web.units import SessionDep, database_of

router = APIRouter(prefix="/{partnership}")

RoundExported = Annotated[
    Round, Depends(MayOn(Action.ANSWERS_EXPORT, find_round), scope="function")
]
_CSV = "text/csv; charset=utf-8"


class AnswersWanted(Input):
    """The sort of file that is wanted of the answers."""

    format: Literal["csv", "xlsx"] = "csv"


@router.get("/rounds/{round}/exports", dependencies=[PasswordLately])
async def show_exports(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundExported
) -> Response:
    """Say what would leave the round as a file, and ask."""
    subjects = subjects_in_sight(session, sight_of(actor, seen))
    page = ExportsPage(
        seen,
        f"/{request.state.place.slug}/rounds/{seen.ref}",
        MARKING,
        HEAD[1:],
        len(subjects),
        days_gone(session, seen).get(Kept.ANSWERS, ""),
    )
    return render(request, page)


@router.post("/rounds/{round}/exports/answers", dependencies=[PasswordLately])
async def give_answers(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundExported, form: PostedDep
) -> Response:
    """Give every sent answer of a round as a CSV file or a workbook."""
    wanted, gone = read(AnswersWanted, form).format, days_gone(session, seen)
    if when := gone.get(Kept.ANSWERS):
        raise NotNow(f"The answers of this round were purged on {when}: there is nothing to take.")
    agreed = "Purged" if Kept.AGREED_ANSWERS in gone else ""
    sight = sight_of(actor, seen)
    subjects = subjects_in_sight(session, sight)
    export_answers(session, actor, sight, len(subjects), wanted)
    database = database_of(request)
    name = f"answers-{seen.ref}.{wanted}"
    if wanted == "csv":
        content = answers_file(database, sight, subjects, agreed)
        return StreamingResponse(content, media_type=_CSV, headers=attached(name))
    about = (
        MARKING,
        f"Every answer that was sent in the round “{seen.title}”.",
        f"Taken by {actor.name} on {moment(now(session))}.",
        "Keep it inside the round: it is not for subgroups, and never for publication.",
        "Left out: local record numbers, references from the list, names of who uses Casefile.",
        "The sheet “Codebook” says what each question means and what could be answered.",
    )
    content = answers_book(database, sight, subjects, codebook(session, seen), about, agreed)
    return StreamingResponse(content, media_type=WORKBOOK, headers=attached(name))


@router.get("/rounds/{round}/exports/codebook")
async def give_codebook(session: SessionDep, seen: RoundExported) -> Response:
    """Give what each question of a round means as a CSV file; no answer is in it."""
    content = codebook_file(codebook(session, seen))
    headers = attached(f"codebook-{seen.ref}.csv")
    return Response(content, media_type=_CSV, headers=headers)
