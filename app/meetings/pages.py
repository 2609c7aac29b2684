"""What the pages of the panel's meeting are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from app.comparisons.files import FileBeside
from app.meetings.decisions import Choices
from app.rounds.models import Round
from app.web.pages import Page

Values = Mapping[str, list[str]]
Choice = tuple[str, str, str]


class Typed(NamedTuple):
    """What somebody typed, and what was wrong with it."""

    values: Values
    errors: Mapping[str, str]


NOTHING_TYPED = Typed({}, {})


@dataclass(frozen=True)
class Voice:
    """One agency's answer and reason, as the panel reads them."""

    agency: str
    words: str
    colour: str
    tagged: bool
    reason: str
    ticked: tuple[tuple[str, bool], ...]
    """For several options of a list: each that was chosen, and whether all that answered chose it;
    empty for every other kind of answer."""
    files: Sequence[FileBeside] = ()


@dataclass(frozen=True)
class DissentField:
    """Where one agency says what it does not agree with."""

    name: str
    agency: str


@dataclass(frozen=True)
class QuestionPage(Page):
    """One question before the panel: every agency's answer and reason, the agreed answer beside."""

    template: ClassVar[str] = "meetings/question.html"

    here: str
    name: str
    caption: str
    title: str
    guidance: str
    question: str
    differs: bool
    verdict: str
    voices: tuple[Voice, ...]
    apart: bool
    """Whether an option of a list was chosen by some agencies and not by all that answered."""
    agreed: tuple[str, str] | None
    """The recorded decision in words, and its reason; None when there is none yet."""
    put_off: str | None
    """What the panel waits for; None when the question is not put off."""
    dissent: tuple[tuple[str, str], ...]
    """Agency and what it says, for each that does not agree."""
    choices: Choices | None
    """What may be decided; None when this person does not, or the stage does not allow it."""
    reason_when: str
    """When a decision needs a reason, naming the answer that most agencies gave."""
    shape: str
    """How the answer is given beside its radio: "", "text", "words", "date" or "boxes"."""
    options: tuple[tuple[str, str, str, bool], ...]
    """Value, text, hint, and whether it stands alone, of each box to be ticked."""
    dissenters: tuple[DissentField, ...]
    points: tuple[str, ...]
    """The learning points that were noted on this question."""
    values: Values
    errors: Mapping[str, str]
    more: bool
    """Whether another difference is left to decide after this one."""
    previous: str | None
    next: str | None
    finding: str | None
    """Where a finding is written from this question; None for those who write none."""
    meetings: str
    in_meeting: bool
    """Whether a meeting is open, so that what is decided goes into its record."""
    minutes: bool
    """Whether this person takes the minutes: they note learning points and word reasons."""
    changed: str
    """Who recorded what stands, and when; empty for who keeps no record."""


@dataclass(frozen=True)
class Alike:
    """A question that all agencies answered alike."""

    key: str
    text: str
    words: str
    put_off: str | None
    """What the panel waits for; None when the question is not put off."""
    seen: str
    """What the form says that the page showed."""


@dataclass(frozen=True)
class AlikePage(Page):
    """What all agencies said alike, to be agreed at once."""

    template: ClassVar[str] = "meetings/alike.html"

    name: str
    back: str
    rows: tuple[Alike, ...]
    chosen: tuple[str, ...]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Grading:
    """The grade that one agency gave, and how far the panel's judgement lies from it."""

    agency: str
    words: str
    colour: str
    reason: str
    shift: str
    """Empty before the panel has judged, or where the agency gave no grade."""


@dataclass(frozen=True)
class JudgementPage(Page):
    """One case before the panel as a whole: each agency's own grades, and the judgement beside."""

    template: ClassVar[str] = "meetings/judgement.html"

    name: str
    here: str
    back: str
    grades: tuple[tuple[str, tuple[Grading, ...]], ...]
    """Each question that asks for a grade of the whole, and what every agency gave."""
    judged: tuple[str, str] | None
    dissent: tuple[tuple[str, str], ...]
    levels: tuple[Choice, ...]
    """What may be judged; empty when this person does not judge, or the stage does not allow it."""
    dissenters: tuple[DissentField, ...]
    left: int
    """Differences on this case that the panel has still to decide."""
    values: Values
    errors: Mapping[str, str]
    in_meeting: bool
    meetings: str


