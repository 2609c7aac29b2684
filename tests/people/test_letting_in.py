"""From a name on a list to a person at work: added, invited, joined, signed in."""

from fastapi.testclient import TestClient

from app.web.guard import COOKIE
from tests.browsing import Browser, words
from tests.factories import PASSWORD
from tests.people.door import CHOSEN, link_on, set_password, sign_in
from tests.world import World

NEW = {"name": "Ivo Marsh", "email": "ivo.marsh@alder.example"}


def test_a_person_is_added_invited_joins_and_signs_in(browse: Browser, world: World) -> None:
    coordinator = browse.as_(world.coordinator)
    added = coordinator.submit(
        "/wexcombe/people/new", {**NEW, "role": "auditor", "agency": world.police.ref}
    )
    page = coordinator.follow(added)
    assert "Auditor Wexcombe Police" in words(page)
    assert "Not yet invited" in words(page)

    link = link_on(coordinator.submit(added.headers["location"], form="/link"))
    assert "Invited" in words(coordinator.page(added.headers["location"]))
    opened = browse.client.get(link)
    assert NEW["email"] in opened.text

    assert set_password(browse.client, link, CHOSEN).headers["location"] == "/sign-in"
    entered = sign_in(browse.client, NEW["email"], CHOSEN)
    assert entered.status_code == 303
    assert entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browse.client.get("/").headers["location"] == "/wexcombe/my-work"
    assert "Joined" in words(browse.as_(world.coordinator).page(added.headers["location"]))


def test_somebody_of_the_world_signs_in_with_the_known_password(
    client: TestClient, world: World
) -> None:
    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 303
    assert sign_in(client, world.nurse.email.upper(), PASSWORD).status_code == 303
