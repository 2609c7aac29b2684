"""A theme, and a question that several tools share, on the web: where and when each was asked."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound, holds
from app.db import Session
from app.findings.following import Asked, asked_in_rounds
from app.findings.following_pages import BankQuestionPage, InRound, ThemePage
from app.library.following import carrying, from_bank, reworded_in, themes_of
from app.tools import Question, Tool
from app.web.guard import ActorDep, May
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}", dependencies=[Depends(May(Action.TOOL_SEE))])


@router.get("/themes/{theme}")
async def show_theme(
    request: Request, session: SessionDep, actor: ActorDep, theme: str
) -> Response:
    """Show which questions of which tools carry a theme, and in which rounds they were asked."""
    tools = _tools(request)
    title = themes_of(tools).get(theme)
    if title is None:
        raise NotFound
    rounds = _rounds(request, session, actor, lambda question: theme in question.themes)
    page = ThemePage(
        at=f"/{request.state.place.slug}/audit-tools",
        bank=f"/{request.state.place.slug}/bank",
        theme=theme,
        title=title,
        stands=carrying(tools, theme),
        rounds=[
            _in_round(asked, f"{at}?{urlencode({'strand': asked.strand.ref, 'theme': theme})}")
            for asked, at in rounds
        ],
        reads=holds(actor, Action.RESULT_SEE),
    )
    return render(request, page)


@router.get("/bank/{block}/{bank_question}")
async def show_bank_question(
    request: Request, session: SessionDep, actor: ActorDep, block: str, bank_question: str
) -> Response:
    """Show which tools ask a question of a block, and in which rounds it was asked."""
    stands = from_bank(_tools(request), block, bank_question)
    if not stands:
        raise NotFound
    rounds = _rounds(
        request, session, actor, lambda each: (each.block, each.id) == (block, bank_question)
    )
    page = BankQuestionPage(
        at=f"/{request.state.place.slug}/audit-tools",
        block=block,
        key=bank_question,
        wordings=reworded_in(stands),
        stands=stands,
        rounds=[
            _in_round(asked, f"{at}?strand={asked.strand.ref}#result-{bank_question}")
            for asked, at in rounds
        ],
        reads=holds(actor, Action.RESULT_SEE),
    )
    return render(request, page)


def _tools(request: Request) -> Mapping[tuple[str, int], Tool]:
    tools: Mapping[tuple[str, int], Tool] = request.app.state.tools
    return tools


def _rounds(
    request: Request, session: Session, actor: Actor, followed: Callable[[Question], bool]
) -> list[tuple[Asked, str]]:
    """List the strands that asked it, each with the address of its round's results."""
    at = f"/{request.state.place.slug}/rounds"
    found = asked_in_rounds(session, actor, followed)
    return [(each, f"{at}/{each.round.ref}/results") for each in found]


def _in_round(asked: Asked, href: str) -> InRound:
    return InRound(
        title=f"{asked.round.title}: {asked.strand.title}",
        href=href,
        tool=f"{asked.tool.title}, version {asked.tool.version}",
        stage=asked.stage,
        returns_due=asked.round.returns_due,
        questions=len(asked.questions),
    )
