"""What the audit tools' pages are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.library.following import Sought
from app.library.rules import Counts, MetSection, Standing
from app.tools import AgencyKind, QuestionSet, Tool
from app.web.pages import Page


@dataclass(frozen=True)
class VersionRow:
    """One version of a tool, as lists show it."""

    tool: Tool
    standing: Standing
    address: str


@dataclass(frozen=True)
class ToolsPage(Page):
    """The audit tools on file that are looked for, each with its versions, newest first."""

    template: ClassVar[str] = "library/tools.html"

    at: str
    tools: Sequence[Sequence[VersionRow]]
    sought: Sought
    on_file: int
    """How many tools there are in all."""
    subjects: Sequence[tuple[str, str]]
    themes: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    follow: str
    """The page of the theme that is looked for; empty where none is."""


@dataclass(frozen=True)
class SetOverview:
    """A question set, and how many questions it has for each kind of agency."""

    question_set: QuestionSet
    counts: Sequence[Counts]
    kinds: Sequence[tuple[str, str]]
    """The kinds that are asked anything, for a list to choose from."""
    address: str


@dataclass(frozen=True)
class ToolPage(Page):
    """One version of an audit tool: what it asks, how it grades and what it leans on."""

    template: ClassVar[str] = "library/tool.html"

    at: str
    follow: str
    """Where the pages of themes begin."""
    tool: Tool
    standing: Standing
    versions: Sequence[VersionRow]
    before: int | None
    """The version before, where there is one on file."""
    differences: Sequence[str]
    """What is different from the version before, a sentence each."""
    sets: Sequence[SetOverview]


@dataclass(frozen=True)
class DifferencesPage(Page):
    """What differs between two versions of one tool, in words."""

    template: ClassVar[str] = "library/differences.html"

    at: str
    tool: Tool
    since: Tool
    others: Sequence[tuple[str, str]]
    """The other versions, for a list to choose from."""
    compared: str
    """The one of them that is compared with."""
    refused: Sequence[str]
    allowed: Sequence[str]


@dataclass(frozen=True)
class PreviewPage(Page):
    """A question set as one kind of agency meets it, to be read and not filled in."""

    template: ClassVar[str] = "library/preview.html"

    at: str
    follow: str
    """Where the pages of themes, and of questions that tools share, begin."""
    tool: Tool
    question_set: QuestionSet
    kind: AgencyKind
    kinds: Sequence[tuple[str, str]]
    sections: Sequence[MetSection]


@dataclass(frozen=True)
class BookletPage(Page):
    """A blank question set for one kind of agency, to be printed and filled in by hand."""

    template: ClassVar[str] = "library/booklet.html"

    at: str
    tool: Tool
    question_set: QuestionSet
    kind: AgencyKind
    sections: Sequence[MetSection]
