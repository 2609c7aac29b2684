"""At the door: who gets in, who does not, and what nobody learns from trying."""

import re
from pathlib import Path

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.access import Role
from app.config import Environment, Settings
from app.db import Database
from app.db.readiness import migrate
from app.identity.models import Attempt, Person, SignIn
from app.identity.sign_ins import TRIES, WITHIN
from app.main import create_app
from app.people import hashing
from app.web.guard import COOKIE, SECURE_COOKIE
from tests.browsing import FROM_HERE, Browser, heading, soup, words
from tests.clock import SettableClock
from tests.factories import PASSWORD, membership
from tests.people.door import CHOSEN, sign_in
from tests.world import World, build_world


def tries(client: TestClient, email: str, count: int = TRIES) -> list[int]:
    return [sign_in(client, email, "wrong words here").status_code for _ in range(count)]


def refusal(client: TestClient, email: str, password: str) -> str:
    """What the refused person sees, but for the address that they typed themselves."""
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_unknown_wrong_left_and_never_joined_get_one_and_the_same_answer(
    client: TestClient, world: World, database: Database, clock: SettableClock
) -> None:
    with database.writing() as session:
        session.get_one(Person, world.officer.id).left_at = clock.at
        session.get_one(Person, world.teacher.id).password_hash = None

    answers = {
        refusal(client, "nobody@wexcombe.example", PASSWORD),
        refusal(client, world.nurse.email, "wrong words here"),
        refusal(client, world.officer.email, PASSWORD),
        refusal(client, world.teacher.email, PASSWORD),
    }

    assert len(answers) == 1


def test_an_unknown_address_costs_a_verification_like_a_known_one(
    client: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[bool] = []
    real = hashing.verify
    monkeypatch.setattr(
        hashing, "verify", lambda p, stored: (verified.append(stored is None), real(p, stored))[1]
    )
    refusal(client, "nobody@wexcombe.example", "wrong words here")
    refusal(client, world.nurse.email, "wrong words here")

    assert verified == [True, False]


def test_an_account_is_closed_to_everybody_after_ten_failures_and_opens_after_five_minutes(
    client: TestClient, world: World, clock: SettableClock
) -> None:
    assert set(tries(client, world.nurse.email)) == {422}

    limited = sign_in(client, world.nurse.email, PASSWORD)
    assert limited.status_code == 429
    assert "Wait five minutes" in words(soup(limited))
    clock.at += WITHIN
    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 303


def test_an_address_that_tries_many_accounts_is_closed_too(
    client: TestClient, world: World
) -> None:
    for number in range(TRIES):
        tries(client, f"guess{number}@wexcombe.example", 1)

    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 429


def test_an_unknown_account_is_limited_like_a_known_one(client: TestClient, world: World) -> None:
    tries(client, "nobody@wexcombe.example")

    assert tries(client, "nobody@wexcombe.example", 1) == [429]


def test_the_limit_outlives_a_restart(
    client: TestClient, world: World, database: Database, settings: Settings
) -> None:
    tries(client, world.nurse.email)
    restarted = TestClient(
        create_app(settings, database), base_url="http://casefile.test", follow_redirects=False
    )

    assert sign_in(restarted, world.nurse.email, PASSWORD).status_code == 429


def test_a_success_is_not_counted_and_forgives_no_failure(client: TestClient, world: World) -> None:
    tries(client, world.nurse.email, TRIES - 1)
    for _ in range(3):
        assert sign_in(client, world.nurse.email, PASSWORD).status_code == 303
    tries(client, world.nurse.email, 1)

    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 429


def test_no_account_and_no_address_is_kept_in_the_clear(
    client: TestClient, world: World, database: Database
) -> None:
    tries(client, world.nurse.email, 1)
    with database.reading() as session:
        against = [row.against for row in session.exec(select(Attempt))]

    assert len(against) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in against)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/wexcombe/rounds", "/wexcombe/rounds"),
        ("/wexcombe/rounds?page=2", "/wexcombe/rounds?page=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_ours_and_nowhere_else(
    client: TestClient, world: World, wanted: str, led_to: str
) -> None:
    asked = client.get("/sign-in", params={"next": wanted})
    carried = soup(asked).select_one("input[name=next]")
    assert carried is not None
    assert carried["value"] == led_to

    answer = sign_in(client, world.nurse.email, PASSWORD, next=wanted)
    assert answer.headers["location"] == led_to


def test_a_page_asked_for_while_signed_out_is_where_signing_in_leads(
    client: TestClient, world: World
) -> None:
    answer = client.get("/wexcombe/people")
    assert answer.headers["location"] == "/sign-in?next=/wexcombe/people"


def test_signing_in_makes_a_new_session_and_ends_the_one_this_browser_had(
    browse: Browser, world: World
) -> None:
    before = browse.as_(world.nurse)
    given = {"email": world.nurse.email, "password": PASSWORD}
    answer = browse.client.post("/sign-in", data=given, headers={**before.headers, **FROM_HERE})

    assert answer.status_code == 303
    assert before.cookie not in answer.headers["set-cookie"]
    assert before.get("/").headers["location"].startswith("/sign-in")


