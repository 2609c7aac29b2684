"""The kinds of question an audit tool may ask.

Each kind is one subclass of `Asking` that reads a posted answer, shows it, and says whether two
agencies agree. To add a kind: its class in the module that fits, its name in `Question` and `KINDS`
here, its two templates (templates/questions/ and templates/answers/), and a row in
tests/tools/test_question_kinds.py.
"""

from typing import Annotated

from pydantic import Field

from app.tools.amounts import Count, Decimal, WholeNumber
from app.tools.asking import Asking
from app.tools.coded import Choice, Choices, Grade, YesNo
from app.tools.dates import Date
from app.tools.words import LongText, ShortText

Question = Annotated[
    Grade | Choice | Choices | YesNo | ShortText | LongText | WholeNumber | Decimal | Date | Count,
    Field(discriminator="kind"),
]
"""A question of any kind."""

KINDS: dict[str, type[Asking]] = {
    "grade": Grade,
    "choice": Choice,
    "choices": Choices,
    "yes_no": YesNo,
    "short_text": ShortText,
    "long_text": LongText,
    "whole_number": WholeNumber,
    "decimal": Decimal,
    "date": Date,
    "count": Count,
}
"""Every kind by the name it has in a tool's file."""
