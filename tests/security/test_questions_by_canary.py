"""Filters, views and searches, asked by everybody: they narrow what is shown and add nothing."""

from collections.abc import Iterator, Mapping

import pytest
from bs4 import BeautifulSoup

from app.rounds.rules import Stage
from tests.security.addresses import DOORS, FINDING, ROUND
from tests.security.asking import Reply
from tests.security.crawl import actions_of, canaries_in, people_for
from tests.security.doors import address
from tests.security.premises import Premises
from tests.security.reach import expected
from tests.security.test_blindness_by_canary import may_read
from tests.security.test_non_interference import without_what_is_new

RESULTS, ACTIONS = f"GET {ROUND}/results", "GET /{partnership}/actions"
ASKED: Mapping[str, tuple[str, ...]] = {
    RESULTS: (
        "show=agencies",
        "show=agencies&agency={agency.police}&stratum=section_17",
        "agency={agency.social_care}",
        "strand={strand.a.listed}&section=about",
    ),
    f"GET {ROUND}/results/{{question}}": ("strand={strand.a.listed}", "strand={strand.b.drawn}"),
    f"GET {ROUND}/comparisons": ("show=left", "page=2", "show=waiting&sort=left", "sort=ready"),
    f"GET {ROUND}/agreement": ("sort=most",),
    f"GET {ROUND}/subjects/{{subject}}/comparison": (
        "order=questions",
        "only=differences",
        "only=left&section=about&theme=VC",
        "names=shown&reasons=open",
    ),
    ACTIONS: (
        "show=all",
        "show=all&view=board",
        "show=mine",
        "show=all&agency={agency.health}&round={round.b}",
        "show=all&subgroup={subgroup.wexcombe}",
        "finding={finding.a.agreed}",
        "finding={finding.c.agreed}",
    ),
    "GET /{partnership}/exports/actions": ("show=all&round={round.b}", "round={round.c}"),
    "GET /{partnership}/trail": ("what=role.given", "who={person.officer}"),
    f"GET {ROUND}/findings": ("kind=strength", "theme=VC"),
    f"GET {ROUND}/findings/new": (
        "subject={subject.a.1}&question=form_worry&point={point.a}",
        "subject={subject.b.1}&question=form_worry",
        "point={point.b}",
    ),
    f"GET {FINDING}/actions/new": ("point={point.a}",),
    f"GET {ROUND}/trail": ("what=answer.agreed", "who={person.officer}", "since=2020-01-01"),
    "GET /{partnership}/people": ("search=police", "show=left", "search=zq"),
    "GET /{partnership}/search": ("q=zqaction", "q=zqfinding", "q=round", "q=strength"),
}
"""Of a page, what can be asked of it besides."""
STAGES = (Stage.MODERATION, Stage.REPORTED)


def filled(query: str, refs: Mapping[str, str]) -> str:
    """Put the references into a question."""
    for name, ref in refs.items():
        query = query.replace(f"{{{name}}}", ref)
    return query


def asked(premises: Premises, route: str, who: str) -> Iterator[tuple[str, Reply]]:
    at = address(route.removeprefix("GET "), DOORS[route].names, premises.grounds.refs)
    for query in ASKED[route]:
        yield query, premises.get(who, f"{at}?{filled(query, premises.grounds.refs)}")


@pytest.mark.parametrize("route", ASKED)
def test_no_question_opens_what_the_page_does_not(premises: Premises, route: str) -> None:
    known = {canary.word: canary for canary in premises.grounds.canaries}
    actions, leaks, read = actions_of(premises.app)[route], [], 0
    for stage in STAGES if premises.database.embedded else STAGES[:1]:
        premises.stage(stage)
        for who in people_for(premises):
            wanted = expected(who, route, {}, stage, actions)
            if wanted <= {303, 401, 403}:  # refused before the question is read
                continue
            for query, reply in asked(premises, route, who):
                assert reply.status in wanted | {404}, f"{stage} {who} {query}: {reply.status}"
                assert not reply.failed
                read += reply.status == 200
                leaks += [
                    f"{stage} {who} {query}: {word}"
                    for word in canaries_in(reply)
                    if who not in may_read(known[word], stage)
                ]
    assert leaks == []
    assert read


SECRETS = (
    "SELECT label FROM subject",
    "SELECT ref FROM assignment",
    "SELECT ref FROM finding",
    "SELECT what FROM action",
    "SELECT ref FROM round",
    "SELECT email FROM person WHERE name = 'Named nurse'",
)
"""What somebody might search for who has seen it elsewhere."""
SEARCHERS = ("officer", "nurse", "police_lead", "panel_police", "scrutineer", "owner", "lead")


def hits(reply: Reply) -> list[str]:
    """Where a search leads."""
    page = BeautifulSoup(reply.text, "html.parser")
    return [str(link["href"]) for link in page.select("main li a")]


@pytest.mark.parametrize("stage", STAGES)
def test_every_hit_of_a_search_opens_and_nothing_else_shows(
    premises: Premises, stage: Stage
) -> None:
    premises.stage(stage)
    run = premises.connection.exec_driver_sql
    typed = [each for s in SECRETS for each in run(f"{s} ORDER BY id LIMIT 2").scalars()]
    found = 0
    for who in SEARCHERS if premises.database.embedded else SEARCHERS[:2]:
        nothing = without_what_is_new(premises.get(who, "/wexcombe/search?q=zzzz").body)
        for secret in typed:
            reply = premises.get(who, f"/wexcombe/search?q={secret.replace(' ', '+')}")
            leads = [reply.header("location")] if reply.status == 303 else hits(reply)
            found += len(leads)
            for where in leads:
                assert premises.get(who, where).status == 200, f"{who} {secret} {where}"
            if not leads:
                told = reply.body.replace(secret.encode(), b"zzzz")
                assert without_what_is_new(told) == nothing, f"{who} {secret}"
    assert found
