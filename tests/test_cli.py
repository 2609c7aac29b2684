"""The command line: what is wrong is said in a sentence, and every process serves alike."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from app.config import ROOT
from app.db import Database
from app.db.engines import writer
from app.db.readiness import migrate
from app.main import create_app, serve_one
from app.web.logs import configure_logs
from tests.conftest import free_database

GOOD = "uF7-long-and-random-enough-for-this-2kQ9"


def casefile(*command: str, **settings: str) -> tuple[int, str]:
    """Run a command as an operator does; return its exit and everything it said."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CASEFILE_")}
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *command],
        cwd=ROOT, env={**own, "CASEFILE_SECRET": GOOD, **settings},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def one_sentence(said: str) -> bool:
    return len(said.strip().splitlines()) == 1 and "Traceback" not in said


def test_a_wrong_setting_is_named_as_the_operator_wrote_it() -> None:
    code, said = casefile("serve", CASEFILE_ENVIRONMENT="prod", CASEFILE_PORT="eighty")
    assert code == 1
    assert "CASEFILE_ENVIRONMENT: " in said
    assert "CASEFILE_PORT: " in said


@pytest.mark.parametrize("command", [["migrate"], ["backup", "out.zip"]])
def test_a_database_that_is_away_is_said_so(command: list[str]) -> None:
    code, said = casefile(*command, CASEFILE_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert code == 1
    assert said.startswith("The database cannot be used: ")
    assert one_sentence(said)


def test_nobody_is_made_in_a_database_without_tables(tmp_path: Path) -> None:
    person = ["--partnership", "wexcombe", "--email", "a@wexcombe.example", "--name", "A"]
    url = f"sqlite:///{tmp_path}/empty.db"
    code, said = casefile("create-person", *person, CASEFILE_DATABASE_URL=url)
    assert code == 1
    assert "casefile migrate" in said
    assert one_sentence(said)


@pytest.mark.parametrize("command", [["backup", "/nowhere/b.zip"], ["restore", "/nowhere/b.zip"]])
def test_a_file_or_folder_that_is_not_there_is_named(command: list[str], tmp_path: Path) -> None:
    code, said = casefile(*command, CASEFILE_DATABASE_URL=f"sqlite:///{tmp_path}/some.db")
    assert code == 1
    assert "/nowhere" in said
    assert one_sentence(said)


def test_a_postgresql_that_could_lose_answers_is_not_served(postgresql_url: str) -> None:
    unsafe = free_database(postgresql_url)
    name = unsafe.partition("?")[0].rpartition("/")[2]
    engine = writer(postgresql_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit=off"))
    engine.dispose()
    code, said = casefile("serve", CASEFILE_DATABASE_URL=unsafe)
    assert code == 1
    assert "synchronous_commit=off" in said
    assert one_sentence(said)


def test_what_a_database_holds_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own.db"
    migrate(url)
    database = Database(url)
    with database.writing():
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    database.close()
    assert modes
    assert set(modes.values()) == {0o600}


def test_every_serving_process_logs_the_allowed_fields_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of several processes each sets itself up: none but the first runs the command."""
    kept = structlog.get_config()
    monkeypatch.setenv("CASEFILE_SECRET", GOOD)
    monkeypatch.setenv("CASEFILE_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    try:
        configure_logs()
        wanted = structlog.get_config()["processors"][2]
        structlog.reset_defaults()
        create_app().state.database.close()
        assert wanted not in structlog.get_config()["processors"]
        serve_one().state.database.close()
        assert wanted in structlog.get_config()["processors"]
    finally:
        structlog.configure(**kept)
