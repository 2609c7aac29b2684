"""What one kind of bad input is: where it is sent, what is wrong in it, and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.rounds.rules import Stage
from tests.security.doors import Facts, Names

Wrong = Mapping[str, str | list[str] | None]
"""What stands in a form instead of what should; None where a field is missing."""


@dataclass(frozen=True)
class Bad:
    """One kind of bad input to one form of the table of doors."""

    route: str
    said: str
    """Words of the sentence that says what to do."""
    wrong: Wrong | Callable[[Facts], Wrong] = field(default_factory=dict)
    status: int = 422
    stage: Stage | None = None
    """Another stage than the one at which the form is taken."""
    names: Names = field(default_factory=dict)
    who: str = ""
    """Somebody else than the first who may send it."""


def day(name: str, day: str, month: str, year: str) -> dict[str, str]:
    """Fill the three boxes of a date."""
    return {f"{name}.day": day, f"{name}.month": month, f"{name}.year": year}
