"""A round's results on the web, and the way from each number to the answers behind it."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.access import Action, Actor, NotFound
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.may import may
from app.comparisons.queries import compare_all, sheet_for, subjects_in_sight
from app.comparisons.sheet import Sheet
from app.db import Session, key_of
from app.findings.listing import theme_choices
from app.findings.result_pages import Behind, BehindPage, Looking, ResultsPage
from app.findings.results import heat, results
from app.findings.tallies import agencies_tallied, strata_tallied, tallies_by_agency, tallies_of
from app.identity.models import Agency
from app.rounds.models import Round, Strand
from app.rounds.queries import find_round, strands_of
from app.rounds.rules import Doing, allows, require
from app.samples.frame import IN_WORDS
from app.web.guard import ActorDep, MayOn
from app.web.pages import render
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}")

RoundWithResults = Annotated[Round, Depends(MayOn(Action.RESULT_SEE, find_round), scope="function")]
OUTCOMES = {str(stratum): words for stratum, words in IN_WORDS.items()}
BY_AGENCY = "agencies"
IN_ITS_OWN_WORDS = "In words: open it to read"


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
    shown = results(
        sheet,
        tallies_of(session, strand, _keys(open_to, looking.agency), looking.stratum),
        looking.theme,
        looking.section,
    )
    by_agency = everything and query.get("show") == BY_AGENCY
    page = ResultsPage(
        round=seen,
        at=_at(request, seen),
        looking=looking,
        results=tuple(shown),
        strands=tuple((each.ref, each.title) for each in strands),
        agencies=(("", "All agencies"), *((a.ref, a.name) for a in open_to)),
        strata=(("", "All"), *((s, OUTCOMES.get(s, s)) for s in strata)),
        themes=(("", "All themes"), *theme_choices(sheet.tool)),
        sections=(("", "All sections"), *_sections(sheet)),
        heads=tuple(agency.name for agency in sent) if everything else (),
        heat=tuple(
            heat(
                sheet,
                tallies_by_agency(session, strand, looking.stratum),
                [key_of(agency) for agency in sent],
                shown,
            )
            if by_agency
            else ()
        ),
        by_agency=by_agency,
        query=urlencode({name: value for name, value in vars(looking).items() if value}),
        drills=everything,
        may_write=may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, seen),
    )
    return render(request, page)


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
    sight = sight_of(actor, seen)
    if not sight.everything:
        raise NotFound
    strands = strands_of(session, seen)
    wanted = request.query_params.get("strand")
    strand = next((each for each in strands if each.ref == wanted), strands[0])
    sheet = sheet_for(session, sight, strand)
    line = sheet.by_key.get(question)
    if line is None:
        raise NotFound
    page = BehindPage(
        round=seen,
        at=_at(request, seen),
        place=line.place,
        text=line.question.text,
        rows=tuple(_behind(session, sight, strand, question, _at(request, seen))),
        may_write=may(actor, Action.FINDING_WRITE, Doing.WRITE_FINDINGS, seen),
    )
    return render(request, page)


def _behind(session: Session, sight: Sight, strand: Strand, question: str, at: str) -> list[Behind]:
    found = [each for each in subjects_in_sight(session, sight) if each.strand.id == strand.id]
    compared = compare_all(session, sight, strand, [each.subject for each in found])
    rows: list[Behind] = []
    for each in found:
        comparison = compared[key_of(each.subject)]
        row = comparison.row(question)
        if row is None:
            continue
        name = each.name(comparison.sheet.question_set)
        href = f"{at}/subjects/{each.subject.ref}/comparison/{question}"
        rows += [
            Behind(side.agency, name, href, row.line.question.show(answer) or IN_ITS_OWN_WORDS)
            for side, _, answer in comparison.answers(row)
            if answer is not None
        ]
    return sorted(rows, key=lambda row: (row.words, row.agency, row.name))
