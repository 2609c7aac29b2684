"""The frame: the referrals a sample may be drawn from, each in its stratum.

Public: `Stratum`, `STRATA` (the order used everywhere), `Referral`, `IN_WORDS`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Stratum(StrEnum):
    """What the front door decided: the group a referral is drawn within."""

    NO_FURTHER_ACTION = "no_further_action"
    EARLY_HELP = "early_help"
    SECTION_17 = "section_17"
    SECTION_47 = "section_47"


STRATA: Final = tuple(Stratum)

IN_WORDS: Final = {
    Stratum.NO_FURTHER_ACTION: "No further action",
    Stratum.EARLY_HELP: "Early help",
    Stratum.SECTION_17: "Section 17",
    Stratum.SECTION_47: "Section 47",
}


@dataclass(frozen=True)
class Referral:
    """One row of the frame: a pseudonymous reference, its outcome, and whether it came back."""

    reference: str
    outcome: Stratum
    received: date
    previous: date | None
    re_referred: bool
