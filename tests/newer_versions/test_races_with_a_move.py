"""A round moves to a newer version while somebody declares or sends, with real commits."""

from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.access import NotNow, Role, Unfit
from app.newer_versions.commands import NewerVersion, move_to_version
from app.newer_versions.queries import preview
from app.responses.commands import MOVED, declare_complete, send_response
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.responses.tallies import recount, tallied
from app.rounds.models import Round, Strand
from tests.newer_versions.conftest import Moving, stage
from tests.newer_versions.test_what_is_in_hand import work_of
from tests.newer_versions.tools import ALLOWED, growing
from tests.security.racing import Act, Field, Ready, opened
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
