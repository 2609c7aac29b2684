"""The draw: the same frame, design and seed give the same sample on any machine, for ever.

Each referral has a ticket: SHA-256 of the seed, a line feed and its reference, in hexadecimal.
Within each cell the lowest tickets are chosen and the next wait in reserve. A ticket depends on
nothing but seed and reference, so nobody's chance depends on the order of the file, and a row
added to one cell changes nothing in another whose places stay the same.

Public: `draw(frame, design, seed) -> Draw`, `redraw_matches(record, frame) -> list[str]` (empty
when all is as recorded), `ticket(seed, reference)`, `to_record(draw)`, `from_record(record)`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

from app.samples.allocation import Cell, Design, DrawProblem, plan
from app.samples.canonical import NOT_LASTING, digest, in_order, lasting, normal
from app.samples.frame import Referral, Stratum

METHOD: Final = "stratified-ticket/1"


@dataclass(frozen=True)
class Drawn:
    """One referral with its ticket: chosen, in reserve, or neither."""

    reference: str
    stratum: Stratum
    re_referred: bool
    ticket: str


@dataclass(frozen=True)
class Draw:
    """A draw as recorded: what went in, and what came out.

    `tickets` holds every referral of the frame, lowest first; `chosen` and `reserves` go cell by
    cell, lowest first. `tickets` may be empty in a record kept after the frame was deleted.
    """

    method: str
    seed: str
    digest: str
    design: Design
    cells: tuple[Cell, ...]
    tickets: tuple[Drawn, ...]
    chosen: tuple[Drawn, ...]
    reserves: tuple[Drawn, ...]
    notes: tuple[str, ...] = ()

    def cell_of(self, drawn: Drawn) -> Cell:
        """Find the cell a drawn referral came from, and with it its probability."""
        return next(
            cell
            for cell in self.cells
            if (cell.stratum, cell.re_referred) == (drawn.stratum, drawn.re_referred)
        )


def ticket(seed: str, reference: str) -> str:
    """Compute the ticket number that ranks a referral: 64 hexadecimal digits.

    >>> ticket("seed", "HM-1") == sha256(b"seed" + bytes([10]) + b"HM-1").hexdigest()
    True
    """
    return sha256(f"{seed}\n{normal(reference)}".encode()).hexdigest()


def draw(frame: Iterable[Referral], design: Design, seed: str) -> Draw:
    """Draw a stratified sample; DrawProblem, in words, when frame, design or seed will not do."""
    rows = in_order(frame)
    _refuse(rows, seed)
    allocation = plan(rows, design)
    tickets = sorted((_drawn(row, seed) for row in rows), key=lambda d: (d.ticket, d.reference))
    chosen: list[Drawn] = []
    reserves: list[Drawn] = []
    for cell in allocation.cells:
        here = [
            d for d in tickets if (d.stratum, d.re_referred) == (cell.stratum, cell.re_referred)
        ]
        chosen += here[: cell.places]
        if cell.places:
            reserves += here[cell.places : cell.places + design.reserves]
    return Draw(
        method=METHOD,
        seed=seed,
        digest=digest(rows),
        design=design,
        cells=allocation.cells,
        tickets=tuple(tickets),
        chosen=tuple(chosen),
        reserves=tuple(reserves),
        notes=allocation.notes,
    )


def _drawn(row: Referral, seed: str) -> Drawn:
    return Drawn(normal(row.reference), row.outcome, row.re_referred, ticket(seed, row.reference))


def _refuse(rows: Sequence[Referral], seed: str) -> None:
    if not seed or not seed.isascii() or not seed.isprintable() or seed != seed.strip():
        raise DrawProblem("A seed is made of plain letters, digits and signs, on one line.")
    if not rows:
        raise DrawProblem("There are no referrals to draw from.")
    if odd := [row.reference for row in rows if not lasting(row.reference)]:
        raise DrawProblem(*(f"The reference {one} {NOT_LASTING}" for one in odd))
    references = [normal(row.reference) for row in rows]
    again = {one for one, other in pairwise(references) if one == other}
    if again:
        raise DrawProblem(
            *(f"The reference {one} is there more than once." for one in sorted(again))
        )


def redraw_matches(record: Draw, frame: Iterable[Referral]) -> list[str]:
    """Draw again from a frame and name everything that differs from the record."""
    if record.method != METHOD:
        drawn_by = f"This sample was drawn by the method {record.method}"
        return [f"{drawn_by}; only {METHOD} can be redrawn here."]
    rows = in_order(frame)
    differences = [*_edited(record, rows)]
    try:
        again = draw(rows, record.design, record.seed)
    except DrawProblem as problem:
        return [*differences, *problem.sentences]
    if again.cells != record.cells:
        differences.append("The sizes or places of the cells differ from those recorded.")
    for words, was, now in (
        ("chosen", record.chosen, again.chosen),
        ("in reserve", record.reserves, again.reserves),
    ):
        differences += _changed(words, was, now)
    return differences


def _edited(record: Draw, rows: Sequence[Referral]) -> list[str]:
    if digest(rows) == record.digest:
        return []
    found = ["The list is not the one the sample was drawn from: its digest differs."]
    if record.tickets:
        was = {d.reference: (d.stratum, d.re_referred) for d in record.tickets}
        now = {normal(row.reference): (row.outcome, row.re_referred) for row in rows}
        found += [
            f"{reference} was in the list and is not now."
            for reference in was
            if reference not in now
        ]
        found += [
            f"{reference} is in the list and was not then."
            for reference in now
            if reference not in was
        ]
        found += [
            f"{reference} has another outcome, or another answer to re-referral, than it had."
            for reference in was
            if reference in now and was[reference] != now[reference]
        ]
    return found


def _changed(words: str, was: Sequence[Drawn], now: Sequence[Drawn]) -> list[str]:
    if was == now:
        return []
    recorded, redrawn = [d.reference for d in was], [d.reference for d in now]
    found = [
        f"{r} is recorded as {words}, and the redraw does not give it."
        for r in recorded
        if r not in redrawn
    ]
    found += [
        f"{r} is {words} in the redraw, and the record does not have it."
        for r in redrawn
        if r not in recorded
    ]
    return found or [f"Those {words} agree, but their order or tickets do not."]


def to_record(drawn: Draw) -> dict[str, Any]:
    """Write a draw as plain JSON values, as stored and as published in the vectors."""
    return {
        "method": drawn.method,
        "seed": drawn.seed,
        "digest": drawn.digest,
        "design": {
            "strata": {str(stratum): number for stratum, number in drawn.design.strata.items()},
            "total": drawn.design.total,
            "minimum": drawn.design.minimum,
            "reserves": drawn.design.reserves,
        },
        "cells": [[str(c.stratum), c.re_referred, c.size, c.places] for c in drawn.cells],
        "tickets": [_row(d) for d in drawn.tickets],
        "chosen": [_row(d) for d in drawn.chosen],
        "reserves": [_row(d) for d in drawn.reserves],
    }


def _row(drawn: Drawn) -> list[Any]:
    return [drawn.reference, str(drawn.stratum), drawn.re_referred, drawn.ticket]


def from_record(record: Mapping[str, Any]) -> Draw:
    """Read a draw back from its plain JSON values."""
    return Draw(
        method=record["method"],
        seed=record["seed"],
        digest=record["digest"],
        design=design_from(record["design"]),
        cells=tuple(
            Cell(Stratum(s), again, size, places) for s, again, size, places in record["cells"]
        ),
        tickets=_rows(record["tickets"]),
        chosen=_rows(record["chosen"]),
        reserves=_rows(record["reserves"]),
    )


def design_from(record: Mapping[str, Any]) -> Design:
    """Read a design back from its plain JSON values."""
    strata = {Stratum(stratum): number for stratum, number in record["strata"].items()}
    return Design(strata, record["total"], record["minimum"], record["reserves"])


def _rows(rows: Iterable[Sequence[Any]]) -> tuple[Drawn, ...]:
    return tuple(Drawn(reference, Stratum(s), again, mark) for reference, s, again, mark in rows)
