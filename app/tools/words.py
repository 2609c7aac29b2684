"""Questions answered in words: a line, or as much as is needed."""

from typing import ClassVar, Literal

from app.tools.asking import LONGEST, Asking, shortened
from app.tools.parts import Answer, Posted, Problem, State, tidy


class Typed(Asking):
    """A question answered by typing: the text stays when an absence is chosen beside it."""

    def answer_posted(self, posted: Posted, before: Answer) -> Answer:
        """Read what was typed; keep it as typed when it cannot be read."""
        typed = self.typed(posted, before)
        if not typed.strip():
            return Answer()
        try:
            return Answer(State.ANSWERED, (), self.canonical(typed))
        except Problem:
            return Answer(State.UNREADABLE, (), typed)

    def typed(self, posted: Posted, before: Answer) -> str:
        """Take the text of the box, or the stored text where the page had no box."""
        values = posted.get(self.id)
        return tidy(values[-1]) if values else before.text

    def canonical(self, typed: str) -> str:
        """Write what was typed in the one way it is stored, or raise a Problem."""
        raise NotImplementedError

    def reread(self, text: str) -> None:
        """Raise the Problem with what was typed, if it still cannot be read."""
        if text:
            self.canonical(text)

    def show_answered(self, answer: Answer) -> str:
        """Show the words as they were typed."""
        return answer.text

    def same(self, one: Answer, other: Answer) -> bool:
        """Two agencies agree when their words are the same, whatever the spaces between them."""
        return one.text.split() == other.text.split()


class ShortText(Typed):
    """A few words on one line."""

    kind: Literal["short_text"]
    prompt: ClassVar[str] = "Write a short answer"
    longest: ClassVar[int] = 500

    def canonical(self, typed: str) -> str:
        """Put the words on one line, if they are not too many."""
        line = " ".join(typed.splitlines()).strip()
        shortened(line, self.longest)
        return line


class LongText(Typed):
    """As many words as it takes."""

    kind: Literal["long_text"]
    prompt: ClassVar[str] = "Write an answer"
    longest: ClassVar[int] = LONGEST

    def canonical(self, typed: str) -> str:
        """Keep the words exactly, if they are not too many."""
        shortened(typed, self.longest)
        return typed
