"""Where two auditors of an agency judged one file without seeing each other's answers."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.rounds.models import Strand

Chosen = tuple[str, str]
"""What the first auditor chose and what the second did, by the option's id."""


def second_pairs(
    session: Session,  # noqa: ARG001 - nothing is stored yet that could be read
    sight: Sight,  # noqa: ARG001
    strand: Strand,  # noqa: ARG001
) -> Mapping[str, Sequence[Chosen]]:
    """Return what both auditors answered, by question, from what both have sent.

    The one place that pairs are read from: no subject has a second auditor yet, so there are none.
    """
    return {}
