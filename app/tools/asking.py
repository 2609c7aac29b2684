"""What every kind of question has in common: its place in the audit, and how an answer is laid.

A posted answer goes through three steps here. An absence is looked for first; then the kind reads
what was chosen or typed; then the reason is taken. Nothing is refused: what cannot be read is kept
as it was typed, and `problem` says in words what is wrong with it for as long as it stays so.
"""

from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from app.tools.conditions import Condition
from app.tools.parts import (
    ABSENCES,
    NOTHING,
    STATE_WORDS,
    Absence,
    Agencies,
    Answer,
    Part,
    Posted,
    Problem,
    QuestionId,
    Slug,
    State,
    Words,
    absence_posted,
    tidy,
)

LONGEST = 20_000
"""The most characters that a reason or a long text may have."""


class Reference(Part):
    """Where a framework asks for what a question is about."""

    framework: str
    where: str = ""


def shortened(text: str, longest: int) -> None:
    """Refuse words that are longer than a page can carry, saying by how much.

    >>> shortened("too long", 5)
    Traceback (most recent call last):
    app.tools.parts.Problem: Shorten this to 5 characters: it has 8, which is 3 too many
    """
    if len(text) > longest:
        over = len(text) - longest
        raise Problem(
            f"Shorten this to {longest:,} characters: it has {len(text):,}, "
            f"which is {over:,} too many"
        )


class Asking(Part):
    """One question of an audit tool, whatever its kind."""

    id: QuestionId
    kind: str
    text: Words
    guidance: str = ""
    reason: Literal["none", "optional", "required"] = "none"
    absences: tuple[Absence, ...] = ABSENCES
    absence_words: dict[Absence, Words] = Field(default_factory=dict)
    """What the absences are called here, where those who answer would not understand our words."""
    absence_reason: Literal["optional", "required"] = "optional"
    """Whether an absence needs a sentence: that a standard does not apply has to be defended."""
    required: StrictBool = True
    agencies: Agencies = ()
    themes: tuple[Words, ...] = ()
    references: tuple[Reference, ...] = ()
    when: Condition | None = None
    about: Literal["subject", "agency"] = "subject"
    """What the answer is about: the subject, so that agencies' answers are compared; or the
    agency's own part in it, where different answers are no difference."""
    block: Slug = ""

    absence_beside: ClassVar[bool] = True
    """Whether an absence has a field of its own, beside what is typed or ticked."""
    steers: ClassVar[bool] = False
    """Whether conditions may look at this kind: only at answers chosen from a list."""
    prompt: ClassVar[str] = "Answer this question"
    """What to do about it when it is wanted and not answered."""

    @property
    def absence_name(self) -> str:
        """The name of the field in which a page posts an absence."""
        return f"{self.id}.absence" if self.absence_beside else self.id

    @property
    def offered_absences(self) -> tuple[tuple[Absence, str], ...]:
        """Give the absences a page offers, in order, each in this question's own words."""
        return tuple((absence, self.state_words(absence)) for absence in self.absences)

    def state_words(self, state: State) -> str:
        """Say in place of an answer why there is none, as this question words it."""
        return self.absence_words.get(state) or STATE_WORDS[state]  # type: ignore[call-overload]

    def read(self, posted: Posted, before: Answer = NOTHING) -> Answer:
        """Lay what a page posted for this question over the answer stored before."""
        answer = self.answer_posted(posted, before)
        absence = self._absence(posted)
        if absence in self.absences:
            answer = Answer(absence, (), "" if self.steers else answer.text)
        elif absence is not None and self.absence_beside:
            answer = Answer(State.UNREADABLE, (), answer.text)
        reason = self._reason(posted, before, answer.state)
        return Answer(answer.state, answer.chosen, answer.text, reason)

    def problem(self, answer: Answer) -> str | None:
        """Say in words what is wrong with an answer as it stands, if anything is."""
        try:
            if answer.state is State.UNREADABLE:
                self.reread(answer.text)
                return "Choose again why this cannot be answered, or answer it"
            shortened(answer.reason, LONGEST)
        except Problem as problem:
            return str(problem)
        return None

    def show(self, answer: Answer) -> str:
        """Put an answer in words, as every page and document prints it."""
        if answer.state is State.ANSWERED:
            return self.show_answered(answer)
        if answer.state is State.UNREADABLE:
            return f"{answer.text} (cannot be read yet)"
        return self.state_words(answer.state)

    def agree(self, one: Answer, other: Answer) -> bool:
        """Say whether two agencies gave the same answer, or the same absence."""
        if one.state is not other.state or one.state is State.UNREADABLE:
            return False
        return one.state is not State.ANSWERED or self.same(one, other)

    def answer_posted(self, posted: Posted, before: Answer) -> Answer:
        """Read what was chosen or typed, leaving absences and reasons aside."""
        raise NotImplementedError

    def reread(self, text: str) -> None:
        """Raise the Problem with what was typed, if it still cannot be read."""
        raise NotImplementedError

    def show_answered(self, answer: Answer) -> str:
        """Put what was chosen or typed in words."""
        raise NotImplementedError

    def same(self, one: Answer, other: Answer) -> bool:
        """Say whether two answered answers say the same."""
        raise NotImplementedError

    def _absence(self, posted: Posted) -> State | None:
        """Find the absence that was posted; one that is unknown counts as not answered."""
        values = [value.strip() for value in posted.get(self.absence_name, ()) if value.strip()]
        if not values:
            return None
        value = f"~{values[-1].removeprefix('~')}" if self.absence_beside else values[-1]
        return absence_posted(value) or (State.UNREADABLE if self.absence_beside else None)

    def _reason(self, posted: Posted, before: Answer, state: State) -> str:
        """Take the reason typed, or keep the stored one where the page had no room for it.

        Beside an absence it is a note on why there is no answer, which every question has room for;
        where no reason is asked for, the note goes when the absence does.
        """
        given = posted.get(f"{self.id}.reason")
        if self.reason == "none" and state not in ABSENCES:
            return "" if before.state in ABSENCES else before.reason
        if not given:
            return before.reason
        reason = tidy(given[-1])
        return reason if reason.strip() else ""
