"""What the pages about sharing a response by section are given."""

from dataclasses import dataclass
from typing import ClassVar

from app.responses.pages import Standing
from app.web.pages import Page


@dataclass(frozen=True)
class SectionToShare:
    """One section, who answers it, and what has become of it."""

    key: str
    title: str
    holder: str
    """The reference of whom it is shared with, or is to be; empty for the assignment's auditor."""
    shown: str
    """The same as stored when the page was made: what differs from it was chosen on the page."""
    barred: tuple[tuple[str, str], ...]
    """Whoever has it and could not be chosen any more: they keep it until somebody else is."""
    stands: str
    """How far it is, in words."""


@dataclass(frozen=True)
class SharingPage(Page):
    """Which auditor of the agency answers which section."""

    template: ClassVar[str] = "responses/sharing.html"

    response: Standing
    sections: tuple[SectionToShare, ...]
    auditors: tuple[tuple[str, str], ...]
    """Who may be chosen, by reference and name."""
    errors: dict[str, str]


@dataclass(frozen=True)
class NotYoursPage(Page):
    """What somebody typed into a section that another auditor answers: kept for them to pass on."""

    template: ClassVar[str] = "responses/not_yours.html"

    at: str
    subject: str
    section: str
    who: str
    typed: tuple[tuple[str, str, str], ...]
    """Each question, with what was answered and the reason."""
