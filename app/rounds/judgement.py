"""How a round comes to the multi-agency judgement of a case. Never by arithmetic: people decide."""

from enum import StrEnum


class JudgementRule(StrEnum):
    """Who proposes the judgement of each case, and who decides."""

    PANEL = "panel"
    LEAD = "lead"
    CAUTIOUS = "cautious"
    OWN = "own"

    @property
    def words(self) -> str:
        """The rule as the plan states it."""
        return _WORDS[self]


_WORDS = {
    JudgementRule.PANEL: (
        "The panel discusses each case and agrees one judgement. "
        "Where it cannot agree, both views are recorded."
    ),
    JudgementRule.LEAD: (
        "The lead proposes a judgement of each case, and the panel confirms or changes it."
    ),
    JudgementRule.CAUTIOUS: (
        "The panel begins from the most cautious grade given, and says why it departs from it."
    ),
    JudgementRule.OWN: "In our own words",
}


def rule_in_words(rule: str, words: str) -> str:
    """State the rule of a round; empty until one is chosen.

    >>> rule_in_words("own", "The independent chair decides.")
    'The independent chair decides.'
    """
    if not rule:
        return ""
    chosen = JudgementRule(rule)
    stated = [] if chosen is JudgementRule.OWN else [chosen.words]
    return "\n\n".join([*stated, *([words] if words else [])])
