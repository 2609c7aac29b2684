"""Every file that leaves, taken by everybody who may: it holds what its taker may read anyway."""

from collections.abc import Iterator

import pytest

from app.exports import making
from app.rounds.rules import Stage
from tests.security.addresses import DOCUMENT, DOORS, LETTER, MEETING, MINE, ROUND
from tests.security.asking import Reply
from tests.security.crawl import Visit, actions_of, canaries_in, people_for
from tests.security.furniture import SENT, STANDING
from tests.security.premises import Premises
from tests.security.reach import expected
from tests.security.test_blindness_by_canary import may_read

ANSWERS, PACK = f"POST {ROUND}/exports/answers", f"POST {ROUND}/packs/{{subgroup}}/document"
BRIEFING, REPORT = f"POST {ROUND}/briefing/document", f"POST {ROUND}/report/document"
RECORD, CODEBOOK = f"POST {MEETING}/document", f"GET {ROUND}/exports/codebook"
MADE, TO_AGENCY = f"POST {DOCUMENT}/file", f"POST {LETTER}/document"
ATTACHED = f"POST {MINE}/files/{{attachment}}"
ACTIONS = "POST /{partnership}/exports/actions"
FILES = {
    ANSWERS: ({"format": "csv"}, {"format": "xlsx"}),
    ACTIONS: ({"format": "csv"}, {"format": "xlsx"}),
    PACK: ({},),
    BRIEFING: ({},),
    REPORT: ({},),
    RECORD: ({},),
    TO_AGENCY: ({},),
    MADE: ({},),
    ATTACHED: ({},),
    CODEBOOK: ({},),
}
"""Every route that gives a file, with its forms. Documents are looked at as what they are made of:
that all of it is in them, and nothing else, is shown where exports are tested."""
STAGES = (Stage.MODERATION, Stage.FINDINGS_AGREED, Stage.REPORTED)


class AsItIs:
    """Stands in for the process that makes documents, and gives what it was to make."""

    async def run(self, _: object, paper: object) -> bytes:
        return repr(paper).encode()


@pytest.fixture
def as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "POOL", AsItIs())


def taken(premises: Premises, stage: Stage, route: str) -> Iterator[tuple[str, str, Reply]]:
    """Take a file as everybody who may: who, of which round, and what they got."""
    actions = actions_of(premises.app)[route]
    ask = premises.look if route == CODEBOOK else premises.send
    for name in "ab":
        named = {each: f"{each}.{name}" for each in ("round", "meeting", "document")}
        if route == ATTACHED:
            named = {each: f"{each}.{name}.police.1" for each in ("assignment", "attachment")}
        narrowed = {"round": premises.grounds.refs[f"round.{name}"]} if route == ACTIONS else {}
        for who in people_for(premises):
            if expected(who, route, named, stage, actions) & {200}:
                for form in FILES[route]:
                    yield who, name, ask(who, route, named, **form, **narrowed)


@pytest.mark.usefixtures("as_it_is")
@pytest.mark.parametrize("route", FILES)
def test_a_file_holds_nothing_that_its_taker_may_not_read(premises: Premises, route: str) -> None:
    known = {canary.word: canary for canary in premises.grounds.canaries}
    leaks, opened = [], 0
    for stage in STAGES if premises.database.embedded else STAGES[-1:]:
        premises.stage(stage)
        for who, name, reply in taken(premises, stage, route):
            if reply.status == 409:
                continue
            assert (reply.status, reply.failed) == (200, "")
            opened += 1
            leaks += [
                f"{stage} {who} {word}"
                for word in canaries_in(reply)
                if known[word].round != name or who not in may_read(known[word], stage)
            ]
            leaks += [f"{who} by file name"] * ("zq" in reply.header("content-disposition"))
    assert leaks == []
    assert opened


HOLDS = {
    ACTIONS: {"action", "update"},
    PACK: {"findingagreed", "action", "pack"},
    BRIEFING: {"briefing"},
    REPORT: {"findingagreed", "action"},
    RECORD: {"room", "record", "recorddissent"},
    TO_AGENCY: {"findingagreed"},
    CODEBOOK: set[str](),
}


@pytest.mark.usefixtures("as_it_is")
@pytest.mark.parametrize("route", HOLDS)
def test_a_file_holds_what_it_is_for_and_nothing_else(premises: Premises, route: str) -> None:
    premises.stage(Stage.REPORTED)
    ask = premises.look if route == CODEBOOK else premises.send
    assert canaries_in(ask("lead", route)) == {f"zq{what}aqz" for what in HOLDS[route]}


def test_the_answers_are_what_was_sent_and_nothing_else(premises: Premises) -> None:
    for stage in (Stage.OPEN, Stage.REPORTED):
        premises.stage(stage)
        for who, name in (("coordinator", "a"), ("lead", "a"), ("two_hats", "b")):
            for form in FILES[ANSWERS]:
                reply = premises.send(who, ANSWERS, {"round": f"round.{name}"}, **form)
                sent = {
                    canary.word
                    for canary in premises.grounds.canaries
                    if canary.round == name
                    and canary.what in {"words", "reason"}
                    and STANDING[name][canary.agency, canary.subject] is SENT
                }
                assert canaries_in(reply) == sent


def test_there_is_no_other_file(walked: list[Visit], sent: list[Visit]) -> None:
    """A file that is not taken above would leave without being looked into."""
    given = {v.route for v in (*walked, *sent) if "content-disposition" in dict(v.headers)}
    assert given | {r for r in DOORS if r.endswith("/document")} == set(FILES)


CALENDARS = {
    "owner": {"action.a", "action.b"},
    "health_lead": {"action.a", "action.b"},
    "two_hats": {"action.a", "action.b"},
}
"""Whose calendar carries which actions once the findings are agreed; everybody else's none."""


def test_no_calendar_holds_a_word_and_each_only_what_is_its_readers_to_do(
    premises: Premises,
) -> None:
    for stage in (Stage.OPEN, *STAGES):
        premises.stage(stage)
        for who in people_for(premises):
            reply = premises.get("nobody", f"/calendar/{who}.wexcombe.ics")
            assert canaries_in(reply) == frozenset(), who
            carried = {
                name
                for name, ref in premises.grounds.refs.items()
                if name.startswith("action.") and ref in reply.text
            }
            agreed = stage in {Stage.FINDINGS_AGREED, Stage.REPORTED}
            assert carried == (CALENDARS.get(who, set()) if agreed else set()), (who, stage)
