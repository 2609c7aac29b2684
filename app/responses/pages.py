"""What the pages of a response are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from markupsafe import Markup

from app.responses.onward import Onward
from app.responses.returns import Back, Return
from app.responses.sharing import SharedStanding, WaitedFor
from app.web.pages import Page


@dataclass(frozen=True)
class Link:
    """Where something leads, and what it is called."""

    href: str
    words: str


@dataclass(frozen=True)
class Standing:
    """What every page of a response says about it."""

    at: str
    """The address of the assignment."""
    subject: str
    round_title: str
    agency: str
    auditor: str
    due: date
    overdue: bool
    late: str
    """How late it was sent, in words; nothing when it was in time or is not sent."""
    was_sent: bool
    """Whether it was ever sent, so that a version of it is kept."""
    state: str
    status: str
    colour: str
    answered: int
    total: int
    saved_at: datetime | None
    not_known: tuple[str, str] | None
    """Of a nil return, what was searched and the note."""
    may_say_not_known: bool
    """Whether this person may declare that the child is not known, or take that back."""
    local_record: str | None
    """The agency's own number for the child; None for anybody outside the agency."""


@dataclass(frozen=True)
class SectionStanding:
    """A section in the list of a response's sections."""

    title: str
    href: str
    status: str
    colour: str
    left: str
    """How many questions are left, and about how long they take."""
    by: str
    """Who answers it, in words, where the response is shared; else empty."""


@dataclass(frozen=True)
class QueryShown:
    """What the lead asked about one answer, and what has become of it."""

    number: int | None
    """None for what is no longer asked."""
    question: str
    words: str
    by: str
    href: str
    """Where the question is answered, or read."""
    changed: bool
    was: str
    """The answer in words that was asked about."""
    was_reason: str
    for_whom: str
    """Who answers its section, where the response is shared; else empty."""


@dataclass(frozen=True)
class ResponsePage(Page):
    """One response: where it has got to, and the way to each section."""

    template: ClassVar[str] = "responses/response.html"

    response: Standing
    introduction: tuple[str, ...]
    sections: tuple[SectionStanding, ...]
    time_left: str
    """About how long the rest takes, in words; empty when nothing is left."""
    may_answer: bool
    may_sign_off: bool
    closed_because: str
    """Why it cannot be answered or sent now, in words; empty when it can."""
    carry_on: Link | None
    handed_back: str
    handed_back_by: str
    declared_by: str
    signed_off_by: str
    declared_at: datetime | None
    sent_at: datetime | None
    queries: tuple[QueryShown, ...]
    """What the lead asked when the response last came back."""
    returned_at: datetime | None
    """When it came back, until it is sent again."""
    may_query: bool
    shared: SharedStanding


@dataclass(frozen=True)
class SectionPage(Page):
    """A section to be answered: saved as it is typed, or with a button."""

    template: ClassVar[str] = "responses/section.html"

    response: Standing
    section: str
    title: str
    number: int
    of: int
    guidance: str
    evidence: str
    questions: Markup
    page: str
    """The open page's own id: it never conflicts with itself."""
    base: int
    """The version of the response that the page was made from."""
    person: str
    """The reference of whoever it was made for: a page is not saved by anybody else."""
    person_name: str
    previous: Link | None
    next: Link
    onward: Onward
    unanswered: str | None
    """Where the next question is that wants something, seen from the top of this section."""


@dataclass(frozen=True)
class AnswerShown:
    """One question with its answer in words."""

    key: str
    """The question's id."""
    anchor: str
    number: int | None
    """None for what is no longer asked."""
    question: str
    kind: str
    words: str
    reason: str
    """Why it was answered so; beside an absence, a note on why there is no answer."""
    absent: bool
    answered: bool
    wants: str
    change: str | None
    query: QueryShown | None


@dataclass(frozen=True)
class SectionShown:
    """One section's questions with their answers."""

    title: str
    answers: tuple[AnswerShown, ...]
    by: str
    """Who answers it, in words, where the response is shared; else empty."""


@dataclass(frozen=True)
class SectionWanted:
    """What one section still wants, each question in words."""

    title: str
    wanted: tuple[Link, ...]

    @property
    def count(self) -> int:
        """How many questions are to be finished."""
        return len(self.wanted)


@dataclass(frozen=True)
class CheckPage(Page):
    """All the answers of a response in words, and what is still wanted."""

    template: ClassVar[str] = "responses/check.html"

    response: Standing
    sections: tuple[SectionShown, ...]
    wanted: tuple[SectionWanted, ...]
    kept: int
    """How many answers to questions that are not asked now are kept, and not counted."""
    may_answer: bool
    may_sign_off: bool
    may_query: bool
    shared: SharedStanding


