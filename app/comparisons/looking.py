"""What of a comparison somebody asks to see, as its address says: it can be sent and kept."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app.comparisons.rules import Verdict
from app.comparisons.side_by_side import Comparison, Row

DIFFERENCES, QUESTIONS = "differences", "questions"
"""The orders in which a comparison is read; the first also says that only those are shown."""
LEFT, SHOWN, OPEN = "left", "shown", "open"
_ONLY = {
    "": "All questions",
    DIFFERENCES: "Questions that differ",
    LEFT: "Differences still to decide",
}


@dataclass(frozen=True)
class Looking:
    """Which questions to show, in which order, and what beside them."""

    only: str = ""
    """"differences", "left", or empty for every question."""
    order: str = DIFFERENCES
    section: str = ""
    theme: str = ""
    names: bool = False
    """Whether the auditors are named; off unless somebody who may see them asks."""
    reasons: bool = False
    """Whether every reason stands open."""

    @property
    def narrowed(self) -> bool:
        """Whether some questions may be left out."""
        return bool(self.only or self.section or self.theme)

    def asks_for(self, row: Row) -> bool:
        """Say whether a question is one of those to show."""
        return (
            (self.only != DIFFERENCES or row.verdict is Verdict.DIFFERS)
            and (self.only != LEFT or row.left)
            and (not self.section or row.line.section.id == self.section)
            and (not self.theme or self.theme in row.line.question.themes)
        )

    def address(self, at: str, **changed: str | bool) -> str:
        """Return the address that asks for this, with some of it changed."""
        wanted = replace(self, **changed)  # type: ignore[arg-type]
        given = {
            "only": wanted.only,
            "order": wanted.order if wanted.order != DIFFERENCES else "",
            "section": wanted.section,
            "theme": wanted.theme,
            "names": SHOWN if wanted.names else "",
            "reasons": OPEN if wanted.reasons else "",
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{at}?{query}" if query else at


def looking_at(asked: Mapping[str, str], comparison: Comparison, *, may_name: bool) -> Looking:
    """Read an address; what this tool does not know is as if it had not been asked for."""
    sections = {section.id for section in comparison.sheet.question_set.sections}
    themes = {theme.id for theme in comparison.sheet.tool.themes}
    return Looking(
        only=_one_of(_ONLY, asked.get("only")),
        order=QUESTIONS if asked.get("order") == QUESTIONS else DIFFERENCES,
        section=_one_of(sections, asked.get("section")),
        theme=_one_of(themes, asked.get("theme")),
        names=may_name and asked.get("names") == SHOWN,
        reasons=asked.get("reasons") == OPEN,
    )


def _one_of(known: Collection[str], asked: str | None) -> str:
    return asked if asked and asked in known else ""


Choices = tuple[tuple[str, str], ...]


def choices_of(comparison: Comparison) -> Mapping[str, Choices]:
    """List what a comparison can be narrowed to; sections and themes with how many differ."""
    lines = [row.line for row in comparison.rows]
    asked = {line.section.id for line in lines}
    asked.update(*{line.question.themes for line in lines})
    differ: Counter[str] = Counter()
    for row in comparison.rows:
        if row.verdict is Verdict.DIFFERS:
            differ.update((row.line.section.id, *row.line.question.themes))
    tool, question_set = comparison.sheet.tool, comparison.sheet.question_set
    return {
        "only": tuple(_ONLY.items()),
        "order": ((DIFFERENCES, "Differences first"), (QUESTIONS, "As the tool asks")),
        "section": (
            ("", "Every section"),
            *(
                (section.id, _counted(section.title, differ[section.id]))
                for section in question_set.sections
                if section.id in asked
            ),
        ),
        "theme": (
            ("", "Every theme"),
            *(
                (theme.id, _counted(theme.title, differ[theme.id]))
                for theme in tool.themes
                if theme.id in asked
            ),
        ),
    }


def _counted(title: str, differ: int) -> str:
    return f"{title} ({differ} {'differs' if differ == 1 else 'differ'})" if differ else title
