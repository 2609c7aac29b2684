"""What the pages of a response's files are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True)
class FileShown:
    """One attached file: what it is called, what it is, and what may be done with it."""

    name: str
    what: str
    """Its kind and its size: PDF, 120 KB."""
    by: str
    at: datetime
    warning: str
    """What it seems to hold that says who the child is, to who may remove it; empty if nothing."""
    take: str
    remove: str
    """Where it is taken away again; empty when it cannot be."""


@dataclass(frozen=True)
class QuestionFiles:
    """The files of one question."""

    question: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True)
class FilesPage(Page):
    """Every file attached to a response, and the way to attach one more."""

    template: ClassVar[str] = "attachments/files.html"

    at: str
    """The address of the response."""
    back: tuple[str, str]
    """Where this page was come to from, and what that is called."""
    subject: str
    round_title: str
    questions: tuple[QuestionFiles, ...]
    may_attach: bool
    choices: Sequence[tuple[str, str]]
    """The questions that are asked now, by number and text."""
    chosen: str
    errors: Mapping[str, str]


@dataclass(frozen=True)
class RemovalPage(Page):
    """Asks whether a file is to be taken away again."""

    template: ClassVar[str] = "attachments/removal.html"

    at: str
    subject: str
    name: str
    question: str
    here: str
