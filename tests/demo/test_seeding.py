"""The demo: what it promises is there, and started again it keeps what was entered."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions.rules import ActionState
from app.config import Environment, Settings
from app.db import Database
from app.db.readiness import migrate
from app.demo.seeding import seed

pytestmark = pytest.mark.slow


def asked(database: Database, query: str) -> object:
    with database.reading() as session:
        rows = session.connection().execute(text(query)).all()
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else [tuple(row) for row in rows]


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
    stages = [("moderation",), ("open",), ("closed",), ("moderation",)]
    assert asked(database, "SELECT stage FROM round ORDER BY id") == stages
    first = "WHERE strand_id = (SELECT min(id) FROM strand)"
    assert asked(database, f"SELECT count(*) FROM subject {first} AND state = 'chosen'") == 60
    rows = "SELECT count(*) FROM frame_row WHERE frame_id = (SELECT min(id) FROM frame)"
    assert asked(database, rows) == 400
    of_first = "WHERE assignment_id IN (SELECT id FROM assignment WHERE subject_id IN "
    of_first += f"(SELECT id FROM subject {first}))"
    assert asked(database, f"SELECT count(*) FROM response {of_first} AND state = 'sent'") == 210
    assert asked(database, "SELECT count(*) FROM agreed_answer WHERE agreed") > 20
    assert asked(database, "SELECT count(*) FROM agreed_answer WHERE NOT agreed") > 2
    assert asked(database, "SELECT count(*) FROM finding WHERE state = 'agreed'") == 5
    assert asked(database, "SELECT count(*) FROM meeting WHERE ended_at IS NULL") == 1
    assert asked(database, "SELECT count(*) FROM judgement") == 6 + 6 + 6
    fourth = "WHERE strand_id = (SELECT max(id) FROM strand)"
    assert asked(database, f"SELECT count(*) FROM subject {fourth} AND state = 'chosen'") == 12
    assert asked(database, "SELECT count(DISTINCT state) FROM action") == len(ActionState)
    assert asked(database, "SELECT count(*) FROM action_revision") == 1
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
    assert b"ZZ99" not in stored, "a postcode of the list reached the database"
