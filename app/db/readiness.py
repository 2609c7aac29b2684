"""Whether the database is there and at the newest migration."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.config import ROOT


def alembic_config(url: str) -> Config:
    """Return Alembic's configuration for one database."""
    config = Config(str(Path(ROOT) / "alembic.ini"))
    config.attributes["url"] = url
    return config


def newest_revision() -> str:
    """Return the revision that this version of the application needs."""
    head = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    if head is None:
        raise LookupError("there are no migrations")
    return head


def revision_of(engine: Engine) -> str | None:
    """Return the revision that a database is at, or None before its first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(url: str) -> None:
    """Take a database to the newest revision, all or nothing."""
    command.upgrade(alembic_config(url), "head")
