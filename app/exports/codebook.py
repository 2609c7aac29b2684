"""What each question of a round means: beside the answers, so that nobody has to guess."""

from collections.abc import Iterator

from sqlmodel import Session

from app.comparisons.sheet import Line, Sheet, sheet_of
from app.exports.cells import BYTE_ORDER_MARK, csv_lines
from app.library.queries import pinned_tool
from app.library.rules import asked_only_of
from app.rounds.models import Round
from app.rounds.queries import strands_of
from app.tools import ABSENCES, Coded, Grade

HEAD = (
    "Strand",
    "Question id",
    "Section",
    "Question",
    "Kind",
    "Answers, in the order of the tool",
    "Order of the scale",
    "Absences offered",
    "Asked of",
    "About",
    "Themes",
)
_OWN = "each agency's own part"


def codebook(session: Session, of: Round) -> list[tuple[str, ...]]:
    """List every question of a round, a row each, as the tool asks it."""
    tool = pinned_tool(session, of.tool_version_id)
    return [
        row
        for strand in strands_of(session, of)
        for row in _rows(strand.title, sheet_of(session, tool, strand.question_set))
    ]


def codebook_file(rows: list[tuple[str, ...]]) -> bytes:
    """Return the codebook as a CSV file."""
    return (BYTE_ORDER_MARK + csv_lines([HEAD, *rows])).encode()


def _rows(strand: str, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    titles = {theme.id: theme.title for theme in sheet.tool.themes}
    for line in sheet.lines:
        question = line.question
        yield (
            strand,
            question.id,
            line.section.title,
            question.text,
            question.kind.replace("_", " "),
            "; ".join(question.labels.values()) if isinstance(question, Coded) else "",
            _order(line),
            "; ".join(question.state_words(x) for x in ABSENCES if x in question.absences),
            _asked_of(line),
            _OWN if question.about == "agency" else "what was audited",
            "; ".join(titles.get(theme, theme) for theme in question.themes),
        )


def _asked_of(line: Line) -> str:
    if line.section.over:
        return "nobody any more"
    return asked_only_of(line.section, line.question) or "every agency"


def _order(line: Line) -> str:
    if not isinstance(line.question, Grade):
        return ""
    return "worst first" if line.question.worst_first else "best first"
