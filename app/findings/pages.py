"""What the finding pages are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.findings.evidence import Evidence
from app.findings.models import Finding
from app.rounds.models import Round
from app.web.pages import Page

Choice = tuple[str, str]


@dataclass(frozen=True)
class Listed:
    """One finding in the list."""

    title: str
    href: str
    state: str
    themes: tuple[str, ...]
    subgroups: tuple[str, ...]
    evidence: int


@dataclass(frozen=True)
class Point:
    """A learning point that the panel noted, and where a finding is written from it."""

    words: str
    where: str
    href: str


@dataclass(frozen=True)
class FindingsPage(Page):
    """What a round has found, by kind and theme."""

    template: ClassVar[str] = "findings/findings.html"

    round: Round
    at: str
    groups: tuple[tuple[str, tuple[Listed, ...]], ...]
    kinds: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    kind: str
    theme: str
    may_write: bool
    points: tuple[Point, ...]


@dataclass(frozen=True)
class WordingPage(Page):
    """Writing a finding, for the first time or again."""

    template: ClassVar[str] = "findings/wording.html"

    round: Round
    heading: str
    back: str
    action: str
    evidence: Evidence | None
    kinds: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    subgroups: tuple[Choice, ...]
    drafts: tuple[Choice, ...]
    """Drafts that the same evidence may be added to instead: address and title."""
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class FindingPage(Page):
    """One finding with the evidence it rests on."""

    template: ClassVar[str] = "findings/finding.html"

    round: Round
    finding: Finding
    at: str
    kind: str
    state: str
    themes: tuple[str, ...]
    subgroups: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    written: str
    agreed: str | None
    may_write: bool
    may_plan: bool
    actions: str | None
    """Where the actions planned from it are listed; None before it is agreed."""
    counts: tuple[str, ...]
    """What in a draft looks like a count of cases, which would go into packs."""


@dataclass(frozen=True)
class AgreementPage(Page):
    """What agreeing a finding will do, before it is done."""

    template: ClassVar[str] = "findings/agreement.html"

    round: Round
    finding: Finding
    back: str
    evidence: tuple[Evidence, ...]
    subgroups: tuple[str, ...]
