"""How Alembic meets the database: a connection given by a test, or the address of one.

Whoever runs `alembic` itself means the database of the settings.
"""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app import models as _tables  # noqa: F401 - registers every table
from app.config import Settings
from app.db.engines import writer


def run(connection: Connection) -> None:
    """Run the migrations over one connection."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = context.config.attributes.get("url") or Settings().database_url
    engine = writer(url, migrating=True)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
