"""One walk by everybody through everything that can be looked at, shared by several tests."""

import base64
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.access import Action
from app.rounds.rules import Stage
from app.web.guard import May
from tests.security.addresses import DOORS
from tests.security.asking import Reply
from tests.security.doors import Names
from tests.security.premises import Premises
from tests.security.reach import PEOPLE, expected, whatever_the_stage

PROVING = bool(os.environ.get("CASEFILE_PROVE"))
SOME = (
    "nobody",
    "coordinator",
    "lead",
    "panel_police",
    "police_lead",
    "officer",
    "sharer",
    "nurse",
    "two_hats",
    "owner",
    "subgroup_member",
    "officer_elsewhere",
)
DONE_ASIDE = ("/document", "/sample/list")
"""Ends of the routes that are done in another process: tried by one person, not by all."""
_BANNER = re.compile(r"casefile_banner=([\w-]+)\.")
_WORD = re.compile(r"zq[a-z0-9]+?qz")
_LINK = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"')
_OF_A_ROUND = re.compile(
    r"{round}|{assignment}|{action}|/(my-work|rounds|assignments|actions|packs)$"
)


@dataclass(frozen=True)
class Visit:
    """One page looked at by one person at one stage, without its text."""

    stage: Stage
    who: str
    route: str
    names: Names
    status: int
    wanted: frozenset[int]
    headers: tuple[tuple[str, str], ...]
    canaries: frozenset[str]
    links: frozenset[str]
    failed: str

    @property
    def told(self) -> str:
        """The visit in a line."""
        names = " ".join(self.names.values())
        return (
            f"{self.stage} {self.who} {self.route} {names}: {self.status}, not {set(self.wanted)}"
        )


@cache
def actions_of(app: FastAPI) -> dict[str, list[Action]]:
    """The actions that each route names, by method and path."""
    return {
        f"{method} {context.path}": [
            d.call.action for d in everything(context.dependant) if isinstance(d.call, May)
        ]
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.original_route.methods
    }


def everything(dependant: Dependant) -> Iterator[Dependant]:
    """A route's dependencies, and theirs."""
    yield dependant
    for inner in dependant.dependencies:
        yield from everything(inner)


def people_for(premises: Premises) -> tuple[str, ...]:
    """Everybody on SQLite; on PostgreSQL, unless proving, one or two of each kind."""
    return tuple(PEOPLE) if premises.database.embedded or PROVING else SOME


def stages_for(premises: Premises) -> tuple[Stage, ...]:
    """The stages walked through: all that matter on SQLite, one on PostgreSQL unless proving."""
    if premises.database.embedded or PROVING:
        return (Stage.OPEN, Stage.MODERATION, Stage.REPORTED)
    return (Stage.MODERATION,)


def walk(premises: Premises) -> list[Visit]:
    """Let everybody look everywhere. What no stage changes is looked at once."""
    actions, visits = actions_of(premises.app), []
    looking = [r for r in DOORS if r.startswith("GET /{partnership}")]
    stages = stages_for(premises)
    for stage in stages:
        premises.stage(stage)
        for route in looking:
            if stage is not stages[0] and not _OF_A_ROUND.search(route):
                continue
            for names, who in (
                (n, w) for n in ({}, *DOORS[route].also) for w in people_for(premises)
            ):
                wanted = expected(who, route, names, stage, actions[route])
                if stage is stages[0] or not whatever_the_stage(who, names, wanted):
                    reply = premises.look(who, route, names)
                    visits.append(_visit(stage, who, route, names, wanted, reply))
    return visits


def _visit(
    stage: Stage, who: str, route: str, names: Names, wanted: frozenset[int], reply: Reply
) -> Visit:
    text = reply.text
    return Visit(
        stage=stage,
        who=who,
        route=route,
        names=names,
        status=reply.status,
        wanted=wanted,
        headers=reply.headers,
        canaries=canaries_in(reply),
        links=frozenset(_LINK.findall(text)) if reply.status == 200 else frozenset(),
        failed=reply.failed,
    )


def canaries_in(reply: Reply) -> frozenset[str]:
    """The canaries in an answer: in its body, its headers, and the banner it leaves behind."""
    headers = " ".join(value for _, value in reply.headers)
    banner = _BANNER.search(headers)
    left = base64.urlsafe_b64decode(banner[1] + "==").decode() if banner else ""
    return frozenset(_WORD.findall(f"{text_in(reply.body)} {headers} {left}"))


def text_in(body: bytes) -> str:
    """What a page or file says; a document or workbook is opened first."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def send_all(premises: Premises) -> list[Visit]:
    """Let everybody send every form, at a stage that takes it and when the round is closed."""
    actions, visits = actions_of(premises.app), []
    for route in (r for r in DOORS if r.startswith("POST /{partnership}")):
        for stage, who in product((DOORS[route].stage, Stage.CLOSED), people_for(premises)):
            wanted = expected(who, route, {}, stage, actions[route])
            aside = route.endswith(DONE_ASIDE) and wanted & {200, 303}
            if aside or (stage is Stage.CLOSED and whatever_the_stage(who, {}, wanted)):
                continue
            with premises.undone():
                premises.stage(stage)
                visits.append(_visit(stage, who, route, {}, wanted, premises.send(who, route)))
    return visits
