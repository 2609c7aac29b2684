"""Days of the calendar as forms ask for them: three boxes, read together."""

from datetime import date

from pydantic import BeforeValidator

from app.tools.dates import Boxes, boxes, calendar_date
from app.tools.parts import Problem
from app.web.forms import Posted


def day_called(name: str) -> BeforeValidator:
    """Read what the three boxes of a date said, or say which date and which box to look at.

    Use it as `Annotated[date, day_called("Report due")]`, in a model whose form went through
    `fold_days`.
    """

    def read_day(typed: object) -> object:
        if not isinstance(typed, str):
            return typed
        try:
            return calendar_date(boxes(typed))
        except Problem as problem:
            words = str(problem)
            raise ValueError(f"{name}: {words[0].lower()}{words[1:]}") from problem

    return BeforeValidator(read_day)


def fold_days(form: Posted, *names: str) -> Posted:
    """Join the boxes of each named date (`name.day`, `.month`, `.year`) into one field for `read`.

    A date whose boxes are all empty is left out, and so is missing.

    >>> form = Posted({"due.day": ["31"], "due.month": ["2"], "due.year": ["2027"]})
    >>> fold_days(form, "due").one("due")
    '31/2/2027'
    """
    of_days = {f"{name}.{box}" for name in names for box in Boxes._fields}
    fields = {key: list(values) for key, values in form.items() if key not in of_days}
    for name in names:
        typed = [form.one(f"{name}.{box}").strip().replace("/", "") for box in Boxes._fields]
        if any(typed):
            fields[name] = ["/".join(typed)]
    return Posted(fields, form.files)


def day_boxes(name: str, day: date) -> dict[str, list[str]]:
    """Take a day apart into the boxes of a form, to be typed over.

    >>> day_boxes("due", date(2027, 3, 9))
    {'due.day': ['9'], 'due.month': ['3'], 'due.year': ['2027']}
    """
    parts = zip(Boxes._fields, (day.day, day.month, day.year), strict=True)
    return {f"{name}.{box}": [str(number)] for box, number in parts}
