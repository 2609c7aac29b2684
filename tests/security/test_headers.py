"""The headers of every answer, word for word: pages, refusals, failures, files and redirects."""

from collections import Counter

from app.config import Environment, Settings
from app.main import create_app
from app.rounds.rules import Stage
from app.web.assets import asset
from tests.security.addresses import ROUND
from tests.security.asking import FORM, FROM_HERE, Asker, Reply
from tests.security.crawl import Visit
from tests.security.premises import SECRET, Premises

ALWAYS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "x-robots-tag": "noindex, nofollow",
}
NOT_KEPT = {"cache-control": "no-store"}
PAGE = ALWAYS | NOT_KEPT
HTTPS_ONLY = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
ITS_OWN = {
    "vary",
    "content-type",
    "content-length",
    "content-disposition",
    "location",
    "set-cookie",
}
"""Headers that an answer may have of its own; any other would say something about the server."""
ALSO_SAID = {"allow, which no answer needs"}
"""With 405, how the address may be asked for: the standard wants it."""

TYPES = {
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "text/csv; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def unlike(headers: tuple[tuple[str, str], ...], wanted: dict[str, str]) -> list[str]:
    """What is missing, doubled, worded otherwise, or not expected at all."""
    given, many = dict(headers), Counter(name for name, _ in headers)
    wrong = [f"{name}: {given.get(name)}" for name in wanted if given.get(name) != wanted[name]]
    wrong += [f"{name} {many[name]} times" for name in wanted if many[name] > 1]
    unknown = set(given) - set(wanted) - ITS_OWN
    return wrong + [f"{name}, which no answer needs" for name in sorted(unknown)]


def test_every_page_that_anybody_opened_has_them(walked: list[Visit]) -> None:
    wrong = {f"{v.route} {v.status}: {u}" for v in walked for u in unlike(v.headers, PAGE)}
    assert wrong == set()
    assert {dict(visit.headers).get("content-type") for visit in walked if visit.status == 200} <= (
        TYPES
    )


def test_every_answer_to_a_form_has_them(sent: list[Visit]) -> None:
    wrong = {f"{v.route} {v.status}: {u}" for v in sent for u in unlike(v.headers, PAGE)}
    assert wrong == set()


def odd_answers(premises: Premises) -> dict[int, list[Reply]]:
    """Answers that come from somewhere else than a page's own route."""
    own = {**FROM_HERE, "content-type": FORM}
    ask = premises.asker.ask
    replies = [
        premises.get("nobody", "/sign-in"),
        premises.get("nobody", "/healthz"),
        premises.get("nobody", "/no-such-page"),
        premises.get("coordinator", "/wexcombe/no-such-page"),
        premises.get("nobody", "/wexcombe/rounds"),
        premises.get("nobody", "/sign-in/"),
        premises.get("nobody", "/assets/no-such-file.js"),
        premises.get("nobody", "/assets/../app.db"),
        premises.get("nobody", "/a%00b"),
        premises.get("nobody", "/sign-in?next=%00"),
        premises.post("coordinator", "/sign-in", {"email": "x@y.example", "password": "z"}),
        premises.post("coordinator", "/wexcombe/agencies", {"token": "forged"}),
        ask("PUT", "/sign-in", own),
        ask("HEAD", "/sign-in"),
        ask("OPTIONS", "/sign-in"),
        ask("TRACE", "/sign-in"),
        ask("BREW", "/sign-in"),
        ask("POST", "/sign-in", {"content-type": FORM}),
        ask("POST", "/sign-in", own, b"x=" + b"y" * 1_000_001),
    ]
    return {
        status: [r for r in replies if r.status == status] for r in replies for status in [r.status]
    }


def test_refusals_of_every_sort_have_them(premises: Premises) -> None:
    found = odd_answers(premises)

    wrong = [
        f"{status}: {unlike(reply.headers, PAGE)}"
        for status, replies in found.items()
        for reply in replies
        if set(unlike(reply.headers, PAGE)) - ALSO_SAID
    ]
    assert wrong == []
    assert set(found) >= {200, 303, 400, 403, 404, 405, 413, 422}


def test_a_failure_has_them(premises: Premises) -> None:
    """Production: the page of an error that nobody expected, and over https for a year."""
    settings = Settings(
        environment=Environment.PRODUCTION,
        secret=SECRET,
        database_url="sqlite:///x",
        _env_file=None,
    )
    app = create_app(settings, premises.database)

    @app.get("/fails")
    async def fails() -> None:
        raise RuntimeError

    asker = Asker(app)
    try:
        for address, status in (("/fails", 500), ("/sign-in", 200), ("/nowhere", 404)):
            reply = asker.ask("GET", address)
            assert reply.status == status
            assert unlike(reply.headers, PAGE | HTTPS_ONLY) == []
    finally:
        asker.close()


def test_what_is_no_page_may_be_kept_and_has_the_rest(premises: Premises) -> None:
    kept = "public, max-age=31536000, immutable"
    known = premises.get("nobody", asset("casefile.css"))
    assert (known.status, known.header("cache-control")) == (200, kept)
    assert unlike(known.headers, ALWAYS | {"cache-control": kept}) == [
        f"{name}, which no answer needs" for name in ("accept-ranges", "etag", "last-modified")
    ]

    guessed = premises.get("nobody", "/assets/casefile.css?v=guessed")
    assert guessed.header("cache-control") == "public, no-cache"


def test_a_file_is_sent_to_be_kept_not_opened(premises: Premises) -> None:
    premises.stage(Stage.REPORTED)
    answers = premises.send("coordinator", f"POST {ROUND}/exports/answers")
    assert answers.status == 200
    assert answers.header("content-disposition").startswith("attachment")
    assert answers.header("content-type") in TYPES
    assert unlike(answers.headers, PAGE) == []
