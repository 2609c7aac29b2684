"""The audit tools' pages: the list, a version, its preview and its booklet."""

from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient

from app.config import ROOT, Settings
from app.db import Database
from app.main import create_app
from app.tools import read_tools
from app.tools.lock import lock_versions
from tests.browsing import Browser, soup, words
from tests.library.tools import SMALL as SMALL_TOOL
from tests.library.tools import small_tool
from tests.world import World

TOOLS = "/wexcombe/audit-tools"
SMALL = f"{TOOLS}/small/1"


@pytest.fixture
def small(settings: Settings, database: Database, tmp_path: Path) -> Browser:
    """The application over a folder with one small tool, not locked."""
    folder = tmp_path / "tools"
    small_tool(folder)
    return over(folder, settings, database)


def over(folder: Path, settings: Settings, database: Database) -> Browser:
    app = create_app(settings.model_copy(update={"audit_tools": folder}), database)
    client = TestClient(app, base_url="http://casefile.test", follow_redirects=False)
    return Browser(client, database)


def test_a_version_says_what_changed_since_the_one_before(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    newer = words(coordinator.page(f"{TOOLS}/csa-thematic/2"))
    first = words(coordinator.page(f"{TOOLS}/csa-thematic/1"))

    assert "What changed since version 1: 52 differences" in newer
    assert "nfa_used was retired from Case file." in newer
    assert "What changed since" not in first


def test_the_tools_that_ship_are_listed_with_their_versions(world: World, browse: Browser) -> None:
    page = browse.as_(world.coordinator).page(TOOLS)

    newest = read_tools(ROOT / "audit_tools")["mash", 2]
    assert newest.title in words(page)
    assert newest.summary in words(page)
    assert "Version 1 Locked" in words(page)


def test_a_library_without_tools_says_so(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    page = over(tmp_path / "nothing", settings, database).as_(world.coordinator).page(TOOLS)

    assert "There are no audit tools on file yet" in words(page)


def test_a_version_that_is_not_locked_is_a_draft(world: World, small: Browser) -> None:
    coordinator = small.as_(world.coordinator)

    assert "Version 1 Draft" in words(coordinator.page(TOOLS))
    assert "Not locked yet" in words(coordinator.page(SMALL))


def test_a_locked_version_whose_file_changed_is_shown_and_no_round_can_begin_on_it(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "tools"
    small_tool(folder)
    (folder / "versions.lock").write_text(lock_versions(read_tools(folder), "").text)
    small_tool(folder, title="Small audit, reworded")
    coordinator = over(folder, settings, database).as_(world.coordinator)

    assert "Changed since it was locked" in words(coordinator.page(SMALL))
    assert "Small audit" not in words(coordinator.page("/wexcombe/rounds/new"))
    assert coordinator.get("/wexcombe/rounds/new?tool=small.1").status_code == 422


def test_a_version_shows_its_scales_themes_and_how_far_its_frameworks_were_checked(
    world: World, small: Browser
) -> None:
    text = words(small.as_(world.coordinator).page(SMALL))

    assert "Practice grade, best first" in text
    assert "A failing left the child at risk." in text
    assert "Voice of the child and family" in text
    assert "Local. Check your own." in text
    assert "Before your partnership first uses it" in text


def test_a_version_counts_its_questions_for_each_kind_of_agency(
    world: World, small: Browser
) -> None:
    page = small.as_(world.coordinator).page(SMALL)

    table = page.select_one("#counts-case-file")
    assert table is not None
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]
    assert rows == [
        ["Seeing the child", "2", "3"],
        ["Afterwards", "3", "4"],
        ["All", "5", "7"],
        ["Of these, asked whatever was answered before", "3", "4"],
    ]


def test_the_preview_shows_all_that_a_kind_of_agency_is_asked(world: World, small: Browser) -> None:
    page = small.as_(world.coordinator).page(f"{SMALL}/case-file/preview?kind=police")
    text = words(page)

    assert "Where to look: The custody record." in text
    assert "2. How well was the child seen alone? Only if question 1 is “Yes”." in text
    assert "Good Alone, and more than once." in text  # this question's own descriptor
    assert "Poor A failing left the child at risk." in text  # the scale's
    assert "Or: Not applicable. A reason must be given." in text
    assert "Local procedures (in force on the day), on seeing children." in text
    assert "A parent With parental responsibility" in text
    assert "A whole number, in days" in text
    assert "May be left empty." in text
    assert page.select("main input, main textarea") == []


@pytest.mark.parametrize("page", ["preview", "booklet"])
def test_the_preview_and_the_blank_print_name_what_a_set_names_to_be_audited(
    page: str, world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "tools"
    small_tool(folder, question_sets=naming_subjects())
    coordinator = over(folder, settings, database).as_(world.coordinator)
    shown = coordinator.page(f"{SMALL}/interview/{page}?kind=childrens_social_care")

    heading = shown.find(id="subjects")
    assert heading is not None
    assert heading.get_text() == "The interviews this question set names"
    assert heading.parent is not None
    assert [item.get_text(" ", strip=True) for item in heading.parent.select("li")] == [
        "The hub's manager Whoever signs decisions.",
        "A referrer",
    ]
    assert "About each interview: it names 2, which the preview lists." in words(
        coordinator.page(SMALL)
    )


@pytest.mark.parametrize("page", ["preview", "booklet"])
def test_a_set_whose_rounds_have_their_own_subjects_names_none(
    page: str, world: World, small: Browser
) -> None:
    coordinator = small.as_(world.coordinator)
    shown = coordinator.page(f"{SMALL}/case-file/{page}?kind=police")

    assert shown.find(id="subjects") is None
    assert "About each case. " in words(coordinator.page(SMALL))


def naming_subjects() -> object:
    """The question sets of the small tool, one of which names what it audits."""
    sets = yaml.safe_load(SMALL_TOOL)["question_sets"]
    sets[1]["subjects"] = [
        {"id": "manager", "title": "The hub's manager", "guidance": "Whoever signs decisions."},
        {"id": "referrer", "title": "A referrer"},
    ]
    return sets


def test_a_retired_option_is_not_offered_in_the_preview(world: World, small: Browser) -> None:
    text = words(small.as_(world.coordinator).page(f"{SMALL}/case-file/preview?kind=police"))

    assert "Yes, on the day" in text
    assert "Unsure" not in text


def test_the_preview_leaves_out_what_a_kind_is_not_asked(world: World, small: Browser) -> None:
    text = words(small.as_(world.coordinator).page(f"{SMALL}/case-file/preview?kind=school"))

    assert "Was somebody arrested?" not in text
    assert "When was bail set?" not in text
    assert "custody record" not in text


def test_a_kind_that_is_asked_nothing_reads_so(world: World, small: Browser) -> None:
    page = small.as_(world.coordinator).page(f"{SMALL}/interview/preview?kind=school")

    assert "asks nothing of this kind of agency" in words(page)


def test_without_a_kind_the_preview_begins_with_the_first_that_is_asked(
    world: World, small: Browser
) -> None:
    page = small.as_(world.coordinator).page(f"{SMALL}/interview/preview")

    assert "Children's social care" in words(page)
    assert "What works?" in words(page)


def test_the_blank_question_set_prints_with_room_to_write(world: World, small: Browser) -> None:
    page = small.as_(world.coordinator).page(f"{SMALL}/case-file/booklet?kind=police")

    def blank(question: str) -> str:
        heading = page.find(id=f"question-{question}")
        assert heading is not None
        assert heading.parent is not None
        return str(heading.parent)

    assert blank("seen").count("app-ticks__box") == 2 + 3  # yes, no and the three absences
    assert "Reason (must be given)" in blank("seen_alone")
    assert blank("seen_alone").count("app-lines__line") == 4
    assert blank("words").count("app-lines__line") == 5 + 2
    assert blank("bail_on").count("app-blanks__box") >= 3
    assert "Tick all that apply" in blank("told")
    assert "OFFICIAL-SENSITIVE" in page.get_text()
    assert "Write no name" in words(page)


def test_the_booklet_holds_nothing_that_is_stored(world: World, browse: Browser) -> None:
    """The same for every coordinator, whatever their partnership has audited."""
    here = browse.as_(world.coordinator)
    page = here.page(f"{TOOLS}/mash/1/referral-form/booklet?kind=health_visiting")

    assert page.select("main form, main input") == []


@pytest.mark.parametrize(
    "address",
    [
        f"{TOOLS}/mash/99",
        f"{TOOLS}/mash/01",
        f"{TOOLS}/mash/one",
        f"{TOOLS}/mash/²",
        f"{TOOLS}/unknown/1",
        f"{TOOLS}/mash/1/unknown/preview",
        f"{TOOLS}/mash/1/referral-form/preview?kind=army",
        f"{TOOLS}/mash/1/referral-form/booklet?kind=army",
    ],
)
def test_what_is_not_on_file_is_not_found(world: World, browse: Browser, address: str) -> None:
    assert browse.as_(world.coordinator).get(address).status_code == 404


@pytest.mark.parametrize(
    "who",
    ["administrator", "coordinator", "scrutineer", "police_lead", "officer", "lead"],
)
def test_everybody_who_audits_may_read_the_tools(world: World, browse: Browser, who: str) -> None:
    visitor = browse.as_(world.people[who])

    assert visitor.get(TOOLS).status_code == 200
    assert visitor.get(f"{TOOLS}/mash/1/referral-form/preview?kind=police").status_code == 200


@pytest.mark.parametrize("who", ["subgroup_member", "owner"])
def test_those_who_do_not_audit_may_not(world: World, browse: Browser, who: str) -> None:
    visitor = browse.as_(world.people[who])

    for address in (TOOLS, f"{TOOLS}/mash/1", f"{TOOLS}/mash/1/referral-form/booklet"):
        assert visitor.get(address).status_code == 403


def test_the_tools_are_reached_through_ones_own_partnership(world: World, browse: Browser) -> None:
    answer = browse.as_(world.coordinator_elsewhere).get(TOOLS)

    assert answer.status_code == 404


def test_what_a_tool_says_cannot_become_part_of_the_page(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "tools"
    small_tool(folder, title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    answer = over(folder, settings, database).as_(world.coordinator).get(TOOLS)

    assert soup(answer).select("main script, main img") == []
    assert "<script>alert(1)</script>" in words(soup(answer))
