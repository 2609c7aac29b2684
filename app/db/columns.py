"""Column types that every table shares."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from app.db.references import LENGTH, new_reference


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, whatever the database keeps; naive moments are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Say what it is in Python."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must say its time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Read back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def reference_column() -> Any:  # noqa: ANN401 - SQLModel's Field is typed Any
    """Declare the random reference by which the outside knows a row."""
    return Field(default_factory=new_reference, max_length=LENGTH, unique=True, index=True)
