"""A round's results on the web, and the way from each number to the answers behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.may import may
from app.comparisons.queries import sheet_for
from app.comparisons.sheet import Sheet
from app.db import Session, key_of
from app.findings.behind import behind, on_page
from app.findings.listing import theme_choices
from app.findings.result_pages import BehindPage, Looking, ResultsPage
from app.findings.results import (
    Gathered,
    HeatRow,
    Result,
    Tallied,
    gather,
    heat,
    results,
    scales_of,
)
from app.findings.tallies import agencies_tallied, strata_tallied, tallies_by_agency, tallies_of
from app.identity.models import Agency
from app.rounds.models import Round, Strand
from app.rounds.queries import find_round, strands_of
from app.rounds.rules import Doing, allows, require
from app.samples.frame import IN_WORDS
from app.tools import Choices
from app.web.filters import plural
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.paging import page_number, paged
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundWithResults = Annotated[Round, Depends(MayOn(Action.RESULT_SEE, find_round), scope="function")]
OUTCOMES = {str(stratum): words for stratum, words in IN_WORDS.items()}
BY_AGENCY, BY_THEME = "agencies", "themes"


def _at(request: Request, seen: Round) -> str:
    return f"/{request.state.place.slug}/rounds/{seen.ref}"


def _sees_all(actor: Actor, seen: Round) -> bool:
    """Whether somebody sees each agency's results, and so from the first response on.

    An agency reads the round's results and its own, once the findings are agreed.
    """
    everything = actor.exempt or seen.id in actor.leads
    early = everything and not allows(seen.stage, Doing.READ_RESULTS)
    require(seen.stage, Doing.COMPARE if early else Doing.READ_RESULTS)
    return everything


@router.get("/results")
async def show_results(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundWithResults
) -> Response:
    """Show how often each answer was given: of all that was sent, or of a part of it."""
    everything, query = _sees_all(actor, seen), request.query_params
    strands = strands_of(session, seen)
    strand = next((s for s in strands if s.ref == query.get("strand")), strands[0])
    sheet = sheet_for(session, Sight(seen, everything, frozenset()), strand)
    sent = agencies_tallied(session, strand)
    own = {h.agency_id for h in actor.held}
    open_to = [agency for agency in sent if everything or agency.id in own]
    strata = strata_tallied(session, strand) if everything else []
    looking = _looking(query, sheet, open_to, strata, strand.ref)
    tallied = tallies_of(session, strand, _keys(open_to, looking.agency), looking.stratum)
    shown = results(sheet, tallied, looking.theme, looking.section)
    show = query.get("show", "")
    show = show if show in {BY_THEME, *([BY_AGENCY] if everything else [])} else ""
    at = _at(request, seen)
    page = ResultsPage(
        round=seen,
        at=at,
        looking=looking,
        results=tuple(shown),
        strands=tuple((each.ref, each.title) for each in strands),
        looked_at=_looked_at(sheet, tallied),
        agencies=(("", "All agencies"), *((a.ref, a.name) for a in open_to)),
        strata=(("", "All"), *((s, OUTCOMES.get(s, s)) for s in strata)),
        themes=(("", "All themes"), *theme_choices(sheet.tool)),
        sections=(("", "All sections"), *_sections(sheet)),
        heads=tuple(agency.name for agency in sent) if everything else (),
        heat=_heat(session, strand, sheet, sent, shown, looking) if show == BY_AGENCY else (),
        scales=tuple(sheet.tool.scale[each].title for each in scales_of(sheet)),
        gathered=_gathered(sheet, shown) if show == BY_THEME else (),
        show=show,
        views=tuple(_views(f"{at}/results", looking, show, everything=everything)),
        drills=everything,
        may_write=may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, seen),
    )
    return render(request, page)


def _looked_at(sheet: Sheet, tallied: Tallied) -> str:
    kind = sheet.question_set.subject
    about = plural(tallied.subjects, kind.words.lower(), kind.several)
    return f"{plural(tallied.responses, 'response')} about {about}"


def _views(
    at: str, looking: Looking, show: str, *, everything: bool
) -> Iterator[tuple[str, str, bool]]:
    views = [("", "By question"), (BY_THEME, "By section and theme")]
    for name, words in [*views, *([(BY_AGENCY, "Grades by agency")] if everything else [])]:
        yield words, f"{at}?{_query(looking, show=name)}", name == show


def _query(looking: Looking, **other: str) -> str:
    given = {**vars(looking), **other}
    return urlencode({name: value for name, value in given.items() if value})


def _heat(
    session: Session,
    strand: Strand,
    sheet: Sheet,
    sent: Sequence[Agency],
    shown: Sequence[Result],
    looking: Looking,
) -> tuple[HeatRow, ...]:
    by_agency = tallies_by_agency(session, strand, looking.stratum)
    return tuple(heat(sheet, by_agency, [key_of(agency) for agency in sent], shown))


def _gathered(
    sheet: Sheet, shown: Sequence[Result]
) -> tuple[tuple[str, str, tuple[Gathered, ...]], ...]:
    sections, themes = gather(sheet, shown, scales_of(sheet))
    return (
        ("Grades by section", "section", tuple(sections)),
        ("Grades by theme", "theme", tuple(themes)),
    )


def _looking(
    query: Mapping[str, str],
    sheet: Sheet,
    agencies: Sequence[Agency],
    strata: Sequence[str],
    strand: str,
) -> Looking:
    """Read what is looked at; what is not there to be chosen is as if it were not asked for."""

    def one_of(name: str, known: Sequence[str]) -> str:
        typed = query.get(name, "")
        return typed if typed in known else ""

    return Looking(
        strand=strand,
        agency=one_of("agency", [agency.ref for agency in agencies]),
        stratum=one_of("stratum", strata),
        theme=one_of("theme", [theme.id for theme in sheet.tool.themes]),
        section=one_of("section", [key for key, _ in _sections(sheet)]),
    )


def _sections(sheet: Sheet) -> list[tuple[str, str]]:
    return [(section.id, section.title) for section in sheet.question_set.sections]


def _keys(agencies: Sequence[Agency], chosen: str) -> list[int] | None:
    return [key_of(agency) for agency in agencies if agency.ref == chosen] if chosen else None


@router.get("/results/{question}")
async def show_behind(
    request: Request, session: SessionDep, actor: ActorDep, seen: RoundWithResults, question: str
) -> Response:
    """Show which responses are behind one question's result, each with the way to it."""
    sight, query = sight_of(actor, seen), request.query_params
    if not sight.everything:
        raise NotFound
    strands, at = strands_of(session, seen), _at(request, seen)
    strand = next((each for each in strands if each.ref == query.get("strand")), strands[0])
    sheet = sheet_for(session, sight, strand)
    line = sheet.by_key.get(question)
    if line is None:
        raise NotFound
    agencies = agencies_tallied(session, strand)
    strata = strata_tallied(session, strand)
    looking = _looking(query, sheet, agencies, strata, strand.ref)
    named = {agency.ref: agency.name for agency in agencies}
    writes = may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, seen)
    from_this = urlencode({"strand": strand.ref, "question": question})
    groups = behind(session, sight, strand, line, looking, at)
    total = sum(len(rows) for _, rows in groups)
    number = page_number(query.get("page", ""), total)
    here = f"{at}/results/{question}?{_query(looking)}&page="
    page = BehindPage(
        round=seen,
        at=at,
        place=line.place,
        text=line.question.text,
        only=tuple(
            filter(
                None,
                (
                    named.get(looking.agency, ""),
                    OUTCOMES.get(looking.stratum, looking.stratum),
                ),
            )
        ),
        everything=f"{at}/results/{question}?strand={strand.ref}",
        responses=len({row for _, rows in groups for row in rows}),
        several=isinstance(line.question, Choices),
        groups=paged(on_page(groups, number), number, total, here),
        finding=f"{at}/findings/new?{from_this}" if writes else "",
    )
    return render(request, page)
