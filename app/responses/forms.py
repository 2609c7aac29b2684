"""What the forms of a response may say, apart from its answers."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.access import Unfit
from app.db.references import ALPHABET
from app.responses.saving import Save
from app.tools import Question
from app.web.forms import HIDDEN, Input, Posted

MOST = 2**31 - 1
"""The greatest number a page may count to: what both databases hold."""


class Version(Input):
    """The version of the response that somebody read before deciding."""

    version: int = Field(ge=0, le=MOST, json_schema_extra=HIDDEN)


class HandingBack(Version):
    """Why a response goes back to its auditor."""

    words: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(
        title="Reason", json_schema_extra={"missing": "Say what the auditor should look at again"}
    )


def read_save(form: Posted, clear: Question | None = None) -> Save:
    """Read a save's own fields, and leave the answers to the question engine.

    The question to be cleared loses what is ticked; what is typed stays.
    """
    page, sequence = form.one("page"), form.one("sequence")
    if not 1 <= len(page) <= 16 or not set(page) <= set(ALPHABET):  # noqa: PLR2004 - its column
        raise Unfit("This page could not be told from others. Reload it and try again.")
    answers = {name: list(values) for name, values in form.items()}
    # Where two pages disagreed, a person may have chosen to leave the other page's answer.
    answers["asked"] = [key for key in form.all("asked") if form.one(f"keep.{key}") != "theirs"]
    if clear is not None:
        answers.pop(clear.absence_name, None)
        if clear.steers:
            answers.pop(clear.id, None)
    return Save(
        page=page,
        sequence=_number(sequence) if sequence else None,
        base=_number(form.one("base")),
        posted=answers,
    )


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 11 and int(typed) <= MOST):  # noqa: PLR2004
        raise Unfit("This page's numbers could not be read. Reload it and try again.")
    return int(typed)
