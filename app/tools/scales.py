"""Scales: the named levels a practice is graded on, in a stated order."""

from typing import Annotated, Literal

from pydantic import Field

from app.tools.parts import Code, Part, Slug, Words


class Level(Part):
    """One level of a scale, with what has to be seen to give it."""

    id: Code
    label: Words
    descriptor: str = ""


class Scale(Part):
    """The levels a question may be graded on.

    `polarity` says which end is listed first, so that results never have to guess it.
    """

    id: Slug
    title: Words
    polarity: Literal["best_first", "worst_first"]
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]

    @property
    def best_first(self) -> tuple[Level, ...]:
        """The levels from the best to the worst, whichever way they are listed."""
        return self.levels if self.polarity == "best_first" else self.levels[::-1]
