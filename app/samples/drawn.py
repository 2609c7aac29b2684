"""A draw as stored: written down, put together again, and told in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.samples.allocation import Cell
from app.samples.canonical import normal
from app.samples.draw import Draw, Drawn, design_from
from app.samples.frame import Referral, Stratum
from app.samples.models import DrawRecord, Subject
from app.samples.rules import SubjectState
from app.samples.statement import Background, Exclusion, Replacement, statement
from app.web.filters import day


def stored_draw(
    record: DrawRecord, subjects: Sequence[Subject], references: Mapping[int, str]
) -> Draw:
    """Put a draw together from its record and the subjects it gave, as they were when drawn.

    `references` are the list's own, by the key of the subject's row.
    """
    drawn = [subject for subject in subjects if subject.ticket is not None]
    reserves = [subject for subject in drawn if was_reserve(subject)]
    chosen = [subject for subject in drawn if not was_reserve(subject)]
    return Draw(
        method=record.method,
        seed=record.seed,
        digest=record.digest,
        design=design_from(record.design),
        cells=tuple(_cell(values) for values in record.cells),
        tickets=(),
        chosen=tuple(_drawn(subject, references) for subject in chosen),
        reserves=tuple(_drawn(subject, references) for subject in reserves),
    )


def was_reserve(subject: Subject) -> bool:
    """Whether a subject was in reserve when the sample was drawn, whatever it is now."""
    return subject.state == SubjectState.RESERVE or subject.replaces_id is not None


def cell_values(draw: Draw, cell: Cell) -> dict[str, object]:
    """Write a cell as a draw's record keeps it."""
    return {
        "stratum": cell.stratum.value,
        "re_referred": cell.re_referred,
        "size": cell.size,
        "drawn": cell.places,
        "reserves": sum(draw.cell_of(waiting) == cell for waiting in draw.reserves),
    }


def _cell(values: dict[str, Any]) -> Cell:
    return Cell(
        Stratum(values["stratum"]),
        re_referred=bool(values["re_referred"]),
        size=int(values["size"]),
        places=int(values["drawn"]),
    )


def _drawn(subject: Subject, references: Mapping[int, str]) -> Drawn:
    reference = normal(references.get(subject.frame_row_id or 0, ""))
    again = bool(subject.re_referred)
    return Drawn(reference, Stratum(subject.stratum), again, subject.ticket or "")


def background_values(
    rows: Sequence[Referral], excluded: Sequence[tuple[str, int]], window_months: int
) -> dict[str, object]:
    """Write what a statement says of the list, from all its rows, those left out included."""
    received = [row.received for row in rows]
    return {
        "list_title": _title(min(received), max(received)),
        "rows": len(rows),
        "window_months": window_months,
        "exclusions": [list(pair) for pair in excluded],
    }


def _title(first: date, last: date) -> str:
    return f"the list of referrals received from {day(first)} to {day(last)}"


def paragraphs(
    draw: Draw, values: dict[str, Any], subjects: Sequence[Subject], *, counts: bool = True
) -> tuple[str, ...]:
    """State in words how a drawn sample came about, replacements included."""
    by_id = {subject.id: subject for subject in subjects}
    replacements = tuple(
        Replacement(before.label, subject.label, before.reason or "")
        for subject in subjects
        if subject.replaces_id is not None and (before := by_id.get(subject.replaces_id))
    )
    background = Background(
        list_title=str(values["list_title"]),
        rows=int(values["rows"]),
        exclusions=tuple(Exclusion(str(why), int(many)) for why, many in values["exclusions"]),
        replacements=replacements,
        window_months=int(values["window_months"]),
    )
    return statement(draw, background, counts=counts)
