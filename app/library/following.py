"""Finding tools, and following a theme or a question of a block through them. Pure.

A question that comes from a block is the same question in every tool and version that uses it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.library.rules import asked_kinds
from app.tools import AgencyKind, Question, QuestionSet, SubjectKind, Tool

Versions = Mapping[tuple[str, int], Tool]


@dataclass(frozen=True)
class Sought:
    """What tools are looked for: each empty for any."""

    text: str = ""
    subject: str = ""
    theme: str = ""
    kind: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.text, self.subject, self.theme, self.kind))

    def fits(self, tool: Tool) -> bool:
        """Whether one question set of a tool has all that is looked for."""
        said = f"{tool.title} {tool.summary} {tool.slug}".casefold()
        return any(
            self._fits_set(each)
            and all(word in said or word in _words(each) for word in self.text.casefold().split())
            for each in tool.question_sets
        )

    def _fits_set(self, question_set: QuestionSet) -> bool:
        asked = question_set.asked_of[AgencyKind(self.kind)] if self.kind else question_set.places
        carries = (place.question for place in asked)
        return (
            self.subject in {"", question_set.subject}
            and bool(asked)
            and (not self.theme or any(self.theme in question.themes for question in carries))
        )


def _words(question_set: QuestionSet) -> str:
    texts = (question.text for question in question_set.questions)
    return " ".join([question_set.title, *texts]).casefold()


def subjects_of(tools: Versions) -> list[tuple[str, str]]:
    """List the kinds of subject that tools are about, for a list to choose from."""
    found = {each.subject for tool in tools.values() for each in tool.question_sets}
    return [(kind.value, kind.words) for kind in SubjectKind if kind in found]


def kinds_of(tools: Versions) -> list[tuple[str, str]]:
    """List the kinds of agency that tools ask."""
    found = {k for tool in tools.values() for each in tool.question_sets for k in asked_kinds(each)}
    return [(kind.value, kind.words) for kind in AgencyKind if kind in found]


def themes_of(tools: Versions) -> dict[str, str]:
    """Give every theme by its id as the newest version words it, in the order of the words."""
    found = {each.id: each.title for _, tool in sorted(tools.items()) for each in tool.themes}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


class Stands(NamedTuple):
    """A question set of one version, with the questions in it that are followed."""

    tool: Tool
    question_set: QuestionSet
    questions: tuple[Question, ...]


def carrying(tools: Versions, theme: str) -> list[Stands]:
    """Say where a theme stands: the newest version of a tool first."""
    return list(_stands(tools, lambda question: theme in question.themes))


def from_bank(tools: Versions, block: str, name: str) -> list[Stands]:
    """Say where one question of a block stands: the newest version of a tool first."""
    return list(_stands(tools, lambda question: (question.block, question.id) == (block, name)))


def _stands(tools: Versions, followed: Callable[[Question], bool]) -> Iterator[Stands]:
    for slug in dict.fromkeys(slug for slug, _ in sorted(tools)):
        for version in sorted((v for name, v in tools if name == slug), reverse=True):
            tool = tools[slug, version]
            for question_set in tool.question_sets:
                if found := tuple(filter(followed, question_set.questions)):
                    yield Stands(tool, question_set, found)


def reworded_in(stands: Sequence[Stands]) -> list[str]:
    """List the different wordings of one question, the newest first."""
    return list(dict.fromkeys(q.text for each in stands for q in each.questions))
