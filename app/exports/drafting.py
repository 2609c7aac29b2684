"""What papers have in common: their frame, and the parts that several of them draft alike."""

from collections.abc import Iterable, Iterator

from app.exports.paper import Block, Bullets, Paper, Section, Table, paragraphs
from app.exports.told import ResultRow, Told, ToldAction, ToldFinding
from app.findings.rules import FindingKind

PROVISIONAL = "Provisional: this round has not been reported yet, and its findings may change."
NO_FINDINGS = "No findings have been agreed."
NO_ACTIONS = "No actions are planned yet."
NO_DRAFTS = "Findings that are not agreed"
HOW_COUNTED = (
    "How often each answer was given in the responses that were sent. Absences are counted apart, "
    "and grades are never averaged. Percentages are of answers, and only where ten or more "
    "were audited and ten or more answered."
)
_ACTION_HEADS = ("What will be done", "How we will know", "Owner", "Due", "State")
_ACTION_WIDTHS = (47, 38, 34, 26, 25)


def framed(
    told: Told,
    called: str,
    classification: str,
    sections: Iterable[Section],
    left_out: tuple[str, ...],
) -> Paper:
    """Put sections between the head and the foot that every paper of a round has."""
    return Paper(
        title=told.round,
        called=called,
        classification=classification,
        about=(told.partnership, f"{told.tool}. Stage: {told.stage}."),
        warning=PROVISIONAL if told.provisional else "",
        sections=tuple(sections),
        left_out=left_out,
        made=f"Made by {told.made_by} on {told.made_at}.",
    )


def about(told: Told) -> Iterator[Section]:
    """Say what the round was to find out."""
    yield Section(2, "Purpose", paragraphs(told.purpose), "purpose")
    if told.lines_of_enquiry:
        yield bulleted(2, "Key lines of enquiry", told.lines_of_enquiry, key="lines")


def bulleted(
    level: int, heading: str, lines: Iterable[str], nothing: str = "None.", key: str = ""
) -> Section:
    """List some lines under a heading, or say that there are none."""
    bullets = tuple(lines)
    return Section(level, heading, (Bullets(bullets) if bullets else nothing,), key)


def found(told: Told, *kinds: FindingKind) -> list[ToldFinding]:
    """List the findings of some kinds, in the order of the kinds."""
    return [
        finding
        for kind in kinds
        for group in told.groups
        if group.heading == kind.heading
        for finding in group.findings
    ]


def in_full(finding: ToldFinding, *more: str) -> Section:
    """Tell one finding in the words that were agreed."""
    blocks: list[Block] = list(paragraphs(finding.words))
    if finding.themes:
        blocks.insert(0, f"Themes: {', '.join(finding.themes)}")
    return Section(2, finding.title, (*blocks, *more))


def action_table(actions: Iterable[ToldAction]) -> Table:
    """Lay actions out: what, how we will know, who, by when, and how it stands."""
    rows = tuple(
        (
            action.what,
            action.how_we_will_know,
            action.owner,
            action.due,
            f"{action.state.words}. {action.stands}" if action.stands else action.state.words,
        )
        for action in actions
    )
    return Table("Actions", _ACTION_HEADS, rows, _ACTION_WIDTHS)


def result_table(caption: str, rows: tuple[ResultRow, ...]) -> Table:
    """Lay out how often each answer was given to some questions."""
    heads = ("Question", "Answered of asked", "Answers", "Absences")
    return Table(caption, heads, rows, (57, 22, 60, 31))
