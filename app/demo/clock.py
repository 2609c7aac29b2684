"""The demo's clock, set to days before today: what it seeds happened one after the other."""

from datetime import UTC, date, datetime, time, timedelta


class DemoClock:
    """Stands at a moment of a past day; each reading is a second later than the one before."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.at = datetime.combine(today, time(9, 0), UTC)

    def days_ago(self, days: float) -> None:
        """Go to nine o'clock so many days before today (or later that day, for a fraction)."""
        whole, part = divmod(days, 1)
        start = datetime.combine(self.today, time(9, 0), UTC) - timedelta(days=whole)
        self.at = start + timedelta(hours=8 * part)

    def __call__(self) -> datetime:
        """Return the moment, and let a second pass."""
        self.at += timedelta(seconds=1)
        return self.at
