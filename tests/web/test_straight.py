"""A straight route is guarded like every other, and can only be declared where that is certain."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts

from app.access import Action
from app.config import Environment, Settings
from app.db import Database
from app.main import create_app
from app.web.forms import PostedDep
from app.web.guard import ActorDep, May, MayOn
from app.web.straight import NotStraight, StraightRoute
from app.web.units import SessionDep

Found = Annotated[object, Depends(MayOn(Action.RESPONSE_ANSWER, lambda *_: None), scope="function")]
Within = Annotated[object, Depends(May(Action.RESPONSE_ANSWER), scope="function")]


async def unguarded(request: Request, session: SessionDep) -> None:
    """Ask for no guard."""


async def found_first(request: Request, found: Found, session: SessionDep) -> None:
    """Look before the transaction is there."""


async def of_two_guards(request: Request, session: SessionDep, a: Found, b: Within) -> None:
    """Ask for two guards."""


async def of_a_person(request: Request, session: SessionDep, actor: ActorDep) -> None:
    """Ask who it is, and not what they may do."""


async def of_a_form(request: Request, session: SessionDep, a: Found, form: PostedDep) -> None:
    """Ask for the form besides."""


async def of_a_part_of_the_address(
    request: Request, session: SessionDep, found: Found, ref: str
) -> None:
    """Ask for a part of the address besides."""


@pytest.mark.parametrize(
    "endpoint",
    [
        unguarded,
        found_first,
        of_two_guards,
        of_a_person,
        of_a_form,
        of_a_part_of_the_address,
    ],
)
def test_a_route_that_asks_for_anything_but_one_guard_is_not_straight(endpoint: object) -> None:
    router = APIRouter(route_class=StraightRoute)

    with pytest.raises(NotStraight):
        router.post("/{ref}")(endpoint)  # type: ignore[type-var]


def test_what_a_straight_route_asks_for_is_what_the_walk_over_all_routes_sees() -> None:
    settings = Settings(environment=Environment.DEVELOPMENT, _env_file=None)
    app: FastAPI = create_app(settings, Database("sqlite://"))
    straight = {
        context.path: {
            inner.call.action
            for inner in context.dependant.dependencies
            if isinstance(inner.call, May)
        }
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, StraightRoute)
    }

    assert issubclass(StraightRoute, APIRoute)
    assert straight == {"/{partnership}/assignments/{assignment}/answers": {Action.RESPONSE_ANSWER}}
