"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class SettableClock:
    """Stands at a weekday morning until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)
