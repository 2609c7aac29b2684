"""Questions answered from a list: a grade, one option, several options, yes or no."""

from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PrivateAttr, StrictBool

from app.tools.asking import Asking
from app.tools.parts import (
    NOTHING,
    Answer,
    Code,
    Part,
    Posted,
    Problem,
    State,
    Words,
    absence_posted,
    tidy,
)
from app.tools.scales import Level, Scale

MOST_OPTIONS = 31
"""The most options of a question of several answers, retired ones included: what is chosen is kept
as one number with a bit for each, and PostgreSQL's integer holds 31."""


class Option(Part):
    """One of the answers on a list. A retired one is shown where it was given, and not offered.

    One that stands `alone`, such as "None of these", is never an answer beside others.
    """

    id: Code
    label: Words
    hint: str = ""
    retired: StrictBool = False
    alone: StrictBool = False


YES_OR_NO = (Option(id="yes", label="Yes"), Option(id="no", label="No"))


class Coded(Asking):
    """A question answered by choosing from a list."""

    absence_beside: ClassVar[bool] = False
    steers: ClassVar[bool] = True

    @property
    def listed(self) -> tuple[Option, ...]:
        """Every option there has been, in order, retired ones included."""
        raise NotImplementedError

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each option says, by its id."""
        return {option.id: option.label for option in self.listed}

    def offered(self, answer: Answer = NOTHING) -> tuple[Option, ...]:
        """Give the options a page offers: those in use, and a retired one already chosen."""
        return tuple(o for o in self.listed if not o.retired or o.id in answer.chosen)

    def answer_posted(self, posted: Posted, before: Answer) -> Answer:
        """Take the options chosen, in the order of the list; a cleared list is no answer."""
        values = [v for v in map(str.strip, map(tidy, posted.get(self.id, ()))) if v]
        if not values:
            return Answer()
        picked = tuple(o.id for o in self.offered(before) if o.id in values)
        if not set(values) <= set(picked) or not self.allows(len(picked)):
            return Answer(State.UNREADABLE, (), ", ".join(values))
        return Answer(State.ANSWERED, picked)

    def allows(self, number: int) -> bool:
        """Say whether so many options may be chosen at once: here, one."""
        return number == 1

    def reread(self, text: str) -> None:
        """Explain that what was posted is not on the list."""
        absence = absence_posted(text)
        if text:
            said = self.state_words(absence) if absence else text
            raise Problem(f"{self.prompt}: “{said}” is not offered here")

    def show_answered(self, answer: Answer) -> str:
        """Name what was chosen, as the list words it; an option may hold commas of its own."""
        return "; ".join(self.labels.get(code, code) for code in answer.chosen)

    def same(self, one: Answer, other: Answer) -> bool:
        """Two agencies agree when they chose the same, in whatever order."""
        return set(one.chosen) == set(other.chosen)


class Grade(Coded):
    """A judgement on a named scale, with a reason."""

    kind: Literal["grade"]
    reason: Literal["none", "optional", "required"] = "optional"
    scale: str
    descriptors: dict[str, Words] = Field(default_factory=dict)
    prompt: ClassVar[str] = "Select a grade"
    _scale: Scale | None = PrivateAttr(default=None)

    def bind(self, scale: Scale) -> None:
        """Tell the question what its scale is; the audit tool does this once, when it is read."""
        self._scale = scale

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the scale, each with its descriptor as this question words it."""
        if self._scale is None:
            raise LookupError(f"{self.id} is graded on a scale, so read it as part of a tool")
        return tuple(
            Level(
                id=level.id,
                label=level.label,
                descriptor=self.descriptors.get(level.id, level.descriptor),
            )
            for level in self._scale.levels
        )

    @property
    def worst_first(self) -> bool:
        """Whether the scale lists its worst level first."""
        return self._scale is not None and self._scale.polarity == "worst_first"

    @cached_property
    def listed(self) -> tuple[Option, ...]:
        """The levels as options, each hinting at what has to be seen to give it."""
        return tuple(Option(id=x.id, label=x.label, hint=x.descriptor) for x in self.levels)


class Choice(Coded):
    """One answer from a list."""

    kind: Literal["choice"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    prompt: ClassVar[str] = "Select one answer"

    @property
    def listed(self) -> tuple[Option, ...]:
        """The options as the tool lists them."""
        return self.options


class Choices(Coded):
    """Any number of answers from a list."""

    kind: Literal["choices"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    absence_beside: ClassVar[bool] = True
    prompt: ClassVar[str] = "Select all that apply"

    @property
    def listed(self) -> tuple[Option, ...]:
        """The options as the tool lists them."""
        return self.options

    def allows(self, number: int) -> bool:
        """Any number of options may be chosen."""
        return number >= 1

    def problem(self, answer: Answer) -> str | None:
        """Say, besides, that an option which stands alone was chosen beside others."""
        return super().problem(answer) or self._crowded(answer)

    def _crowded(self, answer: Answer) -> str | None:
        if len(answer.chosen) <= 1:
            return None
        alone = (o.label for o in self.listed if o.alone and o.id in answer.chosen)
        return next((f"Untick “{label}”, or untick all the others" for label in alone), None)


class YesNo(Coded):
    """Yes or no."""

    kind: Literal["yes_no"]
    prompt: ClassVar[str] = "Select yes or no"

    @property
    def listed(self) -> tuple[Option, ...]:
        """Yes, then no."""
        return YES_OR_NO
