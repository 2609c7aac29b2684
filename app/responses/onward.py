"""The next question that wants something: after the place where somebody is, round and round."""

from collections.abc import Collection
from typing import NamedTuple

from app.assignments.rules import Answerers
from app.tools import Asked, Filled


class Onward(NamedTuple):
    """What is still wanted, as somebody sees it who is at some of the questions."""

    here: tuple[str, ...]
    """The ids of those of their questions that want something, in order."""
    beyond: str
    """The address, after the response's own, of the first that wants something after theirs, or,
    where nothing does, of the first before them; empty where there is none."""

    def first(self, at: str, section: str) -> str | None:
        """Return the address of the first of them, to somebody who is at the section's top."""
        if self.here:
            return f"{at}/sections/{section}#question-{self.here[0]}"
        return f"{at}/{self.beyond}" if self.beyond else None


def onward(filled: Filled, here: Collection[str], answerers: Answerers, person_id: int) -> Onward:
    """Say what is wanted of the questions named, and where the next of the others is.

    Of a response that is shared by section, the others are those that somebody answers themselves.
    """
    places = [place for place, each in enumerate(filled.asked) if each.question.id in here]
    last = places[-1] if places else -1
    found = [
        (place, each)
        for place, each in enumerate(filled.asked)
        if (each.wants or each.problem) and answerers.answers(person_id, each.section.id)
    ]
    others = [(place, each) for place, each in found if each.question.id not in here]
    after = [each for place, each in others if place > last] + [each for _, each in others]
    return Onward(
        tuple(each.question.id for _, each in found if each.question.id in here),
        _address(after[0]) if after else "",
    )


def _address(each: Asked) -> str:
    return f"sections/{each.section.id}#question-{each.question.id}"
