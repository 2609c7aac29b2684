"""What the forms about a sample may say."""

from typing import Any, Literal

from pydantic import Field

from app.access import Unfit
from app.samples.allocation import Design
from app.samples.frame import STRATA, Stratum
from app.samples.lists import MOST_ROWS, ReadList
from app.samples.mapping import Mapping, key, outcome_words
from app.samples.rules import LONGEST_REASON
from app.web.forms import HIDDEN, Input

Letter = Field(default="", max_length=3)

MOST_OUTCOMES = 60
"""A column with more different words than this is not one of outcomes."""

WHOLE = 100


class Columns(Input):
    """Which column of a list is which, and the stratum that each outcome's words stand for."""

    reference: str = Letter
    outcome: str = Letter
    received: str = Letter
    previous: str = Letter
    re_referred: str = Letter
    window: int = Field(5, ge=1, le=24, title="The number of months")
    outcomes_of: str = Field(default="", max_length=3, json_schema_extra=HIDDEN)
    """The column whose words `stands_for` follows, in the order they first come."""
    stands_for: list[Stratum | Literal[""]] = Field(default_factory=list, max_length=MOST_OUTCOMES)

    def mapping(self, read_list: ReadList) -> Mapping:
        """Return what was chosen as a mapping; Unfit when an outcome's words have no stratum."""
        self._refuse_unmatched(words := self.words(read_list))
        pairs = zip(words, self.stands_for, strict=False)
        return Mapping(
            reference=self.reference or None,
            outcome=self.outcome or None,
            received=self.received or None,
            previous=self.previous or None,
            re_referred=self.re_referred or None,
            outcomes=tuple((key(word), Stratum(stratum)) for word, stratum in pairs),
        )

    def words(self, read_list: ReadList) -> tuple[str, ...]:
        """List the words of the column chosen as outcome."""
        found = [column for column in read_list.kept if column.letter == self.outcome]
        return outcome_words(found[0]) if found else ()

    def _refuse_unmatched(self, words: tuple[str, ...]) -> None:
        if not words:
            return
        if len(words) > MOST_OUTCOMES:
            raise Unfit(
                {
                    "outcome": f"Column {self.outcome} holds {len(words):,} different values: "
                    "choose the column with the outcome"
                }
            )
        if self.outcomes_of != self.outcome or len(self.stands_for) != len(words):
            raise Unfit(
                {"stands_for-0": f"Say what each value of column {self.outcome} stands for"}
            )
        missing = {
            f"stands_for-{place}": f"Choose what “{word}” stands for"
            for place, (word, stratum) in enumerate(zip(words, self.stands_for, strict=True))
            if not stratum
        }
        if missing:
            raise Unfit(missing)


class RowsOfList(Columns):
    """The same, asking for one page of the rows that have to be put right."""

    page: str = Field(default="", max_length=6, json_schema_extra=HIDDEN)


class ImportOfList(Columns):
    """The same, confirmed; `replaces` names the imported list whose place it takes."""

    replaces: str = Field(default="", max_length=10, json_schema_extra=HIDDEN)


class Reason(Input):
    """Why a row is left out, or a subject replaced or added."""

    reason: str = Field(default="", max_length=LONGEST_REASON)


class LeftOut(Reason):
    """Why a row is left out, and the reason that the page showed if it was left out already."""

    shown_reason: str = Field(default="", max_length=LONGEST_REASON, json_schema_extra=HIDDEN)


class Replacing(Reason):
    """Why a subject is replaced, and the reserve that the page promised."""

    reserve: str = Field(default="", max_length=10, json_schema_extra=HIDDEN)


class TypedIn(Reason):
    """A subject that nobody drew. `label` was given to the page, so that sending twice adds one."""

    label: str = Field(max_length=12, json_schema_extra=HIDDEN)
    stratum: Stratum | None = Field(
        None, title="Outcome", json_schema_extra={"missing": "Choose the outcome"}
    )
    re_referred: Literal["yes", "no"] | None = Field(None, title="Re-referred")


def _places(stratum: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    return Field(
        ge=0,
        le=MOST_ROWS,
        title=stratum,
        json_schema_extra={
            "missing": f"Say how many for {stratum}; write 0 to leave it out",
        },
    )


class Wanted(Input):
    """The design of a sample, as numbers or as shares of a total."""

    by: Literal["number", "share"] = "number"
    no_further_action: int = _places("No further action")
    early_help: int = _places("Early help")
    section_17: int = _places("Section 17")
    section_47: int = _places("Section 47")
    total: int | None = Field(None, ge=1, le=MOST_ROWS, title="The total")
    minimum: int = Field(0, ge=0, le=MOST_ROWS, title="The fewest re-referred")
    reserves: int = Field(0, ge=0, le=20, title="The reserves")
    seed: str = Field(default="", max_length=64, title="The seed")

    def design(self) -> Design:
        """Return the design, or say what shares need."""
        strata = {stratum: int(getattr(self, stratum.value)) for stratum in STRATA}
        if self.by == "number":
            return Design(strata, None, self.minimum, self.reserves)
        if self.total is None:
            raise Unfit({"total": "Say how many referrals to draw in total"})
        if (summed := sum(strata.values())) != WHOLE:
            raise Unfit({STRATA[0].value: f"Shares must add up to 100; these add up to {summed:,}"})
        return Design(strata, self.total, self.minimum, self.reserves)


class Confirmed(Wanted):
    """The same, confirmed for the list that was previewed; `seal` shows who made the seed."""

    digest: str = Field(max_length=64, json_schema_extra=HIDDEN)
    seal: str = Field(default="", max_length=64, json_schema_extra=HIDDEN)
