"""A log is safe to hand to a hosting company: nothing in it is anybody's."""

import json

import structlog

from app.config import Environment, Settings
from app.main import create_app
from app.web.logs import configure_logs
from tests.security.addresses import DOORS
from tests.security.asking import FORM, FROM_HERE, Asker, encoded
from tests.security.conftest import LOGGED
from tests.security.premises import SECRET, Premises

TYPED = {
    "email": "zqlogged.person@wexcombe.example",
    "password": "zqlogged words of a pass phrase",
    "number": "zqlogged LCS 7",
    "answer": "zqlogged the child said",
}


def secrets_of(premises: Premises) -> set[str]:
    """Words, names, addresses, cookies and tokens that no line may hold."""
    people = premises.grounds.people
    return (
        {canary.word for canary in premises.grounds.canaries}
        | {each for who in people.values() for each in (who.name, who.email)}
        | set(premises.cookies.values())
        | {premises.token(who) for who in premises.cookies}
        | {SECRET, "zqlogged", "LCS 7", "The call was quick", "three wrong words", "referrals.csv"}
    )


def test_nothing_of_anybodys_is_logged(premises: Premises) -> None:
    for route in DOORS:
        for who in ("nobody", "officer", "coordinator"):
            with premises.undone():
                (premises.look if route.startswith("GET") else premises.send)(who, route)
    premises.post("nobody", "/sign-in", TYPED)
    premises.post("officer", "/wexcombe/agencies?search=zqlogged", TYPED)
    assert len(LOGGED) > 100
    said = "\n".join(LOGGED)
    assert {secret for secret in secrets_of(premises) if secret in said} == set()


def test_a_failure_is_logged_without_a_word_of_what_was_sent(premises: Premises) -> None:
    settings = Settings(environment=Environment.PRODUCTION, secret=SECRET, _env_file=None)
    app = create_app(settings, premises.database)

    @app.post("/fails/{what}")
    async def fails(what: str) -> None:
        raise RuntimeError(f"zqlogged {what}")

    asker, before = Asker(app), len(LOGGED)
    try:
        headers = {**FROM_HERE, "content-type": FORM, **premises.as_("officer")}
        reply = asker.ask("POST", "/fails/zqlogged?q=zqlogged", headers, encoded(TYPED))
    finally:
        asker.close()
    said = "\n".join(LOGGED[before:])
    assert (reply.status, reply.failed) == (500, "")
    assert "RuntimeError" in said
    assert "/fails/{what}" in said
    assert {secret for secret in secrets_of(premises) if secret in said + reply.text} == set()


def test_only_the_fields_that_are_allowed_reach_the_log() -> None:
    """Whatever somebody adds to a line one day is left out until it is allowed."""
    kept = structlog.get_config()
    try:
        configure_logs()
        line = {"event": "refused", "status": 403, "email": TYPED["email"], "body": "zqlogged"}
        for processor in structlog.get_config()["processors"]:
            line = processor(None, "info", line)
        assert set(json.loads(str(line))) == {"event", "status", "level", "timestamp"}
    finally:
        structlog.configure(**kept)
