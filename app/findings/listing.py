"""A round's findings as a list: by kind, and those of one kind or theme alone."""

from sqlmodel import Session

from app.findings.models import Finding
from app.findings.pages import Choice, Listed
from app.findings.queries import evidence_counts, findings_of, receivers
from app.findings.rules import FindingKind, FindingState
from app.rounds.models import Round
from app.tools import Tool

KINDS: tuple[Choice, ...] = tuple((kind.value, kind.words) for kind in FindingKind)


def theme_choices(tool: Tool) -> tuple[Choice, ...]:
    """Return the themes of a tool as choices."""
    return tuple((theme.id, theme.title) for theme in tool.themes)


def theme_titles(tool: Tool, themes: list[str]) -> tuple[str, ...]:
    """Return the titles of some themes, in the order of the tool."""
    return tuple(theme.title for theme in tool.themes if theme.id in themes)


def by_kind(
    session: Session, of: Round, tool: Tool, at: str, *, kind: str, theme: str
) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Group a round's findings under their kinds; `kind` and `theme` leave the others out."""
    found = [f for f in findings_of(session, of) if not theme or theme in f.themes]
    subgroups, evidence = receivers(session, found), evidence_counts(session, of)

    def listed(finding: Finding) -> Listed:
        key = finding.id or 0
        return Listed(
            title=finding.title,
            href=f"{at}/findings/{finding.ref}",
            state=FindingState(finding.state).words,
            themes=theme_titles(tool, finding.themes),
            subgroups=tuple(subgroup.name for subgroup in subgroups.get(key, ())),
            evidence=sum(evidence.get(key, ())),
        )

    groups = [
        (each.heading, tuple(listed(f) for f in found if f.kind == each))
        for each in FindingKind
        if kind in {"", each}
    ]
    return tuple((heading, rows) for heading, rows in groups if rows)
