"""The database: engines for SQLite and PostgreSQL, the unit of work, and the only commit.

Nothing here knows what is stored. It never leaves a transaction open while a request waits for
anything else.
"""

from sqlmodel import SQLModel

from app.db.clock import now, today
from app.db.columns import Instant, reference_column
from app.db.database import Database, Session, read_apart
from app.db.keys import key_of
from app.db.references import new_reference

__all__ = [
    "Database",
    "Instant",
    "Session",
    "key_of",
    "new_reference",
    "now",
    "read_apart",
    "reference_column",
    "today",
]

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, or a migration on SQLite could not find it again."""
