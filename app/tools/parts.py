"""The plain values the engine is made of: agency kinds, states, answers, problems."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Posted = Mapping[str, Sequence[str]]
"""The fields of a page as they were posted: each name with all its values, in order."""


class Part(BaseModel):
    """A piece of an audit tool: fixed once read, and with no room for misspelt keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class AgencyKind(StrEnum):
    """The sort of organisation an agency is, which decides what it is asked."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    POLICE = "police"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    MATERNITY = "maternity"
    HEALTH_VISITING = "health_visiting"
    ACUTE_HEALTH = "acute_health"
    CHILD_MENTAL_HEALTH = "child_mental_health"
    ADULT_MENTAL_HEALTH = "adult_mental_health"
    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    EDUCATION_SERVICES = "education_services"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    HOUSING = "housing"
    DOMESTIC_ABUSE_SERVICE = "domestic_abuse_service"
    VOLUNTARY = "voluntary"
    ADULT_SOCIAL_CARE = "adult_social_care"

    @property
    def words(self) -> str:
        """The kind as pages name it.

        >>> AgencyKind.CHILDRENS_SOCIAL_CARE.words, AgencyKind.EARLY_YEARS.words
        ("Children's social care", 'Early years')
        """
        if self is AgencyKind.CHILDRENS_SOCIAL_CARE:
            return "Children's social care"
        if self is AgencyKind.VOLUNTARY:
            return "Voluntary organisation"
        return self.value.replace("_", " ").capitalize()


HEALTH = (
    AgencyKind.INTEGRATED_CARE_BOARD,
    AgencyKind.MATERNITY,
    AgencyKind.HEALTH_VISITING,
    AgencyKind.ACUTE_HEALTH,
    AgencyKind.CHILD_MENTAL_HEALTH,
    AgencyKind.ADULT_MENTAL_HEALTH,
)
"""The six kinds that an audit tool may name together as `health`."""


def spell_out_health(kinds: object) -> object:
    """Put the six health kinds where an author wrote `health`, so that a snapshot needs no group.

    >>> [str(kind) for kind in spell_out_health(["police", "health"])][:3]
    ['police', 'integrated_care_board', 'maternity']
    """
    if not isinstance(kinds, list | tuple) or "health" not in kinds:
        return kinds
    spelt = [each for kind in kinds for each in (HEALTH if kind == "health" else (kind,))]
    return [each for place, each in enumerate(spelt) if each not in spelt[:place]]


def _spell_out_evidence(evidence: object) -> object:
    """Give what is written under `health` to each health kind that has no words of its own."""
    if not isinstance(evidence, dict) or "health" not in evidence:
        return evidence
    shared = {kind.value: evidence["health"] for kind in HEALTH}
    return {**shared, **{kind: text for kind, text in evidence.items() if kind != "health"}}


spell_out_evidence = BeforeValidator(_spell_out_evidence)
"""Reads evidence, by agency kind, in which `health` may stand for six kinds."""

Agencies = Annotated[tuple[AgencyKind, ...], Field(min_length=1), BeforeValidator(spell_out_health)]
"""The kinds of agency that are asked; where it is not given, nothing narrows it."""

Words = Annotated[str, Field(min_length=1)]
"""Text that has to say something."""

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
"""The name of an audit tool, a question set, a section, a scale or a block, in a file and a URL."""

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
"""The name of an option or of a level of a scale, as it is stored."""

QuestionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
"""The name of a question, kept with its meaning for life."""


class State(StrEnum):
    """How far an answer has come: answered, one of three absences, or not there yet."""

    NOT_ANSWERED = "not_answered"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"
    NOT_RECORDED = "not_recorded"
    UNREADABLE = "unreadable"


Absence = Literal[State.NOT_APPLICABLE, State.NOT_KNOWN, State.NOT_RECORDED]
"""Why there is no answer; never an option of a scale."""

ABSENCES: tuple[Absence, ...] = (State.NOT_APPLICABLE, State.NOT_KNOWN, State.NOT_RECORDED)

STATE_WORDS: Mapping[State, str] = {
    State.NOT_ANSWERED: "Not answered",
    State.NOT_APPLICABLE: "Not applicable",
    State.NOT_KNOWN: "Not known to this agency",
    State.NOT_RECORDED: "Not recorded on our file",
}
"""What people read in place of an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one agency said to one question, with its reason.

    `chosen` holds option or level ids ("yes" and "no" for a yes or no question) and is empty unless
    the state is ANSWERED. `text` holds words, a number ("3", "2.5") or a date ("2026-03-03"); while
    the state is UNREADABLE it holds what was typed. It stays when an absence is chosen.
    """

    state: State = State.NOT_ANSWERED
    chosen: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""


NOTHING = Answer()
"""A question nobody has answered."""


class Problem(Exception):
    """What is wrong with an answer, in words for the person who gave it."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tidy(typed: str) -> str:
    r"""Take away what nobody typed on purpose: carriage returns and control characters.

    >>> tidy("two\r\nlines\x00\tkept")
    'two\nlines\tkept'
    """
    return _UNPRINTABLE.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))


def absence_posted(value: str) -> State | None:
    """Name the absence that a posted value stands for.

    >>> absence_posted("~not_known"), absence_posted("not_known"), absence_posted("~good")
    (<State.NOT_KNOWN: 'not_known'>, None, None)
    """
    if not value.startswith("~"):
        return None
    return next((state for state in ABSENCES if value == f"~{state}"), None)
