"""A round moves to a newer version while somebody saves, declares or sends, with real commits."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.access import Action, NotNow, Role, Unfit, scope
from app.newer_versions.commands import NewerVersion, move_to_version
from app.newer_versions.queries import preview
from app.responses.commands import MOVED, declare_complete, send_response
from app.responses.models import Response
from app.responses.queries import find_answering
from app.responses.rules import ResponseState
from app.responses.saving import Save, save_answers
from app.responses.tallies import recount, tallied
from app.rounds.models import Round, Strand
from tests.newer_versions.conftest import Moving, stage
from tests.newer_versions.test_what_is_in_hand import work_of
from tests.newer_versions.tools import ALLOWED, growing
from tests.security.racing import BEHIND, Act, Field, Ready, opened
from tests.security.racing import place as place  # noqa: PLC0414 - a fixture


def moves(place: Field, moving: Moving) -> Act:
    def act(session: Session, ready: Ready) -> None:
        seen = session.get_one(Round, moving.audit.round.id)
        found = preview(session, seen, moving.second)
        given = NewerVersion(version=seen.version, tool="growing.2", digest=found.digest)
        ready()
        move_to_version(session, place.actor("coordinator"), seen, moving.second, given)

    return act


def goes_on(place: Field, key: int | None, role: Role) -> Act:
    command = declare_complete if role is Role.AUDITOR else send_response

    def act(session: Session, ready: Ready) -> None:
        row = session.get_one(Response, key)
        actor, work = work_of(session, place.world, row, role)
        ready()
        try:
            command(session, actor, work, work.version)
        except Unfit as unfit:  # who reads once the round has moved is told what is wanted
            raise NotNow(str(unfit)) from None

    return act


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.AGENCY_LEAD])
def test_nothing_goes_on_incomplete_where_the_round_moves_meanwhile(
    place: Field, tmp_path: Path, role: Role
) -> None:
    first, second = growing(tmp_path), growing(tmp_path, 2, ALLOWED)
    with opened(place.url) as database, database.writing() as session:
        moving = stage(session, place.world, first, second)
    key = (moving.returned if role is Role.AUDITOR else moving.declared).id

    outcomes = place.at_once(moves(place, moving), goes_on(place, key, role), behind=1)

    assert outcomes[0] == "done"
    assert outcomes[1] != "done"
    if not place.embedded:
        assert outcomes[1] == MOVED
    with opened(place.url) as database, database.reading() as session:
        assert session.get_one(Response, key).state == ResponseState.DRAFT
        round_id = moving.audit.round.id
        for strand in session.exec(select(Strand).where(col(Strand.round_id) == round_id)):
            assert tallied(session, strand) == recount(session, strand)


def saves(place: Field, moving: Moving, *, first: bool) -> Act:
    """Save one more answer on a page from before the move."""
    key, round_id = moving.draft.id, moving.audit.round.id

    def moved() -> bool:
        asked = place.one(f"SELECT tool_version_id FROM round WHERE id = {round_id}")
        return asked != moving.audit.round.tool_version_id

    def act(session: Session, ready: Ready) -> None:
        row = session.get_one(Response, key)
        actor, work = work_of(session, place.world, row, Role.AUDITOR)
        names = {"assignment": work.assignment.ref}
        answered = find_answering(session, scope(actor, Action.RESPONSE_ANSWER), names)
        assert answered
        ready()
        if not first and not place.embedded:
            until(moved)
        typed = {"asked": ["words"], "words": ["Typed meanwhile"]}
        save_answers(session, actor, answered, Save("ABCDEFGHJK", 1, row.version, typed))
        if first:
            time.sleep(4 * BEHIND)

    return act


def until(done: Callable[[], bool]) -> None:
    for _ in range(200):
        if done():
            return
        time.sleep(BEHIND)
    raise AssertionError("it never came")


@pytest.mark.parametrize("first", ["move", "save"])
def test_a_save_that_meets_a_move_counts_what_is_asked_from_then_on(
    place: Field, tmp_path: Path, first: str
) -> None:
    one, two = growing(tmp_path), growing(tmp_path, 2, ALLOWED)
    with opened(place.url) as database, database.writing() as session:
        moving = stage(session, place.world, one, two)

    save = saves(place, moving, first=first == "save")
    outcomes = place.at_once(moves(place, moving), save, behind=int(first == "move"))

    assert outcomes == ["done", "done"]
    with opened(place.url) as database, database.reading() as session:
        row = session.get_one(Response, moving.draft.id)
        _, work = work_of(session, place.world, row, Role.AUDITOR)
        assert work.tool.versions == (1, 2)
        assert work.answers["words"].text == "Typed meanwhile"
        assert (row.answered, row.asked) == work.filled.progress
