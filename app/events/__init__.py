"""What happened: events in the past tense, recorded with the change that they tell of."""

from app.events.record import Happened, record

__all__ = ["Happened", "record"]
