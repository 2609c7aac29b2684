"""Finding an audit tool, what changed between two versions, and following what tools share."""

from pathlib import Path

import pytest
import yaml

from app.config import Settings
from app.db import Database
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browsing import Browser, words
from tests.library.test_library_pages import SMALL, TOOLS, over
from tests.library.tools import SMALL as SMALL_TOOL
from tests.library.tools import small_tool
from tests.world import World


def listed(browse: Browser, world: World, query: str) -> list[str]:
    page = browse.as_(world.coordinator).page(f"{TOOLS}?{query}")
    return [heading.get_text(strip=True) for heading in page.select(".app-tool h2")]


def test_tools_are_found_by_the_words_of_their_titles_and_of_their_questions(
    world: World, browse: Browser
) -> None:
    neglect = listed(browse, world, "text=NEGLECT+drift")
    assert "Neglect: case-file audit" in neglect
    assert len(neglect) < len(listed(browse, world, "text=neglect"))
    assert "Section 11 self-assessment" in listed(browse, world, "text=designated+professionals")
    assert listed(browse, world, "text=nothing-says-this") == []


def test_tools_are_found_by_what_they_are_about_by_theme_and_by_who_is_asked(
    world: World, browse: Browser
) -> None:
    pairs = listed(browse, world, "subject=referral_pair")
    assert len(pairs) == 1
    assert listed(browse, world, "subject=referral_pair&theme=VC") == pairs
    assert listed(browse, world, "subject=referral_pair&kind=police") == pairs
    everything = listed(browse, world, "")
    assert set(pairs) < set(listed(browse, world, "kind=police")) <= set(everything)


def test_one_question_set_has_all_that_is_looked_for(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    small_tool(tmp_path)
    found = over(tmp_path, settings, database)
    assert listed(found, world, "subject=case&theme=VC") == ["Small audit"]
    assert listed(found, world, "subject=interview&theme=VC") == []
    assert listed(found, world, "subject=interview&kind=childrens_social_care") == ["Small audit"]
    assert "No audit tool has all of this." in words(
        found.as_(world.coordinator).page(f"{TOOLS}?subject=interview&theme=VC")
    )


def test_what_there_is_nothing_of_is_as_if_it_were_not_looked_for(
    world: World, browse: Browser
) -> None:
    assert listed(browse, world, "kind=army&theme=<b>&subject=x") == listed(browse, world, "")


def test_what_differs_between_two_versions_is_said_with_what_may_not_first(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    small_tool(tmp_path)
    sets = yaml.safe_load(SMALL_TOOL)["question_sets"]
    sets[0]["sections"][1]["questions"].pop()
    small_tool(tmp_path, version=2, question_sets=sets)
    small_tool(tmp_path, version=3, question_sets=sets, title="Little audit")
    coordinator = over(tmp_path, settings, database).as_(world.coordinator)
    newest = words(coordinator.page(f"{TOOLS}/small/3/differences"))
    assert "What changed from version 2 to version 3" in newest
    assert "The title was reworded: “Small audit” is now “Little audit”." in newest
    assert "1 difference." in newest
    whole = words(coordinator.page(f"{TOOLS}/small/3/differences?since=1"))
    assert "words was retired from Case file." in whole
    chosen = coordinator.page(f"{TOOLS}/small/3/differences?since=1").select("option[selected]")
    assert [option.get_text() for option in chosen] == ["Version 1"]
    back = words(coordinator.page(f"{TOOLS}/small/1/differences?since=3"))
    assert "What changed from version 1 to version 3" in back
    assert coordinator.get(f"{TOOLS}/small/3/differences?since=9").status_code == 404


def test_a_tool_of_one_version_has_nothing_to_be_compared_with(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    small_tool(tmp_path)
    coordinator = over(tmp_path, settings, database).as_(world.coordinator)
    assert coordinator.get(f"{SMALL}/differences").status_code == 404
    assert "Compare this version" not in words(coordinator.page(SMALL))


def test_a_theme_leads_to_the_questions_that_carry_it_and_to_the_results_of_rounds(
    world: World, browse: Browser, database: Database
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world, Stage.FINDINGS_AGREED)
    page = browse.as_(world.coordinator).page("/wexcombe/themes/VC")
    assert page.select_one("h1") is not None
    assert "Voice of the child and family" in words(page)
    row = page.select_one("#followed tbody tr")
    assert row is not None
    link = row.select_one("a")
    assert link is not None
    results = browse.as_(world.coordinator).page(str(link["href"]))
    assert audit.round.title in words(results)
    chosen = results.select_one("select[name=theme] option[selected]")
    assert chosen is not None
    assert chosen["value"] == "VC"


BANK = "/wexcombe/bank/cross-cutting/vc_seen"


def test_a_question_of_a_block_leads_to_every_tool_that_asks_it_and_to_its_results(
    world: World, browse: Browser, database: Database
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world, Stage.FINDINGS_AGREED)
    page = browse.as_(world.coordinator).page(BANK)
    tools = page.select_one("#tools")
    assert tools is not None
    asked = tools.find_next("ul")
    assert asked is not None
    for title in ("Neglect: case-file audit, version 1", "hub (MASH) audit, version 2"):
        assert title in asked.get_text(" ", strip=True)
    link = page.select_one("#followed a")
    assert link is not None
    assert str(link["href"]).startswith(f"/wexcombe/rounds/{audit.round.ref}/results?strand=")
    assert str(link["href"]).endswith("#result-vc_seen")


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        (Stage.OPEN, "coordinator"),
        (Stage.OPEN, "lead"),
        (Stage.OPEN, "scrutineer"),
        (Stage.FINDINGS_AGREED, "police_lead"),
        (Stage.PURGED, "coordinator"),  # counts outlive the answers
    ],
)
@pytest.mark.parametrize("address", ["/wexcombe/themes/VC", BANK])
def test_a_round_is_named_to_whoever_may_read_its_results_now(
    world: World, browse: Browser, database: Database, stage: Stage, who: str, address: str
) -> None:
    assert shown_and_opened(world, browse, database, (stage, who, address)) == (True, True)


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        (Stage.APPROVED, "coordinator"),
        (Stage.OPEN, "police_lead"),
        (Stage.MODERATION, "police_lead"),
        (Stage.FINDINGS_AGREED, "officer"),
        (Stage.FINDINGS_AGREED, "administrator"),
    ],
)
@pytest.mark.parametrize("address", ["/wexcombe/themes/VC", BANK])
def test_a_round_is_named_to_nobody_else(
    world: World, browse: Browser, database: Database, stage: Stage, who: str, address: str
) -> None:
    assert shown_and_opened(world, browse, database, (stage, who, address)) == (False, False)


def shown_and_opened(
    world: World, browse: Browser, database: Database, asked: tuple[Stage, str, str]
) -> tuple[bool, bool]:
    """Whether a page names the round to somebody, and whether they may open its results."""
    stage, who, address = asked
    with database.writing() as session:
        audit = open_audit(session, world, stage)
    visitor = browse.as_(world.people[who])
    page = visitor.page(address)
    assert (page.select_one("#followed a") is not None) is (audit.round.title in words(page))
    opened = visitor.get(f"/wexcombe/rounds/{audit.round.ref}/results").status_code
    return audit.round.title in words(page), opened == 200


@pytest.mark.parametrize(
    "address",
    ["/wexcombe/themes/NONE", "/wexcombe/bank/none/vc_seen", "/wexcombe/bank/cross-cutting/none"],
)
def test_what_nothing_carries_is_not_found(world: World, browse: Browser, address: str) -> None:
    assert browse.as_(world.coordinator).get(address).status_code == 404