@dataclass(frozen=True)
class JudgedCase:
    """One case with every agency's own grade and the panel's judgement."""

    name: str
    href: str
    grades: tuple[tuple[str, ...], ...]
    """Aligned with the strand's agencies: one grade for each of its questions, or none at all."""
    judged: str
    shifts: str


@dataclass(frozen=True)
class JudgedStrand:
    """The cases of one strand, all judged beside the same questions."""

    title: str
    questions: tuple[str, ...]
    """Each question that asks for a grade of the whole, in the order of the grades."""
    agencies: tuple[str, ...]
    cases: tuple[JudgedCase, ...]


@dataclass(frozen=True)
class JudgementsPage(Page):
    """Every case of the round: the agencies' own grades beside the judgement of the panel."""

    template: ClassVar[str] = "meetings/judgements.html"

    round: Round
    at: str
    strands: tuple[JudgedStrand, ...]


@dataclass(frozen=True)
class MeetingListed:
    """One meeting in the list."""

    href: str
    name: str
    """What a panel with cases of its own is called; empty where there is the one panel."""
    began: str
    stands: str
    people: int


@dataclass(frozen=True)
class MeetingOpen(MeetingListed):
    """One meeting that is open, and how to go on in it."""

    cases: str
    """The cases it took as its own; empty where it is about all that no other took."""
    chair: str
    """Who decides beside the lead of the round; empty where nobody does."""
    may_decide: bool
    go_on: str | None
    """The first difference that waits and is not put off; None for who does not decide."""


@dataclass(frozen=True)
class PutOffListed:
    """A question that the panel will come back to."""

    href: str
    name: str
    question: str
    reason: str


@dataclass(frozen=True)
class MeetingsPage(Page):
    """The panel's meetings of a round: go on, begin one, and read the record of earlier ones."""

    template: ClassVar[str] = "meetings/meetings.html"

    round: Round
    at: str
    open: tuple[MeetingOpen, ...]
    earlier: tuple[MeetingListed, ...]
    put_off: tuple[PutOffListed, ...]
    may_begin: bool
    """Whether this person decides, and no meeting about the round's other cases is open."""
    may_divide: bool
    """Whether a second panel may take some of the cases now."""
    people: tuple[tuple[str, str, str], ...]
    minuting: tuple[tuple[str, str], ...]
    """Who may take the minutes, to be chosen from."""
    values: Values
    errors: Mapping[str, str]


@dataclass(frozen=True)
class PanelPage(Page):
    """Begin the meeting of a second panel: its cases, who is there and who chairs it."""

    template: ClassVar[str] = "meetings/panel.html"

    round: Round
    at: str
    cases: tuple[tuple[str, str, str], ...]
    people: tuple[tuple[str, str, str], ...]
    chairs: tuple[tuple[str, str], ...]
    """Who may chair it, to be chosen from; the lead of the round first."""
    minuting: tuple[tuple[str, str], ...]
    values: Values
    errors: Mapping[str, str]


@dataclass(frozen=True)
class RecordLine:
    """One thing a meeting said of a question or of the case."""

    said: str
    question: str
    words: str
    reason: str
    dissent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordPage(Page):
    """The record of one meeting: who was there, and what it said case by case."""

    template: ClassVar[str] = "meetings/record.html"

    round: Round
    at: str
    here: str
    document: str
    """Where it is taken as a document; empty for who sees only a part of it."""
    name: str
    """What a panel with cases of its own was called; empty where there was the one panel."""
    took: str
    """The cases it took as its own, by name; empty where it took none."""
    began: str
    ended: str | None
    present: tuple[str, ...]
    cases: tuple[tuple[str, tuple[RecordLine, ...]], ...]
    gone: str
    """The day on which what was decided was purged; empty while it is there."""
    may_change: bool
    go_on: str | None
    """The first difference that waits and is not put off."""
    version: int
    people: tuple[tuple[str, str, str], ...]
    minuting: tuple[tuple[str, str], ...]
    """Who may take the minutes, to be chosen from."""
    values: Values
    errors: Mapping[str, str]


@dataclass(frozen=True)
class EndingPage(Page):
    """What ending a meeting fixes, before it is ended."""

    template: ClassVar[str] = "meetings/ending.html"

    round: Round
    here: str
    name: str
    took: str
    began: str
    present: tuple[str, ...]
    version: int