@dataclass(frozen=True)
class DeclarationPage(Page):
    """What declaring a response complete means, before it is done."""

    template: ClassVar[str] = "responses/declaration.html"

    response: Standing
    wanted: tuple[SectionWanted, ...]
    waited_for: tuple[WaitedFor, ...]
    version: int
    errors: dict[str, str]


@dataclass(frozen=True)
class SendingPage(Page):
    """What signing a response off means, before it is done."""

    template: ClassVar[str] = "responses/sending.html"

    response: Standing
    version: int
    own: bool
    """Whether the agency lead declared it complete as its auditor."""


@dataclass(frozen=True)
class HandBackPage(Page):
    """Giving a response back to its auditor, with a reason."""

    template: ClassVar[str] = "responses/hand_back.html"

    response: Standing
    version: int
    words: str
    errors: dict[str, str]


@dataclass(frozen=True)
class ChooseQueriesPage(Page):
    """The answers of a sent response, for the lead to choose what to ask about."""

    template: ClassVar[str] = "responses/choose_queries.html"

    response: Standing
    sections: tuple[SectionShown, ...]
    ticked: tuple[str, ...]
    errors: dict[str, str]


@dataclass(frozen=True)
class QueriesPage(Page):
    """A reason for each question chosen, and what returning a response means."""

    template: ClassVar[str] = "responses/queries.html"

    response: Standing
    version: int
    chosen: tuple[tuple[AnswerShown, str], ...]
    """Each question chosen, with what was typed about it."""
    back: str
    """Where other questions are chosen, with these ticked."""
    errors: dict[str, str]


@dataclass(frozen=True)
class ConflictOfInterestPage(Page):
    """An auditor gives a subject back that they should not audit."""

    template: ClassVar[str] = "responses/conflict_of_interest.html"

    response: Standing
    kinds: tuple[tuple[str, str], ...]
    about_a_child: bool
    errors: dict[str, str]


@dataclass(frozen=True)
class WithdrawalPage(Page):
    """What would be taken back of what was given to agencies, and what stays."""

    template: ClassVar[str] = "responses/withdrawal.html"

    at: str
    round_title: str
    going: tuple[tuple[str, str], ...]
    """The reference and the name of each that goes."""
    stays: tuple[str, ...]
    about_a_child: bool
    """Whether they are children's files, each with an agency's own number, or none known."""


@dataclass(frozen=True)
class NilReturnPage(Page):
    """Saying that a child is not known to the agency, or taking that back."""

    template: ClassVar[str] = "responses/nil_return.html"

    response: Standing
    version: int
    declared: bool
    searched: str
    note: str
    errors: dict[str, str]


@dataclass(frozen=True)
class VersionShown:
    """A response as it was sent once."""

    number: int
    sent_at: datetime
    declared_by: str
    signed_off_by: str
    late: str
    """How late it was; nothing for what was sent in time, or again after queries."""
    not_known: bool
    """Whether it said no more than that the child is not known to the agency."""
    queries: int
    """How many of its answers the lead asked about when it went back."""


@dataclass(frozen=True)
class DifferenceShown:
    """One question that two versions of a response answer differently, in words."""

    number: int | None
    """None for what is no longer asked."""
    question: str
    before: str
    reason_before: str
    after: str
    reason_after: str


@dataclass(frozen=True)
class VersionsPage(Page):
    """Every version of a response that was sent, and how two of them differ."""

    template: ClassVar[str] = "responses/versions.html"

    response: Standing
    versions: tuple[VersionShown, ...]
    older: int
    newer: int
    differences: tuple[DifferenceShown, ...]


@dataclass(frozen=True)
class ClashShown:
    """One question that two pages answered differently."""

    key: str
    question: str
    mine: str
    my_reason: str
    theirs: str
    their_reason: str
    before: str


@dataclass(frozen=True)
class ConflictPage(Page):
    """Two answers to the same question: both are kept until a person chooses."""

    template: ClassVar[str] = "responses/conflict.html"

    at: str
    subject: str
    clashes: tuple[ClashShown, ...]
    fields: tuple[tuple[str, str], ...]
    """What this page said, to be saved over the other answers if that is chosen."""
    page: str
    base: int


@dataclass(frozen=True)
class ReturnsPage(Page):
    """How far each agency of a round is, and whom to ask."""

    template: ClassVar[str] = "responses/returns.html"

    at: str
    """The round's address."""
    people: str
    """Where agency leads are chosen, for who may choose them; else empty."""
    round_title: str
    due: date
    agencies: Sequence[Return]
    back: Sequence[Back]
    in_view: bool
    """Whether the round's agencies see it by now."""
    may_be_sent: bool
