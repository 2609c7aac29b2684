"""Which columns of a list may be kept: what the heading says, and what the cells look like.

Either alone is enough to drop a column, and one structured identifier in one cell is enough. A
reason names the kind of thing and never the thing. Dropping too much costs a coordinator a
minute; keeping too much costs a child.

Public: `judged(headed) -> ReadList`, raising `ListProblem` when nothing is left.
"""

from collections import Counter
from typing import Final

from app.samples.birth_dates import birth_date_columns
from app.samples.dates import as_date
from app.samples.heading_words import headed_as
from app.samples.headings import Headed, RawColumn
from app.samples.identifiers import kinds_in
from app.samples.lists import Column, ListProblem, ReadList
from app.samples.people_names import Likeness, letters_of, likeness

HIDDEN: Final = "(heading hidden)"
CODE: Final = "If these are your own reference numbers, put a letter straight before each number."

LONG_WORDS: Final = 15  # a cell of so many words is prose, wherever it stands
LONG_LETTERS: Final = 160
PROSE_WORDS: Final = 8
FEW: Final = 5
MOBILE: Final = 10  # digits of a mobile number that lost its 0


def judged(headed: Headed) -> ReadList:
    """Keep the columns that identify nobody; refuse the list when none of them has a value."""
    births = birth_date_columns(headed.columns)
    columns = tuple(_judge(column, births) for column in headed.columns)
    if not any(column.kept and any(column.cells) for column in columns):
        reasons = " ".join(f"Column {c.letter} {c.reason}." for c in columns if not c.kept)
        raise ListProblem(
            "Every column of this list looks as if it identifies people, so none of it was kept.",
            reasons,
            "Make a list with a reference of your own for each referral (such as HM-000123), its "
            "outcome and its dates, and choose that file.",
        )
    return ReadList(columns, headed.rows, headed.notes)


def _judge(column: RawColumn, births: frozenset[str]) -> Column:
    masked = _mask(column.heading)
    heading = HIDDEN if masked else column.heading
    reason = masked or _by_heading(column.heading) or _by_content(column)
    if not reason and column.letter in births:
        reason = "holds dates that look like dates of birth"
    if reason:
        return Column(column.letter, heading, kept=False, reason=reason)
    return Column(column.letter, heading, kept=True, cells=column.cells)


def _mask(heading: str) -> str:
    """Hide a heading that is itself about a person: often a list without headings."""
    if _prose(heading) or kinds_in(heading) or likeness(heading) == Likeness.NAME:
        return (
            "has a heading that looks like somebody's details: check that the first row with "
            "anything in it holds headings"
        )
    return ""


def _by_heading(heading: str) -> str:
    match headed_as(heading):
        case "":
            return ""
        case "free text":
            return "is headed as free text, which could hold names"
        case kind:
            return f"is headed as {kind}"


def _by_content(column: RawColumn) -> str:
    values = Counter(cell for cell in column.cells if cell)
    # Prose first: the patterns below are for short cells, and slow on very long ones.
    if _free_text(values):
        return "holds free text, which could hold names"
    if _lost_zero(values):
        return f"holds what look like mobile numbers without their first 0. {CODE}"
    for value in values:
        if (kinds := kinds_in(value)) and as_date(value) is None:
            way_out = f". {CODE}" if kinds[0] in {"NHS numbers", "phone numbers"} else ""
            return f"holds {kinds[0]}{way_out}"
    return "holds what look like people's names" if _names(values) else ""


def _lost_zero(values: Counter[str]) -> bool:
    lost = sum(
        many
        for value, many in values.items()
        if len(value) == MOBILE and value.isdecimal() and value.startswith("7")
    )
    return lost >= FEW and lost > 0.8 * values.total()


def _names(values: Counter[str]) -> bool:
    """Find some certain names, or a column of varied shapes of names."""
    found: Counter[Likeness] = Counter()
    for value, many in values.items():
        found[likeness(value)] += many
    rows = values.total()
    certain = found[Likeness.NAME]
    if certain and certain >= min(FEW, 0.1 * rows):
        return True
    likely = certain + found[Likeness.FIRST_NAME]
    if likely and likely >= 0.5 * rows:
        return True
    shaped = likely + found[Likeness.WORDS]
    if shaped and shaped >= 0.8 * rows:
        return True
    # Single words repeat when they are places or decisions, and hardly when they are surnames; a
    # number beside them makes no new word.
    varied = len({letters_of(value) or (value,) for value in values}) > 0.5 * rows
    return varied and shaped + found[Likeness.WORD] >= 0.6 * rows > 0


def _free_text(values: Counter[str]) -> bool:
    if any(_prose(value) for value in values):
        return True
    wordy = [value for value in values if value.count(" ") + 1 >= PROSE_WORDS]
    many = sum(values[value] for value in wordy)
    return many >= 0.1 * values.total() > 0 and len(wordy) > 0.5 * many


def _prose(value: str) -> bool:
    return len(value) > LONG_LETTERS or value.count(" ") + 1 >= LONG_WORDS
