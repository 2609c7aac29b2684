"""What the pages about a sample are given."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.web.pages import Page
from app.web.paging import Paged

Hidden = tuple[tuple[str, str], ...]
"""Fields that a form carries unseen from one step to the next."""

Facts = tuple[tuple[str, str], ...]
"""Names and values, as a summary list shows them."""


@dataclass(frozen=True)
class SubjectRow:
    """One subject as the overview lists it; reference and ticket are for the business unit."""

    label: str
    group: str
    state: str
    colour: str
    chance: str
    note: str
    reference: str
    ticket: str
    replace_at: str | None


@dataclass(frozen=True)
class OverviewPage(Page):
    """A strand's sample: what has been done, what comes next, and what was drawn."""

    template: ClassVar[str] = "samples/overview.html"

    at: str
    round_at: str
    round_title: str
    strand_title: str
    said: str
    """How far the sample has come, in a sentence."""
    when: str
    """When the sample can be made, for whoever makes it and cannot now."""
    steps: tuple[tuple[str, str | None, str, str | None, str | None], ...]
    """The steps as a task list, for whoever takes them at this stage of the round."""
    statement: tuple[str, ...]
    subjects: Paged[SubjectRow]
    full: bool
    """Whether the list's own references and the tickets are shown."""
    listed: Facts
    groups: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, int], ...]
    dropped: tuple[tuple[str, ...], ...]
    drawn: Facts
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class UploadPage(Page):
    """Choosing the file that holds the list."""

    template: ClassVar[str] = "samples/upload.html"

    at: str
    strand_title: str
    instead: bool
    """Whether a list waits already, whose place this one will take."""
    errors: dict[str, str]
    ids: dict[str, str]


@dataclass(frozen=True)
class ColumnRow:
    """One column of a list: what became of it, and a few of its values when it was kept."""

    letter: str
    heading: str
    kept: bool
    words: str


@dataclass(frozen=True)
class OutcomeWord:
    """A value of the outcome column, how many rows have it, and what it stands for."""

    word: str
    rows: int
    stratum: str


@dataclass(frozen=True)
class ColumnsPage(Page):
    """Choosing which column is which, with whatever has to be put right in the rows."""

    template: ClassVar[str] = "samples/columns.html"

    at: str
    list_at: str
    strand_title: str
    file_name: str
    rows: int
    notes: tuple[str, ...]
    columns: tuple[ColumnRow, ...]
    choices: tuple[tuple[str, str], ...]
    strata: tuple[tuple[str, str], ...]
    chosen: dict[str, str]
    outcome_words: tuple[OutcomeWord, ...]
    errors: dict[str, str]
    ids: dict[str, str]
    problems: tuple[str, ...]
    """The sentences of one page about rows; `problems_total` of them in all."""
    problems_total: int
    problems_from: int
    more: tuple[tuple[str, str], ...]
    """Buttons to other pages of problems: the page's number and its words."""
    hidden: Hidden


@dataclass(frozen=True)
class ImportPage(Page):
    """What a list will give when it is imported, before it is."""

    template: ClassVar[str] = "samples/import.html"

    list_at: str
    strand_title: str
    rows: int
    first: date
    last: date
    groups: tuple[tuple[str, ...], ...]
    not_needed: tuple[str, ...]
    same: bool
    before: str
    """The list whose place it takes, in words; empty when there is none."""
    hidden: Hidden


@dataclass(frozen=True)
class DiscardPage(Page):
    """Deleting a list that waits for its columns."""

    template: ClassVar[str] = "samples/discard.html"

    at: str
    list_at: str
    file_name: str
    rows: int


@dataclass(frozen=True)
class RowLine:
    """One row of the imported list."""

    reference: str
    outcome: str
    received: date
    previous: date | None
    re_referred: bool
    excluded: str | None
    href: str


@dataclass(frozen=True)
class RowsPage(Page):
    """The rows of the imported list: for the business unit alone."""

    template: ClassVar[str] = "samples/rows.html"

    at: str
    strand_title: str
    lines: Paged[RowLine]
    reference: str
    outcome: str
    excluded: bool
    strata: tuple[tuple[str, str], ...]
    changeable: bool


@dataclass(frozen=True)
class ExclusionPage(Page):
    """Leaving one row out of the draw, or taking it back."""

    template: ClassVar[str] = "samples/exclusion.html"

    at: str
    row_at: str
    facts: Facts
    reference: str
    excluded: str | None
    shown_reason: str
    """The reason that whoever writes has read: a form sent back keeps its own."""
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True)
class Places:
    """One stratum on the form of a draw: how many there are, and how many are asked for."""

    name: str
    words: str
    size: int
    re_referred: int
    value: str


@dataclass(frozen=True)
class DrawPage(Page):
    """Asking for a sample: how many, of which, with what in reserve."""

    template: ClassVar[str] = "samples/draw.html"

    at: str
    strand_title: str
    strata: tuple[Places, ...]
    re_referred: int
    window: str
    typed: dict[str, str]
    errors: dict[str, str]
    ids: dict[str, str]


@dataclass(frozen=True)
class PreviewPage(Page):
    """What a draw would take from each group, before it is made."""

    template: ClassVar[str] = "samples/preview.html"

    at: str
    strand_title: str
    said: str
    cells: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    seed: str
    seed_made: bool
    digest: str
    hidden: Hidden
    again: Hidden


@dataclass(frozen=True)
class CheckPage(Page):
    """Whether the draw, done again from the stored list, gives what is recorded."""

    template: ClassVar[str] = "samples/check.html"

    at: str
    strand_title: str
    facts: Facts
    equal: bool
    gone: bool
    """Whether the list has been deleted, so that nothing can be drawn again here."""
    differences: tuple[str, ...]
    hidden_differences: int
    """How many differ, for those who may not see the list's own references."""


@dataclass(frozen=True)
class TypedInPage(Page):
    """Adding a subject that nobody drew."""

    template: ClassVar[str] = "samples/typed_in.html"

    at: str
    kind: str
    label: str
    by_outcome: bool
    strata: tuple[tuple[str, str], ...]
    typed: dict[str, str]
    errors: dict[str, str]


@dataclass(frozen=True)
class ReplacementPage(Page):
    """Replacing a subject by the next reserve of its group."""

    template: ClassVar[str] = "samples/replacement.html"

    at: str
    subject_at: str
    kind: str
    label: str
    group: str
    reserve: str
    """The label of the reserve that is next; empty when none is left."""
    reserve_ref: str
    left: int
    reason: str
    errors: dict[str, str]
