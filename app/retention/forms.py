"""What the forms about retention may say."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.rounds.retention import Kept
from app.web.forms import Input, Line

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class PlacedHold(Input):
    """A legal hold, and why."""

    reason: Reason = Field(json_schema_extra={"missing": "Say why nothing may be purged"})


class LiftedHold(Input):
    """A hold to be lifted."""


class ConfirmedPurge(Input):
    """What was shown, and the title of the round, typed by whoever has read it."""

    kinds: list[Kept] = Field(
        min_length=1, json_schema_extra={"missing": "Nothing of this round is due"}
    )
    title: Line = Field(json_schema_extra={"missing": "Type the title of the round"})
