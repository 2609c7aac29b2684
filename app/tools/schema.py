"""The shape of an audit tool: question sets, their sections, and what the questions lean on."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, PrivateAttr, StrictInt, model_validator

from app.tools.checks import Faults, faults
from app.tools.coded import Grade
from app.tools.kinds import Question
from app.tools.parts import Agencies, AgencyKind, Code, Part, Slug, Words, spell_out_evidence
from app.tools.scales import Scale

FORMAT = 1
"""The format of a tool's file and of its snapshot. A new one needs an upgrader in snapshot.py."""

ThemeId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=32)]
"""The short name of a theme: VC, DAP."""


class SubjectKind(StrEnum):
    """What one thing audited with a question set is."""

    CASE = "case"
    REFERRAL = "referral"
    REFERRAL_PAIR = "referral_pair"
    ORGANISATION = "organisation"
    SETTING = "setting"
    OBSERVATION = "observation"
    INTERVIEW = "interview"
    PROCESS = "process"
    CRITERION = "criterion"
    RESPONDENT = "respondent"

    @property
    def words(self) -> str:
        """The subject as pages call it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def several(self) -> str:
        """Several of them, as a sentence names them.

        >>> SubjectKind.CASE.several, SubjectKind.CRITERION.several
        ('cases', 'criteria')
        """
        one = self.value.replace("_", " ")
        return {"criterion": "criteria", "process": "processes"}.get(one, f"{one}s")

    @property
    def about_a_child(self) -> bool:
        """Whether it is the file of a child, who may be unknown to an agency.

        >>> SubjectKind.REFERRAL.about_a_child, SubjectKind.SETTING.about_a_child
        (True, False)
        """
        return self in {SubjectKind.CASE, SubjectKind.REFERRAL, SubjectKind.REFERRAL_PAIR}


class Theme(Part):
    """A priority that cuts across tools, which questions, findings and actions carry."""

    id: ThemeId
    title: Words


class Framework(Part):
    """Law or guidance that questions refer to, and how far it was checked."""

    id: Code
    name: Words
    version: str = ""
    note: str = ""


class Section(Part):
    """A titled run of questions: one page of a question set."""

    id: Slug
    title: Words
    guidance: str = ""
    evidence: Annotated[dict[AgencyKind, Words], spell_out_evidence] = Field(default_factory=dict)
    agencies: Agencies = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    _over: bool = PrivateAttr(default=False)

    @property
    def over(self) -> bool:
        """Whether nobody is asked it any more: it is kept for the answers it once drew out."""
        return self._over

    def end(self) -> None:
        """Mark the section as over (`app.tools.retired`)."""
        self._over = True

    def asks(self, question: Question, kind: AgencyKind) -> bool:
        """Say whether a question of this section may be asked of a kind of agency."""
        kinds = question.agencies or self.agencies
        return not self._over and (not kinds or kind in kinds)


class Place(NamedTuple):
    """A question with the section it stands in."""

    section: Section
    question: Question


class NamedSubject(Part):
    """One thing audited that the tool itself names, such as a criterion of a benchmark."""

    id: Slug
    title: Words
    guidance: str = ""


class QuestionSet(Part):
    """The sections and questions about one kind of subject."""

    id: Slug
    title: Words
    subject: SubjectKind
    introduction: str = ""
    subjects: Annotated[tuple[NamedSubject, ...], Field(min_length=1)] = ()
    """The things audited, where they are the same in every round and the tool names them. Their
    order is ours. Left out where each round has its own, such as cases."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    _formerly: dict[str, set[AgencyKind]] = PrivateAttr(default_factory=dict)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every question with its section, in the order asked."""
        return tuple(Place(s, q) for s in self.sections for q in s.questions)

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, in the order asked."""
        return (place.question for place in self.places)

    @cached_property
    def question(self) -> dict[str, Question]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def asked_of(self) -> dict[AgencyKind, tuple[Place, ...]]:
        """What each kind of agency may be asked, in order; conditions then open and close it."""
        return {
            kind: tuple(place for place in self.places if place.section.asks(place.question, kind))
            for kind in AgencyKind
        }

    @cached_property
    def retired_of(self) -> dict[AgencyKind, tuple[Place, ...]]:
        """What each kind of agency was asked by an older version, and no longer is."""
        return {
            kind: tuple(
                place
                for place in self.places
                if kind in self._formerly.get(place.question.id, ())
                and not place.section.asks(place.question, kind)
            )
            for kind in AgencyKind
        }

    def remember(self, older: "QuestionSet") -> None:
        """Note what each kind of agency was asked by an older version (`app.tools.retired`)."""
        for kind in AgencyKind:
            for place in (*older.asked_of[kind], *older.retired_of[kind]):
                self._formerly.setdefault(place.question.id, set()).add(kind)

    @property
    def sections_asked(self) -> tuple[Section, ...]:
        """The sections that are not over."""
        return tuple(section for section in self.sections if not section.over)

    @property
    def over(self) -> bool:
        """Whether nothing of it is asked any more."""
        return not self.sections_asked


class Tool(Part):
    """One version of an audit tool, its blocks expanded."""

    format: Literal[1]
    tool: Slug
    version: Annotated[StrictInt, Field(ge=1)]
    title: Words
    summary: str = ""
    frameworks: tuple[Framework, ...] = ()
    themes: tuple[Theme, ...] = ()
    scales: tuple[Scale, ...] = ()
    question_sets: Annotated[tuple[QuestionSet, ...], Field(min_length=1)]
    _versions: tuple[int, ...] = PrivateAttr(default=())

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions it holds: its own last, after those whose retired questions it keeps."""
        return self._versions or (self.version,)

    def remember(self, older: "Tool") -> None:
        """Note which older versions' retired questions are kept (`app.tools.retired`)."""
        self._versions = (*older.versions, self.version)

    @property
    def slug(self) -> str:
        """The name of the tool in files and URLs, the same in every version."""
        return self.tool

    @cached_property
    def question_set(self) -> dict[str, QuestionSet]:
        """Every question set by its id."""
        return {each.id: each for each in self.question_sets}

    @cached_property
    def scale(self) -> dict[str, Scale]:
        """Every scale by its id."""
        return {each.id: each for each in self.scales}

    @cached_property
    def theme(self) -> dict[str, Theme]:
        """Every theme by its id."""
        return {each.id: each for each in self.themes}

    @cached_property
    def framework(self) -> dict[str, Framework]:
        """Every framework by its id."""
        return {each.id: each for each in self.frameworks}

    @model_validator(mode="after")
    def _hangs_together(self) -> "Tool":
        """Refuse names that nothing carries, and tell each graded question its scale."""
        if found := faults(self):
            raise Faults(found)
        for question_set in self.question_sets:
            for question in question_set.questions:
                if isinstance(question, Grade):
                    question.bind(self.scale[question.scale])
        return self
