"""A round's page on agreement: where agencies part, and what is said of second auditors."""

from collections.abc import Mapping, Sequence

import pytest
from bs4 import BeautifulSoup

from app.comparisons import agreement
from app.db import Database
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import HAD_A_PART, Scene, grade, move_to, stage_scene
from tests.world import World


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


def rows(page: BeautifulSoup, begins: str) -> dict[str, list[str]]:
    """A table's rows by what names them."""
    found = page.select_one(f"table[id^={begins}]")
    assert found is not None
    return {
        row.th.get_text(strip=True): [td.get_text(strip=True) for td in row.select("td")]
        for row in found.select("tbody tr")
        if row.th
    }


def more_cases(
    database: Database, world: World, scene: Scene, bands: Sequence[tuple[str, str]]
) -> None:
    """Send more subjects in which police and social care say how old the child was."""
    with database.writing() as session:
        for place, (police, care) in enumerate(bands, 2):
            other = subject(session, scene.audit, f"R-{place:04}", place)
            for agency, band in ((world.police, police), (world.social_care, care)):
                given = {**HAD_A_PART, "age_band": Answer(State.ANSWERED, (band,))}
                respond(session, scene.audit, assign(session, other, agency, None), given)


def test_counts_come_first_and_a_percentage_only_from_ten(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    """In the scene the two agree on the child's voice and differ on the worry and the age; the
    parts they played and the form they saw are about each one's own part."""
    lead = browse.as_(world.lead)
    page = lead.page(f"{scene.at}/agreement")
    pair = "Wexcombe Children's Services and Wexcombe Police"
    assert rows(page, "pairs") == {pair: ["1 of 3"]}
    assert all("%" not in cells[1] for cells in rows(page, "questions").values())
    more_cases(database, world, scene, [("age_1_to_4", "age_1_to_4")] * 8)
    assert rows(lead.page(f"{scene.at}/agreement"), "pairs") == {pair: ["9 of 11 (82%)"]}


def test_each_question_says_how_often_all_said_the_same_about_a_case(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    more_cases(
        database, world, scene, [("age_1_to_4", "age_1_to_4"), ("age_1_to_4", "age_5_to_10")]
    )
    page = browse.as_(world.lead).page(f"{scene.at}/agreement")
    found = rows(page, "questions")
    said = {
        scene.audit.question_set.question[key].text: told
        for key, told in {
            "age_band": ["1 of 3", "2"],
            "form_worry": ["0 of 1", "1"],
            "form_child_voice": ["1 of 1", "0"],
        }.items()
    }
    assert {text.split(". ", 1)[1]: cells[1:] for text, cells in found.items()} == said
    assert [text.split(".")[0] for text in found] == sorted(
        (t.split(".")[0] for t in found), key=int
    )
    most = browse.as_(world.lead).page(f"{scene.at}/agreement?sort=most")
    assert [cells[2] for cells in rows(most, "questions").values()] == ["2", "1", "0"]


def test_three_agencies_are_three_pairs(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        given = {**HAD_A_PART, "form_worry": grade("good")}
        respond(session, scene.audit, assign(session, scene.subject, world.school, None), given)
    found = rows(browse.as_(world.lead).page(f"{scene.at}/agreement"), "pairs")
    assert found["Alder Vale School and Wexcombe Children's Services"] == ["1 of 1"]
    assert found["Alder Vale School and Wexcombe Police"] == ["0 of 1"]
    assert found["Wexcombe Children's Services and Wexcombe Police"] == ["1 of 3"]


def test_what_was_sent_since_is_counted(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    assert "1 of 3" in words(lead.page(f"{scene.at}/agreement"))
    with database.writing() as session:
        session.get_one(type(scene.police), scene.police.id).state = "draft"
    assert "No two agencies have sent an answer" in words(lead.page(f"{scene.at}/agreement"))


def test_between_agencies_nothing_is_called_reliable_and_no_second_auditor_is_claimed(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(f"{scene.at}/agreement")
    assert "reliab" not in words(page).lower()
    assert "kappa" not in words(page).lower()
    assert "No subject has a second auditor yet" in words(page)


def test_second_auditors_are_told_of_with_intervals_or_with_the_reason_for_none(
    browse: Browser, world: World, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (
        [("good", "good")] * 7 + [("good", "inadequate")] * 3 + [("inadequate", "outstanding")] * 2
    )
    given: Mapping[str, Sequence[tuple[str, str]]] = {
        "form_worry": good,
        "form_child_voice": [("partly", "partly")] * 9,
        "form_seen": [("yes", "yes")] * 12,
    }
    monkeypatch.setattr(agreement, "second_pairs", lambda *_: given)
    found = rows(browse.as_(world.lead).page(f"{scene.at}/agreement"), "raters")
    told = {text.split(". ", 1)[1]: cells for text, cells in found.items()}
    question = scene.audit.question_set.question
    few = "not shown: fewer than 10 pairs"
    assert told[question["form_child_voice"].text] == ["9", few, few, few]
    pairs, percent, ac, alpha = told[question["form_worry"].text]
    assert (pairs, percent) == ("12", "58% (32% to 81%)")
    assert " to " in ac
    assert " to " in alpha
    alike = told[question["form_seen"].text]
    assert alike[2].startswith("1.00; no interval")
    assert alike[3].startswith("not defined")


@pytest.mark.parametrize("who", ["lead", "coordinator", "scrutineer"])
def test_lead_coordinator_and_scrutineer_read_it(
    browse: Browser, world: World, scene: Scene, who: str
) -> None:
    visitor = browse.as_(getattr(world, who))
    assert visitor.get(f"{scene.at}/agreement").status_code == 200
    links = [str(a["href"]) for a in visitor.page(scene.at).select("a")]
    assert f"{scene.at}/agreement" in links


@pytest.mark.parametrize(
    "who", ["panel_police", "police_lead", "officer", "owner", "administrator"]
)
def test_nobody_else_does(browse: Browser, world: World, scene: Scene, who: str) -> None:
    assert browse.as_(getattr(world, who)).get(f"{scene.at}/agreement").status_code == 403


def test_before_the_round_is_open_it_is_too_early(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    move_to(database, scene, Stage.SAMPLING)
    assert browse.as_(world.lead).get(f"{scene.at}/agreement").status_code == 409
