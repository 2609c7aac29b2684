"""Writing a paper's sections anew, and having them drafted from the data again."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, select

from app.access import Actor, NotFound, NotNow, Scope
from app.comparisons.blindness import sight_of
from app.db import now
from app.events import Happened, record
from app.exports.counting import count, count_own
from app.exports.last_time import last_time
from app.exports.models import PaperSection
from app.exports.paper import Paper, Section, Written, rewritten
from app.exports.papers import briefing_paper, letter_paper, pack_paper
from app.exports.queries import BRIEFING, REPORT, PaperOf
from app.exports.records import record_paper
from app.exports.report import report_paper
from app.exports.telling import tell
from app.findings.queries import subgroups_of_round
from app.identity.models import Agency, Person, Subgroup
from app.meetings.models import Meeting
from app.rounds.commands import hold
from app.rounds.queries import find_round
from app.rounds.rules import Doing
from app.rounds.taking_part import agencies_of
from app.web.filters import moment
from app.web.forms import HIDDEN, Input, Words

CHANGED_MEANWHILE = (
    "Somebody else wrote this section after you opened the page. Open it again to see their words, "
    "and make your change there."
)
PAPER_CHANGED_MEANWHILE = (
    "Somebody else changed the words of this paper after you opened the page, so nothing was "
    "drafted again. Open it again to see what would be lost."
)


class NewWords(Input):
    """What a section is to say."""

    section: str = Field(json_schema_extra=HIDDEN)
    words: Words = Field(json_schema_extra={"missing": "Write what the section says"})
    version: Annotated[int, Field(ge=0, lt=2**31, json_schema_extra=HIDDEN)]


class Again(Input):
    """The section to be drafted again, empty for all; `version` is the paper's that was shown."""

    section: str = ""
    version: Annotated[int, Field(ge=0, lt=2**31, json_schema_extra=HIDDEN)]


def find_paper(session: Session, scope: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the paper that an address names, in the round that it names."""
    of, name = find_round(session, scope, refs), refs["paper"]
    if of is None or name in {BRIEFING, REPORT}:
        return PaperOf(of, name) if of else None
    papers = [PaperOf(of, group) for group in subgroups_of_round(session, of)]
    papers += [PaperOf(of, agency) for agency in agencies_of(session, of)]
    return next((each for each in papers if each.name == name), None)


def make_paper(session: Session, actor: Actor, of: PaperOf) -> Paper:
    """Draft a paper from the data, with what people wrote in place of its draft."""
    return rewritten(_drafted(session, actor, of), written_in(session, of))


def _drafted(session: Session, actor: Actor, of: PaperOf) -> Paper:
    match of.to:
        case Subgroup():
            return pack_paper(tell(session, actor, of.round, of.to), of.to.name)
        case Agency():
            told = tell(session, actor, of.round, of.to)
            return letter_paper(told, count_own(session, of.round, of.to))
        case Meeting():
            return record_paper(session, actor, of.round, of.to)
        case str() if of.to == BRIEFING:
            return briefing_paper(tell(session, actor, of.round))
        case str():
            counted = count(session, sight_of(actor, of.round, Doing.PREPARE_PACK))
            told, last = (
                tell(session, actor, of.round, counts=True),
                last_time(session, actor, of.round),
            )
            return report_paper(told, counted, last)


def written_in(session: Session, of: PaperOf) -> dict[str, Written]:
    """Return what people wrote in a paper, by section."""
    query = (
        select(PaperSection, Person.name)
        .join(Person, col(Person.id) == col(PaperSection.person_id))
        .where(
            PaperSection.round_id == of.round.id,
            PaperSection.paper == of.name,
            PaperSection.words != "",
        )
    )
    return {
        kept.section: Written(kept.words, f"{who}, {moment(kept.at)}")
        for kept, who in session.exec(query)
    }


def versions_of(session: Session, of: PaperOf) -> dict[str, int]:
    """Return how often each section of a paper was written, or drafted again after that."""
    return {kept.section: kept.version for kept in _kept(session, of)}


def _kept(session: Session, of: PaperOf) -> list[PaperSection]:
    query = select(PaperSection).where(
        PaperSection.round_id == of.round.id, PaperSection.paper == of.name
    )
    return list(session.exec(query))


def write_section(session: Session, actor: Actor, of: PaperOf, given: NewWords) -> Section:
    """Keep what somebody wrote for a section, unless somebody else did meanwhile."""
    hold(session, of.round, Doing.PREPARE_PACK, alone=True)
    section = section_called(make_paper(session, actor, of), given.section)
    kept = next((each for each in _kept(session, of) if each.section == section.key), None)
    if (kept.version if kept else 0) != given.version:
        raise NotNow(CHANGED_MEANWHILE)
    kept = kept or PaperSection(
        round_id=of.round.id or 0,
        paper=of.name,
        section=section.key,
        words="",
        person_id=actor.person_id,
        at=now(session),
    )
    kept.words, kept.person_id, kept.at = given.words, actor.person_id, now(session)
    kept.version = given.version + 1
    session.add(kept)
    session.flush()
    _tell(session, actor, of, Happened.PAPER_CHANGED, section.key)
    return section


def draft_again(session: Session, actor: Actor, of: PaperOf, given: Again) -> None:
    """Let go of what people wrote for a section, or for all, unless somebody wrote meanwhile."""
    hold(session, of.round, Doing.PREPARE_PACK, alone=True)
    if given.section:
        section_called(make_paper(session, actor, of), given.section)
    written = _kept(session, of)
    if sum(each.version for each in written) != given.version:
        raise NotNow(PAPER_CHANGED_MEANWHILE)
    for each in written:
        if each.words and given.section in {"", each.section}:
            each.words, each.version = "", each.version + 1
            each.person_id, each.at = actor.person_id, now(session)
    session.flush()
    _tell(session, actor, of, Happened.PAPER_DRAFTED_AGAIN, given.section or "all")


def section_called(paper: Paper, key: str) -> Section:
    """Return the section of a paper that may be written, by its key."""
    found = next((each for each in paper.sections if key and each.key == key), None)
    if found is None:
        raise NotFound
    return found


def _tell(session: Session, actor: Actor, of: PaperOf, kind: Happened, section: str) -> None:
    record(
        session,
        actor,
        kind,
        partnership_id=actor.partnership_id,
        scope=of.round.ref,
        about=of.about,
        paper=of.kind,
        section=section,
    )
