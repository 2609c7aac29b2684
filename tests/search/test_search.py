"""Search by reference: what each person finds is what they may open, and nothing tells of more."""

from urllib.parse import quote

import pytest
from sqlmodel import Session

from app.rounds.rules import Stage
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, Visitor, soup, words
from tests.factories import ident
from tests.world import World

SEARCH = "/wexcombe/search?q="
NOTHING = "Nothing you can open has this reference"


def audited(session: Session, world: World, stage: Stage = Stage.OPEN) -> Audit:
    """A round with one subject, given to the police and to health, that nobody has sent."""
    return open_audit(session, world, stage)


def found(visitor: Visitor, typed: str) -> str:
    """Where a search leads, or what it lists."""
    answer = visitor.get(SEARCH + typed)
    if answer.status_code == 303:
        return answer.headers["location"]
    return words(visitor.page(SEARCH + typed))


@pytest.mark.parametrize("typed", ["R-7F3K", "r7f3k", "7f3k", " r 7f 3k ", "R%E2%80%937F3K"])
def test_an_auditor_goes_straight_to_their_own_however_it_is_read_out(
    session: Session, world: World, browse: Browser, typed: str
) -> None:
    audit = audited(session, world)
    of = subject(session, audit)
    given = assign(session, of, world.police, world.officer)
    assign(session, of, world.health, world.nurse)
    session.commit()

    assert found(browse.as_(world.officer), typed) == f"/wexcombe/assignments/{given.ref}"


@pytest.mark.parametrize("typed", ["C-7F3K", "c7f3k", "7f3k"])
def test_a_case_is_found_with_and_without_its_letter(
    session: Session, world: World, browse: Browser, typed: str
) -> None:
    audit = audited(session, world)
    given = assign(session, subject(session, audit, "C-7F3K"), world.police, world.officer)
    session.commit()

    assert found(browse.as_(world.officer), typed) == f"/wexcombe/assignments/{given.ref}"


def test_what_is_anothers_looks_as_if_it_were_not_there(
    session: Session, world: World, browse: Browser
) -> None:
    audit = audited(session, world)
    of = subject(session, audit)
    theirs = assign(session, of, world.health, world.nurse)
    session.commit()
    nothing = words(browse.as_(world.officer).page(f"{SEARCH}R-ZZZZ"))

    for typed in ("R-7F3K", of.ref, theirs.ref):
        answer = browse.as_(world.officer).get(SEARCH + typed)
        assert (answer.status_code, words(soup(answer))) == (200, nothing)
        for who in ("police_lead", "panel_police", "administrator", "owner", "subgroup_member"):
            assert NOTHING in found(browse.as_(world.people[who]), typed)


def test_an_agency_lead_finds_the_agencys(session: Session, world: World, browse: Browser) -> None:
    audit = audited(session, world)
    given = assign(session, subject(session, audit), world.police, world.officer)
    session.commit()

    where = found(browse.as_(world.police_lead), "7f3k")
    assert where == f"/wexcombe/assignments/{given.ref}"
    assert NOTHING in found(browse.as_(world.health_lead), "7f3k")


def test_a_panel_member_finds_a_comparison_once_it_is_open_to_them(
    session: Session, world: World, browse: Browser
) -> None:
    audit = audited(session, world, Stage.MODERATION)
    mine, waiting = subject(session, audit), subject(session, audit, "R-BBBB", 2)
    for each in (mine, waiting):
        respond(session, audit, assign(session, each, world.health, world.nurse), {})
        given = assign(session, each, world.police, world.officer)
        if each is mine:
            respond(session, audit, given, {})
    session.commit()
    panel = browse.as_(world.panel_police)

    comparison = f"/wexcombe/rounds/{audit.round.ref}/subjects/{mine.ref}/comparison"
    assert found(panel, "R-7F3K") == comparison
    assert NOTHING in found(panel, "R-BBBB")
    assert found(browse.as_(world.lead), "R-BBBB").endswith(f"{waiting.ref}/comparison")


def test_before_the_round_is_open_a_coordinator_goes_to_the_sample(
    session: Session, world: World, browse: Browser
) -> None:
    audit = audited(session, world, Stage.SAMPLING)
    subject(session, audit)
    session.commit()

    where = found(browse.as_(world.coordinator), "R-7F3K")
    assert where == f"/wexcombe/rounds/{audit.round.ref}/strands/{audit.strand.ref}/sample"
    assert NOTHING in found(browse.as_(world.police_lead), "R-7F3K")


def test_rounds_and_people_are_found_by_their_words_within_reach(
    session: Session, world: World, browse: Browser
) -> None:
    audit = audited(session, world, Stage.DRAFT)
    session.commit()
    coordinator = browse.as_(world.coordinator)

    assert "Round: MASH audit, autumn 2026" in found(coordinator, "mash%20audit")
    assert found(coordinator, audit.round.ref) == f"/wexcombe/rounds/{audit.round.ref}"
    assert f"Person: {world.nurse.name}" in found(coordinator, "named%20nurse")
    assert NOTHING in found(browse.as_(world.nurse), "mash%20audit")
    assert NOTHING in found(browse.as_(world.nurse), "named%20nurse")
    assert ident(world.partnership) != ident(world.elsewhere)
    elsewhere = browse.as_(world.coordinator_elsewhere)
    assert NOTHING in words(elsewhere.page(f"/harrowmere/search?q={audit.round.ref}"))


def test_the_box_is_on_every_page_and_works_without_scripts(
    session: Session, world: World, browse: Browser
) -> None:
    session.commit()
    page = browse.as_(world.nurse).page("/wexcombe/my-work")

    form = page.select_one("header form[role=search]")
    assert form is not None
    assert (form["method"], form["action"]) == ("get", "/wexcombe/search")
    assert "Type the reference" in found(browse.as_(world.nurse), "")
    assert NOTHING in found(browse.as_(world.nurse), "%25")


@pytest.mark.parametrize("typed", ["Élise", "ÉLISE ONEIL", "lise"])
def test_a_name_that_begins_with_an_accented_capital_is_found(
    session: Session, world: World, browse: Browser, typed: str
) -> None:
    world.nurse.name = "Élise Oneil"
    session.add(world.nurse)
    session.commit()
    assert "Person: Élise Oneil" in found(browse.as_(world.coordinator), quote(typed))


def test_a_percent_sign_is_a_percent_sign(session: Session, world: World, browse: Browser) -> None:
    audited(session, world)
    session.commit()
    assert NOTHING in found(browse.as_(world.coordinator), quote("mash%audit"))
