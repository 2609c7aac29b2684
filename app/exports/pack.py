"""A subgroup's pack as plain values: what the page shows and the document says, alike.

No count of cases is anywhere in it, and no subject's label: a small number can tell which family
it was.
"""

from dataclasses import dataclass

CLASSIFICATION = "OFFICIAL-SENSITIVE"
PROVISIONAL = "Provisional: this round has not been reported yet, and its findings may change."


@dataclass(frozen=True)
class PackAction:
    """What will be done about a finding, by whom and by when, and how it stands."""

    what: str
    how_we_will_know: str
    owner: str
    due: str
    state: str
    stands: str
    """Overdue, or how soon it is due; empty when nothing is still to be done."""


@dataclass(frozen=True)
class PackFinding:
    """One agreed finding with its actions."""

    title: str
    words: str
    themes: tuple[str, ...]
    actions: tuple[PackAction, ...]


@dataclass(frozen=True)
class PackGroup:
    """The findings of one kind, in the order of the tool's themes."""

    heading: str
    findings: tuple[PackFinding, ...]


@dataclass(frozen=True)
class Pack:
    """Everything a subgroup is told of a round."""

    partnership: str
    round: str
    subgroup: str
    tool: str
    stage: str
    provisional: bool
    purpose: str
    lines_of_enquiry: tuple[str, ...]
    agencies: tuple[str, ...]
    sample: tuple[str, ...]
    """The statement of the sample, one paragraph each, without counts."""
    groups: tuple[PackGroup, ...]
    made_by: str
    made_at: str
