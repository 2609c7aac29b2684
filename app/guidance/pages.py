"""What the pages of guidance are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.access import Role
from app.config import Settings
from app.guidance.roles import Guide
from app.web.pages import Page


@dataclass(frozen=True)
class HelpPage(Page):
    """The help of some roles, and the way to the others'."""

    template: ClassVar[str] = "guidance/help.html"

    at: str
    """The partnership's address."""
    title: str
    guides: Sequence[tuple[Role, Guide]]
    others: Sequence[Role]
    coordinators: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SigningInPage(Page):
    """Help for who cannot sign in."""

    template: ClassVar[str] = "guidance/signing_in.html"

    settings: Settings


@dataclass(frozen=True)
class PrivacyPage(Page):
    """What is kept about whom, why, and for how long."""

    template: ClassVar[str] = "guidance/privacy.html"

    settings: Settings
    not_configured: tuple[str, ...]
    """What the notice still wants of whoever runs the installation."""


@dataclass(frozen=True)
class AccessibilityPage(Page):
    """How accessible the service is, and whom to tell where it is not."""

    template: ClassVar[str] = "guidance/accessibility.html"

    settings: Settings
    not_configured: tuple[str, ...]
    """What the statement still wants of whoever runs the installation."""
