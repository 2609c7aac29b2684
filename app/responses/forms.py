"""What the forms of a response may say, apart from its answers."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.access import Unfit
from app.db.references import ALPHABET
from app.responses.saving import Save
from app.tools import Question
from app.web.forms import HIDDEN, Input, MaybeLine, Posted

LONGEST_QUERY = 2000
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


class NilDeclared(Version):
    """That the child is not known to the agency, and what was searched."""

    searched: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(
        title="What was searched", json_schema_extra={"missing": "Say what you searched"}
    )
    note: Annotated[str, StringConstraints(max_length=2000)] = Field(default="", title="Note")


class Returning(Version):
    """What the lead asks: a reason for each question that was chosen, in the same order."""

    question: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)

    def asked(self, known: Collection[str]) -> dict[str, str]:
        """Return the reason for each question, or say what is wrong with them by its field."""
        pairs = dict(zip(self.question, self.words, strict=False))
        if not pairs or len(pairs) != len(self.words) or not pairs.keys() <= set(known):
            raise Unfit("Choose the questions to ask about once more: this page is incomplete.")
        problems = {
            f"words-{key}": "Say what the agency should look at"
            if not words
            else f"Use at most {LONGEST_QUERY:,} characters"
            for key, words in pairs.items()
            if not 1 <= len(words) <= LONGEST_QUERY
        }
        if problems:
            raise Unfit(problems)
        return pairs


class SectionsShared(Input):
    """Who answers each section: in the same order, and empty for the assignment's auditor."""

    section: list[str] = Field(default_factory=list)
    shown: list[str] = Field(default_factory=list)
    """Whom the page showed, by which it is told what was changed on it."""
    auditor: list[str] = Field(default_factory=list)

    def changed(
        self, sections: Collection[str], auditors: Collection[str]
    ) -> dict[str, tuple[str, str]]:
        """Return whom the page showed and who was chosen instead, or say what is wrong."""
        rows = zip(self.section, self.shown, self.auditor, strict=False)
        pairs = {key: (shown, chosen) for key, shown, chosen in rows}
        known = {len(self.section), len(self.shown), len(self.auditor)} == {len(pairs)}
        if not pairs or not known or not pairs.keys() <= set(sections):
            raise Unfit("Choose who answers each section once more: this page is incomplete.")
        changed = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        if not {chosen for _, chosen in changed.values() if chosen} <= set(auditors):
            raise Unfit({"auditor": "Choose an auditor of your agency"})
        return changed


class SectionsDone(Input):
    """Whether somebody's own sections are complete."""

    complete: Literal["yes", "no"] = Field(json_schema_extra=HIDDEN)


class ToTakeBack(Input):
    """What was ticked on the table of assignments; who else could audit does not matter here."""

    subject: list[str] = Field(default_factory=list)
    agency: list[str] = Field(default_factory=list)
    auditor: MaybeLine = ""


class Withdrawal(Input):
    """The assignments to take back."""

    assignment: list[str] = Field(default_factory=list)


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
        part=form.one("part") == "1" and bool(sequence),
    )


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 11 and int(typed) <= MOST):  # noqa: PLR2004
        raise Unfit("This page's numbers could not be read. Reload it and try again.")
    return int(typed)
