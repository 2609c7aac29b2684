"""When a question is asked: conditions on earlier answers, as data.

A condition has no expression to evaluate. It names a question that comes earlier in the same set
and the answers that open this one, or joins such conditions with `all` or `any`. A question that
is closed, is not asked of this kind of agency, or was answered with an absence opens nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from app.tools.parts import Part, QuestionId, Words

Chosen = Mapping[str, tuple[str, ...]]
"""What was chosen so far, by question id: only questions that are asked and answered."""


class OneOf(Part):
    """An earlier question was answered in one of these ways.

    >>> seen = OneOf(question="seen", is_one_of=("yes",))
    >>> seen.holds({"seen": ("yes",)}), seen.holds({"seen": ("no",)}), seen.holds({})
    (True, False, False)
    """

    question: QuestionId
    is_one_of: Annotated[tuple[Words, ...], Field(min_length=1)]

    def holds(self, chosen: Chosen) -> bool:
        """Say whether the earlier question was answered in one of these ways."""
        wanted = self.is_one_of
        for code in chosen.get(self.question, ()):  # noqa: SIM110 - twice as fast as any()
            if code in wanted:
                return True
        return False

    def in_words(self) -> str:
        """Say the condition in words: seen is "yes" or "partly"."""
        answers = " or ".join(f'"{answer}"' for answer in self.is_one_of)
        return f"{self.question} is {answers}"

    def parts(self) -> Iterator["OneOf"]:
        """Give every question looked at, here only this one."""
        yield self


class All(Part):
    """Every one of several conditions holds."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def holds(self, chosen: Chosen) -> bool:
        """Say whether every one of the conditions holds."""
        return all(condition.holds(chosen) for condition in self.all)

    def in_words(self) -> str:
        """Say the conditions in words, joined with and."""
        return f"({' and '.join(condition.in_words() for condition in self.all)})"

    def parts(self) -> Iterator[OneOf]:
        """Give every question looked at, in the order written."""
        return (part for condition in self.all for part in condition.parts())


class AnyOf(Part):
    """At least one of several conditions holds."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def holds(self, chosen: Chosen) -> bool:
        """Say whether at least one of the conditions holds."""
        return any(condition.holds(chosen) for condition in self.any)

    def in_words(self) -> str:
        """Say the conditions in words, joined with or."""
        return f"({' or '.join(condition.in_words() for condition in self.any)})"

    def parts(self) -> Iterator[OneOf]:
        """Give every question looked at, in the order written."""
        return (part for condition in self.any for part in condition.parts())


def _shape(condition: object) -> str | None:
    """Tell the three shapes of a condition apart by the key that only one of them has."""
    match condition:
        case OneOf() | {"question": _}:
            return "question"
        case All() | {"all": _}:
            return "all"
        case AnyOf() | {"any": _}:
            return "any"
        case _:
            return None


Condition = Annotated[
    Annotated[OneOf, Tag("question")] | Annotated[All, Tag("all")] | Annotated[AnyOf, Tag("any")],
    Discriminator(_shape),
]
"""What has to hold for a question to be asked."""

All.model_rebuild()
AnyOf.model_rebuild()
