"""What a finding is, and when it stops changing."""

from enum import StrEnum

from app.access import NotNow


class FindingKind(StrEnum):
    """What sort of thing was learnt."""

    STRENGTH = "strength"
    AREA_FOR_DEVELOPMENT = "area_for_development"
    GOOD_PRACTICE = "good_practice"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def heading(self) -> str:
        """Several findings of the kind, as a heading names them."""
        return _HEADINGS[self]


_HEADINGS = {
    FindingKind.STRENGTH: "Strengths",
    FindingKind.AREA_FOR_DEVELOPMENT: "Areas for development",
    FindingKind.GOOD_PRACTICE: "Good practice",
}


class FindingState(StrEnum):
    """Where a finding has got to: from being agreed on, its words are what was agreed."""

    DRAFT = "draft"
    AGREED = "agreed"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return self.value.capitalize()


def check_draft(state: str) -> None:
    """Refuse to change what was agreed."""
    if FindingState(state) is not FindingState.DRAFT:
        raise NotNow("This finding is agreed. It can be read, and not changed.")


def check_agreeable(state: str, evidence: int) -> None:
    """Refuse to agree a finding that rests on nothing, or one that is agreed already."""
    if FindingState(state) is FindingState.AGREED:
        raise NotNow("This finding is agreed already.")
    if not evidence:
        raise NotNow(
            "This finding has no evidence yet. Open a question of a comparison or of the results, "
            "and add it to the finding; then it can be agreed."
        )
