"""An answer as the templates of questions read it: what is ticked, and what is typed where."""

from dataclasses import dataclass

from app.tools import ABSENCES, Answer, Coded, Question, State
from app.tools.coded import Option
from app.tools.dates import Date


def ticks(answer: Answer) -> tuple[str, ...]:
    """Return the values of what is ticked: options, or the absence chosen instead.

    >>> from app.tools import State
    >>> ticks(Answer(State.NOT_KNOWN)), ticks(Answer(State.ANSWERED, ("good",)))
    (('~not_known',), ('good',))
    """
    return (f"~{answer.state}",) if answer.state in ABSENCES else answer.chosen


@dataclass(frozen=True)
class Given:
    """The answer to one question, to be put back into its fields."""

    question: Question
    answer: Answer

    @property
    def options(self) -> tuple[Option, ...]:
        """The options offered: those in use, and a retired one that was chosen before."""
        return self.question.offered(self.answer) if isinstance(self.question, Coded) else ()

    @property
    def text(self) -> str:
        """What is typed, readable or not."""
        return self.answer.text

    @property
    def reason(self) -> str:
        """The reason or comment beside the answer."""
        return self.answer.reason

    def ticked(self, value: str) -> str | None:
        """Return the attribute of a ticked box ("", which is written bare), or None."""
        return "" if value in ticks(self.answer) else None

    def box(self, name: str) -> str:
        """Return what one of a date's three boxes holds."""
        if not isinstance(self.question, Date):
            return ""
        return str(getattr(self.question.boxes(self.answer), name))


def shown(question: Question, answer: Answer) -> str:
    """Put an answer in words as a page prints it: what was typed, where it cannot be read yet."""
    return answer.text if answer.state is State.UNREADABLE else question.show(answer)
