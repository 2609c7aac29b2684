"""The table of what each stage allows, as pages show it and as `docs/journey.md` prints it."""

from typing import NamedTuple

from app.rounds.rules import Doing, Stage, allows, stage_before
from app.web.filters import listed


class StageRow(NamedTuple):
    """Something that may be done, and at which stages."""

    doing: Doing
    allowed: tuple[bool, ...]
    """One for each stage, in order."""


def stage_rows() -> tuple[StageRow, ...]:
    """Return the whole table, a row for each thing that may be done."""
    return tuple(StageRow(d, tuple(allows(s, d) for s in Stage)) for d in Doing)


def stages_markdown() -> str:
    """Write `docs/stages.md`; a test keeps the document current."""
    head = ["what", *(stage.words.lower() for stage in Stage)]
    rows = [
        [row.doing.value, *("yes" if yes else "" for yes in row.allowed)] for row in stage_rows()
    ]
    lines = [head, ["---"] * len(head), *rows]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    back = [
        f"from “{stage.words.lower()}” to “{before.words.lower()}”"
        for stage in Stage
        if (before := stage_before(stage))
    ]
    return f"{_HEADING}\n{table}\n{_BACK.format(listed(back))}"


_HEADING = """# What each stage of a round allows

Written from `app/rounds/rules.py` by `casefile write-docs`: change it there. Who may do a thing is
another matter: see `permissions.md`. Every round's page shows this table, with the present stage
marked. What a stage does not allow is refused with status 409, in a sentence.
"""

_BACK = (
    "A round moves on one stage at a time. It goes back only {}, and the reason is written down.\n"
)
