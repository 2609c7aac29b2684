"""Every question set about cases and referrals, completed by every kind of agency.

What is typed comes from the definitions alone: ways through each set that together open and close
every question that an earlier answer may open. The first way of each kind goes section by section
as a page without scripts does, and is declared, signed off and sent; the others are saved over it,
as by somebody who changes their mind, and counted as the definition counts them.
"""

import pytest
from sqlmodel import select

from app.access import Role
from app.db import Database
from app.identity.models import Person
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.tools import AgencyKind, Tool
from tests import factories as make
from tests.browsing import Browser, Visitor, words
from tests.responses.answering import Given, Tab, given, open_tab, stored
from tests.tools.shipped import ABOUT_CASES, PROVE, Fields, alike, fields, newest
from tests.tools.walks import Walk, ways_through
from tests.world import World


def of_section(walk: Walk, section: str) -> Fields:
    found: Fields = {}
    for each in walk.filled.in_section(section):
        found |= fields(each.question, each.answer)
    return found


def section_by_section(auditor: Visitor, of: Given, walk: Walk) -> None:
    """Go through the pages as they follow one another, until the answers are to be checked."""
    at = f"{of.at}/sections/{walk.filled.sections[0].id}"
    while not at.endswith("/check"):
        section = at.rpartition("/")[2]
        sent = auditor.submit(at, of_section(walk, section), form="/answers")
        assert sent.status_code == 303
        at = str(sent.headers["location"])
    assert "Nothing is missing" in words(auditor.page(at))


def save_over(tab: Tab, walk: Walk) -> None:
    """Save a whole way at once, over what was there, and compare how it is counted."""
    given: Fields = {}
    for each in walk.filled.asked:
        given |= fields(each.question, each.answer)
    told = tab.save(given)
    assert told.status_code == 200, told.text
    done, asked = walk.filled.progress
    assert (told.json()["answered"], told.json()["of"]) == (done, asked)
    assert told.json()["wanted"] == []
    assert told.json()["closed"] == []


@pytest.mark.parametrize(("slug", "name"), ABOUT_CASES)
def test_every_kind_of_agency_completes_it_with_every_condition_taken_both_ways(
    browse: Browser, database: Database, world: World, slug: str, name: str
) -> None:
    tool, question_set = newest(slug, name)
    assert tool.question_sets[0] is question_set
    groups = alike(question_set)
    # PostgreSQL stores the same: one kind of each tool shows it, and `make prove` shows all.
    if not PROVE and "sqlite" not in database.url:
        groups = [groups[0][:1]]
    for kind in (kind for kinds in groups for kind in kinds):
        found = ways_through(question_set, kind)
        assert not found.never, "no answer opens or closes these"
        of, auditor, leads = taking_part(database, world, tool, kind)
        # By the pages as they follow one another: one kind of those that may be asked the same.
        if kind is groups[0][0] or (PROVE and any(kind is kinds[0] for kinds in groups)):
            section_by_section(browse.as_(auditor), of, found.walks[0])
        tab = open_tab(browse.as_(auditor), of.at, found.walks[0].filled.sections[0].id)
        for walk in found.walks:
            save_over(tab, walk)
        kept = stored(database, of)
        last = found.walks[-1].filled
        assert all(kept[each.question.id] == each.answer for each in last.asked)
        assert tab.who.post(f"{of.at}/declaration", {"version": version_of(database, of)})
        browse.as_(leads).post(f"{of.at}/sending", {"version": version_of(database, of)})
        assert state_of(database, of) == ResponseState.SENT


def taking_part(
    database: Database, world: World, tool: Tool, kind: AgencyKind
) -> tuple[Given, Person, Person]:
    """Give a case to an agency of some kind: the assignment, its auditor and the agency's lead."""
    with database.writing() as session:
        here = world.partnership
        agency = make.agency(session, here, f"Wexcombe {kind.words} {tool.slug}", kind)
        auditor = make.person(session, here, Role.AUDITOR, agency)
        leads = make.person(session, here, Role.AGENCY_LEAD, agency)
    return given(database, world, agency=agency, auditor=auditor, tool=tool), auditor, leads


def version_of(database: Database, of: Given) -> str:
    return str(response_to(database, of).version)


def state_of(database: Database, of: Given) -> str:
    return response_to(database, of).state


def response_to(database: Database, of: Given) -> Response:
    with database.reading() as session:
        query = select(Response).where(Response.assignment_id == of.assignment.id)
        return session.exec(query).one()
