"""What the forms about assignments may say."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.access import Unfit
from app.assignments.rules import Conflict
from app.web.forms import Input, MaybeLine


class Sharing(Input):
    """Some subjects, and what to do with them."""

    do: Literal["agencies", "auditor", "second", "shares"]
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


class SecondAuditors(Input):
    """Which agencies judge which of their subjects twice."""

    agency: list[str] = Field(default_factory=list)
    share: MaybeLine = ""
    labels: Annotated[str, StringConstraints(max_length=2000)] = ""

    @property
    def named(self) -> frozenset[str]:
        """The subjects that are named, as people write them."""
        return frozenset(self.labels.replace(",", " ").upper().split())

    @property
    def percent(self) -> int:
        """The share, which matters only where no subjects are named."""
        typed = self.share.removesuffix("%").strip()
        share = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0  # noqa: PLR2004
        if not self.named and not 1 <= share <= 100:  # noqa: PLR2004
            raise Unfit({"share": "Enter a share between 1 and 100"})
        return share
