"""What the forms about concerns may say: nothing in anybody's own words but the advice."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.concerns.rules import Outcome
from app.web.forms import HIDDEN, Input


class RaisedConcern(Input):
    """A concern to be put on record. There is nothing to fill in."""


class Acknowledged(Input):
    """What was done about a concern."""

    outcome: Outcome = Field(json_schema_extra={"missing": "Choose what was done"})


class NewAdvice(Input):
    """What people are told to do now, and the line at the top of every page about a subject."""

    line: Annotated[str, StringConstraints(min_length=1, max_length=500)] = Field(
        title="line on every page", json_schema_extra={"missing": "Enter the line"}
    )
    words: Annotated[str, StringConstraints(min_length=1, max_length=3000)] = Field(
        title="what to do now", json_schema_extra={"missing": "Say what to do now"}
    )
    version: int = Field(ge=0, json_schema_extra=HIDDEN)
