"""What the pages about retention are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from app.retention.queries import ClosedRound
from app.rounds.kept import Held
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class RetentionListPage(Page):
    """The closed rounds, with what of each may go."""

    template: ClassVar[str] = "retention/rounds.html"

    at: str
    """The address of the rounds."""
    listed: Paged[ClosedRound]


@dataclass(frozen=True)
class PurgePage(Page):
    """What would go for good, to be confirmed."""

    template: ClassVar[str] = "retention/purge.html"

    at: str
    of: ClosedRound
    home: str
    """The address of the list of closed rounds."""
    typed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HoldPage(Page):
    """A legal hold, to be put on a round or lifted."""

    template: ClassVar[str] = "retention/hold.html"

    at: str
    title: str
    held: Held | None
    typed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
