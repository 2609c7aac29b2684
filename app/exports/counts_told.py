"""A word of warning where the pack or the briefing would tell how many cases there were.

It is said once, when a section has been saved, and stops nobody: what counts something else may
stay. The full report has counts, so nothing is said there.
"""

from dataclasses import replace

from app.exports.pages import WordingPage
from app.exports.queries import BRIEFING, PaperOf
from app.findings.case_counts import counts_in


def counts_told(of: PaperOf, words: str) -> tuple[str, ...]:
    """Return what looks like a count of cases in words for the pack or the briefing."""
    return counts_in(words) if of.kind in {"pack", BRIEFING} else ()


def counted(page: WordingPage, of: PaperOf, saved: str) -> WordingPage:
    """Say beside the section that was just saved what looks like a count of cases in it."""
    found = {
        section.key: counts_told(of, section.words)
        for section in page.paper.sections
        if saved and section.key == saved
    }
    return replace(page, counts=found)
