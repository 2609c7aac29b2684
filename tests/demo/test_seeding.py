"""The demo: what it promises is there, and started again it keeps what was entered."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions.rules import ActionState
from app.config import Environment, Settings
from app.db import Database
from app.db.readiness import migrate
from app.demo.planning import Outline
from app.demo.seeding import FIRST, THEMATIC, seed

pytestmark = pytest.mark.slow


def asked(database: Database, query: str) -> object:
    with database.reading() as session:
        rows = session.connection().execute(text(query)).all()
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else [tuple(row) for row in rows]


def strand_of(outline: Outline) -> str:
    return f"(SELECT strand.id FROM strand JOIN round ON round.id = round_id WHERE round.title = '{outline.title}')"  # noqa: E501


def test_the_demo_holds_what_it_promises_and_keeps_what_is_entered(tmp_path: Path) -> None:
    settings = Settings(
        environment=Environment.DEVELOPMENT,
        database_url=f"sqlite:///{tmp_path}/demo.db",
        _env_file=None,  # type: ignore[call-arg]
    )
    migrate(settings.database_url)
    told: list[str] = []
    seed(settings, told.append)
    database = Database(settings.database_url)

    assert asked(database, "SELECT count(DISTINCT kind) FROM agency") == 7
    stages = [("closed",), ("actions_live",), ("moderation",), ("moderation",), ("open",)]
    assert asked(database, "SELECT stage FROM round ORDER BY id") == stages
    first = f"WHERE strand_id = {strand_of(FIRST)}"
    assert asked(database, f"SELECT count(*) FROM subject {first} AND state = 'chosen'") == 60
    frame = f"(SELECT id FROM frame WHERE strand_id = {strand_of(FIRST)})"
    assert asked(database, f"SELECT count(*) FROM frame_row WHERE frame_id = {frame}") == 400
    of_first = "WHERE assignment_id IN (SELECT id FROM assignment WHERE subject_id IN "
    of_first += f"(SELECT id FROM subject {first}))"
    assert asked(database, f"SELECT count(*) FROM response {of_first} AND state = 'sent'") == 210
    assert asked(database, "SELECT count(*) FROM agreed_answer WHERE agreed") > 20
    assert asked(database, "SELECT count(*) FROM agreed_answer WHERE NOT agreed") > 2
    assert asked(database, "SELECT count(*) FROM finding WHERE state = 'agreed'") == 8
    assert asked(database, "SELECT count(*) FROM meeting WHERE ended_at IS NULL") == 1
    assert asked(database, "SELECT count(*) FROM judgement") == 6 + 8 + 6 + 6
    assert asked(database, "SELECT count(*) FROM dissent") > 2
    concerns = [(None,), ("known",)]
    assert asked(database, "SELECT outcome FROM concern ORDER BY outcome IS NULL DESC") == concerns
    cases = f"WHERE strand_id = {strand_of(THEMATIC)} AND state = 'chosen'"
    assert asked(database, f"SELECT count(*) FROM subject {cases}") == 12
    assert asked(database, "SELECT count(*) FROM local_record") == 2 * 6
    live = "FROM action JOIN finding ON finding.id = finding_id WHERE round_id = 2"
    assert asked(database, f"SELECT count(DISTINCT action.state) {live}") == len(ActionState)
    owner = "(SELECT id FROM person WHERE email = 'owner@thornmere.example')"
    assert asked(database, f"SELECT count(*) {live} AND owner_id = {owner}") == 3
    over = "FROM action JOIN finding ON finding.id = finding_id WHERE round_id = 1"
    ended = "('closed', 'superseded')"
    assert asked(database, f"SELECT count(*) {over} AND action.state NOT IN {ended}") == 0
    assert asked(database, "SELECT count(*) FROM action_revision") == 1
    waiting = "SELECT count(*) FROM response WHERE state = 'with_agency_lead'"
    assert asked(database, waiting) == 7
    back = "SELECT count(*) FROM response WHERE handed_back_at IS NOT NULL AND state = 'draft'"
    assert asked(database, back) == 7
    assert asked(database, "SELECT count(*) FROM assignment WHERE auditor_id IS NULL") == 8
    sent_twice = "assignment WHERE place = 2 AND sent_at IS NOT NULL"
    for one_each, many in {
        "nil_return": 1,
        "query": 2,
        "response WHERE returned_at IS NOT NULL": 1,
        "conflict_of_interest": 1,
        sent_twice: 2,
        "attachment": 3,
    }.items():
        assert asked(database, f"SELECT count(*) FROM {one_each}") == many, one_each
    assert asked(database, "SELECT count(*) FROM person WHERE password_hash IS NULL") == 1
    roles = asked(database, "SELECT DISTINCT role FROM membership ORDER BY role")
    assert len(roles) == 7  # type: ignore[arg-type]

    with database.writing() as session:
        session.connection().execute(text("UPDATE round SET title = 'Renamed' WHERE id = 1"))
    seed(settings, told.append)

    assert asked(database, "SELECT title FROM round WHERE id = 1") == "Renamed"
    assert any("already" in line for line in told)
    assert any("coordinator@thornmere.example" in line for line in told)
    database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("demo.db*"))
    assert b"ZZ99 " not in stored, "a postcode of the list reached the database"
