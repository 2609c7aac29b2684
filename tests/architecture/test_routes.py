"""Every door is guarded: each route names the action it performs, and none is unknown."""

import inspect
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from app.access import TABLE, Action, Reach, Role
from app.config import ROOT, Environment, Settings
from app.db import Database
from app.main import create_app
from app.web.guard import May, signed_in

PUBLIC = {
    "/healthz": "says only that the process lives",
    "/readyz": "says only whether pages can be served",
    "/sign-in": "where anybody starts",
    "/help": "how to sign in, for who cannot yet",
    "/privacy": "a notice that anybody may read",
    "/accessibility": "a statement that anybody may read",
    "/calendar/{code}.ics": "days of one person, worth only what its code is worth",
    "/links/{code}": "an invitation or reset, worth only what its code is worth",
}
SIGNED_IN = {
    "/": "sends a signed-in person to their partnership",
    "/sign-out": "ends one's own session",
    "/account/confirm": "asks for one's own password again",
    "/account/password": "changes one's own password",
    "/account/person": "says to a page left open whose session this is",
}


@pytest.fixture(scope="module")
def app() -> FastAPI:
    settings = Settings(environment=Environment.DEVELOPMENT, _env_file=None)
    return create_app(settings, Database("sqlite://"))


def routes_of(app: FastAPI) -> list[APIRoute]:
    contexts = iter_route_contexts(app.routes)
    return [c.original_route for c in contexts if isinstance(c.original_route, APIRoute)]


def everything_in(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from everything_in(inner)


def paths_and_routes(app: FastAPI) -> list[tuple[str, APIRoute, Dependant]]:
    return [
        (context.path, context.original_route, context.dependant)
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
    ]


def test_the_walk_sees_the_routes(app: FastAPI) -> None:
    assert len(paths_and_routes(app)) >= 60


def test_every_route_names_an_action_or_is_public_for_a_reason(app: FastAPI) -> None:
    unguarded = []
    for path, route, dependant in paths_and_routes(app):
        calls = [d.call for d in everything_in(dependant)]
        named = any(isinstance(call, May) for call in calls)
        only_signed_in = path in SIGNED_IN and signed_in in calls
        if not (named or only_signed_in or path in PUBLIC):
            unguarded.append(f"{sorted(route.methods)} {path}")

    assert unguarded == []


def test_nothing_but_these_routes_is_reachable(app: FastAPI) -> None:
    others = [r for r in app.routes if not isinstance(r, APIRoute) and hasattr(r, "path")]
    known = {"/assets"}

    assert {r.path for r in others if isinstance(r, Mount)} == known
    assert [r for r in others if not isinstance(r, Mount) and r.path not in known] == []


def test_a_partnerships_pages_all_stand_under_its_name(app: FastAPI) -> None:
    elsewhere = [
        path
        for path, _, _ in paths_and_routes(app)
        if not path.startswith("/{partnership}/") and path not in PUBLIC | SIGNED_IN
    ]

    assert elsewhere == []


def test_every_route_and_dependency_runs_inline(app: FastAPI) -> None:
    """One that is not `async` would hop to a thread, and could wait there for a connection."""
    hopping = {
        f"{path}: {getattr(d.call, '__name__', d.call)}"
        for path, _, dependant in paths_and_routes(app)
        for d in everything_in(dependant)
        if d.call and not _is_async(d.call)
    }

    assert hopping == set()


def _is_async(call: object) -> bool:
    kinds = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    method = getattr(type(call), "__call__", None)  # noqa: B004 - a May is called through it
    return any(kind(call) or kind(method) for kind in kinds)


def test_looking_is_get_and_changing_is_post(app: FastAPI) -> None:
    methods = {m for _, route, _ in paths_and_routes(app) for m in route.methods}

    assert methods <= {"GET", "HEAD", "POST"}


def test_every_route_says_what_it_does(app: FastAPI) -> None:
    silent = [path for path, route, _ in paths_and_routes(app) if not route.endpoint.__doc__]

    assert silent == []


def test_no_address_carries_an_integer_key(app: FastAPI) -> None:
    convertors = [p for p, _, _ in paths_and_routes(app) if re.search(r":int|\bid\b|_id\b", p)]

    assert convertors == []


def test_the_table_answers_for_every_action_and_role() -> None:
    assert set(TABLE) == set(Action)
    assert all(set(row) == set(Role) for row in TABLE.values())


def test_every_action_is_named_by_some_route(app: FastAPI) -> None:
    named = {
        d.call.action
        for _, _, dependant in paths_and_routes(app)
        for d in everything_in(dependant)
        if isinstance(d.call, May)
    }

    assert named == set(Action)


def test_a_system_administrator_reads_no_answers() -> None:
    carried = {a for a, row in TABLE.items() if row[Role.SYSTEM_ADMINISTRATOR] is not Reach.NONE}

    assert carried == {Action.WORK_SEE, Action.PEOPLE_MANAGE, Action.TOOL_SEE}


def test_every_page_is_linked_from_somewhere(app: FastAPI) -> None:
    """By its last word: a page that no template and no line of code leads to is never found."""
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("app/**/*.py")]
    own = re.compile(r"^@router\.\w+\([^)]*\)", re.MULTILINE)
    written = "".join(own.sub("", source.read_text("utf-8")) for source in sources)
    pages = {
        path
        for path, route, _ in paths_and_routes(app)
        if "GET" in (route.methods or set()) and path not in PUBLIC
    }
    last = {path: [part for part in path.split("/") if part and part[0] != "{"] for path in pages}
    assert len(pages) > 60
    lost = [
        path
        for path, words in last.items()
        if words and not re.search(rf"/{re.escape(words[-1])}\b", written)
    ]
    assert lost == []
