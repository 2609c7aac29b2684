"""What all agencies said alike about one case: agreed at once, as the page showed it.

The form says of each question what the page showed, so that nothing is agreed which nobody read: an
answer that was returned and sent anew, or over what the panel has put off meanwhile.
"""

from hashlib import sha256
from typing import NamedTuple

from pydantic import Field
from sqlmodel import Session

from app.comparisons.order import same
from app.comparisons.side_by_side import Comparison, Row
from app.meetings.models import PutOff
from app.meetings.queries import put_off_in
from app.samples.models import Subject
from app.tools import Answer, Question, State
from app.web.filters import listed
from app.web.forms import Input

CHOOSE = "Choose at least one question that is still to be agreed"
NO_LONGER_ASKED = "A question that no agency has answered now"


class SaidAlike(NamedTuple):
    """A question that all agencies which answered it answered alike."""

    row: Row
    answer: Answer
    """What they all said."""
    put_off: PutOff | None
    """Why the panel put it off, where it did."""

    @property
    def key(self) -> str:
        """The question's id."""
        return self.row.line.question.id

    @property
    def words(self) -> str:
        """What they all said, as the page shows it."""
        return self.row.line.question.show(self.answer)

    @property
    def version(self) -> int:
        """The version of what stands on the question, 0 where nothing does."""
        return self.put_off.version if self.put_off else 0

    @property
    def seen(self) -> str:
        """What a page that shows this says it showed."""
        return shown_as(self.row.line.question, self.answer, self.version)


class Chosen(Input):
    """The questions to agree at once, by their ids, and what the page showed of every question."""

    questions: list[str] = Field(default_factory=list)
    seen: list[str] = Field(default_factory=list)

    @property
    def shown(self) -> dict[str, str]:
        """What the page showed of each chosen question; what it did not show is not chosen."""
        told = {seen.partition(" ")[0]: seen for seen in self.seen}
        return {key: told[key] for key in self.questions if key in told}


def shown_as(question: Question, answer: Answer, version: int = 0) -> str:
    """Say what a page showed of a question: which it is, its version, and a digest of its words."""
    shown = f"{question.text}\n{question.show(answer)}"
    return f"{question.id} {version} {sha256(shown.encode()).hexdigest()[:16]}"


def said_alike(session: Session, subject: Subject, comparison: Comparison) -> list[SaidAlike]:
    """List what all agencies said alike about a subject, also what is agreed already."""
    key = subject.id or 0
    waiting = put_off_in(session, [key]).get(key, {})
    return [
        SaidAlike(row, _answer(comparison, row), waiting.get(row.line.number))
        for row in same(comparison)
    ]


def _answer(comparison: Comparison, row: Row) -> Answer:
    return next(
        Answer(State.ANSWERED, answer.chosen, answer.text)
        for _, _, answer in comparison.answers(row)
        if answer is not None and answer.state is State.ANSWERED
    )


def name_of(row: Row) -> str:
    """Name a question as the page does: by its place and its words."""
    return f"{row.line.place}. {row.line.question.text}"


def not_as_shown(comparison: Comparison, keys: list[str]) -> str:
    """Say which questions do not stand as a page showed them, so that nothing was agreed."""
    rows = [comparison.row(key) for key in keys]
    names = [f"“{name_of(row)}”" if row else NO_LONGER_ASKED for row in rows]
    return (
        f"Nothing is agreed yet: after you opened the page, {listed(names)} "
        f"{'was' if len(names) == 1 else 'were'} decided, put off or answered anew. What is still "
        "alike of that is listed as it stands now, and not ticked; the rest is as you chose."
    )
