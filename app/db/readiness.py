"""Whether the database is there and at the newest migration, and taking it there.

Alembic is loaded by what migrates alone: a serving process asks, and never migrates.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from app.config import ROOT

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(ROOT) / "migrations" / "versions"
_NAMED = re.compile(r'^(down_)?revision = "(\w+)"$', re.MULTILINE)
_AT = text("SELECT version_num FROM alembic_version")


def alembic_config(url: str) -> "Config":
    """Return Alembic's configuration for one database."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config(str(Path(ROOT) / "alembic.ini"))
    config.attributes["url"] = url
    return config


@cache
def newest_revision() -> str:
    """Return the revision that this version of the application needs: none comes after it."""
    told = "".join(file.read_text("utf-8") for file in _MIGRATIONS.glob("*.py"))
    named: list[tuple[str, str]] = _NAMED.findall(told)
    came_before = {name for down, name in named if down}
    (newest,) = {name for down, name in named if not down} - came_before
    return newest


def revision_of(engine: Engine) -> str | None:
    """Return the revision that a database is at, or None before its first migration."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(_AT).scalar_one_or_none()
        return found


def migrate(url: str) -> None:
    """Take a database to the newest revision, all or nothing."""
    from alembic import command  # noqa: PLC0415

    command.upgrade(alembic_config(url), "head")
