"""What the forms of a round's plan may say."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.config import JsonDict

from app.db.references import ALPHABET, LENGTH
from app.rounds.due import NAMES, Days
from app.rounds.judgement import JudgementRule
from app.rounds.retention import LONGEST
from app.rounds.rules import Stage
from app.web.days import day_called
from app.web.forms import HIDDEN, Input, Line, MaybeLine, MaybeWords, Words

DAYS = tuple(NAMES)
"""The dates of a round as its forms name them, for `fold_days`."""

Version = Annotated[int, Field(ge=1, lt=2**31, json_schema_extra=HIDDEN)]
"""The version of the round that the page showed."""

Ref = Annotated[
    str,
    StringConstraints(pattern=f"^[{ALPHABET}]{{{LENGTH}}}$"),
    Field(json_schema_extra=HIDDEN),
]

Refs = Annotated[list[Annotated[str, StringConstraints(max_length=LENGTH)]], Field(max_length=500)]
"""What was ticked; nothing ticked is an empty list."""


def _missing(sentence: str) -> JsonDict:
    return {"missing": sentence}


ReturnsDue = Annotated[
    date,
    day_called(NAMES["returns_due"]),
    Field(json_schema_extra=_missing("Enter the day returns are due")),
]
PanelDue = Annotated[
    date,
    day_called(NAMES["panel_due"]),
    Field(json_schema_extra=_missing("Enter the day the panel meets by")),
]
ReportDue = Annotated[
    date,
    day_called(NAMES["report_due"]),
    Field(json_schema_extra=_missing("Enter the day the report is due")),
]


class NewRound(Input):
    """A round to be created on one tool version, with the question sets to use."""

    ref: Ref
    """Drawn when the form was made: the same form sent twice creates one round."""
    tool: Line
    """The tool version, as `slug.version`."""
    title: Line = Field(json_schema_extra=_missing("Enter a title"))
    purpose: Words = Field(json_schema_extra=_missing("Enter the purpose of this round"))
    lines_of_enquiry: MaybeWords = Field("", title="Key lines of enquiry")
    question_sets: list[str] = Field(
        min_length=1, json_schema_extra=_missing("Choose at least one question set")
    )
    returns_due: ReturnsDue
    panel_due: PanelDue
    report_due: ReportDue


class CopiedRound(Input):
    """What a round that is started from an earlier one has of its own."""

    ref: Ref
    """Drawn when the form was made: the same form sent twice creates one round."""
    title: Line = Field(json_schema_extra=_missing("Enter a title"))
    returns_due: ReturnsDue
    panel_due: PanelDue
    report_due: ReportDue


class Plan(Input):
    """The words of a round's plan."""

    version: Version
    title: Line = Field(json_schema_extra=_missing("Enter a title"))
    purpose: Words = Field(json_schema_extra=_missing("Enter the purpose of this round"))
    lines_of_enquiry: MaybeWords = Field("", title="Key lines of enquiry")


class DueDays(Input):
    """The days of a round, changed."""

    version: Version
    returns_due: ReturnsDue
    panel_due: PanelDue
    report_due: ReportDue


def days_given(given: NewRound | DueDays) -> Days:
    """Return the three days of a form together."""
    return Days(given.returns_due, given.panel_due, given.report_due)


class ChosenAgencies(Input):
    """The agencies that are to take part."""

    version: Version
    agencies: Refs = Field(default_factory=list)


class ChosenPeople(Input):
    """Who leads, and who sits on the panel."""

    version: Version
    lead: Annotated[str, StringConstraints(max_length=LENGTH)] = ""
    panel: Refs = Field(default_factory=list)


class ChosenSubgroups(Input):
    """The subgroups that are to receive the findings."""

    version: Version
    subgroups: Refs = Field(default_factory=list)


class ChosenVersion(Input):
    """The version of the audit tool that the round is to use."""

    version: Version
    tool: Annotated[str, StringConstraints(max_length=60)] = Field(
        json_schema_extra=_missing("Choose a version")
    )
    """As `slug.version`."""


class ChosenStrands(Input):
    """The question sets that the round is to use."""

    version: Version
    question_sets: list[Annotated[str, StringConstraints(max_length=60)]] = Field(
        min_length=1, json_schema_extra=_missing("Choose at least one question set")
    )


class ChosenContacts(Input):
    """Whom to ask in each agency: one for each, in the order of the agencies."""

    version: Version
    agencies: Refs = Field(default_factory=list)
    contacts: Refs = Field(default_factory=list)
    """Empty where nobody is chosen."""


class ChosenRule(Input):
    """How the multi-agency judgement of each case is made."""

    version: Version
    rule: JudgementRule = Field(json_schema_extra=_missing("Choose how judgements are made"))
    words: MaybeWords = Field("", title="Your own words")


class ChosenPriorities(Input):
    """The themes of the tool that the round looks at most."""

    version: Version
    priorities: list[Annotated[str, StringConstraints(max_length=60)]] = Field(
        default_factory=list, max_length=100
    )


Months = Annotated[int, Field(ge=0, le=LONGEST)]


class ChosenRetention(Input):
    """How many months after closing each class of data is kept."""

    version: Version
    lists: Months = Field(title="Imported lists")
    local_records: Months = Field(title="Local record numbers")
    answers: Months = Field(title="Answers and reasons")
    agreed_answers: Months = Field(title="Agreed answers")
    trail: Months = Field(title="Details of the trail")


class ProtectionNotes(Input):
    """What the partnership's data protection officer would ask for."""

    version: Version
    dpia: MaybeLine = Field("", title="Reference of the assessment")
    lawful_basis: MaybeWords = Field("", title="Lawful basis")


class Move(Input):
    """A step to another stage; going back says why."""

    version: Version
    to: Stage
    reason: MaybeWords = ""
