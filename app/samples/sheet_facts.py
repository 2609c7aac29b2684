"""What a worksheet says of itself that a reader of values would not notice.

Merged cells, hidden rows and columns, and formulas saved without their results, taken from the
worksheet's XML as it streams past.

Public: `SheetFacts`, and `watch(parser, facts)` which fills them.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from xml.parsers import expat

from app.samples.lists import TOO_MUCH, ListProblem

MOST_LISTED: Final = 50
LAST_ROW: Final = 1_048_576
MOST_ELEMENTS: Final = 3_000_000  # of one part; the largest list allowed has half as many
WHERE: Final = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


@dataclass
class SheetFacts:
    """Oddities of one worksheet, by the places a person can look at."""

    merged: list[str] = field(default_factory=list)
    without_result: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    elements: int = 0
    # the cell being read: where it is, whether it has a formula, its type and its result
    where: str = ""
    kind: str = ""
    formula: bool = False
    in_result: bool = False
    result: bool = False


def watch(parser: expat.XMLParserType, facts: SheetFacts) -> None:
    """Let a parser of a worksheet note the facts; other parts have none of these elements."""
    parser.StartElementHandler = partial(_start, facts)
    parser.EndElementHandler = partial(_end, facts)
    parser.CharacterDataHandler = partial(_text, facts)


def _start(facts: SheetFacts, name: str, attributes: dict[str, str]) -> None:
    facts.elements += 1
    if facts.elements > MOST_ELEMENTS:
        raise ListProblem(TOO_MUCH)
    if begin := STARTS.get(name.rpartition(":")[2]):
        begin(facts, attributes)


def _end(facts: SheetFacts, name: str) -> None:
    bare = name.rpartition(":")[2]
    if bare == "v":
        facts.in_result = False
    elif bare == "c" and facts.formula and not facts.result:
        _list(facts.without_result, facts.where)


def _text(facts: SheetFacts, _: str) -> None:
    if facts.in_result:
        facts.result = True


def _row(facts: SheetFacts, attributes: dict[str, str]) -> None:
    number = attributes.get("r", "1")
    if not number.isdecimal() or int(number) > LAST_ROW:
        raise ListProblem(
            "This workbook numbers a row that no spreadsheet has. Copy the list into a new "
            "workbook, "
            "save it as .xlsx, and choose that file."
        )
    facts.hidden_rows += attributes.get("hidden") in {"1", "true"}


def _column(facts: SheetFacts, attributes: dict[str, str]) -> None:
    facts.hidden_columns += attributes.get("hidden") in {"1", "true"}


def _cell(facts: SheetFacts, attributes: dict[str, str]) -> None:
    facts.where = _place(attributes.get("r", ""))
    facts.kind = attributes.get("t", "n")
    facts.formula = facts.in_result = facts.result = False


def _formula(facts: SheetFacts, _: dict[str, str]) -> None:
    facts.formula = True


def _result(facts: SheetFacts, _: dict[str, str]) -> None:
    # An empty result is one when the formula gave text ("") and not when it gave a number.
    facts.in_result = True
    facts.result = facts.kind == "str"


def _merge(facts: SheetFacts, attributes: dict[str, str]) -> None:
    one, _, other = attributes.get("ref", "").partition(":")
    _list(facts.merged, f"{_place(one)}:{_place(other)}")


def _place(where: str) -> str:
    return where if WHERE.fullmatch(where) else "?"


def _list(places: list[str], place: str) -> None:
    if len(places) < MOST_LISTED:
        places.append(place)


STARTS: Final = {
    "row": _row,
    "col": _column,
    "c": _cell,
    "f": _formula,
    "v": _result,
    "mergeCell": _merge,
}