def test_outside_development_the_cookie_is_bound_to_https_and_this_host(
    database: Database, world: World, settings: Settings
) -> None:
    production = Settings(
        environment=Environment.PRODUCTION, secret=settings.secret, _env_file=None
    )
    client = TestClient(
        create_app(production, database), base_url="https://casefile.test", follow_redirects=False
    )
    cookie = sign_in(client, world.nurse.email, PASSWORD).headers["set-cookie"]

    assert cookie.startswith(f"{SECURE_COOKIE}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert client.get("/").status_code == 303
    plain = cookie.partition(";")[0].replace(SECURE_COOKIE, COOKIE)
    client.cookies.clear()
    assert "/sign-in" in client.get("/", headers={"Cookie": plain}).headers["location"]


def test_a_form_from_another_site_signs_nobody_in(
    client: TestClient, world: World, database: Database
) -> None:
    given = {"email": world.nurse.email, "password": PASSWORD}
    for headers in (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        assert client.post("/sign-in", data=given, headers=headers).status_code == 403
    with database.reading() as session:
        assert session.exec(select(SignIn)).all() == []
        assert session.exec(select(Attempt)).all() == []


def test_a_field_that_the_form_does_not_have_is_refused(client: TestClient, world: World) -> None:
    answer = sign_in(client, world.nurse.email, PASSWORD, person_id="1")

    assert answer.status_code == 422


def test_an_empty_form_says_what_to_enter(client: TestClient, world: World) -> None:
    answer = sign_in(client, "", "")

    assert answer.status_code == 422
    assert "Enter your e-mail address Enter your password" in heading(answer)


def test_the_first_page_goes_to_the_only_partnership_or_offers_several(
    browse: Browser, world: World, database: Database
) -> None:
    nurse = browse.as_(world.nurse)
    assert nurse.get("/").headers["location"] == "/wexcombe/my-work"
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)

    page = nurse.page("/")
    links = [str(a["href"]) for a in page.select("main a")]
    assert links == ["/harrowmere/my-work", "/wexcombe/my-work"]


def test_somebody_signed_in_is_not_asked_again(browse: Browser, world: World) -> None:
    answer = browse.as_(world.nurse).get("/sign-in?next=/wexcombe/my-work")

    assert answer.headers["location"] == "/wexcombe/my-work"


def test_a_password_changed_while_it_was_verified_does_not_sign_in(
    client: TestClient, world: World, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = hashing.verify

    def meanwhile(password: str, stored: str | None) -> bool:
        with database.writing() as session:
            session.get_one(Person, world.nurse.id).password_hash = "changed"
        return real(password, stored)

    monkeypatch.setattr(hashing, "verify", meanwhile)

    assert sign_in(client, world.nurse.email, PASSWORD).status_code == 422


def test_changing_ones_password_signs_out_everywhere(browse: Browser, world: World) -> None:
    here, there = browse.as_(world.nurse), browse.as_(world.nurse)
    given = {"current": PASSWORD, "password": CHOSEN, "again": CHOSEN}
    answer = here.submit("/account/password", given)

    assert answer.headers["location"] == "/sign-in"
    assert here.get("/").headers["location"].startswith("/sign-in")
    assert there.get("/").headers["location"].startswith("/sign-in")
    assert sign_in(browse.client, world.nurse.email, PASSWORD).status_code == 422
    assert sign_in(browse.client, world.nurse.email, CHOSEN).status_code == 303


def test_an_unwatched_screen_cannot_be_used_to_guess_the_password(
    browse: Browser, world: World
) -> None:
    nurse = browse.as_(world.nurse)
    given = {"current": "wrong words here", "password": CHOSEN, "again": CHOSEN}
    answers = [nurse.submit("/account/password", given).status_code for _ in range(TRIES + 1)]

    assert answers == [422] * TRIES + [429]


def test_many_tries_at_once_are_counted_one_by_one(tmp_path: Path, settings: Settings) -> None:
    url = f"sqlite:///{tmp_path}/casefile.db"
    migrate(url)
    own = Database(url)
    app = create_app(settings, own)
    with own.writing() as session:
        email = build_world(session).nurse.email

    async def crowd() -> list[int]:
        statuses: list[int] = []
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://casefile.test") as many:

            async def one() -> None:
                given = {"email": email, "password": "wrong words here"}
                answer = await many.post("/sign-in", data=given, headers=FROM_HERE)
                statuses.append(answer.status_code)

            async with anyio.create_task_group() as group:
                for _ in range(3 * TRIES):
                    group.start_soon(one)
        return statuses

    statuses = anyio.run(crowd)
    own.close()
    assert sorted(statuses) == [422] * TRIES + [429] * (2 * TRIES)
