"""The action tracker as rows: all that somebody asks for within their reach, not a page of it.

Some actions are read at a time, each time in a transaction of its own, as for a round's answers.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlmodel import Session

from app.access import Scope
from app.actions.models import ActionRevision
from app.actions.queries import ActionIn, Entry, last_entries, moved_dues
from app.actions.rules import ActionState, due_in_words, impact_in_words
from app.actions.tracker import actions_by_key
from app.db import Database, today
from app.db.clock import LONDON
from app.exports.cells import BYTE_ORDER_MARK, csv_lines
from app.exports.paper import SENSITIVE
from app.exports.workbook import Cell, new_book
from app.findings.queries import receivers, tool_of
from app.web.filters import day

AT_ONCE = 200
"""Actions that are read at a time."""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "Marking": "How this file has to be handled.",
        "Reference": "What Casefile calls the action. The search box finds it by this.",
        "What will be done": "The action, as it was planned.",
        "How we will know": "What is to be seen in practice if it made a difference.",
        "Owner": "The person who carries it out and says how it goes.",
        "Agency": "The agency that answers for it.",
        "First due date": "The day by which it was to be done when it was planned.",
        "Due date now": "The day by which it is to be done. It ends at 23:59 in London.",
        "Revised due dates": "Every later due date that it was given, and on which day.",
        "State": "How far it is: proposed, agreed, in progress, blocked, complete (claimed), "
        "evidence verified, impact shown, closed or superseded.",
        "How it stands": "How far off its due date is, or its impact review once its evidence is "
        "verified, on the day this file was made. A claim that it is done stops the clock.",
        "Impact review": "The day on which somebody looks whether it made a difference.",
        "Last update by": "Who last said how it goes.",
        "Last update on": "The day on which they did.",
        "Last update": "What they said. Empty where they changed its state without words.",
        "Finding": "What was learnt in the audit, which the action is about.",
        "Themes": "The themes that the finding carries.",
        "Round": "The audit that the finding comes from.",
        "Subgroups": "The subgroups that receive the finding and oversee the action.",
    }
)
"""What the columns are called, and what each of them means."""

LEFT_OUT = (
    "Left out: the answers that findings rest on, what was said in earlier updates, and why dates "
    "were moved. Whoever may read them finds them in Casefile."
)
_WIDTHS = (20, 13, 50, 50, 22, 28, 18, 18, 34, 18, 24, 18, 22, 18, 50, 36, 30, 30, 30)
_MEANING_WIDTHS = (22, 100)


@dataclass(frozen=True)
class ActionsTaken:
    """The actions that somebody takes: their keys in order, and the reach they were found in."""

    within: Scope
    keys: Sequence[int]

    def read(self, database: Database) -> Iterator[list[tuple[Cell, ...]]]:
        """Read them as rows, some at a time."""
        for first in range(0, len(self.keys), AT_ONCE):
            with database.reading() as session:
                found = actions_by_key(session, self.within, self.keys[first : first + AT_ONCE])
                rows = list(_rows(session, found))
            yield rows


async def actions_file(database: Database, taken: ActionsTaken) -> AsyncIterator[bytes]:
    """Yield the actions as a CSV file."""
    yield (BYTE_ORDER_MARK + csv_lines([COLUMNS])).encode()
    for rows in taken.read(database):
        yield csv_lines([map(_plain, row) for row in rows]).encode()
        await asyncio.sleep(0)


async def actions_book(
    database: Database, taken: ActionsTaken, about: Sequence[str]
) -> AsyncIterator[bytes]:
    """Yield the actions as a workbook: what to know, the actions, and what each column means."""
    with new_book(SENSITIVE) as book:
        book.sheet("Read me", (100,)).write([(line,) for line in about])
        actions = book.sheet("Actions", _WIDTHS, tuple(COLUMNS))
        for rows in taken.read(database):
            actions.write(rows)
            await asyncio.sleep(0)
        actions.offer_filters(len(COLUMNS))
        book.sheet("Columns", _MEANING_WIDTHS, ("Column", "What it means")).write(COLUMNS.items())
        async for part in book.parts():
            yield part


def _plain(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def _rows(session: Session, found: Sequence[ActionIn]) -> Iterator[tuple[Cell, ...]]:
    actions = [each.action for each in found]
    moves, said = moved_dues(session, actions), last_entries(session, actions)
    going = receivers(session, [each.finding for each in found])
    for each in found:
        key = each.action.id or 0
        themes = {theme.id: theme.title for theme in tool_of(session, each.round).themes}
        yield (
            *_planned(each),
            *_dated(each, moves.get(key, []), today(session)),
            *_said(said.get(key)),
            each.finding.title,
            "; ".join(themes[theme] for theme in themes if theme in each.finding.themes),
            each.round.title,
            "; ".join(group.name for group in going.get(each.finding.id or 0, [])),
        )


def _planned(each: ActionIn) -> tuple[Cell, ...]:
    action = each.action
    planned = (action.ref, action.what, action.how_we_will_know)
    return (SENSITIVE, *planned, each.owner, each.agency)


def _dated(each: ActionIn, moves: Sequence[ActionRevision], now: date) -> tuple[Cell, ...]:
    action, state = each.action, ActionState(each.action.state)
    stands = due_in_words(state, action.due, now)
    return (
        moves[0].due_before if moves else action.due,
        action.due,
        "; ".join(f"{day(move.due_after)} (moved on {day(move.at)})" for move in moves),
        state.words,
        stands or impact_in_words(state, action.impact_on, now),
        action.impact_on,
    )


def _said(entry: Entry | None) -> tuple[Cell, ...]:
    if entry is None:
        return "", None, ""
    return entry.by, _day(entry.update.at), entry.update.words


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
