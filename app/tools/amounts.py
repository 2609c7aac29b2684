"""Questions answered with a number: whole, decimal, or a count of people."""

import re
from decimal import Decimal as Exact
from typing import ClassVar, Literal

from pydantic import StrictFloat, StrictInt

from app.tools.parts import Answer, Problem
from app.tools.words import Typed

_NUMBER = re.compile(r"([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4}|(?=\.\d))(?:\.(\d{0,6}))?", re.ASCII)


def number(typed: str) -> Exact | None:
    """Read a number as people write it, exactly: up to 15 digits, and 6 after the point.

    >>> number(" 1,200 "), number("2.50"), number("-3"), number("abuot 3")
    (Decimal('1200.0'), Decimal('2.50'), Decimal('-3.0'), None)
    """
    match = _NUMBER.fullmatch(typed.strip().replace("\N{MINUS SIGN}", "-"))
    if match is None:
        return None
    sign, whole, part = match.groups()
    return Exact(f"{sign}{whole.replace(',', '') or '0'}.{part or '0'}")


def plain(value: Exact) -> str:
    """Write a number in the one way it is stored, without an exponent or idle noughts.

    >>> plain(Exact("2.50")), plain(Exact("1200.0")), plain(Exact("-0"))
    ('2.5', '1200', '0')
    """
    return format(value.normalize() + 0, "f")


class Amount(Typed):
    """A question answered with a number, in a stated unit and between stated ends."""

    minimum: StrictInt | StrictFloat | None = None
    maximum: StrictInt | StrictFloat | None = None
    unit: str = ""
    whole: ClassVar[bool] = True
    prompt: ClassVar[str] = "Enter a whole number, such as 3"

    def canonical(self, typed: str) -> str:
        """Write the number in the one way it is stored, or say what is wrong with it."""
        value = number(typed)
        if value is None or (self.whole and value != value.to_integral_value()):
            raise Problem(self.prompt)
        if self.minimum is not None and value < Exact(str(self.minimum)):
            raise Problem(f"Enter {self.minimum} or more")
        if self.maximum is not None and value > Exact(str(self.maximum)):
            raise Problem(f"Enter {self.maximum} or less")
        return plain(value)

    def show_answered(self, answer: Answer) -> str:
        """Show the number with its unit: 1 day, 3 days."""
        unit = self.unit
        if answer.text == "1" and not unit.endswith("ss"):
            unit = unit.removesuffix("s")
        return f"{answer.text} {unit}".strip()

    def same(self, one: Answer, other: Answer) -> bool:
        """Two agencies agree when their numbers are equal as numbers."""
        return number(one.text) == number(other.text)


class WholeNumber(Amount):
    """A number without a fraction."""

    kind: Literal["whole_number"]
    minimum: StrictInt | None = None
    maximum: StrictInt | None = None


class Decimal(Amount):
    """A number that may have a fraction."""

    kind: Literal["decimal"]
    whole: ClassVar[bool] = False
    prompt: ClassVar[str] = "Enter a number, such as 2.5"


class Count(Amount):
    """How many people: never less than none, and protected as a small number when it leaves."""

    kind: Literal["count"]
    minimum: StrictInt | None = 0
    maximum: StrictInt | None = None
    prompt: ClassVar[str] = "Enter how many people, as a whole number such as 3"

    def show_answered(self, answer: Answer) -> str:
        """Show how many people there were."""
        return f"{answer.text} {'person' if answer.text == '1' else 'people'}"
