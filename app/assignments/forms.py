"""What the forms about assignments may say."""

from typing import Literal

from pydantic import Field

from app.assignments.rules import Conflict
from app.web.forms import Input, MaybeLine


class Sharing(Input):
    """Some subjects, and what to do with them."""

    do: Literal["agencies", "auditor", "shares"]
    subject: list[str] = Field(default_factory=list)
    agency: list[str] = Field(default_factory=list)
    auditor: MaybeLine = ""


class OwnNumber(Input):
    """The agency's own number for the child behind a subject."""

    number: str = Field(default="", max_length=60, title="Your record number")


class ConflictDeclared(Input):
    """Why an auditor should not audit a subject."""

    kind: Conflict = Field(
        title="What the conflict is",
        json_schema_extra={"missing": "Choose what the conflict of interest is"},
    )
