"""What the pages about assignments are given."""

from dataclasses import dataclass
from typing import ClassVar

from app.assignments.waiting import Waiting
from app.web.pages import Page
from app.web.paging import Paged


@dataclass(frozen=True)
class Cell:
    """One subject at one agency: who has it, and how far it is."""

    words: str
    colour: str
    href: str | None
    note: str = ""
    second: "Cell | None" = None
    """The second auditor's, where the agency judges the subject twice."""


@dataclass(frozen=True)
class Row:
    """One subject at every agency in view."""

    ref: str
    label: str
    replaced: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class AssignmentsPage(Page):
    """A round's subjects and who audits them at each agency."""

    template: ClassVar[str] = "assignments/assignments.html"

    at: str
    round_title: str
    kind: str
    """What a subject is called: Referral."""
    kinds: str
    """What several of them are called: Referrals."""
    agencies: tuple[str, ...]
    rows: Paged[Row]
    auditors: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    """The agencies that subjects may be given to, for whoever may give them."""
    any_twice: bool
    """Whether second auditors are to be chosen for some of it."""
    may_take_back: bool
    may_draw_second: bool
    """Whether a share of them may be given to second auditors now."""
    """Whether this person may take back what was given to agencies by mistake."""
    may_assign: bool
    whole_round: bool
    summary: str
    page: str
    """What follows the address where it is not the first page of subjects: "?page=2"."""
    errors: dict[str, str]
    chosen: tuple[str, ...]
    """The subjects that are ticked."""
    to: tuple[str, ...]
    """The agencies that are ticked."""
    auditor: str


@dataclass(frozen=True)
class SecondAuditorsPage(Page):
    """Which agencies judge which share of their subjects twice."""

    template: ClassVar[str] = "assignments/second_auditors.html"

    at: str
    round_title: str
    agencies: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    share: str
    labels: str
    errors: dict[str, str]


@dataclass(frozen=True)
class WaitingPage(Page):
    """Assignments that nobody is working on, in every round."""

    template: ClassVar[str] = "assignments/waiting.html"

    partnership: str
    waiting: Paged[Waiting]


@dataclass(frozen=True)
class LocalRecordPage(Page):
    """The agency's own number for one subject."""

    template: ClassVar[str] = "assignments/local_record.html"

    at: str
    subject: str
    agency: str
    number: str
    errors: dict[str, str]


@dataclass(frozen=True)
class ReferenceSheetPage(Page):
    """Labels with empty columns, to be completed by hand: the key never enters the product."""

    template: ClassVar[str] = "assignments/reference_sheet.html"

    at: str
    round_title: str
    labels: tuple[str, ...]
    agencies: tuple[str, ...]
