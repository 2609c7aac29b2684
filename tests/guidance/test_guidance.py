"""Help, the privacy notice and the accessibility statement: what anybody reads, and what wants."""

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.access import Role
from app.config import Environment, Settings
from app.db import Database
from app.guidance.roles import GUIDES
from app.main import create_app
from tests.browsing import Browser, soup, words
from tests.world import World

STATED = {
    "organisation": "Wexcombe Council",
    "contact_email": "help@wexcombe.example",
    "data_protection_contact": "dpo@wexcombe.example",
    "accessibility_prepared": "3 November 2026",
    "accessibility_tested": "2 November 2026",
    "accessibility_tested_by": "the county's access group",
}


def configured(database: Database) -> TestClient:
    settings = Settings(environment=Environment.DEVELOPMENT, _env_file=None, **STATED)  # type: ignore[arg-type]
    app = create_app(settings, database)
    return TestClient(app, base_url="http://casefile.test", follow_redirects=False)


@pytest.mark.parametrize("page", ["/help", "/privacy", "/accessibility"])
def test_anybody_reads_it_and_finds_it_in_the_footer(client: TestClient, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 200
    links = {str(a["href"]) for a in soup(client.get("/sign-in")).select("footer a")}
    assert page in links


@pytest.mark.parametrize("page", ["/privacy", "/accessibility"])
def test_what_is_not_configured_is_said_in_words(
    client: TestClient, database: Database, page: str
) -> None:
    assert "This page is not finished" in words(soup(client.get(page)))

    said = words(soup(configured(database).get(page)))

    assert "not configured" not in said.lower()
    assert "not finished" not in said
    assert "Wexcombe Council" in said
    assert "help@wexcombe.example" in said


def test_a_page_wants_only_what_it_would_say_itself(client: TestClient) -> None:
    privacy, statement = (words(soup(client.get(at))) for at in ("/privacy", "/accessibility"))

    assert "how to reach the data protection officer" in privacy
    assert "tested its accessibility" not in privacy
    assert "who tested its accessibility" in statement
    assert "data protection officer" not in statement


def test_who_lets_people_in_is_warned_and_nobody_else(
    session: Session, world: World, browse: Browser
) -> None:
    session.commit()
    warned = {
        name
        for name in ("administrator", "coordinator", "lead", "nurse", "scrutineer", "owner")
        if "how to reach the data protection officer"
        in words(browse.as_(world.people[name]).page("/wexcombe/my-work"))
    }

    assert warned == {"administrator", "coordinator"}


def test_nobody_is_warned_once_it_is_configured(
    session: Session, world: World, database: Database
) -> None:
    session.commit()
    with configured(database) as client:
        page = Browser(client, database).as_(world.coordinator).page("/wexcombe/my-work")

    assert "Notices that are not finished" not in words(page)


def test_every_role_has_its_help_and_ones_own_comes_first(
    session: Session, world: World, browse: Browser
) -> None:
    session.commit()
    assert set(GUIDES) == set(Role)
    nurse = browse.as_(world.nurse)

    own = words(nurse.page("/wexcombe/help"))

    assert "What you do as auditor" in own
    assert "What you do as coordinator" not in own
    assert world.coordinator.email in own
    for role in Role:
        said = words(nurse.page(f"/wexcombe/help/{role.value.replace('_', '-')}"))
        assert GUIDES[role].does in said
    assert nurse.get("/wexcombe/help/king").status_code == 404


def test_the_signed_in_keep_their_name_on_a_page_for_anybody(
    session: Session, world: World, browse: Browser
) -> None:
    session.commit()
    page = browse.as_(world.nurse).get("/privacy")

    assert world.nurse.name in page.text
    assert "Sign out" in page.text


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.LEAD, ("take the minutes", "Agreement, on the round's page", "immediate concern")),
        (Role.COORDINATOR, ("take the minutes", "Agreement, on", "Acknowledge an immediate")),
        (Role.PANEL_MEMBER, ("take the minutes",)),
        (Role.SCRUTINEER, ("Agreement says", "immediate concerns say")),
        (Role.AUDITOR, ("Attach a file",)),
    ],
)
def test_help_names_what_each_role_meets(role: Role, told: tuple[str, ...]) -> None:
    words = " ".join(part for step in GUIDES[role].steps for part in step).lower()

    assert [each for each in told if each.lower() not in words] == []
